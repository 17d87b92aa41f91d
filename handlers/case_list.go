package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
	"expediente/templates"
	"expediente/templates/locale"
)

// matterRow is one matter in a list.
type matterRow struct {
	Reference, Href, Title, Numbers string
	State, Procedure, Stage         string
	Standing                        string
	Since                           day.Day
	Due                             day.Day // the next date; zero for none
	DueName                         string
	Pill                            templates.Pill
}

// matterList is the list of cases, and of visits.
type matterList struct {
	templates.Base
	Lead     string
	Filters  []templates.Field
	Filtered bool
	Rows     []matterRow
	Pager    templates.Pager
	First    string // back to the beginning; "" on the first page
	New      *templates.Link
	Empty    templates.Empty
}

// shelf is what the lists of cases and of visits say of themselves, as keys of the catalogue.
type shelf struct {
	New, NewHint, Create, Created string
	Lead, LeadMore                string
	Empty, EmptyText, Example     string
}

var shelves = map[string]shelf{
	"cases": {
		New: "cases.new", NewHint: "cases.new_hint", Create: "cases.create", Created: "cases.created", Lead: "cases.lead", LeadMore: "cases.lead_more",
		Empty: "cases.empty", EmptyText: "cases.empty_text", Example: "cases.empty_example",
	},
	"visits": {
		New: "visits.new", NewHint: "visits.new_hint", Create: "visits.create", Created: "visits.created", Lead: "visits.lead", LeadMore: "visits.lead_more",
		Empty: "visits.empty", EmptyText: "visits.empty_text", Example: "visits.empty_example",
	},
}

// listCases lists the cases in reach.
func (s *Server) listCases(c echo.Context) error { return s.listMatters(c, models.KindCase, "cases") }

// listVisits lists the country visits in reach.
func (s *Server) listVisits(c echo.Context) error {
	return s.listMatters(c, models.KindVisit, "visits")
}

func (s *Server) listMatters(c echo.Context, kind, noun string) error {
	w, at, f := s.words(c), s.at(c), matterFilter(c, kind)
	found, err := s.registry.ListMatters(c.Request().Context(), s.by(c), f, at)
	if err != nil {
		return err
	}
	p := matterList{Base: s.page(c, noun), Filters: s.matterFilters(w, f), Filtered: f.State+f.Stage+string(f.Standing) != ""}
	for _, row := range found.Rows {
		p.Rows = append(p.Rows, s.matterRow(w, row, at.AsOf))
	}
	p.Lead = matterLead(w, noun, found, at.AsOf)
	p.Pager = templates.Pager{Total: found.Counts.N, AtLeast: found.Counts.More}
	if found.Next != "" {
		p.Pager.Next = filterAddress(noun, f, found.Next)
	}
	if f.Cursor != "" {
		p.First = filterAddress(noun, f, "")
	}
	if access.Allows(access.CreateMatter, s.by(c).Role) {
		p.New = &templates.Link{Text: w.Say(shelves[noun].New), Href: "/" + noun + "/new", Icon: "add"}
	}
	p.Empty = emptyMatters(w, noun, p.Filtered, p.New)
	return s.render(c, http.StatusOK, noun+"/list", p)
}

// anything is the choice of a filter that leaves all in. An empty value would read as "choose".
const anything = "all"

// matterFilter reads the filters of a list. What is not one of our codes filters nothing.
func matterFilter(c echo.Context, kind string) cases.Filter {
	chosen := func(name string) string {
		if v := c.QueryParam(name); v != anything {
			return v
		}
		return ""
	}
	f := cases.Filter{Kind: kind, State: chosen("state"), Stage: chosen("stage"), Standing: models.Standing(chosen("standing")), Cursor: c.QueryParam("cursor")}
	if f.Sort = cases.Sort(c.QueryParam("sort")); !slices.Contains(sorts, f.Sort) {
		f.Sort = cases.Newest
	}
	if !slices.Contains(standings, f.Standing) {
		f.Standing = ""
	}
	return f
}

var (
	sorts     = []cases.Sort{cases.Newest, cases.Oldest, cases.ByReference}
	standings = []models.Standing{models.Brought, models.Supported, models.Followed}
)

func filterAddress(noun string, f cases.Filter, cursor string) string {
	q := url.Values{}
	for name, value := range map[string]string{"state": f.State, "stage": f.Stage, "standing": string(f.Standing), "cursor": cursor} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Sort != cases.Newest {
		q.Set("sort", string(f.Sort))
	}
	if len(q) == 0 {
		return "/" + noun
	}
	return "/" + noun + "?" + q.Encode()
}

