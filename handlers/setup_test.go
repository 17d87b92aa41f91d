package handlers

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"expediente/templates/pagetest"
)

const phrase = "four words kept apart from the copy"

func TestSetUp(t *testing.T) {
	s := bareSite(t)
	code, err := s.registry.OfferSetup(context.Background())
	s.must(err)
	b := s.anyone()
	b.header.Set("Accept-Language", "en")
	if a := b.get("/"); a.location() != "/signin" {
		t.Errorf("/ leads to %s", a.location())
	}
	if a := b.get("/signin"); !strings.Contains(a.text, "no account yet") {
		t.Error("the sign-in page does not say that nobody has an account")
	}
	for _, fault := range pagetest.Faults(b.get("/setup").text) {
		t.Error(fault)
	}

	a := b.post("/setup/recovery", fields("copy_code", "wrong", "copy_phrase", phrase))
	if a.Code != http.StatusUnprocessableEntity || !strings.Contains(a.text, "The code is not valid") || strings.Contains(a.text, phrase) {
		t.Errorf("a wrong code answers %d", a.Code)
	}
	a = b.post("/setup/recovery", fields("copy_code", code, "copy_phrase", "short"))
	if a.Code != http.StatusUnprocessableEntity || !strings.Contains(a.text, "10 characters are missing") {
		t.Errorf("a short phrase answers %d", a.Code)
	}
	a = b.post("/setup/recovery", fields("copy_code", strings.ToLower(code), "copy_phrase", phrase))
	if a.Code != http.StatusOK || !strings.HasPrefix(a.Header().Get("Content-Disposition"), "attachment") {
		t.Fatalf("the copy answers %d", a.Code)
	}
	recovery := []byte(a.text)

	account := func(recovery []byte, pairs ...string) answer {
		typed := map[string]string{"code": code, "registry_name": "The network", "name": "María", "email": "maria@example.org", "password": password, "passphrase": phrase, "csrf": b.token()}
		for i := 0; i+1 < len(pairs); i += 2 {
			typed[pairs[i]] = pairs[i+1]
		}
		var all []string
		for name, value := range typed {
			all = append(all, name, value)
		}
		s.clock.pass(60e9)
		if recovery == nil {
			return b.upload("/setup", "", "", nil, all...)
		}
		return b.upload("/setup", "recovery", "copy.age", recovery, all...)
	}
	for name, try := range map[string]struct {
		answer
		text string
	}{
		"without the copy":            {account(nil), "bring it here"},
		"with a damaged copy":         {account(bytes.Repeat([]byte("x"), 500)), "not a recovery copy"},
		"with the wrong phrase":       {account(recovery, "passphrase", "another phrase altogether"), "not a recovery copy"},
		"with the phrase as password": {account(recovery, "password", phrase), "must differ"},
		"without an e-mail":           {account(recovery, "email", "maria"), "name@example.org"},
	} {
		if try.Code != http.StatusUnprocessableEntity || !strings.Contains(try.answer.text, try.text) {
			t.Errorf("%s: %d", name, try.Code)
		}
		if strings.Contains(try.answer.text, password) || strings.Contains(try.answer.text, phrase) || !strings.Contains(try.answer.text, `value="María"`) {
			t.Errorf("%s: what was typed was lost, or a secret was shown", name)
		}
	}
	if a := account(recovery); a.Code != http.StatusSeeOther || a.location() != "/signin" {
		t.Fatalf("setting up answers %d %s", a.Code, a.location())
	}
	if a := b.post("/signin", fields("email", "maria@example.org", "password", password)); a.Code != http.StatusSeeOther {
		t.Fatalf("the first account does not sign in: %d", a.Code)
	}
	if a := b.get("/"); a.Code != http.StatusOK || !strings.Contains(a.text, "Begin by opening a case") || !strings.Contains(a.text, `href="/cases/new"`) {
		t.Errorf("the empty registry does not teach the first step: %d", a.Code)
	}
	s.closedForEver(code)
}

// closedForEver tries everything that setup answered to.
func (s *site) closedForEver(code string) {
	s.t.Helper()
	for _, b := range []*browser{s.anyone()} {
		if a := b.get("/setup"); a.Code != http.StatusNotFound {
			s.t.Errorf("GET /setup answers %d", a.Code)
		}
		if a := b.post("/setup/recovery", fields("copy_code", code, "copy_phrase", phrase)); a.Code != http.StatusNotFound {
			s.t.Errorf("POST /setup/recovery answers %d", a.Code)
		}
		if a := b.upload("/setup", "recovery", "copy.age", []byte("x"), "csrf", b.token(), "code", code, "email", "eve@example.org"); a.Code != http.StatusNotFound {
			s.t.Errorf("POST /setup answers %d", a.Code)
		}
	}
	if _, err := s.registry.OfferSetup(context.Background()); err == nil {
		s.t.Error("a new code is offered")
	}
}

func TestGuessingTheSetupCodeIsSlowed(t *testing.T) {
	s := bareSite(t)
	_, err := s.registry.OfferSetup(context.Background())
	s.must(err)
	b := s.anyone()
	last := answer{}
	for range 8 {
		last = b.post("/setup/recovery", fields("copy_code", "AAAA-AAAA-AAAA-AAAA", "copy_phrase", phrase))
	}
	if last.Code != http.StatusTooManyRequests || !strings.Contains(last.text, "demasiados intentos") {
		t.Errorf("the eighth guess answers %d", last.Code)
	}
}
