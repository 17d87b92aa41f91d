package handlers

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"expediente/models"
	"expediente/models/day"
	"expediente/templates"
)

// chooseLanguage changes the language of the session and of this browser, and comes back.
func (s *Server) chooseLanguage(c echo.Context) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	lang := f.text(templates.LangField)
	if s.catalogue.For(lang).Lang() != lang {
		return models.Invalid{templates.LangField: {Key: "errors.choose"}}
	}
	if v := s.visitor(c); v.signedIn {
		if err := s.registry.Speak(c.Request().Context(), v.Session, lang); err != nil {
			return err
		}
	}
	s.setCookie(c, languageCookie, lang, 365*24*time.Hour)
	return c.Redirect(http.StatusSeeOther, inside(f.text(templates.BackField)))
}

// chooseDay changes the day that the session looks at, and comes back. No day is today.
func (s *Server) chooseDay(c echo.Context) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	asOf, err := day.Parse(strings.TrimSpace(f.text(templates.AsOfField)))
	if text := strings.TrimSpace(f.text(templates.AsOfField)); text != "" && (err != nil || asOf.Precision() != day.Exact) {
		return models.Invalid{templates.AsOfField: {Key: "errors.asof"}}
	}
	if asOf == s.today(c) {
		asOf = day.Day{} // it goes on to be today tomorrow
	}
	if err := s.registry.LookAt(c.Request().Context(), s.visitor(c).Session, asOf); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, inside(f.text(templates.BackField)))
}
