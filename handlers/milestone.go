package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/templates"
	"expediente/templates/locale"
)

// codeGroup is a group of choices in the list of milestones.
type codeGroup struct {
	Name    string
	Options []templates.Option
}

// instead is a milestone that would be allowed: a button that sends what was typed under its code.
type instead struct{ Code, Name string }

// refused is why a milestone was not logged, and what can be done.
type refused struct {
	Reason, Rule string
	Instead      []instead
	MoreInstead  []instead
	CanOverride  bool
	AsItHappened templates.Field
	Why          templates.Field
}

// milestonePage is the form to log a milestone, and to correct one.
type milestonePage struct {
	templates.Base
	Reference, Heading, Sentence string
	Crumbs                       templates.Crumbs
	Post, Back                   string
	Correcting                   *templates.LogItem // the entry being corrected
	Gone                         bool               // it was corrected or withdrawn before
	Groups                       []codeGroup
	Code                         templates.Field
	Fields                       []templates.Field
	Reason                       *templates.Field // why it is corrected
	Refused                      *refused
	Odd                          []string
	Confirm                      templates.Field
	OddKey                       string // what was odd: a confirmation holds for it alone
	Conflict                     bool
	Meanwhile                    []templates.LogItem // what others logged meanwhile
	Version, Seen                int
	Problems                     templates.Summary
}

var milestoneFields = []string{"code", "victim", "decision", "document", "note", "source", "reason", "as_it_happened",
	"confirmed", "withdraws", "instead", "odd", "version", "seen"}

// readMilestone reads the form. A button of what would be allowed puts its code in place of the
// one chosen.
func (s *Server) readMilestone(c echo.Context) (answers, error) {
	f, err := s.form(c)
	if err != nil {
		return answers{}, err
	}
	a := typedIn(s.words(c), "milestones.field.", f.text, milestoneFields...)
	for _, name := range []string{"day", "until"} {
		a.typed[name] = f.dateText(name)
	}
	if code := a.get("instead"); code != "" {
		a.typed["code"], a.typed["as_it_happened"] = code, ""
	}
	return a, nil
}

// milestone makes of the answers what the registry asks for. What is no date is noted in bad.
func (a answers) milestone() cases.NewMilestone {
	n := cases.NewMilestone{
		Code: a.get("code"), Day: a.day("day"), Until: a.day("until"), Victim: strings.TrimSpace(a.get("victim")),
		Decision: a.get("decision"), Document: a.get("document"), Note: a.get("note"), Source: a.get("source"), Reason: a.get("reason"),
		AsItHappened: a.ticked("as_it_happened"), Withdraws: a.ticked("withdraws"),
		Confirmed: a.ticked("confirmed") && (a.get("odd") == "" || a.get("odd") == a.oddKey()),
	}
	n.Version, _ = strconv.Atoi(a.get("version"))
	return n
}

// oddKey names what a confirmation is about.
func (a answers) oddKey() string { return a.get("code") + " " + a.get("day") + " " + a.get("until") }

// askMilestone shows the form to log a milestone.
func (s *Server) askMilestone(c echo.Context) error {
	a := typedIn(s.words(c), "milestones.field.", func(string) string { return "" })
	a.typed["code"] = c.QueryParam("code")
	return s.milestoneForm(c, http.StatusOK, a, 0, nil)
}

// logMilestone logs a milestone, or shows the form again with every word in its place.
func (s *Server) logMilestone(c echo.Context) error { return s.takeMilestone(c, 0) }

func (s *Server) takeMilestone(c echo.Context, corrects int) error {
	a, err := s.readMilestone(c)
	if err != nil {
		return err
	}
	n := a.milestone()
	if n.Withdraws && corrects != 0 { // where nothing happened, only the reason is of interest
		n, a.bad = cases.NewMilestone{Withdraws: true, Reason: n.Reason, Version: n.Version}, models.Invalid{}
	}
	n.Corrects = corrects
	if len(a.bad) > 0 {
		return s.milestoneForm(c, http.StatusUnprocessableEntity, a, corrects, nil)
	}
	ref := c.Param("matter")
	seq, err := s.registry.LogMilestone(c.Request().Context(), s.by(c), ref, s.today(c), n)
	if err == nil {
		return s.redirect(c, "/matters/"+ref+"?logged="+strconv.Itoa(seq), "")
	}
	return s.milestoneRefused(c, a, corrects, err)
}

func (s *Server) milestoneRefused(c echo.Context, a answers, corrects int, err error) error {
	var invalid models.Invalid
	var no *cases.Refused
	switch {
	case errors.As(err, &invalid):
		a.refuse(invalid)
		return s.milestoneForm(c, http.StatusUnprocessableEntity, a, corrects, nil)
	case errors.As(err, &no):
		return s.milestoneForm(c, http.StatusUnprocessableEntity, a, corrects, no)
	case errors.Is(err, models.ErrConflict):
		return s.milestoneForm(c, http.StatusConflict, a, corrects, nil)
	}
	return err
}

// milestoneForm shows the form: at first, and again after a refusal or a conflict.
func (s *Server) milestoneForm(c echo.Context, status int, a answers, corrects int, no *cases.Refused) error {
	m, err := s.registry.AskMilestone(c.Request().Context(), s.by(c), c.Param("matter"), corrects, s.at(c))
	if err != nil {
		return err
	}
	p := s.milestonePage(c, a, m)
	if p.Conflict = status == http.StatusConflict; p.Conflict {
		p.Meanwhile = meanwhile(a, m)
	}
	if no != nil {
		p.refuse(a, m, no)
	}
	p.Problems = append(templates.Summary{p.Code}, p.Fields...)
	if p.Reason != nil {
		p.Problems = append(p.Problems, *p.Reason)
	}
	if p.Refused != nil {
		p.Problems = append(p.Problems, p.Refused.Why)
	}
	return s.render(c, status, "milestones/form", p)
}

