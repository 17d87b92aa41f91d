package handlers

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"expediente/templates"
	"expediente/templates/pagetest"
)

// open are the routes that anyone may come in by. Whoever adds one to the site adds it here, or
// this test fails.
var open = []string{"GET /static/*", "POST /language", "GET /signin", "POST /signin", "GET /setup", "POST /setup", "POST /setup/recovery"}

// filled is a route's address for a matter.
func filled(path, matter string) string {
	return strings.NewReplacer(":matter", matter, ":seq", "1", ":evidence", "E-7Q4FM2KD", ":topic", "roles").Replace(path)
}

func TestEveryRouteAsksWhoItIs(t *testing.T) {
	s := newSite(t)
	for _, route := range s.echo.Routes() {
		if slices.Contains(open, route.Method+" "+route.Path) {
			continue
		}
		b := s.anyone()
		switch path := filled(route.Path, s.matter); route.Method {
		case http.MethodGet:
			if a := b.get(path); a.Code != http.StatusSeeOther || !strings.HasPrefix(a.location(), "/signin") {
				t.Errorf("GET %s answers a stranger %d %s", path, a.Code, a.location())
			}
		case http.MethodPost:
			if a := b.upload(path, "", "", nil, "csrf", b.token()); a.Code != http.StatusSeeOther || !strings.HasPrefix(a.location(), "/signin") {
				t.Errorf("POST %s answers a stranger %d %s", path, a.Code, a.location())
			}
		default:
			t.Errorf("%s %s is not a method of ours", route.Method, route.Path)
		}
	}
}

// TestEveryPageIsSound draws every page that answers GET, for every role and language.
func TestEveryPageIsSound(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{"", "coordinator", "member", "leadership"} {
		for _, lang := range s.server.catalogue.Languages() {
			b := s.as(who)
			b.post("/language", fields(templates.LangField, lang))
			for _, path := range s.pages() {
				a := b.get(path)
				if a.Code >= 500 {
					t.Errorf("%s answers %q in %s with %d\n%s", path, who, lang, a.Code, s.log)
				}
				if a.Code == http.StatusOK && !strings.Contains(a.text, `<html lang="`+lang+`"`) {
					t.Errorf("%s for %q is not in %s", path, who, lang)
				}
				if strings.HasPrefix(a.Header().Get("Content-Type"), "text/html") {
					for _, fault := range pagetest.Faults(a.text) {
						t.Errorf("%s for %q in %s: %s", path, who, lang, fault)
					}
				}
			}
		}
	}
}

// pages are the addresses of every page, and of some that are not there.
func (s *site) pages() []string {
	list := []string{"/nothing", "/matters/" + s.hidden, "/help/nothing", "/audit?cursor=3", "/cases?state=PA&sort=oldest"}
	for _, route := range s.echo.Routes() {
		if route.Method == http.MethodGet && route.Path != staticRoute {
			list = append(list, filled(route.Path, s.matter))
		}
	}
	for _, topic := range topics {
		list = append(list, "/help/"+topic)
	}
	return list
}

// TestEveryPageIsShown finds pages that nobody shows.
func TestEveryPageIsShown(t *testing.T) {
	s := newSite(t)
	var text strings.Builder
	readSources(t, &text)
	for _, page := range s.server.templates.Pages() {
		folder, name, _ := strings.Cut(page, "/")
		if folder == "help" && slices.Contains(topics, name) {
			continue
		}
		if !strings.Contains(text.String(), `"`+page+`"`) && !strings.Contains(text.String(), `"/`+name+`"`) {
			t.Errorf("nobody shows %s", page)
		}
	}
}
