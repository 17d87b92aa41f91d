package cases_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"expediente/cases"
	"expediente/models"
)

// TestWhoWritesToTheDatabaseCannotSignIn: rows put there by hand, without the keys.
func TestWhoWritesToTheDatabaseCannotSignIn(t *testing.T) {
	b := open(t)
	const token = "a token that the intruder chose, forty letters and more"
	named := base64.RawURLEncoding.EncodeToString(append(b.coordinator.ID[:], make([]byte, 32)...))
	for _, token := range []string{token, named} {
		sum := sha256.Sum256([]byte(token))
		now := b.clock.now()
		err := b.DB.Write.Create(&models.Session{TokenHash: sum[:], UserID: b.coordinator.ID, Language: "es",
			CreatedAt: models.At(now), TouchedAt: models.At(now), EndsAt: models.At(now.Add(time.Hour))}).Error
		if err != nil {
			t.Fatal(err)
		}
		if s, err := b.Session(b.ctx, token); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a session made by INSERT signs in as %s (%v)", s.Actor.Name, err)
		}
	}

	mine, _, err := b.SignIn(b.ctx, "beto@example.org", "una frase bien larga", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Session(b.ctx, mine); err != nil {
		t.Fatal(err)
	}
	b.write(t, "UPDATE sessions SET user_id = ?", b.coordinator.ID)
	if s, err := b.Session(b.ctx, mine); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("a session turned over to another account signs in as %s (%v)", s.Actor.Name, err)
	}

	hash, err := argon2id.CreateHash("una frase del intruso", &cases.PasswordCost)
	if err != nil {
		t.Fatal(err)
	}
	b.write(t, "UPDATE users SET password = ? WHERE id = ?", hash, b.coordinator.ID)
	if _, _, err := b.SignIn(b.ctx, "ana@example.org", "una frase del intruso", "192.0.2.1"); !errors.Is(err, cases.ErrSignIn) {
		t.Errorf("a password put there by hand signs in (%v)", err)
	}
	b.write(t, "UPDATE users SET password = (SELECT password FROM users WHERE id = ?) WHERE id = ?", b.member.ID, b.coordinator.ID)
	if _, _, err := b.SignIn(b.ctx, "ana@example.org", "una frase bien larga", "192.0.2.1"); !errors.Is(err, cases.ErrSignIn) {
		t.Errorf("another account's password signs in (%v)", err)
	}
}

func (b *bench) write(t *testing.T, sql string, args ...any) {
	t.Helper()
	if err := b.DB.Write.Exec(sql, args...).Error; err != nil {
		t.Fatal(err)
	}
}

func TestASetupCodeCannotBePutIntoTheDatabase(t *testing.T) {
	b := open(t)
	if _, err := b.OfferSetup(b.ctx); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("AAAAAAAAAAAAAAAA"))
	b.write(t, "UPDATE registry SET setup_hash = ?", sum[:])
	if _, err := b.RecoveryCopy(b.ctx, "AAAA-AAAA-AAAA-AAAA", "una frase bien larga", ""); err == nil {
		t.Error("a code put there by hand hands out the keys")
	}
}

// TestWhoMayNotMakeAccountsIsRefusedBeforeTheWork: deriving a password takes 128 MiB.
func TestWhoMayNotMakeAccountsIsRefusedBeforeTheWork(t *testing.T) {
	b := open(t)
	_, err := b.CreateUser(b.ctx, b.coordinator, cases.NewUser{Name: "x", Email: "x@example.org", Role: models.Member, Language: "es", Password: "una frase bien larga"})
	if !errors.Is(err, models.ErrDenied) {
		t.Error(err)
	}
	if err := b.SetPassword(b.ctx, b.coordinator, "beto@example.org", "una frase bien larga"); !errors.Is(err, models.ErrDenied) {
		t.Error(err)
	}
}
