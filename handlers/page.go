package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/models/day"
	"expediente/templates"
)

// page is the frame of a page; nav is the menu item it belongs to, "" for none.
func (s *Server) page(c echo.Context, nav string) templates.Base {
	v := s.visitor(c)
	path := s.pathOf(c)
	b := templates.Base{
		Lang: v.words.Lang(), Nav: nav, CSRF: s.token(c), Notice: s.notice(c), Demo: v.about.Demo,
		Path: path, PathOnly: strings.SplitN(path, "?", 2)[0],
	}
	if v.signedIn {
		s.furnish(c, &b)
	}
	return b
}

// furnish adds what only somebody who is signed in sees: the menu and the day looked at.
func (s *Server) furnish(c echo.Context, b *templates.Base) {
	by, at, today := s.by(c), s.at(c), s.today(c)
	b.User = templates.User{Name: by.Name, Role: string(by.Role)}
	b.AsOf, b.AsOfValue = at.AsOf, at.AsOf.String()
	b.AsOfIsToday, b.AsOfFuture = at.AsOf == today, at.AsOf.After(today)
	if b.Demo {
		real := day.Today(s.registry.Now(), time.Local)
		b.RealToday, b.AsOfIsReal = real, at.AsOf == real
	}
	n, err := s.registry.Tally(c.Request().Context(), by, at)
	if err != nil { // a page without figures is better than none
		s.log.Error("the menu was not counted", "id", requestID(c), "error", err.Error())
	}
	b.Menu = templates.Menu(func(id string) bool { return mayOpen(id, by, n) },
		templates.Counts{Cases: beyond(n.Cases), Visits: beyond(n.Visits), Evidence: beyond(n.Evidence), Late: n.Past.N})
}

// beyond is a count as the menu takes it: one more than the cap, where counting stopped there.
func beyond(n cases.Count) int {
	if n.More {
		return n.N + 1
	}
	return n.N
}

// mayOpen tells whether a menu item leads anywhere for a reader. Leadership has no matters of its
// own, unless it was let into one.
func mayOpen(id string, by cases.Actor, n cases.Tally) bool {
	switch id {
	case "plan":
		return access.Allows(access.ReadProgress, by.Role)
	case "audit":
		return access.Allows(access.ReadAudit, by.Role)
	case "cases", "visits", "evidence", "deadlines":
		return by.Role != access.Leadership || n.Some
	}
	return true
}

// pathOf is the address that shows the page at hand once more. A refused form is shown under the
// address it was sent to, which may not answer GET: then it is the matter's page, else the first.
func (s *Server) pathOf(c echo.Context) string {
	switch u := c.Request().URL; {
	case c.Request().Method == http.MethodGet:
		return inside(u.RequestURI())
	case s.shown[c.Path()]:
		return inside(u.EscapedPath())
	case c.Param("matter") != "":
		return "/matters/" + url.PathEscape(c.Param("matter"))
	}
	return "/"
}

// notice is what has just been done, in words. It is said once, and only on a page that somebody
// looks at: a script that follows an upload to its end leaves it for the page that comes after.
func (s *Server) notice(c echo.Context) string {
	key := s.cookie(c, noticeCookie)
	if to := c.Request().Header.Get("Sec-Fetch-Dest"); key == "" || to != "" && to != "document" {
		return ""
	}
	s.dropCookie(c, noticeCookie)
	if !s.words(c).Has(key) {
		return ""
	}
	return s.say(c, key)
}
