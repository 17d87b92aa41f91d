package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/templates"
	"expediente/templates/locale"
)

// newMatterPage is the form to open a case, or a visit.
type newMatterPage struct {
	templates.Base
	Crumbs             templates.Crumbs
	Post, Hint, Button string
	Fields             []templates.Field
}

// Problems lists the fields to correct.
func (p newMatterPage) Problems() templates.Summary { return p.Fields }

var matterFields = []string{"procedure", "state", "standing", "title", "numbers", "summary", "language", "holder", "invitation", "places"}

// textLanguages are the languages that the free text of a matter may be in.
var textLanguages = []string{"es", "en", "pt", "fr"}

// askCase shows the form to open a case.
func (s *Server) askCase(c echo.Context) error { return s.askMatter(c, "cases") }

// askVisit shows the form to open the file of a visit.
func (s *Server) askVisit(c echo.Context) error { return s.askMatter(c, "visits") }

func (s *Server) askMatter(c echo.Context, noun string) error {
	if !access.Allows(access.CreateMatter, s.by(c).Role) {
		return models.ErrDenied
	}
	a := typedIn(s.words(c), "cases.field.", func(string) string { return "" })
	a.typed["standing"], a.typed["language"] = string(models.Brought), s.words(c).Lang()
	a.typed["opened_on"] = dayText(a.w, s.at(c).AsOf)
	if options := s.procedureOptions(a.w, noun); len(options) == 1 {
		a.typed["procedure"] = options[0].Value
	}
	return s.matterForm(c, http.StatusOK, a, noun)
}

// createCase opens a case and leads to it.
func (s *Server) createCase(c echo.Context) error {
	return s.createMatter(c, "cases", func(a answers, n cases.NewMatter) (string, error) {
		if d, ok := s.registry.Procedures.Get(n.Procedure); ok && d.Kind == procedure.KindVisit {
			return "", models.Invalid{"procedure": {Key: "errors.choose"}}
		}
		return s.registry.CreateMatter(c.Request().Context(), s.by(c), n)
	})
}

// createVisit opens the file of a visit and leads to it.
func (s *Server) createVisit(c echo.Context) error {
	return s.createMatter(c, "visits", func(a answers, n cases.NewMatter) (string, error) {
		v := cases.NewVisit{NewMatter: n, Holder: strings.TrimSpace(a.get("holder")), Invitation: a.get("invitation"), Places: a.get("places")}
		return s.registry.CreateVisit(c.Request().Context(), s.by(c), v)
	})
}

func (s *Server) createMatter(c echo.Context, noun string, create func(answers, cases.NewMatter) (string, error)) error {
	if !access.Allows(access.CreateMatter, s.by(c).Role) {
		return models.ErrDenied
	}
	f, err := s.form(c)
	if err != nil {
		return err
	}
	a := typedIn(s.words(c), "cases.field.", f.text, matterFields...)
	a.typed["opened_on"] = f.dateText("opened_on")
	n := cases.NewMatter{
		Procedure: a.get("procedure"), State: a.get("state"), Standing: models.Standing(a.get("standing")), Language: a.get("language"),
		Title: a.get("title"), Numbers: a.get("numbers"), Summary: a.get("summary"), OpenedOn: a.day("opened_on"),
	}
	if !slices.Contains(textLanguages, n.Language) {
		a.bad.Add("language", "errors.choose")
	}
	ref, err := "", error(nil)
	if len(a.bad) == 0 {
		ref, err = create(a, n)
	} else {
		err = n.Validate(s.registry.Procedures)
	}
	var invalid models.Invalid
	if errors.As(err, &invalid) || len(a.bad) > 0 {
		a.refuse(invalid)
		return s.matterForm(c, http.StatusUnprocessableEntity, a, noun)
	}
	if err != nil {
		return err
	}
	return s.redirect(c, "/matters/"+ref, shelves[noun].Created)
}

func (s *Server) matterForm(c echo.Context, status int, a answers, noun string) error {
	w := a.w
	p := newMatterPage{Base: s.page(c, noun), Post: "/" + noun, Hint: w.Say(shelves[noun].NewHint), Button: w.Say(shelves[noun].Create),
		Crumbs: templates.Crumbs{{Text: w.Say("common.nav." + noun), Href: "/" + noun}, {Text: w.Say(shelves[noun].New)}}}
	var standing []templates.Option
	for _, o := range standingOptions(w) {
		o.Hint = w.Say("cases.standing_hint." + o.Value)
		standing = append(standing, o)
	}
	p.Fields = []templates.Field{
		a.field("procedure").Of(s.procedureOptions(w, noun)).Needed(),
		a.field("state").Of(s.stateOptions(w)).Needed(),
		a.field("title").Limit(cases.MaxTitle).Needed(),
		a.field("standing").OneOf(standing).Needed(),
		a.field("opened_on").Needed(),
	}
	if noun == "visits" {
		p.Fields = append(p.Fields, a.field("holder").Limit(cases.MaxTitle), a.field("invitation").Limit(cases.MaxTitle), a.field("places").Limit(2000))
	} else {
		p.Fields = append(p.Fields, a.field("numbers").Limit(cases.MaxTitle))
	}
	p.Fields = append(p.Fields, a.field("summary").Long(5), a.field("language").Of(languageOptions(w)).Needed())
	return s.render(c, status, noun+"/new", p)
}

// procedureOptions are the procedures of cases, or of visits.
func (s *Server) procedureOptions(w *locale.Words, noun string) (list []templates.Option) {
	for _, d := range s.registry.Procedures.All() {
		if (d.Kind == procedure.KindVisit) == (noun == "visits") {
			list = append(list, templates.Option{Value: d.ID, Text: d.Names.In(w.Lang())})
		}
	}
	return list
}

func languageOptions(w *locale.Words) (list []templates.Option) {
	for _, lang := range textLanguages {
		list = append(list, templates.Option{Value: lang, Text: w.Say("common.language." + lang)})
	}
	return list
}
