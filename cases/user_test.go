package cases_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/models"
)

// verbs are the last n verbs of the log.
func (b *bench) verbs(t *testing.T, n int) (list []string) {
	t.Helper()
	if err := b.DB.Read.Model(&models.AuditEntry{}).Order("seq DESC").Limit(n).Pluck("verb", &list).Error; err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAnAccountIsClosedAndStays(t *testing.T) {
	b := open(t)
	token, _, err := b.SignIn(b.ctx, "beto@example.org", "una frase bien larga", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Deactivate(b.ctx, b.coordinator, "beto@example.org"); !errors.Is(err, models.ErrDenied) {
		t.Errorf("a coordinator closes accounts: %v", err)
	}
	if err := b.Deactivate(b.ctx, cases.System, "beto@example.org"); err != nil {
		t.Fatal(err)
	}
	if got := b.verbs(t, 1); got[0] != string(access.Deactivate) {
		t.Errorf("the log says %v", got)
	}
	if _, err := b.Session(b.ctx, token); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("the session goes on: %v", err)
	}
	if _, _, err := b.SignIn(b.ctx, "beto@example.org", "una frase bien larga", ""); !errors.Is(err, cases.ErrSignIn) {
		t.Errorf("the account signs in: %v", err)
	}
	if err := b.SetPassword(b.ctx, cases.System, "beto@example.org", "otra frase bien larga"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.SignIn(b.ctx, "beto@example.org", "otra frase bien larga", ""); !errors.Is(err, cases.ErrSignIn) {
		t.Errorf("a new password opens it again: %v", err)
	}
	if _, err := b.UserByEmail(b.ctx, cases.System, "beto@example.org"); err != nil {
		t.Errorf("the account is gone: %v", err)
	}
	b.whole(t)
}

func TestAccessToAMatterIsTakenBack(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	if err := b.Admit(b.ctx, cases.System, ref, b.member.ID, models.Member); err != nil {
		t.Fatal(err)
	}
	if _, err := b.OpenMatter(b.ctx, b.member, ref, b.at("2006-06-30")); err != nil {
		t.Fatal(err)
	}
	if err := b.Dismiss(b.ctx, b.coordinator, ref, b.member.ID); !errors.Is(err, models.ErrDenied) {
		t.Errorf("a coordinator dismisses: %v", err)
	}
	if err := b.Dismiss(b.ctx, cases.System, ref, b.member.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := b.OpenMatter(b.ctx, b.member, ref, b.at("2006-06-30")); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("the matter is still open to them: %v", err)
	}
	before := b.entries(t)
	if err := b.Dismiss(b.ctx, cases.System, ref, b.member.ID); !errors.Is(err, models.ErrNotFound) || b.entries(t) != before {
		t.Errorf("dismissing again: %v", err)
	}
	b.whole(t)
}

func TestACopyOfTheKeysIsLogged(t *testing.T) {
	b := open(t)
	const phrase = "una frase larga que nadie adivina"
	if err := b.WriteRecovery(b.ctx, cases.System, io.Discard, phrase); err != nil {
		t.Fatal(err)
	}
	if got := b.verbs(t, 1); got[0] != "registry.copy_keys" {
		t.Errorf("the log says %v", got)
	}
	code, err := b.OfferSetup(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.RecoveryCopy(b.ctx, code, phrase, ""); err != nil {
		t.Fatal(err)
	}
	if got := b.verbs(t, 1); got[0] != "registry.copy_keys" {
		t.Errorf("of the copy made at setup the log says %v", got)
	}
	before := b.entries(t)
	var out bytes.Buffer
	if err := b.WriteRecovery(b.ctx, b.coordinator, &out, phrase); !errors.Is(err, models.ErrDenied) || out.Len() > 0 {
		t.Errorf("a coordinator copies the keys: %v, %d bytes", err, out.Len())
	}
	if err := b.WriteRecovery(b.ctx, cases.System, &out, "short"); err == nil || out.Len() > 0 || b.entries(t) != before {
		t.Errorf("a refused copy: %v, %d bytes", err, out.Len())
	}
	b.whole(t)
}
