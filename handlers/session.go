package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/models"
	"expediente/models/day"
	"expediente/templates/locale"
)

// The cookies. Under TLS their names begin with __Host-, which browsers keep to this host alone.
const (
	sessionCookie  = "session"
	visitCookie    = "visit"    // of a browser nobody has signed in with: its forms need a secret too
	languageCookie = "language" // this browser's choice; it outlives the session
	noticeCookie   = "notice"   // the key of what the next page says
)

// visitor is who a request comes from, and what that settles for the page.
type visitor struct {
	cases.Session        // of who is signed in
	signedIn      bool   //
	ended         bool   // the browser still held a session that is over
	secret        string // the cookie that the form token is derived from
	words         *locale.Words
	about         models.RegistryRecord
	today         day.Day
}

const visitorKey = "visitor"

// visitor is who the request comes from. Before enter has run, and when it failed, it is a
// stranger with the browser's language.
func (s *Server) visitor(c echo.Context) *visitor {
	if v, ok := c.Get(visitorKey).(*visitor); ok {
		return v
	}
	v := &visitor{words: s.catalogue.For(s.spoken(c)), today: day.Today(s.registry.Now(), time.Local)}
	c.Set(visitorKey, v)
	return v
}

// spoken is the language of a stranger: chosen in this browser before, else the browser's own.
func (s *Server) spoken(c echo.Context) string {
	if lang := s.cookie(c, languageCookie); lang != "" {
		return s.catalogue.For(lang).Lang()
	}
	return s.catalogue.Match(c.Request().Header.Get("Accept-Language"))
}

// enter finds out who it is.
func (s *Server) enter(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		if c.Path() == staticRoute {
			return next(c)
		}
		v := s.visitor(c)
		ctx := c.Request().Context()
		if v.about, err = s.registry.About(ctx); err != nil {
			return err
		}
		if v.about.Demo && !v.about.DemoDay.IsZero() {
			v.today = v.about.DemoDay
		}
		if token := s.cookie(c, sessionCookie); token != "" {
			if err := s.recognise(c, v, token); err != nil {
				return err
			}
		}
		if !isText(c) {
			return models.ErrNotFound // nothing of ours has such an address, and a database refuses to look
		}
		return next(c)
	}
}

// isText tells whether the address holds text everywhere: bytes that are no UTF-8 and NUL are none.
func isText(c echo.Context) bool {
	texts := c.ParamValues()
	for name, values := range c.QueryParams() {
		texts = append(append(texts, name), values...)
	}
	return !slices.ContainsFunc(texts, func(s string) bool { return !utf8.ValidString(s) || strings.ContainsRune(s, 0) })
}

// recognise looks a session up. One that is over is forgotten by the browser too.
func (s *Server) recognise(c echo.Context, v *visitor, token string) error {
	session, err := s.registry.Session(c.Request().Context(), token)
	if errors.Is(err, models.ErrNotFound) {
		v.ended = true
		s.dropCookie(c, sessionCookie)
		return nil
	}
	if err != nil {
		return err
	}
	v.Session, v.signedIn, v.secret = session, true, token
	v.Actor.From = c.RealIP()
	v.words = s.catalogue.For(session.Actor.Language)
	return nil
}

// signedIn lets nobody through who is not.
func (s *Server) signedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.visitor(c).signedIn {
			return next(c)
		}
		return s.askToSignIn(c)
	}
}

// askToSignIn leads to the sign-in page, and back afterwards.
func (s *Server) askToSignIn(c echo.Context) error {
	notice := ""
	if s.visitor(c).ended {
		notice = "signin.notice.ended"
	}
	to := "/signin"
	if next := s.pathOf(c); next != "/" {
		to += "?next=" + url.QueryEscape(next)
	}
	return s.redirect(c, to, notice)
}

func (s *Server) cookieName(name string) string {
	if s.secure {
		return "__Host-" + name
	}
	return name
}

func (s *Server) cookie(c echo.Context, name string) string {
	cookie, err := c.Cookie(s.cookieName(name))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// setCookie hands the browser a cookie; with age 0 the browser forgets it when it is closed.
func (s *Server) setCookie(c echo.Context, name, value string, age time.Duration) {
	c.SetCookie(&http.Cookie{
		Name: s.cookieName(name), Value: value, Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	})
}

func (s *Server) dropCookie(c echo.Context, name string) {
	c.SetCookie(&http.Cookie{
		Name: s.cookieName(name), Path: "/", MaxAge: -1, HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	})
}
