package handlers

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestChangesAreAskedForByOurOwnForms tries every route that changes something without a token,
// with the token of somebody else's session, from another site, and by GET.
func TestChangesAreAskedForByOurOwnForms(t *testing.T) {
	s := newSite(t)
	other := tokenOf(s.as("member").cookies[sessionCookie])
	tries := map[string]func(b *browser, path string) answer{
		"without a token":      func(b *browser, path string) answer { return b.upload(path, "", "", nil, "title", "x") },
		"with another's token": func(b *browser, path string) answer { return b.upload(path, "", "", nil, "csrf", other) },
		"with the visit's token": func(b *browser, path string) answer {
			return b.upload(path, "", "", nil, "csrf", tokenOf(b.cookies[visitCookie]))
		},
		"from another site": func(b *browser, path string) answer {
			b.header.Set("Sec-Fetch-Site", "cross-site")
			return b.upload(path, "", "", nil, "csrf", b.token())
		},
		"from a sister site": func(b *browser, path string) answer {
			b.header.Set("Sec-Fetch-Site", "same-site")
			return b.upload(path, "", "", nil, "csrf", b.token())
		},
		"from another origin": func(b *browser, path string) answer {
			b.header.Set("Origin", "https://example.net")
			return b.upload(path, "", "", nil, "csrf", b.token())
		},
	}
	before, err := s.registry.Head(t.Context())
	s.must(err)
	signedIn := int64(0)
	for _, route := range s.echo.Routes() {
		if route.Method != http.MethodPost {
			continue
		}
		path := filled(route.Path, s.matter)
		for name, try := range tries {
			b := s.as("coordinator")
			signedIn++
			if a := try(b, path); a.Code != http.StatusForbidden {
				t.Errorf("POST %s %s answers %d", path, name, a.Code)
			}
		}
	}
	after, err := s.registry.Head(t.Context())
	s.must(err)
	if after.Size != before.Size+signedIn {
		t.Errorf("%d refused changes left %d entries in the log", signedIn, after.Size-before.Size-signedIn)
	}
}

func TestWhatChangesDoesNotAnswerGET(t *testing.T) {
	s := newSite(t)
	b := s.as("coordinator")
	for _, route := range s.echo.Routes() {
		if route.Method != http.MethodPost || s.server.shown[route.Path] {
			continue
		}
		if a := b.get(filled(route.Path, s.matter)); a.Code != http.StatusMethodNotAllowed || a.Header().Get("Allow") == "" {
			t.Errorf("GET %s answers %d", route.Path, a.Code)
		}
	}
	if a := b.do(httptest.NewRequest(http.MethodPut, "/signout", nil)); a.Code != http.StatusMethodNotAllowed {
		t.Errorf("PUT /signout answers %d", a.Code)
	}
	if a := b.get("/"); a.Code != http.StatusOK {
		t.Errorf("the session is over: %d", a.Code)
	}
}

func TestFormsAreAllThatIsRead(t *testing.T) {
	s := newSite(t)
	b := s.as("coordinator")
	for name, r := range map[string]*http.Request{
		"JSON": jsonRequest("/language", `{"csrf":"`+b.token()+`","lang":"en"}`),
		"the query": func() *http.Request {
			r := httptest.NewRequest(http.MethodPost, "/language?lang=en&csrf="+b.token(), http.NoBody)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			return r
		}(),
		"broken escapes": func() *http.Request {
			r := httptest.NewRequest(http.MethodPost, "/language", strings.NewReader("csrf=%zz&lang=en"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			return r
		}(),
		"a form cut off": func() *http.Request {
			r := httptest.NewRequest(http.MethodPost, "/language", strings.NewReader("--x\r\nContent-Disposition: form-data; name=csrf\r\n\r\nab"))
			r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
			return r
		}(),
		"no type": httptest.NewRequest(http.MethodPost, "/language", nil),
	} {
		if a := b.do(r); a.Code != http.StatusUnsupportedMediaType && a.Code != http.StatusForbidden && a.Code != http.StatusBadRequest {
			t.Errorf("%s answers %d", name, a.Code)
		}
	}
	if err := (noBinder{}).Bind(nil, nil); err == nil {
		t.Error("the binder that takes everything is still there")
	}
	a := b.send("/language", fields("csrf", b.token(), "lang", "en", "lang", "es", "back", "/help"))
	if a.Code != http.StatusSeeOther || b.cookies[languageCookie] != "en" {
		t.Errorf("of a field sent twice the first does not count: %d %v", a.Code, b.cookies)
	}
}
