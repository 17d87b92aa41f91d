package handlers

import (
	"net/http"
	"strings"
	"testing"
)

// TestBytesThatAreNoTextAreNoFault: a database refuses them, which is no reason for an error of ours.
func TestBytesThatAreNoTextAreNoFault(t *testing.T) {
	s := newSite(t)
	b := s.as("coordinator")
	for _, bad := range []string{"%ff", "%00", "PA%c3%28", "%ed%a0%80"} {
		for _, route := range s.echo.Routes() {
			if route.Method != http.MethodGet || !strings.Contains(route.Path, ":") {
				continue
			}
			path := strings.NewReplacer(":matter", bad, ":seq", "1", ":topic", bad).Replace(route.Path)
			if a := b.get(path); a.Code != http.StatusNotFound {
				t.Errorf("GET %s answers %d", path, a.Code)
			}
		}
		for _, query := range []string{"/cases?state=" + bad, "/cases?cursor=" + bad, "/deadlines?cursor=" + bad, "/evidence?cursor=" + bad,
			"/audit?cursor=" + bad, "/?" + bad + "=1", "/matters/" + s.matter + "?attached=" + bad} {
			if a := b.get(query); a.Code != http.StatusNotFound {
				t.Errorf("GET %s answers %d", query, a.Code)
			}
		}
		for path, names := range map[string][]string{
			"/cases": {"procedure", "state", "title", "summary", "standing", "numbers"}, "/matters/" + s.matter + "/milestones": {"code", "note", "day", "document"},
			"/as-of": {"as_of"}, "/language": {"lang"}, "/matters/" + s.matter + "/dossier": {"audience", "language"},
		} {
			f := fields()
			for _, name := range names {
				f.Set(name, "a\xff\x00\xc3\x28b")
			}
			if a := b.post(path, f); a.Code >= http.StatusInternalServerError {
				t.Errorf("POST %s answers %d", path, a.Code)
			}
		}
		if a := b.post("/evidence/"+bad+"/download", nil); a.Code != http.StatusNotFound {
			t.Errorf("a download of %s answers %d", bad, a.Code)
		}
	}
	a := b.upload("/matters/"+s.matter+"/evidence", "file", "na\xff\x00me.txt", []byte("x"), "csrf", b.token(), "title", "a\xff\x00", "note", "\xc3\x28")
	if a.Code >= http.StatusInternalServerError {
		t.Errorf("an upload answers %d", a.Code)
	}
	if a := s.anyone().post("/signin", fields("email", "a\xff\x00@example.org", "password", "\xff\x00")); a.Code >= http.StatusInternalServerError {
		t.Errorf("signing in answers %d", a.Code)
	}
}
