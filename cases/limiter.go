package cases

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiter slows guessing. An address is refused when it tries too often, and an address at one
// account sooner; both have their attempts back with time. An account that is tried from
// everywhere is never closed, because whoever knows an e-mail could then keep its owner out: all
// its attempts wait a moment instead.
type limiter struct {
	every rate.Limit // how fast attempts come back
	burst int        // attempts of one address at one account

	mu           sync.Mutex
	young, aging map[string]*rate.Limiter
	turned       time.Time                                  // when young became aging
	waiting      int                                        // attempts that wait now
	wait         func(context.Context, time.Duration) error // nil: sleeps
}

const (
	widely     = 4               // an office shares an address: so many times the attempts of one account
	longestLag = 2 * time.Second // an attempt at an account under attack waits at most this
	waitRoom   = 64              // so many wait at once; more go on, and queue for the seat of passwords
	forgetting = 10 * time.Minute
	mostKnown  = 50_000 // buckets of one generation
)

// ask takes an attempt at an account from an address. It is ErrTooMany for an address that has none
// left, and otherwise waits while the account is under attack.
func (l *limiter) ask(ctx context.Context, account, from string, now func() time.Time) error {
	lag, ok := l.take(account, network(from), now())
	if !ok {
		return ErrTooMany
	}
	if lag == 0 {
		return nil
	}
	defer l.leave()
	if l.wait != nil {
		return l.wait(ctx, lag)
	}
	timer := time.NewTimer(lag)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// take asks the address first, so that one client cannot fill the memory with accounts. A lag
// other than 0 has taken a place in the waiting room.
func (l *limiter) take(account, from string, now time.Time) (lag time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.bucket("from "+from, widely*l.burst, now).AllowN(now, 1) || !l.bucket("both "+account+" "+from, l.burst, now).AllowN(now, 1) {
		return 0, false
	}
	wide := l.bucket("account "+account, widely*l.burst, now)
	if wide.AllowN(now, 1) || l.waiting >= waitRoom {
		return 0, true
	}
	l.waiting++
	missing := (1 - wide.TokensAt(now)) / float64(l.every)
	return min(longestLag, time.Duration(missing*float64(time.Second))), true
}

func (l *limiter) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting--
}

// bucket finds or makes a bucket. What nobody asked for in two generations is dropped with the
// older one, without looking through it: by then its attempts are back.
func (l *limiter) bucket(key string, burst int, now time.Time) *rate.Limiter {
	if l.young == nil || now.Sub(l.turned) > forgetting || len(l.young) >= mostKnown {
		l.young, l.aging, l.turned = map[string]*rate.Limiter{}, l.young, now
	}
	b, ok := l.young[key]
	if !ok {
		if b, ok = l.aging[key]; !ok {
			b = rate.NewLimiter(l.every, burst)
		}
		l.young[key] = b
	}
	return b
}

// network is what counts as one address: of IPv6 the /64, because one line has all of it.
func network(from string) string {
	address, err := netip.ParseAddr(from)
	if err != nil {
		return from
	}
	if address = address.Unmap().WithZone(""); address.Is4() {
		return address.String()
	}
	prefix, _ := address.Prefix(64)
	return prefix.String()
}
