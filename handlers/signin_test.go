package handlers

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"expediente/cases"
)

func TestSignIn(t *testing.T) {
	s := newSite(t)
	const wrong = "El correo o la contraseña no son correctos."
	for _, try := range []struct {
		name, email, password, next string
		status                      int
		location, text              string
	}{
		{"the right password", "member@example.org", password, "", 303, "/", ""},
		{"an e-mail in capitals, with spaces", "  MEMBER@example.org ", password, "", 303, "/", ""},
		{"back to where one was going", "member@example.org", password, "/deadlines?when=past", 303, "/deadlines?when=past", ""},
		{"a wrong password", "leadership@example.org", "not the password", "/audit", 422, "", wrong},
		{"nobody of that name", "nobody@example.org", password, "/audit", 422, "", wrong},
		{"nothing", "", "", "", 422, "", wrong},
		{"next leads elsewhere", "coordinator@example.org", password, "https://example.net/", 303, "/", ""},
		{"next leads elsewhere by strokes", "coordinator@example.org", password, "//example.net/", 303, "/", ""},
		{"next leads elsewhere by a stroke back", "stranger@example.org", password, `/\example.net`, 303, "/%5Cexample.net", ""},
		{"next leads elsewhere by a tab", "stranger@example.org", password, "/\t/example.net", 303, "/", ""},
	} {
		t.Run(try.name, func(t *testing.T) {
			b := s.anyone()
			b.address = "198.51.100." + string(rune('1'+len(try.name)%9)) + ":1"
			a := b.post("/signin", fields("email", try.email, "password", try.password, "next", try.next))
			if a.Code != try.status || a.location() != try.location || !strings.Contains(a.text, try.text) {
				t.Fatalf("answers %d %q", a.Code, a.location())
			}
			if strings.Contains(a.text, try.password) && try.password != "" {
				t.Error("the password is in the page")
			}
			if try.status == 422 && try.email != "" && !strings.Contains(a.text, `value="`+try.email+`"`) {
				t.Error("the e-mail was not kept")
			}
			if signedIn := b.get("/").Code == http.StatusOK; signedIn != (try.status == 303) {
				t.Errorf("signed in: %v", signedIn)
			}
		})
	}
}

// TestFailuresAreOneAnswer compares what is said to a wrong password with what is said to an
// unknown name.
func TestFailuresAreOneAnswer(t *testing.T) {
	s := newSite(t)
	said := map[string]string{}
	for _, email := range []string{"member@example.org", "nobody@example.org"} {
		b := s.anyone()
		a := b.post("/signin", fields("email", email, "password", "not the password"))
		said[email] = strings.NewReplacer(email, "", b.token(), "").Replace(a.text)
	}
	if said["member@example.org"] != said["nobody@example.org"] {
		t.Error("the answers tell whether an account exists")
	}
}

func TestGuessingIsSlowedAndNobodyIsLockedOut(t *testing.T) {
	s := newSite(t)
	b := s.anyone()
	guess := func(password string) answer {
		return b.post("/signin", fields("email", "member@example.org", "password", password))
	}
	last := answer{}
	for i := 0; i < 12; i++ {
		b.header.Set("X-Forwarded-For", "203.0.113."+string(rune('0'+i%10))) // is not believed
		last = guess("a guess")
	}
	if last.Code != http.StatusTooManyRequests || last.Header().Get("Retry-After") == "" || !strings.Contains(last.text, "demasiados intentos") {
		t.Fatalf("the twelfth guess answers %d", last.Code)
	}
	if !strings.Contains(last.text, `value="member@example.org"`) || strings.Contains(last.text, "a guess") {
		t.Error("what was typed was not kept, or too much of it was")
	}
	s.clock.pass(time.Minute)
	if a := guess(password); a.Code != http.StatusSeeOther {
		t.Errorf("a minute later the right password answers %d", a.Code)
	}
}

func TestGuessesFromOneAddressAreSlowedTogether(t *testing.T) {
	s := newSite(t)
	refused := 0
	for i := range 40 {
		b := s.anyone()
		b.header.Set("Forwarded", "for=203.0.113.9")
		a := b.post("/signin", fields("email", strings.Repeat("x", i+1)+"@example.org", "password", "a guess"))
		if a.Code == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused < 15 {
		t.Errorf("of 40 guesses from one address %d were refused", refused)
	}
}

func TestSessionsEnd(t *testing.T) {
	for name, end := range map[string]func(s *site, b *browser){
		"an hour without a request": func(s *site, b *browser) { s.clock.pass(cases.SessionIdle + time.Second) },
		"twelve hours in all": func(s *site, b *browser) {
			for range 25 {
				s.clock.pass(29 * time.Minute)
				b.get("/help")
			}
		},
		"signing out": func(s *site, b *browser) {
			token := b.cookies[sessionCookie]
			b.post("/signout", nil)
			b.cookies[sessionCookie] = token // a copy of the cookie is worth nothing
		},
		"another password": func(s *site, b *browser) {
			s.must(s.registry.SetPassword(s.t.Context(), cases.System, "member@example.org", "another password of tests"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.t = t
			b := s.as("member")
			if a := b.get("/"); a.Code != http.StatusOK {
				t.Fatalf("before: %d", a.Code)
			}
			end(s, b)
			a := b.get("/deadlines?when=past")
			if a.Code != http.StatusSeeOther || a.location() != "/signin?next=%2Fdeadlines%3Fwhen%3Dpast" {
				t.Fatalf("after: %d %s", a.Code, a.location())
			}
			if _, kept := b.cookies[sessionCookie]; kept {
				t.Error("the browser still has the cookie")
			}
			if page := b.get(a.location()).text; !strings.Contains(page, "Su sesión terminó") {
				t.Error("the page does not say that the session ended")
			}
		})
	}
}

func TestAFormOfAnEndedSessionLeadsToSigningIn(t *testing.T) {
	s := newSite(t)
	b := s.as("coordinator")
	s.clock.pass(2 * time.Hour)
	if a := b.post("/matters/"+s.matter+"/milestones", fields("code", "x")); a.Code != http.StatusSeeOther || a.location() != "/signin?next=%2Fmatters%2F"+s.matter {
		t.Errorf("answers %d %s", a.Code, a.location())
	}
}

func TestSignOutAsksTheBrowserToForget(t *testing.T) {
	s := newSite(t)
	b := s.as("member")
	a := b.post("/signout", nil)
	if a.Code != http.StatusSeeOther || a.location() != "/signin" || a.Header().Get("Clear-Site-Data") != `"cache", "storage"` {
		t.Errorf("answers %d %s %q", a.Code, a.location(), a.Header().Get("Clear-Site-Data"))
	}
	if b.cookies[sessionCookie] != "" {
		t.Error("the cookie is still there")
	}
	if page := b.get("/signin"); !strings.Contains(page.text, "Ha salido.") || strings.Contains(b.get("/signin").text, "Ha salido.") {
		t.Error("the notice is said not once")
	}
}

func TestASignInStartsAFreshSession(t *testing.T) {
	s := newSite(t)
	b := s.anyone()
	b.get("/signin")
	b.cookies[sessionCookie] = "a token that somebody planted"
	b.get("/signin")
	b.cookies[sessionCookie] = "" // the browser was told to drop it
	delete(b.cookies, sessionCookie)
	visit := b.cookies[visitCookie]
	b.post("/signin", fields("email", "member@example.org", "password", password))
	if got := b.cookies[sessionCookie]; got == "" || got == "a token that somebody planted" || got == visit {
		t.Errorf("the session's token is %q", got)
	}
}
