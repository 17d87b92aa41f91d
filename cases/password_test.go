package cases

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestPasswordsAreDerivedOneAfterAnother(t *testing.T) {
	var at, most atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			stand, err := sit(context.Background())
			if err != nil {
				t.Error(err)
				return
			}
			if n := at.Add(1); n > most.Load() {
				most.Store(n)
			}
			time.Sleep(time.Millisecond)
			at.Add(-1)
			stand()
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d sat at once", most.Load())
	}
}

func TestNobodyWaitsForTheSeatForEver(t *testing.T) {
	stand, err := sit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer stand()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := sit(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a request that ended: %v", err)
	}
	if _, err := sitFor(context.Background(), time.Millisecond); !errors.Is(err, ErrTooMany) {
		t.Errorf("a long wait: %v", err)
	}
}
