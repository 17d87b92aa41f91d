package cases

import (
	"strconv"
	"strings"

	"expediente/cases/dossier"
	"expediente/cases/procedure"
	"expediente/models/day"
)

// caseDocument is a matter's dossier: where it stands, its people by code, its chronology with
// what follows and why, its rights, its deadlines, its evidence with digests.
func (s sheet) caseDocument(c Case) dossier.Document {
	d := dossier.Document{
		Title: c.Title, Kicker: s.say("case_kicker."+c.Kind, "day", s.p.At.AsOf), Mark: s.say("audience.internal"),
		RunLeft: s.say("case_run."+c.Kind, "ref", c.Reference), RunRight: s.network,
	}
	d.Blocks = append(d.Blocks, dossier.Lead{Text: s.standing(c)}, s.track(c), dossier.KeyValues{Rows: s.facts(c)})
	for _, section := range [][]dossier.Block{
		s.chronology(c), s.deadlines(c), s.people(c), s.rights(c), s.told(c), s.exhibits(c), s.corrections(c), s.warnings(c),
	} {
		d.Blocks = append(d.Blocks, section...)
	}
	return s.frame(d)
}

// standing says in one sentence where the matter stands and what comes next.
func (s sheet) standing(c Case) string {
	stage := stageOf(c.Rules, string(c.Result.Stage))
	text := s.say("standing_since", "stage", stage.Names, "day", c.Result.Since)
	if c.Result.Since.IsZero() {
		text = s.say("standing", "stage", stage.Names)
	}
	if next := firstOpen(c.Periods()); next != nil {
		key := "next_due"
		if next.Status == procedure.Missed {
			key = "next_missed"
		}
		text += " " + s.say(key, "rule", next.Rule.Names, "day", next.Due, "n", next.Days)
	}
	return text
}

func firstOpen(list []procedure.Deadline) *procedure.Deadline {
	for i := range list {
		if st := list[i].Status; (st == procedure.Open || st == procedure.Missed) && !list[i].Due.IsZero() && list[i].ClosedOn.IsZero() {
			return &list[i]
		}
	}
	return nil
}

func (s sheet) track(c Case) dossier.Block {
	t := dossier.Track{}
	for _, step := range c.Result.Steps {
		name := step.Stage.Short.In(s.w.Lang())
		if name == "" {
			name = step.Stage.Names.In(s.w.Lang())
		}
		t.Steps = append(t.Steps, dossier.Step{Name: name, When: s.stepDay(step), State: stepStates[step.State]})
	}
	return t
}

var stepStates = map[procedure.StepState]dossier.StepState{
	procedure.StepDone: dossier.StepDone, procedure.StepNow: dossier.StepNow, procedure.StepAhead: dossier.StepAhead,
}

func (s sheet) stepDay(step procedure.Step) string {
	if step.On.IsZero() {
		return ""
	}
	return s.short(step.On)
}

func (s sheet) facts(c Case) []dossier.KeyValue {
	rows := []dossier.KeyValue{
		{Key: s.say("reference"), Value: c.Reference},
		{Key: s.say("procedure"), Value: c.Rules.Names.In(s.w.Lang())},
		{Key: s.say("state"), Value: c.StateName.In(s.w.Lang())},
		{Key: s.say("for_network"), Value: s.w.Say("common.standing." + string(c.Standing))},
	}
	if c.Numbers != "" {
		rows = append(rows, dossier.KeyValue{Key: s.say("numbers"), Value: c.Numbers})
	}
	if v := c.Visit; v != nil {
		rows = append(rows, dossier.KeyValue{Key: s.say("holder"), Value: v.Holder}, dossier.KeyValue{Key: s.say("symbol"), Value: v.Symbol})
		if v.Places != "" {
			rows = append(rows, dossier.KeyValue{Key: s.say("places"), Value: v.Places})
		}
	}
	if c.Summary != "" {
		rows = append(rows, dossier.KeyValue{Key: s.say("summary"), Value: c.Summary})
	}
	return rows
}