// matterFilters are the selects above a list.
func (s *Server) matterFilters(w *locale.Words, f cases.Filter) []templates.Field {
	all := []templates.Option{{Value: anything, Text: w.Say("cases.filter.all")}}
	choose := func(name, value string, options []templates.Option) templates.Field {
		if value == "" {
			value = anything
		}
		return templates.NewField(name, w.Say("cases.filter."+name), value).Of(options)
	}
	return []templates.Field{
		choose("state", f.State, append(all[:1:1], s.stateOptions(w)...)),
		choose("stage", f.Stage, append(all[:1:1], s.stageOptions(w, f.Kind)...)),
		choose("standing", string(f.Standing), append(all[:1:1], standingOptions(w)...)),
		choose("sort", string(f.Sort), sortOptions(w)),
	}
}

func (s *Server) stateOptions(w *locale.Words) []templates.Option {
	var list []templates.Option
	for _, state := range s.registry.Procedures.States().List {
		list = append(list, templates.Option{Value: state.ISO2, Text: state.Names.In(w.Lang())})
	}
	order := collate.New(language.Make(w.Lang()))
	slices.SortFunc(list, func(a, b templates.Option) int { return order.CompareString(a.Text, b.Text) })
	return list
}

// stageOptions lists each stage once, in the order of the procedures; stages of one code and one
// name are one choice.
func (s *Server) stageOptions(w *locale.Words, kind string) (list []templates.Option) {
	for _, d := range s.registry.Procedures.All() {
		if (d.Kind == procedure.KindVisit) != (kind == models.KindVisit) {
			continue
		}
		for _, stage := range d.Stages {
			o := templates.Option{Value: string(stage.ID), Text: stage.Names.In(w.Lang())}
			if !slices.ContainsFunc(list, func(x templates.Option) bool { return x.Value == o.Value }) {
				list = append(list, o)
			}
		}
	}
	return list
}

func standingOptions(w *locale.Words) (list []templates.Option) {
	for _, standing := range standings {
		list = append(list, templates.Option{Value: string(standing), Text: w.Say("common.standing." + string(standing))})
	}
	return list
}

func sortOptions(w *locale.Words) (list []templates.Option) {
	for _, sort := range sorts {
		list = append(list, templates.Option{Value: string(sort), Text: w.Say("cases.sort." + string(sort))})
	}
	return list
}

func (s *Server) matterRow(w *locale.Words, r cases.Row, asOf day.Day) matterRow {
	row := matterRow{
		Reference: r.Reference, Href: "/matters/" + r.Reference, Title: r.Title, Numbers: r.Numbers,
		State: s.stateName(w, r.State), Stage: r.Stage, Standing: w.Say("common.standing." + string(r.Standing)),
		Since: r.FromDay, Due: r.Next.Due, Pill: templates.Pill{Text: w.Say("cases.no_date")},
	}
	if !row.Due.IsZero() {
		row.Pill = running(w, row.Due, asOf)
	}
	d, ok := s.registry.Procedures.Get(r.Procedure)
	if !ok {
		return row
	}
	row.Procedure = shortName(d, w.Lang())
	for _, stage := range d.Stages {
		if string(stage.ID) == r.Stage {
			row.Stage = stage.Names.In(w.Lang())
		}
	}
	for _, rule := range d.Rules {
		if rule.Code == r.Next.Rule {
			row.DueName = rule.Names.In(w.Lang())
		}
	}
	return row
}

func (s *Server) stateName(w *locale.Words, iso2 string) string {
	if state, ok := s.registry.Procedures.States().Get(iso2); ok {
		return state.Names.In(w.Lang())
	}
	return iso2
}

func shortName(d *procedure.Definition, lang string) string {
	if name := d.Short.In(lang); name != "" {
		return name
	}
	return d.Names.In(lang)
}

// matterLead says in one sentence how many there are and how many of those shown have let a date pass.
func matterLead(w *locale.Words, noun string, l cases.Listing, asOf day.Day) string {
	if len(l.Rows) == 0 {
		return ""
	}
	late := 0
	for _, row := range l.Rows {
		if !row.Next.Due.IsZero() && row.Next.Due.Before(asOf) {
			late++
		}
	}
	key := shelves[noun].Lead
	if l.Counts.More {
		key = shelves[noun].LeadMore
	}
	parts := []string{w.Say(key, "n", l.Counts.N)}
	if late > 0 {
		parts = append(parts, w.Say("cases.lead_late", "n", late))
	}
	return strings.Join(parts, " ")
}

// emptyMatters stands where the list has nothing: it teaches, or offers to take the filters away.
func emptyMatters(w *locale.Words, noun string, filtered bool, first *templates.Link) templates.Empty {
	if filtered {
		return templates.Empty{Icon: "filter", Title: w.Say("cases.nothing_fits"), Text: w.Say("cases.nothing_fits_text"),
			Action: &templates.Link{Text: w.Say("common.action.clear"), Href: "/" + noun}}
	}
	e := templates.Empty{Icon: noun, Title: w.Say(shelves[noun].Empty), Text: w.Say(shelves[noun].EmptyText), Example: w.Say(shelves[noun].Example), Action: first}
	if first == nil {
		e.Example = w.Say("cases.ask_coordination")
	}
	return e
}
