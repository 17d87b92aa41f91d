package blob

import (
	"context"
	"fmt"
	"sync"
)

// holds counts, by name, who is still at work on a file.
type holds struct {
	mu    sync.Mutex
	names map[string]int
}

// Hold keeps Sweep of this process away from a file until release is called. Write and Resume hold
// by themselves; a caller that writes a record of the file afterwards holds from before Write until
// the record is there.
func (s *Sealed) Hold(name string) (release func()) {
	s.held.add(name, 1)
	return func() { s.held.add(name, -1) }
}

func (h *holds) add(name string, n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.names == nil {
		h.names = map[string]int{}
	}
	if h.names[name] += n; h.names[name] == 0 {
		delete(h.names, name)
	}
}

func (h *holds) has(name string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.names[name] > 0
}

// Check tells whether all segments of a file are there; ErrNotFound names the first that is not.
// It does not read them: Verify does.
func (s *Sealed) Check(ctx context.Context, name string, segments int) error {
	for i := range segments {
		stored, err := s.store.Open(ctx, segmentName(name, i))
		if err != nil {
			return fmt.Errorf("blob: a segment of %s: %w", name, err)
		}
		if err := stored.Close(); err != nil {
			return err
		}
	}
	return nil
}
