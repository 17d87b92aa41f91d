// Package handlers answers: which request leads to which verb and which page?
//
// A handler reads the request, calls one verb of the registry, and shows one page or leads to the
// next one. It decides nothing about rights or law: the registry refuses, the handler says so. All
// addresses are in routes.go, in reading order; every error becomes a page in errors.go.
//
// # The way of a request
//
// The middleware in New runs in this order, and each is where it is for a reason: identify (the
// number that the log and the error page share), record (one line of log, also for what fails
// later), survive (a panic ends one request), guard (headers, also on errors), bound (how much may
// be sent), enter (who it is, in which language, on which day), protect (a change comes from our
// own form).
//
// # Decisions
//
// Forms only. The usual binder also takes JSON, and lets a body overwrite a value that came from
// the path; ours gives the values of a posted form and nothing else, never those of the query.
//
// The token against forged requests is derived from the session's own cookie: nothing to store,
// nothing lost when the program starts again. It is checked on every POST in one place, so that a
// new route cannot forget it; routes that stream their body check it themselves (see streamed).
//
// Addresses carry references and codes, never a name, a token or a search word, because they stay
// in histories and logs. The log knows the pattern of a route, not the address.
//
// Pages are compressed when the browser says that the request began on our own pages or was typed:
// a stranger's page can then not guess at a secret by watching how well it compresses.
package handlers

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/templates"
	"expediente/templates/locale"
)

// Options say what the pages are made from.
type Options struct {
	Registry  *cases.Registry
	Templates *templates.Set
	Words     *locale.Catalogue
	Secure    bool           // the browser reaches us over TLS
	Proxies   []netip.Prefix // whose word on where a request came from (X-Forwarded-For) is taken
	Log       *slog.Logger   // nil: the program's own
}

// Server answers the requests of one registry.
type Server struct {
	registry  *cases.Registry
	templates *templates.Set
	catalogue *locale.Catalogue
	secure    bool
	from      echo.IPExtractor
	log       *slog.Logger
	origin    *http.CrossOriginProtection
	shown     map[string]bool // route patterns that answer GET
}

// New is the whole site.
func New(o Options) http.Handler { return headAsGet(newServer(o).site()) }

func newServer(o Options) *Server {
	s := &Server{
		registry: o.Registry, templates: o.Templates, catalogue: o.Words, secure: o.Secure, from: addressOf(o.Proxies), log: o.Log,
		origin: http.NewCrossOriginProtection(), shown: map[string]bool{},
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	return s
}

func (s *Server) site() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(io.Discard) // we keep our own log
	e.IPExtractor = s.from
	e.SchemeExtractor = func(*http.Request) string { return map[bool]string{true: "https", false: "http"}[s.secure] }
	e.Binder, e.Renderer, e.HTTPErrorHandler = noBinder{}, s, s.fail
	e.Use(s.identify, s.record, s.survive, s.guard, s.bound, s.enter, s.protect)
	s.routes(e)
	for _, route := range e.Routes() {
		if route.Method == http.MethodGet {
			s.shown[route.Path] = true
		}
	}
	return e
}

// addressOf is who sent a request: the other end of the line, or whom a trusted proxy there names.
func addressOf(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		trust = append(trust, echo.TrustIPRange(&net.IPNet{IP: p.Masked().Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// headAsGet answers HEAD as GET. The server looks at the request of its own to see that no body is
// wanted, and leaves it out.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			asGet := *r
			asGet.Method = http.MethodGet
			r = &asGet
		}
		next.ServeHTTP(w, r)
	})
}

// Render writes a page in the reader's language; handlers call render.
func (s *Server) Render(w io.Writer, page string, data any, c echo.Context) error {
	return s.templates.Render(w, s.visitor(c).words.Lang(), page, data)
}

// noBinder keeps anyone from using the binder that takes more than forms.
type noBinder struct{}

func (noBinder) Bind(any, echo.Context) error {
	return errors.New("forms are read with Server.form, which takes nothing else")
}
