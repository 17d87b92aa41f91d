package cases

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"time"

	"gorm.io/gorm/clause"

	"expediente/cases/access"
	"expediente/models"
	"expediente/models/day"
)

// How long a session lives.
const (
	SessionIdle = 60 * time.Minute // without a request
	SessionEnd  = 12 * time.Hour   // in all
)

// ErrSignIn is the one answer to a sign-in that fails, whatever was wrong.
var ErrSignIn = errors.New("the e-mail or the password is not right")

// ErrTooMany says that an account or an address has been tried too often.
var ErrTooMany = errors.New("too many attempts")

// Session is a signed-in browser, as a request finds it.
type Session struct {
	models.Session
	Actor
}

// SignIn checks an e-mail and a password and starts a session. The token is handed out once; the
// database keeps a keyed hash of it, so that who can write to the database cannot make a session.
// Known and unknown names take the same path and the same time.
func (r *Registry) SignIn(ctx context.Context, email, password, from string) (token string, s Session, err error) {
	if err := r.limits.ask(ctx, string(r.emailKey(email)), from, r.Now); err != nil {
		return "", s, err
	}
	u, err := models.One[models.User](ctx, r.DB.Read, "email_key = ?", r.emailKey(email))
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return "", s, err
	}
	fits, err := r.passwordFits(ctx, u, password)
	if err != nil {
		return "", s, err
	}
	if !fits || u.DeactivatedAt != nil {
		return "", s, errors.Join(ErrSignIn, r.refused(ctx, u.ID))
	}
	if s.Actor, err = r.actor(u, u.Language); err != nil {
		return "", s, err
	}
	token = newToken(u.ID)
	now := r.Now()
	s.Session = models.Session{TokenHash: r.hashToken(token), UserID: u.ID, Language: u.Language,
		CreatedAt: models.At(now), TouchedAt: models.At(now), EndsAt: models.At(now.Add(SessionEnd))}
	err = r.change(ctx, s.Actor, access.SignIn, "", func(c *Change) error { return c.tx.Create(&s.Session).Error })
	return token, s, err
}

// refused records a sign-in that failed. The name that was tried is not kept.
func (r *Registry) refused(ctx context.Context, account models.ID) error {
	return r.change(ctx, System, access.RefuseSignIn, "", func(c *Change) error {
		c.entry.By = idBytes(account)
		return nil
	})
}

// newToken names its account, so that a session's row cannot be turned over to another account.
func newToken(account models.ID) string {
	raw := make([]byte, 32)
	rand.Read(raw) // always the system's: a token must never repeat, even in a test
	return base64.RawURLEncoding.EncodeToString(append(account[:], raw...))
}

// tokenNames tells whether a token was made for the account.
func tokenNames(token string, account models.ID) bool {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	return err == nil && bytes.HasPrefix(raw, account[:])
}

func (r *Registry) hashToken(token string) []byte { return r.own.Token("sessions.token", token) }

// Session finds the session of a token. It is ErrNotFound when there is none, when it has ended,
// and when the account was deactivated. The last use is kept to the minute.
func (r *Registry) Session(ctx context.Context, token string) (s Session, err error) {
	if s.Session, err = models.One[models.Session](ctx, r.DB.Read, "token_hash = ?", r.hashToken(token)); err != nil {
		return s, err
	}
	if !tokenNames(token, s.UserID) {
		return Session{}, models.ErrNotFound
	}
	now := r.Now()
	if now.After(s.EndsAt.Time()) || now.After(s.TouchedAt.Time().Add(SessionIdle)) {
		return Session{}, models.ErrNotFound
	}
	u, err := models.One[models.User](ctx, r.DB.Read, "id = ?", s.UserID)
	if err != nil {
		return s, err
	}
	if u.DeactivatedAt != nil {
		return Session{}, models.ErrNotFound
	}
	if now.After(s.TouchedAt.Time().Add(time.Minute)) {
		if err := r.keep(ctx, &s.Session, "touched_at", models.At(now)); err != nil {
			return s, err
		}
	}
	s.Actor, err = r.actor(u, s.Session.Language)
	s.Actor.seen = &memory{}
	return s, err
}

// keep is the small door for housekeeping: one column of one session.
func (r *Registry) keep(ctx context.Context, s *models.Session, column string, value any) error {
	return r.DB.Write.WithContext(ctx).Model(&models.Session{}).Where("token_hash = ?", s.TokenHash).UpdateColumn(column, value).Error
}

// LookAt chooses the day that a session looks at; the zero day is today.
func (r *Registry) LookAt(ctx context.Context, s Session, asOf day.Day) error {
	return r.keep(ctx, &s.Session, "as_of", asOf)
}

// Speak chooses a session's language.
func (r *Registry) Speak(ctx context.Context, s Session, language string) error {
	return r.keep(ctx, &s.Session, "language", language)
}

// SignOut ends a session.
func (r *Registry) SignOut(ctx context.Context, s Session) error {
	return r.change(ctx, s.Actor, access.SignOut, "", func(c *Change) error {
		return c.tx.Where("token_hash = ?", s.TokenHash).Delete(&models.Session{}).Error
	})
}

// EndOldSessions removes the sessions that are over.
func (r *Registry) EndOldSessions(ctx context.Context) error {
	now := r.Now()
	return r.DB.Write.WithContext(ctx).Clauses(clause.Where{}).
		Where("ends_at < ? OR touched_at < ?", models.At(now), models.At(now.Add(-SessionIdle))).Delete(&models.Session{}).Error
}