// chronology is the milestones that count, in order, each with what follows from it.
func (s sheet) chronology(c Case) []dossier.Block {
	t := dossier.Table{Empty: s.say("no_milestones"), Columns: []dossier.Column{
		{Title: s.say("date"), WidthMM: 24}, {Title: s.say("milestone")}, {Title: s.say("follows"), WidthMM: 62}}}
	for _, l := range c.Counting() {
		t.Rows = append(t.Rows, []dossier.Cell{
			{Text: s.short(l.Day)}, {Text: s.milestone(c, l), More: s.asides(l)}, {Text: strings.Join(s.follows(c, l), "\n")}})
	}
	return []dossier.Block{s.heading("chronology"), t}
}

// Counting are the entries that count, by day.
func (c Case) Counting() []Logged {
	list := make([]Logged, 0, len(c.Log))
	for _, l := range c.Log {
		if l.SupersededBy == nil && !l.Void && !l.Day.After(c.At.AsOf) {
			list = append(list, l)
		}
	}
	sortLog(list)
	return list
}

func (s sheet) milestone(c Case, l Logged) string {
	name := procedure.Names(s.registry.milestoneName(c.Procedure, l.Code)).In(s.w.Lang())
	if procedure.Code(l.Code).IsFact() && name == l.Code {
		name = s.w.Say(FactKey(l.Code))
	}
	if l.Victim != "" {
		name += " · " + l.Victim
	}
	if l.Document != "" {
		name += " · " + l.Document
	}
	return name
}

func (s sheet) asides(l Logged) (runs []dossier.Run) {
	if l.Verification != "own" && l.Verification != "verified" {
		runs = append(runs, dossier.Run{Text: " · " + s.w.Say("cases.verification."+l.Verification), Tone: dossier.Soon})
	}
	if l.AsItHappened {
		runs = append(runs, dossier.Run{Text: " · " + s.say("as_it_happened", "reason", l.Reason), Tone: dossier.Soon})
	}
	if l.Note != "" {
		runs = append(runs, dossier.Run{Text: " — " + l.Note, Tone: dossier.Muted})
	}
	return runs
}

// follows says what a milestone opened and what it closed.
func (s sheet) follows(c Case, l Logged) (lines []string) {
	ref := string(l.ID[:])
	for _, d := range c.Periods() {
		if d.TriggerRef == ref && !d.Due.IsZero() {
			lines = append(lines, s.say("opens", "rule", d.Rule.Names, "day", d.Due, "article", s.article(d)))
		}
		if d.MetRef == ref {
			lines = append(lines, s.say("closes."+string(d.Status), "rule", d.Rule.Names, "n", d.Days))
		}
	}
	return lines
}

// article names the rule: "Reglamento 2000, art. 30.3", or that a letter set the date.
func (s sheet) article(d procedure.Deadline) string {
	if d.ByLetter || d.Version == nil {
		return s.say("by_letter")
	}
	name := ""
	if d.Version.Instrument != nil {
		name = d.Version.Instrument.Names.In(s.w.Lang())
	}
	if d.Version.Cites().Unknown() {
		return s.w.Say("reasons.unnumbered", "instrument", name)
	}
	return s.say("article", "instrument", name, "article", d.Version.Cites())
}

var dueTones = map[procedure.Status]dossier.Tone{
	procedure.Open: dossier.Soon, procedure.Met: dossier.OK, procedure.Late: dossier.Late,
	procedure.Missed: dossier.Late, procedure.Superseded: dossier.Muted,
}

// deadlines says of every period when it falls and why.
func (s sheet) deadlines(c Case) []dossier.Block {
	t := dossier.Table{Empty: s.say("no_deadlines"), Columns: []dossier.Column{
		{Title: s.say("due"), WidthMM: 20}, {Title: s.say("deadline"), WidthMM: 40}, {Title: s.say("status"), WidthMM: 24}, {Title: s.say("why")}}}
	for _, d := range c.Periods() {
		why := make([]string, len(d.Reasons))
		for i, reason := range d.Reasons {
			why[i] = s.w.Say(reason.Key, reason.Args...)
		}
		t.Rows = append(t.Rows, []dossier.Cell{
			{Text: s.short(d.Due)},
			{Text: d.Rule.Names.In(s.w.Lang()), More: s.whose(d)},
			{Text: s.status(d), Tone: dueTones[d.Status]},
			{Text: strings.Join(why, " "), Tone: dossier.Muted}})
	}
	return []dossier.Block{s.heading("deadlines"), t}
}

