package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/models"
)

func TestErrorsBecomePages(t *testing.T) {
	s := newSite(t)
	for i, try := range []struct {
		err    error
		status int
		text   string
	}{
		{models.ErrNotFound, 404, "no existe, o usted no tiene acceso"},
		{fmt.Errorf("wrapped: %w", models.ErrDenied), 403, "Su función no permite"},
		{models.ErrConflict, 409, "Otra persona guardó un cambio"},
		{models.Invalid{"title": {Key: "errors.required"}}, 422, "Este dato es obligatorio"},
		{cases.ErrTooMany, 429, "Espere un momento"},
		{cases.ErrSetupClosed, 404, "no existe"},
		{errForged, 403, "ya no es válido"},
		{&http.MaxBytesError{Limit: 1}, 413, "supera el tamaño"},
		{syscall.ENOSPC, 503, "El disco está lleno"},
		{errors.New("a fault with a name in it"), 500, "dé este número"},
	} {
		path := fmt.Sprintf("/test/%d", i)
		s.echo.GET(path, func(echo.Context) error { return try.err })
		a := s.as("member").get(path)
		if a.Code != try.status || !strings.Contains(a.text, try.text) {
			t.Errorf("%v answers %d", try.err, a.Code)
		}
		if strings.Contains(a.text, "a fault with a name") {
			t.Error("the page says what only the log should")
		}
		if try.status == 500 && (!strings.Contains(a.text, a.Header().Get(echo.HeaderXRequestID)) || !strings.Contains(s.log.String(), a.Header().Get(echo.HeaderXRequestID))) {
			t.Error("page and log do not share the request's number")
		}
		if !strings.Contains(a.text, `class="rail"`) {
			t.Errorf("%v is not shown in the site's frame", try.err)
		}
	}
}

// TestHiddenAndAbsentAreOneAnswer compares every page of a hidden matter with that of none.
func TestHiddenAndAbsentAreOneAnswer(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{"coordinator", "member", "leadership"} {
		b := s.as(who)
		for _, route := range s.echo.Routes() {
			if !strings.Contains(route.Path, ":matter") {
				continue
			}
			ask := func(ref string) (string, int, http.Header) {
				path, a := filled(route.Path, ref), answer{}
				if route.Method == http.MethodGet {
					a = b.get(path)
				} else {
					a = b.upload(path, "", "", nil, "csrf", b.token(), "code", "petition_lodged", "day", "2005-01-01", "reason", "x")
				}
				header := a.Header().Clone()
				header.Del(echo.HeaderXRequestID)
				text := strings.ReplaceAll(a.text, a.Header().Get(echo.HeaderXRequestID), "")
				return strings.ReplaceAll(text, ref, "REF"), a.Code, header
			}
			hidden, status, headers := ask(s.hidden)
			absent, status2, headers2 := ask("SV-22222")
			if status != http.StatusNotFound || status2 != status || hidden != absent || fmt.Sprint(headers) != fmt.Sprint(headers2) {
				t.Errorf("%s %s tells %s that a matter exists: %d %d", route.Method, route.Path, who, status, status2)
			}
		}
	}
}

func TestTheLogHoldsNoAddress(t *testing.T) {
	s := newSite(t)
	b := s.as("coordinator")
	b.get("/matters/" + s.matter)
	b.get("/cases?state=PA")
	b.get("/somewhere/secret")
	log := s.log.String()
	for _, private := range []string{s.matter, "state=PA", "secret", "coordinator", "192.0.2.1"} {
		if strings.Contains(log, private) {
			t.Errorf("the log holds %q", private)
		}
	}
	if !strings.Contains(log, "route=/matters/:matter") {
		t.Errorf("the log does not hold the route:\n%s", log)
	}
}

func TestInside(t *testing.T) {
	for in, want := range map[string]string{
		"": "/", "/": "/", "/cases": "/cases", "/matters/PA-7Q4FM#m-1": "/matters/PA-7Q4FM", "/cases?state=PA": "/cases?state=PA",
		"//example.net": "/", "https://example.net": "/", "http:/x": "/", "/\\example.net": "/%5Cexample.net", "javascript:alert(1)": "/", "cases": "/",
		"/\t/example.net": "/", "/\n/example.net": "/", "/%2F/example.net": "/%2F/example.net", "/signin": "/", "/signout": "/", "/%5Cexample.net": "/%5Cexample.net",
	} {
		if got := inside(in); got != want {
			t.Errorf("inside(%q) is %q, not %q", in, got, want)
		}
	}
}
