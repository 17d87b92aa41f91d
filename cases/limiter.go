package cases

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiter slows guessing, per account and per address. Nobody is locked out for good: each gets
// its attempts back with time.
type limiter struct {
	every rate.Limit
	burst int

	mu   sync.Mutex
	seen map[string]*attempts
}

type attempts struct {
	*rate.Limiter
	last time.Time
}

// allow takes one attempt from the account and one from the address. An office shares an address,
// so an address has more of them.
func (l *limiter) allow(account, address string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.seen) > 10_000 {
		l.forget(now)
	}
	byAccount := l.of("account "+account, l.burst, now).AllowN(now, 1)
	byAddress := l.of("address "+address, 4*l.burst, now).AllowN(now, 1)
	return byAccount && byAddress
}

func (l *limiter) of(key string, burst int, now time.Time) *attempts {
	if l.seen == nil {
		l.seen = map[string]*attempts{}
	}
	a, ok := l.seen[key]
	if !ok {
		a = &attempts{Limiter: rate.NewLimiter(l.every, burst)}
		l.seen[key] = a
	}
	a.last = now
	return a
}

// forget drops those who have all their attempts back.
func (l *limiter) forget(now time.Time) {
	for key, a := range l.seen {
		if now.Sub(a.last) > time.Hour {
			delete(l.seen, key)
		}
	}
}
