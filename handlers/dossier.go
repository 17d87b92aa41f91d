package handlers

import (
	"encoding/hex"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/cases/dossier"
	"expediente/templates"
	"expediente/templates/locale"
)

// printForm asks for a dossier on paper: in which language, on which paper.
type printForm struct {
	Post, CSRF, Button string
	Fields             []templates.Field
}

var papers = []dossier.Paper{dossier.A4, dossier.Letter}

// printForm is sent to the address given.
func (s *Server) printForm(c echo.Context, post string) *printForm {
	w := s.words(c)
	p := &printForm{Post: post, CSRF: s.token(c), Button: w.Say("dossiers.print_case")}
	var langs, sizes []templates.Option
	for _, lang := range s.catalogue.Languages() {
		langs = append(langs, templates.Option{Value: lang, Text: w.Say("common.language." + lang)})
	}
	for _, paper := range papers {
		sizes = append(sizes, templates.Option{Value: string(paper), Text: w.Say("dossiers.paper_name." + string(paper))})
	}
	p.Fields = []templates.Field{
		templates.NewField("language", w.Say("dossiers.language"), w.Lang()).Of(langs),
		templates.NewField("paper", w.Say("dossiers.paper"), string(dossier.A4)).Of(sizes),
	}
	return p
}

// printing reads how the dossier is wanted; what is not one of our choices is the reader's
// language on A4.
func (s *Server) printing(c echo.Context) (cases.Printing, error) {
	f, err := s.form(c)
	if err != nil {
		return cases.Printing{}, err
	}
	p := cases.Printing{Words: s.words(c), Paper: dossier.Paper(f.text("paper")), At: s.at(c)}
	if lang := f.text("language"); slices.Contains(s.catalogue.Languages(), lang) {
		p.Words = s.catalogue.For(lang)
	}
	if !slices.Contains(papers, p.Paper) {
		p.Paper = dossier.A4
	}
	return p, nil
}

// printCase prints a matter's dossier.
func (s *Server) printCase(c echo.Context) error {
	p, err := s.printing(c)
	if err != nil {
		return err
	}
	printed, err := s.registry.PrintCase(c.Request().Context(), s.by(c), c.Param("matter"), p)
	if err != nil {
		return err
	}
	return handOut(c, printed, "expediente-"+c.Param("matter"))
}

// printProgress prints the progress dossier of the plan.
func (s *Server) printProgress(c echo.Context) error {
	p, err := s.printing(c)
	if err != nil {
		return err
	}
	printed, err := s.registry.PrintProgress(c.Request().Context(), s.by(c), p)
	if err != nil {
		return err
	}
	return handOut(c, printed, "avance")
}

// handOut sends a printed dossier under a name that says what it is and of which day, and no more.
func handOut(c echo.Context, p cases.Printed, name string) error {
	c.Response().Header().Set(echo.HeaderContentDisposition, attachment(name+"-"+p.AsOf.String()+"-"+p.Code+".pdf", p.Code))
	return c.Blob(http.StatusOK, "application/pdf", p.PDF)
}

// dossierRow is one printed dossier in the list.
type dossierRow struct {
	Code, Kind, Language, Paper, By, Digest string
	Matter                                  *templates.Link
	AsOf                                    locale.Civil
	Printed                                 string
	Pages                                   int
}

// dossierList is what was printed.
type dossierList struct {
	templates.Base
	Rows  []dossierRow
	Next  string
	First string
	Empty templates.Empty
}

// listDossiers lists what was printed that the reader may know of.
func (s *Server) listDossiers(c echo.Context) error {
	cursor := c.QueryParam("cursor")
	found, next, err := s.registry.ListDossiers(c.Request().Context(), s.by(c), cursor)
	if err != nil {
		return err
	}
	w := s.words(c)
	p := dossierList{Base: s.page(c, "dossiers")}
	for _, d := range found {
		p.Rows = append(p.Rows, dossierLine(w, d))
	}
	if next != "" {
		p.Next = "/dossiers?cursor=" + next
	}
	if cursor != "" {
		p.First = "/dossiers"
	}
	p.Empty = templates.Empty{Icon: "dossiers", Title: w.Say("dossiers.empty"), Text: w.Say("dossiers.empty_hint"), Example: w.Say("dossiers.recorded")}
	return s.render(c, http.StatusOK, "dossiers/list", p)
}

func dossierLine(w *locale.Words, d cases.PrintedRow) dossierRow {
	row := dossierRow{
		Code: d.Code, Kind: w.Say("dossiers.kind_name." + d.Kind), Language: w.Say("common.language." + d.Language), Paper: w.Say("dossiers.paper_name." + d.Paper),
		By: d.ByName, Digest: hex.EncodeToString(d.SHA256), AsOf: d.AsOf, Printed: w.Instant(d.PrintedAt.Time(), nil), Pages: d.Pages,
	}
	if d.Reference != "" {
		row.Matter = &templates.Link{Text: d.Reference, Href: "/matters/" + d.Reference}
	}
	return row
}
