package handlers

import (
	"net/http"
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	s := newSite(t)
	in := func(b *browser, path, lang string) {
		t.Helper()
		if a := b.get(path); !strings.Contains(a.text, `<html lang="`+lang+`"`) {
			t.Errorf("%s is not in %s", path, lang)
		}
	}
	b := s.anyone()
	b.header.Set("Accept-Language", "en-GB,en;q=0.8")
	in(b, "/signin", "en")
	b.header.Set("Accept-Language", "de")
	in(b, "/signin", "es")
	if a := b.post("/language", fields("lang", "en", "back", "/signin?next=/plan")); a.location() != "/signin?next=/plan" && a.location() != "/" {
		t.Errorf("the choice leads to %s", a.location())
	}
	in(b, "/signin", "en")
	b.post("/signin", fields("email", "member@example.org", "password", password)) // whose own language is Spanish
	in(b, "/", "en")
	b.post("/language", fields("lang", "es", "back", "/help"))
	in(b, "/", "es")
	for _, lang := range []string{"", "xx", "../es"} {
		if a := b.post("/language", fields("lang", lang)); a.Code != http.StatusUnprocessableEntity {
			t.Errorf("the language %q answers %d", lang, a.Code)
		}
	}
	if a := b.post("/language", fields("lang", "en", "back", "https://example.net")); a.location() != "/" {
		t.Errorf("the choice leads to %s", a.location())
	}
}

func TestTheDayLookedAt(t *testing.T) {
	s := newSite(t)
	b := s.as("coordinator")
	if a := b.get("/"); strings.Contains(a.text, "asof-banner") {
		t.Error("the first day of a demonstration is not its today")
	}
	for day, banner := range map[string]string{"2005-06-01": "como estaba el 1 de junio de 2005", "2007-01-15": "como estarán el 15 de enero de 2007", "2006-06-30": "", "": ""} {
		a := b.post("/as-of", fields("asof", day, "back", "/deadlines"))
		if a.Code != http.StatusSeeOther || a.location() != "/deadlines" {
			t.Errorf("%q answers %d %s", day, a.Code, a.location())
		}
		page := b.get("/").text
		if shown := strings.Contains(page, "asof-banner"); shown != (banner != "") || !strings.Contains(page, banner) {
			t.Errorf("%q: the banner is shown: %v", day, shown)
		}
	}
	for _, day := range []string{"2006", "2006-02-30", "yesterday", "2006-06"} {
		if a := b.post("/as-of", fields("asof", day)); a.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q answers %d", day, a.Code)
		}
	}
	other := s.as("coordinator")
	b.post("/as-of", fields("asof", "2005-06-01"))
	if strings.Contains(other.get("/").text, "asof-banner") {
		t.Error("the day of one session is another's")
	}
}
