package cases

import (
	"bytes"
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"os"
	"strings"

	"expediente/cases/access"
	"expediente/models"
	"expediente/models/day"
	"expediente/models/seal"
)

// ErrSetupClosed says that the registry was set up before; setup never opens again.
var ErrSetupClosed = errors.New("setup is closed")

// SetupOpen tells whether the registry waits for its first account.
func (r *Registry) SetupOpen(ctx context.Context) (bool, error) {
	record, err := r.record(ctx)
	return record.SetupClosedAt == nil, err
}

// OfferSetup makes the one-time code that setup asks for. An earlier code is void from then on.
func (r *Registry) OfferSetup(ctx context.Context) (code string, err error) {
	code = r.code(4) + "-" + r.code(4) + "-" + r.code(4) + "-" + r.code(4)
	err = r.change(ctx, System, access.SetUp, "", func(c *Change) error {
		record, err := models.One[models.RegistryRecord](ctx, c.tx, "1 = 1")
		if err != nil {
			return err
		}
		if record.SetupClosedAt != nil {
			return ErrSetupClosed
		}
		record.SetupHash = r.setupHash(code)
		return c.Update(&record, "setup_hash")
	})
	return code, err
}

// plainCode is a code as people may type it: any case, with or without its hyphens.
func plainCode(code string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
}

func (r *Registry) setupHash(code string) []byte {
	return r.own.Token("registry.setup_code", plainCode(code))
}

// NewRegistry is what setup asks for.
type NewRegistry struct {
	Code       string // the one-time code
	From       string // the network address, for limits
	Name       string // of the network
	First      NewUser
	Recovery   io.Reader // the recovery copy of the keys, brought back from where it was saved
	Passphrase string    // opens the recovery copy
}

func (n NewRegistry) validate() error {
	bad := models.Invalid{}
	checkText(bad, "registry_name", n.Name, 120)
	if strings.TrimSpace(n.Name) == "" {
		bad.Add("registry_name", "errors.required")
	}
	if n.Passphrase == n.First.Password {
		bad.Add("password", "errors.passphrase_same")
	}
	var first models.Invalid
	if errors.As(n.First.validate(), &first) {
		for field, message := range first {
			bad.Add(field, message.Key, message.Args...)
		}
	}
	return bad.OrNil()
}

// RecoveryCopy makes, before the first account, a copy of the keys sealed by a passphrase. Losing
// all copies of the keys loses everything, so setup does not end before one lies elsewhere.
func (r *Registry) RecoveryCopy(ctx context.Context, code, passphrase, from string) ([]byte, error) {
	if err := r.setupCode(ctx, code, from); err != nil {
		return nil, err
	}
	if k := len([]rune(passphrase)); k < MinPassword {
		return nil, models.Invalid{"passphrase": {Key: "errors.password_short", Args: []any{"n", MinPassword - k, "least", MinPassword}}}
	}
	var b bytes.Buffer
	err := r.WriteRecovery(ctx, System, &b, passphrase)
	return b.Bytes(), err
}

// SetUp makes the first account and closes setup, in one change. It asks for the recovery copy back
// and opens it: that one lies elsewhere is seen, not assumed.
func (r *Registry) SetUp(ctx context.Context, n NewRegistry) error {
	n.First.Email, n.First.Role = strings.TrimSpace(n.First.Email), models.Coordinator
	if err := r.setupCode(ctx, n.Code, n.From); err != nil {
		return err
	}
	if err := n.validate(); err != nil {
		return err
	}
	if err := r.checkRecovery(ctx, n.Recovery, n.Passphrase); err != nil {
		return err
	}
	id := r.newID()
	password, err := r.derivePassword(ctx, id, n.First.Password)
	if err != nil {
		return err
	}
	return r.change(ctx, System, access.SetUp, "", func(c *Change) error {
		record, err := models.One[models.RegistryRecord](ctx, c.tx, "1 = 1")
		if err != nil {
			return err
		}
		if record.SetupClosedAt != nil {
			return ErrSetupClosed
		}
		record.Name, record.SetupHash, record.SetupClosedAt = strings.TrimSpace(n.Name), nil, &c.At
		if err := c.Update(&record, "name", "setup_hash", "setup_closed_at"); err != nil {
			return err
		}
		return c.insertUser(id, n.First, password)
	})
}

