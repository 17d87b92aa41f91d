package handlers

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/templates"
	"expediente/templates/locale"
)

// fact is a line of the card of plain data.
type fact struct{ Name, Text string }

// rightGroup is the rights of one instrument that a matter invokes.
type rightGroup struct {
	Instrument string
	Rights     []cases.Invoked
}

// person is a party under its code.
type person struct{ Code, Role, From string }

// told is a recommendation of a visit's report.
type told struct {
	Paragraph, Text, Lang, Addressee, Theme string
	Checked                                 templates.Pill
}

// casePage is the page of a matter: of a case, and of a visit.
type casePage struct {
	templates.Base
	Reference, Heading, TitleLang, Kicker string
	Long                                  bool // the heading would fill a phone
	Crumbs                                templates.Crumbs
	Sentence                              string
	Track                                 templates.StageTrack
	Warnings                              []string
	Next                                  *templates.DeadlineRow
	Steps, MoreSteps                      []templates.Link
	Ended                                 bool // nothing but a reopening leads out
	Due, Settled                          []templates.DeadlineRow
	Log                                   []templates.LogItem
	Later                                 int // entries after the day looked at, not shown
	Exhibits                              []templates.ExhibitFile
	People                                []person
	Rights                                []rightGroup
	Told                                  []told
	Facts                                 []fact
	Summary                               string
	CanLog, CanAttach                     bool
	Print                                 *printForm
}

// showMatter shows a case or a visit; which of the two it is, its procedure says.
func (s *Server) showMatter(c echo.Context) error {
	m, err := s.registry.OpenMatter(c.Request().Context(), s.by(c), c.Param("matter"), s.at(c))
	if err != nil {
		return err
	}
	noun := nounOf(m.Kind)
	p := s.casePage(c, m, noun)
	p.Notice = s.done(c, m, p.Notice)
	return s.render(c, http.StatusOK, noun+"/show", p)
}

// nounOf is the menu item and the folder of pages that a kind of matter belongs to.
func nounOf(kind string) string {
	if kind == models.KindVisit {
		return "visits"
	}
	return "cases"
}

func (s *Server) casePage(c echo.Context, m cases.Case, noun string) casePage {
	w := s.words(c)
	p := casePage{
		Base: s.page(c, noun), Reference: m.Reference, Heading: m.Title, TitleLang: m.Language,
		Kicker: m.Rules.Names.In(w.Lang()) + " · " + m.StateName.In(w.Lang()),
		Crumbs: templates.Crumbs{{Text: w.Say("common.nav." + noun), Href: "/" + noun}, {Text: m.Reference}},
		Track:  stageTrack(w, m), Warnings: say(w, m.Result.Warnings), Ended: ended(m),
		Summary: m.Summary, CanLog: m.CanLog(), CanAttach: m.CanAttach(),
	}
	p.Sentence, p.Long = sentence(w, m), len(m.Title) > 90
	p.Due, p.Settled, p.Next = deadlineRows(w, m)
	p.Steps, p.MoreSteps = nextSteps(w, m)
	p.Log, p.Later = logItems(w, m, p.AsOfIsToday && !p.Demo)
	p.Exhibits = exhibits(w, m.Evidence, p.CSRF)
	p.People, p.Rights, p.Told = s.people(w, m), rightsOf(w, m), recommendations(w, m)
	p.Facts = facts(w, m)
	if m.CanPrint() {
		p.Print = s.printForm(c, "/matters/"+m.Reference+"/dossier")
	}
	return p
}

func stageOf(m cases.Case) *procedure.Stage {
	for _, stage := range m.Rules.Stages {
		if stage.ID == m.Result.Stage {
			return stage
		}
	}
	return m.Rules.Stages[0]
}

func ended(m cases.Case) bool { return stageOf(m).Terminal }

// stageTrack is the way of the matter through its procedure.
func stageTrack(w *locale.Words, m cases.Case) (t templates.StageTrack) {
	for _, step := range m.Result.Steps {
		name := step.Stage.Short.In(w.Lang())
		if name == "" {
			name = step.Stage.Names.In(w.Lang())
		}
		s := templates.Step{Name: name, State: string(step.State)}
		if !step.On.IsZero() {
			s.On = step.On
		}
		t.Steps = append(t.Steps, s)
	}
	return t
}

// sentence says where the matter stands and what comes next.
func sentence(w *locale.Words, m cases.Case) string {
	who, stage := w.Say("cases.noun."+noun(m)), stageOf(m)
	text := w.Say("cases.stands", "who", who, "stage", stage.Names)
	if !m.Result.Since.IsZero() {
		text = w.Say("cases.stands_since", "who", who, "stage", stage.Names, "day", m.Result.Since)
	}
	next := firstAwaited(m)
	switch {
	case next == nil && stage.Terminal:
		return text
	case next == nil:
		return text + " " + w.Say("cases.no_deadline_runs")
	case next.Due.Before(m.At.AsOf):
		return text + " " + w.Say("cases.next_passed", "rule", next.Rule.Names, "day", next.Due, "n", m.At.AsOf.Sub(next.Due))
	}
	return text + " " + w.Say("cases.next", "rule", next.Rule.Names, "day", next.Due, "n", next.Due.Sub(m.At.AsOf))
}

