package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/templates"
	"expediente/templates/locale"
)

// deadlineTab is one of the two lists of deadlines.
type deadlineTab struct {
	Text, Href string
	Current    bool
}

// deadlineList is the deadlines of all matters in reach: those that come, or those that passed.
type deadlineList struct {
	templates.Base
	Lead        string
	Tabs        []deadlineTab
	Rows        []templates.DeadlineRow
	Next, First string
	Empty       templates.Empty
}

// listDeadlines lists the deadlines that are open on the day looked at.
func (s *Server) listDeadlines(c echo.Context) error {
	w, at := s.words(c), s.at(c)
	f := cases.DueFilter{When: cases.Coming, Cursor: c.QueryParam("cursor")}
	if c.QueryParam("when") == string(cases.Past) {
		f.When = cases.Past
	}
	found, next, err := s.registry.ListDeadlines(c.Request().Context(), s.by(c), f, at)
	if err != nil {
		return err
	}
	tally, err := s.registry.Tally(c.Request().Context(), s.by(c), at)
	if err != nil {
		return err
	}
	p := deadlineList{Base: s.page(c, "deadlines"), Lead: deadlineLead(w, tally.Past)}
	for _, when := range []cases.When{cases.Coming, cases.Past} {
		p.Tabs = append(p.Tabs, deadlineTab{Text: w.Say("deadlines.tab." + string(when)), Href: deadlineAddress(when, ""), Current: when == f.When})
	}
	p.Rows = dueRows(w, found, at.AsOf)
	for i, d := range found { // all that led to the date stands on the matter's page
		p.Rows[i].Action = &templates.Link{Text: w.Say("deadlines.see_why"), Rest: d.Name().In(w.Lang()), Href: p.Rows[i].Href + "#d-" + d.Rule.Code}
	}
	if next != "" {
		p.Next = deadlineAddress(f.When, next)
	}
	if f.Cursor != "" {
		p.First = deadlineAddress(f.When, "")
	}
	p.Empty = emptyDeadlines(w, f.When)
	return s.render(c, http.StatusOK, "deadlines/list", p)
}

func deadlineAddress(when cases.When, cursor string) string {
	switch {
	case when == cases.Coming && cursor == "":
		return "/deadlines"
	case cursor == "":
		return "/deadlines?when=" + string(when)
	}
	return "/deadlines?when=" + string(when) + "&cursor=" + cursor
}

func deadlineLead(w *locale.Words, past cases.Count) string {
	switch {
	case past.N == 0:
		return w.Say("deadlines.lead_none")
	case past.More:
		return w.Say("deadlines.lead_more", "n", past.N)
	}
	return w.Say("deadlines.lead", "n", past.N)
}

func emptyDeadlines(w *locale.Words, when cases.When) templates.Empty {
	if when == cases.Past {
		return templates.Empty{Icon: "check", Title: w.Say("deadlines.none_past"), Text: w.Say("deadlines.none_past_text")}
	}
	return templates.Empty{Icon: "deadlines", Title: w.Say("deadlines.none_coming"), Text: w.Say("deadlines.none_coming_text"),
		Example: w.Say("deadlines.none_coming_example"), Action: &templates.Link{Text: w.Say("evidence.see_cases"), Href: "/cases", Icon: "cases"}}
}