// checkRecovery opens a recovery copy and compares it with the keys in use.
func (r *Registry) checkRecovery(ctx context.Context, copied io.Reader, passphrase string) error {
	if copied == nil {
		return models.Invalid{"recovery": {Key: "errors.recovery_required"}}
	}
	stand, err := sit(ctx)
	if err != nil {
		return err
	}
	back, err := seal.ReadRecovery(copied, passphrase)
	stand()
	if err != nil {
		return models.Invalid{"recovery": {Key: "errors.recovery_unreadable"}}
	}
	ring, err := os.ReadFile(r.keyringPath)
	if err != nil {
		return err
	}
	if !bytes.Equal(back.Ring, ring) {
		return models.Invalid{"recovery": {Key: "errors.recovery_other"}}
	}
	return nil
}

func (r *Registry) setupCode(ctx context.Context, code, from string) error {
	if err := r.limits.ask(ctx, "setup", from, r.Now); err != nil {
		return err
	}
	record, err := r.record(ctx)
	if err != nil {
		return err
	}
	if record.SetupClosedAt != nil {
		return ErrSetupClosed
	}
	if subtle.ConstantTimeCompare(r.setupHash(code), record.SetupHash) != 1 {
		return models.Invalid{"code": {Key: "errors.setup_code"}}
	}
	return nil
}

// WriteRecovery writes a recovery copy of the keys, sealed by a passphrase. The log says so before
// the first byte leaves.
func (r *Registry) WriteRecovery(ctx context.Context, by Actor, w io.Writer, passphrase string) error {
	if !access.Allows(access.CopyKeys, by.Role) {
		return models.ErrDenied
	}
	sealed, err := r.sealedKeys(ctx, passphrase)
	if err != nil {
		return err
	}
	if err := r.change(ctx, by, access.CopyKeys, "", func(*Change) error { return nil }); err != nil {
		return err
	}
	_, err = sealed.WriteTo(w)
	return err
}

// sealedKeys derives a key from the passphrase, which takes more memory than a password does.
func (r *Registry) sealedKeys(ctx context.Context, passphrase string) (*bytes.Buffer, error) {
	stand, err := sit(ctx)
	if err != nil {
		return nil, err
	}
	defer stand()
	var b bytes.Buffer
	return &b, seal.WriteRecovery(&b, r.Keys, passphrase)
}

// What a demonstration says of a registry that it must not touch.
var (
	ErrNotDemo  = errors.New("this data folder holds a network's registry, not a demonstration")
	ErrHalfDemo = errors.New("the demonstration was cut off while it was being made; start it again with --fresh")
)

// DemoMade tells, before anything is written, whether this is a demonstration (true) or a registry
// that nobody has used, to make one in (false). Any other is ErrNotDemo or ErrHalfDemo.
func (r *Registry) DemoMade(ctx context.Context) (bool, error) {
	record, err := r.record(ctx)
	if err != nil || record.Demo {
		return record.Demo, err
	}
	if record.SetupHash != nil || record.SetupClosedAt != nil { // serve offered a setup, or somebody set it up
		return false, ErrNotDemo
	}
	_, err = models.One[models.User](ctx, r.DB.Read.Limit(1), "1 = 1")
	switch {
	case err == nil:
		return false, ErrHalfDemo
	case errors.Is(err, models.ErrNotFound):
		return false, nil
	}
	return false, err
}

// SetUpDemo closes setup for a demonstration, which makes its own accounts and opens on a day of
// its own.
func (r *Registry) SetUpDemo(ctx context.Context, name string, opensOn day.Day) error {
	return r.change(ctx, System, access.SetUp, "", func(c *Change) error {
		record, err := models.One[models.RegistryRecord](ctx, c.tx, "1 = 1")
		if err != nil {
			return err
		}
		record.Name, record.Demo, record.DemoDay, record.SetupClosedAt = name, true, opensOn, &c.At
		return c.Update(&record, "name", "demo", "demo_day", "setup_closed_at")
	})
}

// ReopenDemo sets the day a demonstration opens on. It refuses a registry that is not one: its
// people's passwords are about to be replaced.
func (r *Registry) ReopenDemo(ctx context.Context, opensOn day.Day) error {
	return r.change(ctx, System, access.SetUp, "", func(c *Change) error {
		record, err := models.One[models.RegistryRecord](ctx, c.tx, "1 = 1")
		if err != nil {
			return err
		}
		if !record.Demo {
			return ErrNotDemo
		}
		record.DemoDay = opensOn
		return c.Update(&record, "demo_day")
	})
}

// NewPassword is a random password of 20 letters in five groups, about 98 bits.
func (r *Registry) NewPassword() string {
	groups := make([]string, 5)
	for i := range groups {
		groups[i] = strings.ToLower(r.code(4))
	}
	return strings.Join(groups, "-")
}

// About is what pages say of the registry itself: its name, and of a demonstration the day it
// opens on.
func (r *Registry) About(ctx context.Context) (models.RegistryRecord, error) { return r.record(ctx) }
