package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/cases/plan"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
	"expediente/templates"
	"expediente/templates/locale"
)

// todayPage is the first page: where things stand, what is due, where the target is.
type todayPage struct {
	templates.Base
	Standing           string // in one sentence or two
	Past, Soon         []templates.DeadlineRow
	MorePast, MoreSoon bool // there are more than are shown
	Plan               *planCard
	Recent             []templates.LogItem
	Empty              *templates.Empty // what to do first, while there is nothing
	HasMatters         bool
	Days               int // how far "soon" reaches
}

// planCard is the road to the plan's first target.
type planCard struct {
	Title   string
	Text    string // where it stands, the pace, the outlook
	Figures []templates.Figure
	Chart   templates.RoadChart
}

func (s *Server) showToday(c echo.Context) error {
	by, at, w := s.by(c), s.at(c), s.words(c)
	t, err := s.registry.Today(c.Request().Context(), by, at)
	if err != nil {
		return err
	}
	page := todayPage{
		Base: s.page(c, "today"), HasMatters: !t.Empty, Days: cases.SoonDays, Empty: firstStep(w, by, t),
		Past: dueRows(w, t.Past, at.AsOf), Soon: dueRows(w, t.Soon, at.AsOf),
		MorePast: t.PastCount.N > len(t.Past), MoreSoon: t.SoonCount.N > len(t.Soon),
		Plan: planCardOf(w, by, t.Plan, !t.Empty), Recent: recentItems(w, t.Recent[:min(len(t.Recent), lately(t))]),
	}
	page.Standing = standing(w, t)
	if page.HasMatters && access.Allows(access.CreateMatter, by.Role) {
		page.Action = &templates.Link{Text: w.Say("today.open_case"), Href: "/cases/new", Icon: "add"}
	}
	return s.render(c, http.StatusOK, "today/show", page)
}

// standing says where things stand. Who has no matters is told how the plan does.
func standing(w *locale.Words, t cases.Today) string {
	if t.Empty {
		if t.Plan != nil && len(t.Plan.Indicators) > 0 {
			return sayReason(w, t.Plan.Indicators[0].Progress.Sentences[0])
		}
		return w.Say("today.standing.empty")
	}
	switch past, soon := t.PastCount, t.SoonCount; {
	case past.N == 0 && soon.N == 0:
		return w.Say("today.standing.quiet", "days", cases.SoonDays)
	case past.N == 0:
		return tallied(w, "today.standing.only_soon_", soon)
	case soon.N == 0:
		return tallied(w, "today.standing.past_", past)
	default:
		return tallied(w, "today.standing.past_", past) + " " + tallied(w, "today.standing.soon_", soon)
	}
}

// tallied says a number of deadlines, or that there are more than anybody counts.
func tallied(w *locale.Words, key string, n cases.Count) string {
	if n.More {
		return w.Say(key+"more", "n", n.N, "days", cases.SoonDays)
	}
	return w.Say(key+"n", "n", n.N, "days", cases.SoonDays)
}

func sayReason(w *locale.Words, r plan.Reason) string { return w.Say(r.Key, r.Args...) }

// firstStep teaches, while there is nothing, what the registry is for and what to do first.
func firstStep(w *locale.Words, by cases.Actor, t cases.Today) *templates.Empty {
	switch {
	case !t.Empty || by.Role == access.Leadership && t.Plan != nil:
		return nil
	case access.Allows(access.CreateMatter, by.Role):
		return &templates.Empty{Icon: "cases", Title: w.Say("today.empty.title"), Text: w.Say("today.empty.text"), Example: w.Say("today.empty.example"),
			Action: &templates.Link{Text: w.Say("today.open_case"), Href: "/cases/new", Icon: "add"}}
	case by.Role == access.Leadership:
		return &templates.Empty{Icon: "plan", Title: w.Say("today.empty.no_plan"), Text: w.Say("today.empty.no_plan_text")}
	}
	return &templates.Empty{Icon: "cases", Title: w.Say("today.empty.member"), Text: w.Say("today.empty.member_text")}
}

// dueRows shows deadlines of several matters.
func dueRows(w *locale.Words, list []cases.Due, asOf day.Day) []templates.DeadlineRow {
	rows := make([]templates.DeadlineRow, len(list))
	for i, d := range list {
		rows[i] = templates.DeadlineRow{
			Due: d.Due, What: d.Name().In(w.Lang()), Href: "/matters/" + d.Reference, Matter: d.Reference + " · " + d.Title,
			Why: article(w, versionOf(d)), Marks: marks(w, d.ByLetter, false, d.Doubtful), Bound: w.Say("reasons.bound." + d.Bound), Pill: running(w, d.Due, asOf),
		}
		if d.Victim != "" {
			rows[i].What += " · " + d.Victim
		}
	}
	return rows
}

// versionOf is the version of the rule that the deadline was reckoned with.
func versionOf(d cases.Due) *procedure.RuleVersion {
	if d.Rule == nil {
		return nil
	}
	for _, v := range d.Rule.Versions {
		if v.Instrument != nil && v.Instrument.Code == d.Version {
			return v
		}
	}
	return nil
}

// beside is the chart's width in the page's wider column, so that its texts keep their size.
const beside = 600

// planCardOf shows the plan's first target: beside the milestones, or across the page where the
// reader has none.
func planCardOf(w *locale.Words, by cases.Actor, v *cases.PlanView, narrow bool) *planCard {
	if v == nil || len(v.Indicators) == 0 {
		return nil
	}
	i := v.Indicators[0]
	card := &planCard{Title: i.Names.In(w.Lang()), Figures: planFigures(w, i.Progress), Chart: roadChart(w, by, i, "road")}
	if narrow {
		card.Chart.Desk = drawRoad(i.Progress, beside, plan.DeskHeight)
	}
	var sentences []string
	for _, r := range i.Progress.Sentences {
		sentences = append(sentences, sayReason(w, r))
	}
	card.Text = strings.Join(sentences, " ")
	return card
}

// lately is how many milestones stand beside what is due: as many as fill the column, with the plan's
// card and without.
func lately(t cases.Today) int {
	if t.Plan == nil {
		return 4
	}
	return 6
}

// recentItems are the milestones that happened last, with their matters.
func recentItems(w *locale.Words, list []cases.Recent) []templates.LogItem {
	items := make([]templates.LogItem, len(list))
	for i, r := range list {
		name := models.Names(r.Name).In(w.Lang())
		if procedure.Code(name).IsFact() { // nobody has named it
			name = w.Say(cases.FactKey(name))
		}
		items[i] = templates.LogItem{
			When: r.Day, Name: name, Href: "/matters/" + r.Reference + "#" + entryAnchor(r.Seq),
			Text: r.Reference + " · " + r.Title, AsItHappened: r.AsItHappened,
		}
	}
	return items
}