func (s sheet) whose(d procedure.Deadline) (runs []dossier.Run) {
	if d.Victim != "" {
		runs = append(runs, dossier.Run{Text: " · " + d.Victim})
	}
	return append(runs, dossier.Run{Text: " · " + s.article(d), Tone: dossier.Muted})
}

func (s sheet) status(d procedure.Deadline) string {
	return s.say("due_status."+string(d.Status), "n", d.Days)
}

// people prints codes, never names: this copy may be left on a table.
func (s sheet) people(c Case) []dossier.Block {
	if len(c.Parties) == 0 {
		return nil
	}
	t := dossier.Table{Columns: []dossier.Column{{Title: s.say("code"), WidthMM: 20}, {Title: s.say("role")}, {Title: s.say("in_this_copy")}}}
	for _, p := range c.Parties {
		t.Rows = append(t.Rows, dossier.Row(p.Code, s.w.Say("cases.party."+p.Role), s.say("name_kept")))
	}
	return []dossier.Block{s.heading("people"), t}
}

func (s sheet) rights(c Case) []dossier.Block {
	if len(c.Rights) == 0 {
		return nil
	}
	t := dossier.Table{Columns: []dossier.Column{{Title: s.say("article_heading"), WidthMM: 34}, {Title: s.say("right")}}}
	for _, r := range InvokedRights(c.Rights, s.w.Lang()) {
		t.Rows = append(t.Rows, []dossier.Cell{{Text: r.Citation}, {Text: r.Name, More: []dossier.Run{{Text: " · " + r.Instrument, Tone: dossier.Muted}}}})
	}
	return []dossier.Block{s.heading("rights"), t}
}

func (s sheet) told(c Case) []dossier.Block {
	if len(c.Told) == 0 {
		return nil
	}
	t := dossier.Table{Columns: []dossier.Column{{Title: "§", WidthMM: 22}, {Title: s.say("recommendation")}, {Title: s.say("addressee"), WidthMM: 42}}}
	for _, told := range c.Told {
		t.Rows = append(t.Rows, dossier.Row(told.Paragraph, told.Text, told.Addressee))
	}
	return []dossier.Block{s.heading("recommendations"), t}
}

func (s sheet) exhibits(c Case) []dossier.Block {
	if len(c.Evidence) == 0 {
		return nil
	}
	blocks := []dossier.Block{s.heading("evidence")}
	for i, e := range c.Evidence {
		blocks = append(blocks,
			dossier.Heading{Level: 3, Number: strconv.Itoa(i + 1), Text: e.Title},
			dossier.Paragraph{Text: s.say("exhibit", "code", e.Code, "mime", e.Mime, "bytes", strconv.FormatInt(e.Size, 10), "day", day.On(e.ReceivedAt.Time()))},
			dossier.Mono{Lines: []string{"sha256 " + e.SHA256}})
	}
	return blocks
}

// corrections prints what was superseded, so that the paper hides as little as the screen.
func (s sheet) corrections(c Case) []dossier.Block {
	t := dossier.Table{Columns: []dossier.Column{{Title: s.say("date"), WidthMM: 24}, {Title: s.say("milestone")}, {Title: s.say("corrected")}}}
	for _, l := range c.Log {
		if by := l.SupersededBy; by != nil {
			key := "corrected_to"
			if by.Void {
				key = "withdrawn"
			}
			t.Rows = append(t.Rows, dossier.Row(s.short(l.Day), s.milestone(c, l), s.say(key, "day", by.Day, "reason", by.Reason)))
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []dossier.Block{s.heading("corrections"), t}
}

func (s sheet) warnings(c Case) []dossier.Block {
	if len(c.Result.Warnings) == 0 {
		return nil
	}
	blocks := []dossier.Block{s.heading("warnings")}
	for _, warning := range c.Result.Warnings {
		blocks = append(blocks, dossier.Note{Text: s.w.Say(warning.Key, warning.Args...), Tone: dossier.Soon})
	}
	return blocks
}

func (s sheet) heading(id string) dossier.Heading {
	return dossier.Heading{Level: 1, Text: s.say("section." + id), ID: id}
}