func (s *Server) milestonePage(c echo.Context, a answers, m cases.Asked) milestonePage {
	title, at := a.w.Say("milestones.new"), "/matters/"+m.Reference
	p := milestonePage{
		Base: s.page(c, nounOf(m.Kind)), Reference: m.Reference, Heading: m.Title, Sentence: sentence(a.w, m.Case),
		Post: at + "/milestones", Back: at, Groups: codeGroups(a.w, m.Case, a.get("code")), Version: m.Version, Seen: m.MilestoneCount,
		OddKey: a.oddKey(),
	}
	p.Code, p.Fields = a.field("code").Needed(), fieldsOf(a, m.Case)
	if old := m.Corrects; old != nil {
		title = a.w.Say("milestones.correct")
		item := logItem(a.w, m.Case, *old)
		item.ID, item.Actions, item.Replacement = "", nil, ""
		p.Correcting, p.Gone = &item, old.SupersededBy != nil || old.Void
		p.Post = at + "/milestones/" + strconv.Itoa(old.Seq) + "/correct"
		why := a.field("reason").Long(2).Needed()
		p.Reason = &why
	}
	p.Crumbs = crumbsTo(a.w, m.Case, title)
	if why := a.typed["reason"]; p.Reason == nil && (a.ticked("as_it_happened") || why != "") { // it was asked for before
		p.refuse(a, m, &cases.Refused{})
	}
	return p
}

// fieldsOf are the questions that the chosen milestone has; all of them before one is chosen.
func fieldsOf(a answers, m cases.Case) []templates.Field {
	def := milestoneDef(m, procedure.Code(a.get("code")))
	has := func(field string) bool { return def == nil || def.Has(field) || a.get(field) != "" }
	fields := []templates.Field{a.field("day").Needed()}
	if has("until") || has("due") {
		fields = append(fields, a.field("until"))
	}
	if has("victim") {
		fields = append(fields, a.field("victim").Limit(40))
	}
	if has("decision") {
		fields = append(fields, a.field("decision").Limit(cases.MaxTitle))
	}
	return append(fields, a.field("document").Limit(cases.MaxTitle), a.field("source").Limit(2000), a.field("note").Long(3))
}

// codeGroups lists the milestones: those that are lawful next, the others of the procedure, facts. A
// fact without a name of its own is there when it is the one chosen.
func codeGroups(w *locale.Words, m cases.Case, chosen string) []codeGroup {
	groups := []codeGroup{{Name: w.Say("milestones.group.next")}, {Name: w.Say("milestones.group.other")}, {Name: w.Say("milestones.group.event")}}
	next := map[procedure.Code]bool{}
	add := func(i int, code procedure.Code) {
		groups[i].Options = append(groups[i].Options, templates.Option{Value: string(code), Text: codeName(w, m, code)})
	}
	for _, code := range m.Result.Allowed {
		next[code] = true
		add(0, code)
	}
	for _, def := range m.Rules.Milestones {
		switch {
		case next[def.Code]:
		case def.Event:
			add(2, def.Code)
		default:
			add(1, def.Code)
		}
	}
	for _, fact := range cases.Facts {
		add(2, procedure.Code(fact))
	}
	if code := procedure.Code(chosen); code.IsFact() && !slices.Contains(cases.Facts, chosen) && milestoneDef(m, code) == nil {
		add(2, code)
	}
	return groups
}

// refuse shows why the procedure says no, what it would allow, and what is odd.
func (p *milestonePage) refuse(a answers, m cases.Asked, no *cases.Refused) {
	p.Odd = say(a.w, no.Odd)
	p.Confirm = a.field("confirmed").As("checkbox")
	if len(no.Odd) > 0 && no.Refusal == nil {
		p.Confirm.Value = ""
	}
	if no.Refusal == nil && len(no.Odd) > 0 && !a.ticked("as_it_happened") {
		return
	}
	r := &refused{CanOverride: m.May(access.OverrideRule), AsItHappened: a.field("as_it_happened").As("checkbox"), Why: a.field("reason").Long(2)}
	if p.Reason != nil { // a correction asks for its reason anyway
		r.Why = templates.Field{}
	}
	if no.Refusal != nil {
		r.Reason, r.Rule = a.w.Say(no.Refusal.Key, no.Refusal.Args...), no.Refusal.Rule
		if strings.Contains(r.Reason, r.Rule) {
			r.Rule = "" // it is named in the sentence
		}
		r.Instead, r.MoreInstead = insteadOf(a, m, no.Refusal.Allowed)
	}
	p.Refused = r
}

// insteadOf are the milestones that would be allowed in place of the one refused.
func insteadOf(a answers, m cases.Asked, allowed []procedure.Code) (first, more []instead) {
	for _, code := range allowed {
		x := instead{string(code), codeName(a.w, m.Case, code)}
		switch {
		case x.Code == a.get("code"): // on another day
		case len(first) < fewSteps:
			first = append(first, x)
		default:
			more = append(more, x)
		}
	}
	return first, more
}

// meanwhile is what others logged since the form was drawn.
func meanwhile(a answers, m cases.Asked) (items []templates.LogItem) {
	seen, _ := strconv.Atoi(a.get("seen"))
	for _, l := range m.Log {
		if l.Seq > seen {
			item := logItem(a.w, m.Case, l)
			item.ID, item.Actions, item.Replacement = "", nil, ""
			items = append(items, item)
		}
	}
	return items
}
