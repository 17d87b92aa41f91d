package handlers

import (
	"errors"
	"math"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/cases/plan"
	"expediente/models/day"
	"expediente/templates"
	"expediente/templates/locale"
)

// indicator is one indicator of the plan, drawn.
type indicator struct {
	Name, Definition string
	Sentences        []string
	Figures          []templates.Figure
	Pace             templates.Pill
	Road             templates.RoadChart
	Unknown          string // why there is no forecast; empty when there is one
	Assumptions      []string
	Doubtful         []templates.RoadRow
}

// caseLine is one matter under the plan. Who may not open it gets no link.
type caseLine struct {
	Reference, Href, State, Procedure, Stage string
	Since                                    day.Day
	Counted                                  []day.Day
	Due                                      day.Day
	DueName                                  string
	Pill                                     templates.Pill
}

// planPage is the five-year plan.
type planPage struct {
	templates.Base
	Heading, Period string
	Indicators      []indicator
	Lines           []caseLine
	Print           *printForm
	Empty           *templates.Empty
}

// showPlan shows how far along the plan is.
func (s *Server) showPlan(c echo.Context) error {
	v, err := s.registry.Progress(c.Request().Context(), s.by(c), s.at(c))
	w := s.words(c)
	p := planPage{Base: s.page(c, "plan")}
	if errors.Is(err, cases.ErrNoPlan) {
		p.Heading, p.Empty = w.Say("plan.title"), &templates.Empty{Icon: "plan", Title: w.Say("plan.none_title"), Text: w.Say("plan.none_yet")}
		return s.render(c, http.StatusOK, "plan/show", p)
	}
	if err != nil {
		return err
	}
	opens := s.by(c).Role != access.Leadership
	p.Heading = v.Names.In(w.Lang())
	p.Period = w.Say("plan.period_as_of", "from", v.Starts, "to", v.Ends, "asof", v.At.AsOf)
	for i, x := range v.Indicators {
		p.Indicators = append(p.Indicators, drawIndicator(w, s.by(c), x, i+1))
	}
	for _, line := range v.Lines {
		p.Lines = append(p.Lines, planLine(w, line, v.At.AsOf, opens))
	}
	if access.Allows(access.PrintProgress, s.by(c).Role) {
		p.Print = s.printForm(c, "/plan/dossier")
		p.Print.Button = w.Say("dossiers.print_progress")
	}
	return s.render(c, http.StatusOK, "plan/show", p)
}

func drawIndicator(w *locale.Words, by cases.Actor, i cases.IndicatorView, number int) indicator {
	p := i.Progress
	x := indicator{
		Name: i.Names.In(w.Lang()), Definition: sayReason(w, p.Unit.Definition()), Sentences: sayPlan(w, p.Sentences),
		Figures: append(planFigures(w, p), templates.Figure{Value: w.Percent(math.Floor(p.Elapsed*100) / 100), Text: w.Say("plan.figure.elapsed")}),
		Pace:    templates.Pill{Tone: paceTone(p), Text: sayReason(w, p.Word())},
		Road:    roadChart(w, by, i, "road-"+strconv.Itoa(number)),
	}
	for _, e := range p.Doubtful {
		row := templates.RoadRow{When: e.On, What: w.Say("plan.another")}
		if e.Label != "" {
			row.What = e.Label
		}
		x.Doubtful = append(x.Doubtful, row)
	}
	if f := p.Forecast; f.Known {
		x.Assumptions = sayPlan(w, f.Assumptions)
	} else {
		x.Unknown = sayReason(w, f.Why)
	}
	return x
}

func paceTone(p plan.Progress) templates.Tone {
	switch {
	case p.Met, p.Pace == plan.Ahead, p.Pace == plan.OnPace:
		return templates.Met
	case p.Pace == plan.Behind:
		return templates.Soon
	case p.Pace == plan.Ended:
		return templates.Late
	}
	return templates.Plain
}

func sayPlan(w *locale.Words, reasons []plan.Reason) []string {
	texts := make([]string, len(reasons))
	for i, r := range reasons {
		texts[i] = sayReason(w, r)
	}
	return texts
}

func planLine(w *locale.Words, l cases.CaseLine, asOf day.Day, opens bool) caseLine {
	line := caseLine{
		Reference: l.Reference, State: l.StateName.In(w.Lang()), Stage: l.StageName(w.Lang()), Since: l.Since, Counted: l.Counted,
		Due: l.Next.Due, Pill: templates.Pill{Text: w.Say("cases.no_date")},
	}
	if l.Rules != nil {
		line.Procedure = shortName(l.Rules, w.Lang())
	}
	if opens {
		line.Href = "/matters/" + l.Reference
	}
	if !line.Due.IsZero() {
		line.Pill = running(w, line.Due, asOf)
	}
	if l.NextRule != nil {
		line.DueName = l.NextRule.Names.In(w.Lang())
	}
	return line
}
