package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/templates"
)

// signInPage asks who it is.
type signInPage struct {
	templates.Base
	Network string // the network's name; "" before setup
	Setup   bool   // nobody has an account yet
	Email   string // as typed
	Next    string // where it leads afterwards
}

func (s *Server) showSignIn(c echo.Context) error {
	if s.visitor(c).signedIn {
		return s.redirect(c, inside(c.QueryParam("next")), "")
	}
	return s.askWho(c, http.StatusOK, "", inside(c.QueryParam("next")), "")
}

// askWho shows the sign-in form; what was typed as a password is never shown again.
func (s *Server) askWho(c echo.Context, status int, email, next, problem string) error {
	about := s.visitor(c).about
	page := signInPage{Base: s.page(c, ""), Network: about.Name, Setup: about.SetupClosedAt == nil, Email: email, Next: next}
	if problem != "" {
		page.Problem = s.say(c, problem)
	}
	return s.render(c, status, "signin/form", page)
}

func (s *Server) signIn(c echo.Context) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	email, next := f.text("email"), inside(f.text("next"))
	token, session, err := s.registry.SignIn(c.Request().Context(), email, f.text("password"), c.RealIP())
	switch {
	case errors.Is(err, cases.ErrSignIn):
		return s.askWho(c, http.StatusUnprocessableEntity, email, next, "signin.wrong")
	case errors.Is(err, cases.ErrTooMany):
		c.Response().Header().Set("Retry-After", "60")
		return s.askWho(c, http.StatusTooManyRequests, email, next, "signin.too_many")
	case err != nil:
		return err
	}
	if err := s.keepLanguage(c, session); err != nil {
		return err
	}
	s.dropCookie(c, visitCookie)
	s.setCookie(c, sessionCookie, token, 0)
	return s.redirect(c, next, "")
}

// keepLanguage lets the language chosen in this browser outlive the sign-in.
func (s *Server) keepLanguage(c echo.Context, session cases.Session) error {
	chosen := s.cookie(c, languageCookie)
	if chosen == "" || s.catalogue.For(chosen).Lang() != chosen || chosen == session.Actor.Language {
		return nil
	}
	return s.registry.Speak(c.Request().Context(), session, chosen)
}

// signOut ends the session here and asks the browser to forget what it kept of it. Cookies are
// dropped by name, because asking for all would also drop those of the host's other services.
func (s *Server) signOut(c echo.Context) error {
	if err := s.registry.SignOut(c.Request().Context(), s.visitor(c).Session); err != nil {
		return err
	}
	s.dropCookie(c, sessionCookie)
	c.Response().Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return s.redirect(c, "/signin", "signin.notice.out")
}
