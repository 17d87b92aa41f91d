package templates

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestStatic(t *testing.T) {
	set, err := New(catalogue(t))
	if err != nil {
		t.Fatal(err)
	}
	css, err := set.Asset("expediente.css")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := set.Asset("no-such.css"); err == nil {
		t.Error("an unknown file has an address")
	}
	for _, row := range []struct {
		name, method, path string
		status             int
		cache, kind        string
	}{
		{"the current address is kept for a year", "GET", css, 200, "public, max-age=31536000, immutable", "text/css; charset=utf-8"},
		{"an old address gets today's file", "GET", "/static/000000000000/expediente.css", 200, "no-cache", "text/css; charset=utf-8"},
		{"a head has no body", "HEAD", css, 200, "public, max-age=31536000, immutable", "text/css; charset=utf-8"},
		{"an unknown file", "GET", "/static/000000000000/passwd", 404, "", "text/plain; charset=utf-8"},
		{"a way out of the folder", "GET", "/static/x/../base.html", 404, "", "text/plain; charset=utf-8"},
		{"no folder is listed", "GET", "/static/", 404, "", "text/plain; charset=utf-8"},
		{"nothing is written", "POST", css, 404, "", "text/plain; charset=utf-8"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			set.Static().ServeHTTP(w, httptest.NewRequest(row.method, row.path, nil))
			if w.Code != row.status || w.Header().Get("Cache-Control") != row.cache || w.Header().Get("Content-Type") != row.kind {
				t.Errorf("got %d %q %q", w.Code, w.Header().Get("Cache-Control"), w.Header().Get("Content-Type"))
			}
			if row.method == http.MethodHead && w.Body.Len() > 0 {
				t.Error("a body was sent")
			}
		})
	}
}

func TestStaticIsCompressed(t *testing.T) {
	s, err := newStatic()
	if err != nil {
		t.Fatal(err)
	}
	address, err := s.address("expediente.js")
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", address, nil)
	r.Header.Set("Accept-Encoding", "br, gzip")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil || w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(string(text), "addEventListener") {
		t.Errorf("err %v, header %v, %d bytes", err, w.Header(), len(text))
	}
}
