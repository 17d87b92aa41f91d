package handlers

import (
	"bytes"
	"compress/gzip"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/models/day"
	"expediente/templates"
	"expediente/templates/locale"
)

// by is who acts. Nobody who is not signed in reaches a handler that asks.
func (s *Server) by(c echo.Context) cases.Actor { return s.visitor(c).Actor }

// at is the day looked at: the one the reader chose, else the day a demonstration opens on, else
// today.
func (s *Server) at(c echo.Context) cases.At {
	v := s.visitor(c)
	if v.signedIn && !v.Session.AsOf.IsZero() {
		return cases.At{AsOf: v.Session.AsOf}
	}
	return cases.At{AsOf: v.today, Today: !v.about.Demo || v.about.DemoDay.IsZero()}
}

// today is the present day: of a demonstration the day it opens on.
func (s *Server) today(c echo.Context) day.Day { return s.visitor(c).today }

// say is a sentence in the reader's language.
func (s *Server) say(c echo.Context, key string, args ...any) string {
	return s.words(c).Say(key, args...)
}

// words are the words of the reader's language.
func (s *Server) words(c echo.Context) *locale.Words { return s.visitor(c).words }

// render shows a page. It is drawn whole before the first byte leaves.
func (s *Server) render(c echo.Context, status int, name string, page any) error {
	var b bytes.Buffer
	if err := s.Render(&b, name, page, c); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Add("Vary", "Accept-Encoding, Accept-Language, Cookie, Sec-Fetch-Site")
	if b.Len() > 1400 && compressible(c.Request()) {
		if z, err := compress(b.Bytes()); err == nil {
			h.Set("Content-Encoding", "gzip")
			b = *z
		}
	}
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	return c.HTMLBlob(status, b.Bytes())
}

// compressible tells whether the browser takes gzip and the request did not begin on a stranger's
// page; a browser too old to say gets the page as it is.
func compressible(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return (site == "same-origin" || site == "none") && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
}

func compress(plain []byte) (*bytes.Buffer, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	return &b, z.Close()
}

// redirect leads to another page of ours after something was done. The notice is a key of the
// catalogue, said once on the next page; "" says nothing.
func (s *Server) redirect(c echo.Context, path, notice string) error {
	if notice != "" {
		s.setCookie(c, noticeCookie, notice, time.Minute)
	}
	return c.Redirect(http.StatusSeeOther, path)
}

// form gives the fields of a posted form. Anything else that could be posted, JSON for instance,
// is refused; the fields of the query are not among them.
func (s *Server) form(c echo.Context) (form, error) {
	r := c.Request()
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "application/x-www-form-urlencoded":
		err = r.ParseForm()
	case "multipart/form-data":
		err = r.ParseMultipartForm(maxForm) // all of it fits: nothing is written to a temporary file
	default:
		err = echo.ErrUnsupportedMediaType
	}
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return form(r.PostForm), nil
	case errors.As(err, &large), errors.Is(err, echo.ErrUnsupportedMediaType):
		return nil, err
	}
	return nil, echo.ErrBadRequest // cut off, or not what its type says; the error may quote it
}

// form is what somebody typed. Of a field sent twice the first counts.
type form url.Values

// text is a field as typed, its line ends made one, without what no text holds.
func (f form) text(name string) string {
	if len(f[name]) == 0 {
		return ""
	}
	clean := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "")
	return clean.Replace(strings.ToValidUTF8(f[name][0], "\uFFFD"))
}

// dateText is a date field as typed, for showing it again.
func (f form) dateText(name string) string { return templates.ReadDate(f.text, name) }

// inside is an address of ours, or "/" for one that leads anywhere else.
func inside(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(address, "/") {
		return "/"
	}
	path := u.EscapedPath()
	if strings.HasPrefix(path, "//") || path == "/signin" || path == "/signout" {
		return "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return path
}
