package cases

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"expediente/models"
)

// PasswordCost is argon2id's cost: 128 MiB and three passes take 0.25 s or more of one core.
var PasswordCost = argon2id.Params{Memory: 128 * 1024, Iterations: 3, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// MinPassword is the shortest password taken, in characters.
const MinPassword = 15

// seatPatience is how long anyone waits for the seat.
const seatPatience = 10 * time.Second

// seat is the one place of this process at which a password is derived. Each takes 128 MiB or more:
// many at once would take the machine.
var seat = make(chan struct{}, 1)

// sit waits for the seat; who waits too long is told to try again. The caller stands up afterwards.
func sit(ctx context.Context) (stand func(), err error) { return sitFor(ctx, seatPatience) }

func sitFor(ctx context.Context, longest time.Duration) (stand func(), err error) {
	patience := time.NewTimer(longest)
	defer patience.Stop()
	select {
	case seat <- struct{}{}:
		return func() { <-seat; giveBackSoon() }, nil
	case <-patience.C:
		return nil, ErrTooMany
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// giveBackSoon returns the memory of the last derivation to the machine once nobody has sat for a
// second: left to itself, the runtime would keep it for minutes.
func giveBackSoon() { idle().Reset(time.Second) }

var idle = sync.OnceValue(func() *time.Timer {
	return time.AfterFunc(time.Hour, func() {
		select {
		case seat <- struct{}{}:
			debug.FreeOSMemory()
			<-seat
		default: // who sits there calls again
		}
	})
})

// hashPassword is the plain derivation, which takes the seat for granted.
func hashPassword(password string) string {
	hash, err := argon2id.CreateHash(password, &PasswordCost)
	if err != nil {
		panic(err) // only randomness can fail
	}
	return hash
}

// peppered is what is derived instead of the password itself: without the registry's keys a stolen
// hash cannot be guessed at, and a hash put into the database, or moved to another account, fits
// nothing.
func (r *Registry) peppered(account models.ID, password string) string {
	return string(r.own.Token("users.password", string(account[:])+norm.NFC.String(password)))
}

// derivePassword derives an account's password for keeping, at the seat.
func (r *Registry) derivePassword(ctx context.Context, account models.ID, password string) (string, error) {
	stand, err := sit(ctx)
	if err != nil {
		return "", err
	}
	defer stand()
	return hashPassword(r.peppered(account, password)), nil
}

// passwordFits checks a password at the seat. Of an account that is not there it checks a decoy,
// which takes as long and never fits.
func (r *Registry) passwordFits(ctx context.Context, u models.User, password string) (bool, error) {
	stand, err := sit(ctx)
	if err != nil {
		return false, err
	}
	defer stand()
	kept := u.Password
	if kept == "" {
		kept = r.decoyHash()
	}
	fits, err := argon2id.ComparePasswordAndHash(r.peppered(u.ID, password), kept)
	return err == nil && fits && u.Password != "", nil
}
