package handlers

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/models"
	"expediente/models/blob"
	"expediente/templates"
	"expediente/templates/locale"
)

// attachPage is the form to attach a file.
type attachPage struct {
	templates.Base
	Reference, Heading string
	Crumbs             templates.Crumbs
	Post, Back         string
	Fields             []templates.Field
	Most               int64 // the largest file taken, in bytes
}

// Problems lists the fields to correct.
func (p attachPage) Problems() templates.Summary { return p.Fields }

var attachFields = []string{"title", "note", "milestone"}

// askEvidence shows the form to attach a file to a matter.
func (s *Server) askEvidence(c echo.Context) error {
	typed := map[string]string{"milestone": "0"}
	return s.attachForm(c, http.StatusOK, typed, models.Invalid{})
}

func (s *Server) attachForm(c echo.Context, status int, typed map[string]string, bad models.Invalid) error {
	m, err := s.registry.AskEvidence(c.Request().Context(), s.by(c), c.Param("matter"), s.at(c))
	if err != nil {
		return err
	}
	w := s.words(c)
	a := answers{w: w, area: "evidence.field.", typed: typed, bad: bad}
	p := attachPage{Base: s.page(c, nounOf(m.Kind)), Reference: m.Reference, Heading: m.Title,
		Crumbs: crumbsTo(w, m, w.Say("evidence.attach")), Post: "/matters/" + m.Reference + "/evidence", Back: "/matters/" + m.Reference, Most: cases.MaxEvidence}
	p.Fields = []templates.Field{
		a.field("title").Limit(cases.MaxTitle),
		a.field("note").Long(3),
		a.field("milestone").Of(provable(w, m)),
		a.field("file").Files("", false).Needed(),
	}
	return s.render(c, status, "evidence/attach", p)
}

// crumbsTo is the way to a page below a matter's own.
func crumbsTo(w *locale.Words, m cases.Case, here string) templates.Crumbs {
	noun := nounOf(m.Kind)
	return templates.Crumbs{{Text: w.Say("common.nav." + noun), Href: "/" + noun}, {Text: m.Reference, Href: "/matters/" + m.Reference}, {Text: here}}
}

// provable are the milestones that a file may prove.
func provable(w *locale.Words, m cases.Case) []templates.Option {
	list := []templates.Option{{Value: "0", Text: w.Say("evidence.proves_none")}}
	for _, l := range m.Counting() {
		list = append(list, templates.Option{Value: strconv.Itoa(l.Seq), Text: w.ShortDay(l.Day) + " · " + entryName(w, m, l)})
	}
	return list
}

// attachEvidence takes a file as it comes. The token and the texts are sent before the file, so
// nothing is received from a forged form, and no part is kept in memory or in a temporary file.
func (s *Server) attachEvidence(c echo.Context) error {
	parts, err := parts(c.Request())
	if err != nil {
		return err
	}
	typed, file, err := s.textsBefore(c, parts)
	if err != nil {
		return err
	}
	ref := c.Param("matter")
	code, err := s.takeFile(c, ref, typed, file)
	var bad models.Invalid
	var large *blob.TooLarge
	var cut *http.MaxBytesError
	switch {
	case err == nil:
		return s.redirect(c, "/matters/"+ref+"?attached="+code, "")
	case errors.As(err, &large), errors.As(err, &cut):
		size := s.words(c).Bytes(cases.MaxEvidence)
		return s.attachForm(c, http.StatusRequestEntityTooLarge, typed, models.Invalid{"file": {Key: "evidence.too_large", Args: []any{"size", size}}})
	case errors.As(err, &bad):
		return s.attachForm(c, http.StatusUnprocessableEntity, typed, bad)
	case errors.Is(err, io.ErrUnexpectedEOF): // the sender went away
		return echo.ErrBadRequest
	}
	return err
}

func parts(r *http.Request) (*multipart.Reader, error) {
	kind, values, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" || values["boundary"] == "" {
		return nil, echo.ErrUnsupportedMediaType
	}
	return multipart.NewReader(r.Body, values["boundary"]), nil
}

// textsBefore reads the fields before the file: the token first, which it checks, then the texts.
// Without a file it returns nil for it.
func (s *Server) textsBefore(c echo.Context, parts *multipart.Reader) (map[string]string, *multipart.Part, error) {
	typed, checked := form{}, false
	for range 20 {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, unreadable(err)
		}
		if part.FileName() != "" || part.FormName() == "file" {
			if !checked {
				return nil, nil, errForged
			}
			return texts(typed), part, nil
		}
		text, err := io.ReadAll(io.LimitReader(part, 6*cases.MaxText)) // a character takes up to four bytes; what is longer is refused as too long
		if err != nil {
			return nil, nil, unreadable(err)
		}
		typed[part.FormName()] = append(typed[part.FormName()], string(text))
		if part.FormName() == templates.CSRFField {
			if err := s.checkToken(c, string(text)); err != nil {
				return nil, nil, err
			}
			checked = true
		}
	}
	if !checked {
		return nil, nil, errForged
	}
	return texts(typed), nil, nil
}

func texts(f form) map[string]string {
	m := make(map[string]string, len(attachFields))
	for _, name := range attachFields {
		m[name] = f.text(name)
	}
	return m
}

// unreadable is a body that ended early or is no form.
func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return echo.ErrBadRequest
}

// takeFile hands the file to the registry. One that says beforehand that it is too large is not read.
func (s *Server) takeFile(c echo.Context, ref string, typed map[string]string, file *multipart.Part) (string, error) {
	if file == nil || file.FileName() == "" {
		return "", models.Invalid{"file": {Key: "errors.file_missing"}}
	}
	if c.Request().ContentLength > cases.MaxEvidence+maxForm {
		return "", &blob.TooLarge{Limit: cases.MaxEvidence}
	}
	n := cases.NewEvidence{Title: typed["title"], Note: typed["note"], Filename: file.FileName()}
	n.Milestone, _ = strconv.Atoi(typed["milestone"])
	return s.registry.AttachEvidence(c.Request().Context(), s.by(c), ref, n, file)
}