// firstAwaited is the earliest dated deadline that nothing has met or closed.
func firstAwaited(m cases.Case) *procedure.Deadline {
	periods := m.Periods()
	for i := range periods {
		if d := &periods[i]; awaited(*d) && !d.Due.IsZero() {
			return d
		}
	}
	return nil
}

// noun is what the matter is called where it stands: a petition until its admissibility, or
// until the case was opened, and then a case.
func noun(m cases.Case) string {
	if m.Rules.Kind != procedure.KindPetition {
		return string(m.Rules.Kind)
	}
	merits := -1
	for _, stage := range m.Rules.Stages {
		if stage.ID == "merits" {
			merits = stage.Rank
		}
	}
	for _, span := range m.Result.Spans {
		for _, stage := range m.Rules.Stages {
			if stage.ID == span.Stage && merits >= 0 && stage.Rank >= merits && !stage.Terminal {
				return "case"
			}
		}
	}
	return "petition"
}

// deadlineRows are the deadlines that are awaited, those that are settled, and the next one.
func deadlineRows(w *locale.Words, m cases.Case) (due, settled []templates.DeadlineRow, next *templates.DeadlineRow) {
	name := anchors{}
	for _, d := range m.Periods() {
		row := deadlineRow(w, m, d)
		row.ID = name.of(d.Rule.Code)
		if !awaited(d) {
			settled = append(settled, row)
			continue
		}
		if next == nil && !d.Due.IsZero() {
			first := row
			first.ID, first.Href, first.Reasons = "", "#"+row.ID, nil
			next = &first
		}
		due = append(due, row)
	}
	return due, settled, next
}

// fewSteps is how many of the next steps are buttons at once; the others unfold.
const fewSteps = 5

// nextSteps are the lawful next steps, each with its own name.
func nextSteps(w *locale.Words, m cases.Case) (first, more []templates.Link) {
	for _, code := range m.Result.Allowed {
		l := templates.Link{Text: codeName(w, m, code), Href: logAddress(m.Reference, code), Icon: "add"}
		if len(first) < fewSteps {
			first = append(first, l)
		} else {
			more = append(more, l)
		}
	}
	return first, more
}

func logAddress(ref string, code procedure.Code) string {
	return "/matters/" + ref + "/milestones/new?code=" + url.QueryEscape(string(code))
}

// milestoneDef is what a code means in the matter's procedure; nil for one it does not know.
func milestoneDef(m cases.Case, code procedure.Code) *procedure.MilestoneDef {
	for _, def := range m.Rules.Milestones {
		if def.Code == code {
			return def
		}
	}
	return nil
}

func codeName(w *locale.Words, m cases.Case, code procedure.Code) string {
	if def := milestoneDef(m, code); def != nil {
		return def.Names.In(w.Lang())
	}
	if code.IsFact() {
		return w.Say(cases.FactKey(string(code)))
	}
	return string(code)
}

func (s *Server) people(w *locale.Words, m cases.Case) (list []person) {
	for _, p := range m.Parties {
		line := person{Code: p.Code, Role: w.Say("cases.party." + p.Role)}
		if p.Nationality != "" {
			line.From = s.stateName(w, p.Nationality)
		}
		list = append(list, line)
	}
	return list
}

// rightsOf groups the rights by their instrument.
func rightsOf(w *locale.Words, m cases.Case) (groups []rightGroup) {
	for _, r := range cases.InvokedRights(m.Rights, w.Lang()) {
		if n := len(groups); n == 0 || groups[n-1].Instrument != r.Instrument {
			groups = append(groups, rightGroup{Instrument: r.Instrument})
		}
		last := &groups[len(groups)-1]
		last.Rights = append(last.Rights, r)
	}
	return groups
}

func recommendations(w *locale.Words, m cases.Case) (list []told) {
	for _, r := range m.Told {
		list = append(list, told{Paragraph: r.Paragraph, Text: r.Text, Lang: r.Language, Addressee: r.Addressee, Theme: r.Theme,
			Checked: verification(w, "visits.verification.", r.Verification)})
	}
	return list
}

// facts are the plain data of the matter.
func facts(w *locale.Words, m cases.Case) []fact {
	list := []fact{
		{w.Say("cases.reference"), m.Reference},
		{w.Say("cases.field.procedure"), m.Rules.Names.In(w.Lang())},
		{w.Say("cases.field.state"), m.StateName.In(w.Lang())},
		{w.Say("cases.field.standing"), w.Say("common.standing." + string(m.Standing))},
		{w.Say("cases.field.opened_on"), w.Day(m.OpenedOn)},
	}
	if m.Numbers != "" {
		list = append(list, fact{w.Say("cases.field.numbers"), m.Numbers})
	}
	return append(list, visitFacts(w, m)...)
}

// done says what has just been done to the matter, when the address names the entry or the item:
// what it opened and what it closed is read from where the matter stands now.
func (s *Server) done(c echo.Context, m cases.Case, notice string) string {
	w := s.words(c)
	if seq, err := strconv.Atoi(c.QueryParam("logged")); err == nil {
		return loggedNotice(w, m, seq, notice)
	}
	if code := c.QueryParam("attached"); code != "" {
		return attachedNotice(w, m, code, notice)
	}
	return notice
}
