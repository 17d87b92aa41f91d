package cases

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

// tried is a limiter as the registry has it, with a clock that the attempts move.
type tried struct {
	limiter
	now    time.Time
	waited time.Duration
	worst  time.Duration
}

func newTried() *tried {
	l := &tried{limiter: limiter{every: rate.Every(12 * time.Second), burst: 5}, now: time.Date(2006, 6, 30, 15, 0, 0, 0, time.UTC)}
	l.wait = func(_ context.Context, d time.Duration) error {
		l.waited, l.worst = l.waited+d, max(l.worst, d)
		return nil
	}
	return l
}

func (l *tried) try(account, from string) bool {
	return l.ask(context.Background(), account, from, func() time.Time { return l.now }) == nil
}

// TestWhoKnowsAnEmailCannotKeepItsOwnerOut: a wrong attempt every six seconds, for an hour, each
// from another address.
func TestWhoKnowsAnEmailCannotKeepItsOwnerOut(t *testing.T) {
	l := newTried()
	for i := range 600 {
		l.now = l.now.Add(6 * time.Second)
		l.try("ana", fmt.Sprintf("2001:db8:0:%x::1", i))
		if i%20 == 19 && !l.try("ana", "192.0.2.7") {
			t.Fatalf("after %d attempts of others the owner is refused", i+1)
		}
	}
	if l.waited == 0 || l.worst > longestLag {
		t.Errorf("attempts at an account under attack waited %v in all, the longest %v", l.waited, l.worst)
	}
	if l.waiting != 0 {
		t.Errorf("%d still wait", l.waiting)
	}
}

func TestGuessesFromOneAddressAreSlowed(t *testing.T) {
	for name, account := range map[string]func(int) string{
		"at one account":         func(int) string { return "ana" },
		"at a thousand":          func(i int) string { return fmt.Sprint("account ", i) },
		"at one, by turned IPv6": func(int) string { return "ana" },
	} {
		l, taken := newTried(), 0
		for i := range 1000 {
			from := "192.0.2.7"
			if name == "at one, by turned IPv6" {
				from = fmt.Sprintf("2001:db8::%x", i)
			}
			l.now = l.now.Add(100 * time.Millisecond)
			if l.try(account(i), from) {
				taken++
			}
		}
		if taken > 30 { // 20 at once, then five a minute
			t.Errorf("%s: %d of 1000 guesses in 100 s were taken", name, taken)
		}
		if len(l.young) > 100 {
			t.Errorf("%s: one client filled %d places", name, len(l.young))
		}
	}
}

func TestTheLimiterForgets(t *testing.T) {
	l := newTried()
	for i := range 100_000 {
		l.try("ana", fmt.Sprintf("2001:db8:%x:%x::", i>>16, i&0xffff))
	}
	if n := len(l.young) + len(l.aging); n > 2*mostKnown {
		t.Errorf("%d buckets are kept", n)
	}
	for range 2 {
		l.now = l.now.Add(forgetting + time.Second)
		l.try("beto", "192.0.2.7")
	}
	if n := len(l.young) + len(l.aging); n > 10 {
		t.Errorf("after a while %d buckets are kept", n)
	}
}

func TestWaitingEndsWithTheRequestAndIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTried()
		l.wait = nil
		began := time.Now()
		for i := range widely * l.burst {
			l.try("ana", fmt.Sprintf("192.0.2.%d", i))
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 2*waitRoom)
		for i := range 2 * waitRoom {
			go func() { ended <- l.ask(ctx, "ana", fmt.Sprintf("198.51.100.%d", i), func() time.Time { return l.now }) }()
		}
		synctest.Wait()
		if l.waiting != waitRoom || len(ended) != waitRoom {
			t.Errorf("%d wait, %d went on", l.waiting, len(ended))
		}
		cancel()
		synctest.Wait()
		cancelled := 0
		for range 2 * waitRoom {
			if errors.Is(<-ended, context.Canceled) {
				cancelled++
			}
		}
		if cancelled != waitRoom || l.waiting != 0 || time.Since(began) > longestLag {
			t.Errorf("%d were cancelled, %d still wait after %v", cancelled, l.waiting, time.Since(began))
		}
	})
}
