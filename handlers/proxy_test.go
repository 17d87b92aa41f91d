package handlers

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"testing"
)

// TestOnlyATrustedProxyIsBelieved: sixty visitors sign in wrong, once each, as their X-Forwarded-For says.
func TestOnlyATrustedProxyIsBelieved(t *testing.T) {
	for _, try := range []struct {
		name, trusted, address, forwarded string
		slowed                            bool
	}{
		{"nobody is trusted", "", "192.0.2.1:40000", "203.0.113.%", true},
		{"the proxy is", "192.0.2.0/24", "192.0.2.1:40000", "203.0.113.%", false},
		{"another is", "192.0.2.77/32", "192.0.2.1:40000", "203.0.113.%", true},
		{"private addresses are not of themselves", "192.0.2.0/24", "10.0.0.1:40000", "203.0.113.%", true},
		{"what the visitor put before it does not count", "192.0.2.0/24", "192.0.2.1:40000", "203.0.113.%, 198.51.100.9", true},
	} {
		t.Run(try.name, func(t *testing.T) {
			s := newSite(t)
			if try.trusted != "" {
				s.server.from = addressOf([]netip.Prefix{netip.MustParsePrefix(try.trusted)})
				s.echo = s.server.site()
			}
			refused := 0
			for i := range 60 {
				b := s.anyone()
				b.address = try.address
				b.header.Set("X-Forwarded-For", replacePercent(try.forwarded, i))
				if a := b.post("/signin", fields("email", strconv.Itoa(i)+"@example.org", "password", "a guess")); a.Code == http.StatusTooManyRequests {
					refused++
				}
			}
			if slowed := refused > 0; slowed != try.slowed {
				t.Errorf("%d of 60 were refused", refused)
			}
		})
	}
}

func replacePercent(text string, i int) string {
	before, after := text[:len("203.0.113.")], text[len("203.0.113.%"):]
	return before + strconv.Itoa(i) + after
}

func TestHeadAnswersAsGetWithoutABody(t *testing.T) {
	s := newSite(t)
	server := httptest.NewServer(headAsGet(s.echo))
	defer server.Close()
	for path, want := range map[string]int{"/signin": 200, "/nowhere": 404, "/cases": 303} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodHead, server.URL+path, nil)
		s.must(err)
		answer, err := http.DefaultTransport.RoundTrip(request)
		s.must(err)
		body, err := io.ReadAll(answer.Body)
		s.must(err)
		s.must(answer.Body.Close())
		if answer.StatusCode != want || len(body) != 0 || answer.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("HEAD %s answers %d with %d bytes", path, answer.StatusCode, len(body))
		}
	}
}
