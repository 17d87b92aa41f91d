package handlers

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

func readSources(t *testing.T, into *strings.Builder) {
	t.Helper()
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		into.Write(b)
	}
}

var guarded = map[string]string{
	"Content-Security-Policy":      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cache-Control":                "no-store",
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	s := newSite(t)
	s.echo.GET("/test/fault", func(echo.Context) error { return http.ErrBodyNotAllowed })
	s.echo.GET("/test/panic", func(echo.Context) error { panic("somebody's words") })
	b := s.as("coordinator")
	large := httptest.NewRequest(http.MethodPost, "/cases", strings.NewReader(strings.Repeat("x", maxForm+1)))
	answers := map[string]answer{
		"404": b.get("/nothing"), "405": b.do(httptest.NewRequest(http.MethodDelete, "/cases", nil)),
		"500": b.get("/test/fault"), "a panic": b.get("/test/panic"), "403": b.send("/cases", fields()),
		"413": b.do(large), "415": b.do(jsonRequest("/cases", `{"csrf":"`+b.token()+`"}`)),
		"303": b.post("/language", fields("lang", "es")),
	}
	for _, path := range s.pages() {
		answers["GET "+path] = b.get(path)
	}
	for name, a := range answers {
		for header, want := range guarded {
			if got := a.Header().Get(header); got != want {
				t.Errorf("%s: %s is %q", name, header, got)
			}
		}
		if a.Header().Get("Permissions-Policy") == "" || a.Header().Get(echo.HeaderXRequestID) == "" {
			t.Errorf("%s lacks a header", name)
		}
		if a.text != "" && !strings.Contains(a.Header().Get("Content-Type"), "charset=") {
			t.Errorf("%s: Content-Type is %q", name, a.Header().Get("Content-Type"))
		}
		if a.Header().Get("Strict-Transport-Security") != "" {
			t.Errorf("%s speaks of TLS over plain HTTP", name)
		}
	}
	for name, status := range map[string]int{"404": 404, "405": 405, "500": 500, "a panic": 500, "403": 403, "413": 413, "415": 415, "303": 303} {
		if answers[name].Code != status {
			t.Errorf("%s answers %d", name, answers[name].Code)
		}
	}
	if strings.Contains(s.log.String(), "somebody's words") {
		t.Error("what was panicked with is in the log")
	}
}

func jsonRequest(path, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

func TestOverTLSCookiesBelongToTheHost(t *testing.T) {
	s := newSite(t)
	s.server.secure = true
	b := s.anyone()
	a := b.get("/signin")
	if got := a.Header().Get("Strict-Transport-Security"); !strings.HasPrefix(got, "max-age=63072000") {
		t.Errorf("Strict-Transport-Security is %q", got)
	}
	visit := b.cookies["__Host-"+visitCookie]
	a = b.send("/signin", fields("csrf", tokenOf(visit), "email", "member@example.org", "password", password))
	for _, c := range a.Result().Cookies() {
		if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("the cookie %s is open: %+v", c.Name, c)
		}
	}
	if b.cookies["__Host-"+sessionCookie] == "" {
		t.Error("nobody was signed in")
	}
}

func TestPagesAreCompressedForOurOwnPagesOnly(t *testing.T) {
	s := newSite(t)
	for site, want := range map[string]string{"same-origin": "gzip", "none": "gzip", "cross-site": "", "same-site": "", "": ""} {
		b := s.as("coordinator")
		b.header.Set("Accept-Encoding", "gzip, br")
		if site != "" {
			b.header.Set("Sec-Fetch-Site", site)
		}
		if got := b.get("/").Header().Get("Content-Encoding"); got != want {
			t.Errorf("a request from %q is answered %q", site, got)
		}
	}
}

func TestStaticFilesAreKept(t *testing.T) {
	s := newSite(t)
	path, err := s.server.templates.Asset("expediente.css")
	s.must(err)
	a := s.anyone().get(path)
	if a.Code != http.StatusOK || !strings.Contains(a.Header().Get("Cache-Control"), "immutable") || a.Header().Get("Content-Security-Policy") == "" {
		t.Errorf("%s answers %d %v", path, a.Code, a.Header())
	}
	if len(a.Result().Cookies()) > 0 {
		t.Error("a static file sets a cookie")
	}
}
