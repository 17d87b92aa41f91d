package blob

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Sweep removes what no record knows: segments of files that known denies, and temporary files, both last
// written before the instant given. It should lie further back than the longest upload may take; files
// held by this process are passed over however old they are. An error of known stops the sweep before
// anything it concerns is removed.
func (s *Sealed) Sweep(ctx context.Context, known func(name string) (bool, error), before time.Time) (removed int, err error) {
	orphans, err := s.orphans(ctx, known, before)
	if err != nil {
		return 0, err
	}
	for _, name := range orphans {
		if err := s.store.Remove(ctx, name); err != nil {
			return removed, err
		}
		removed++
	}
	if tidier, ok := s.store.(Tidier); ok {
		tidied, tidyErr := tidier.Tidy(ctx, before)
		return removed + tidied, tidyErr
	}
	return removed, nil
}

var errNoQuestion = errors.New("blob: a sweep needs to know what is known")

// orphans lists the blobs to remove. All are known before the first is removed.
func (s *Sealed) orphans(ctx context.Context, known func(name string) (bool, error), before time.Time) (orphans []string, err error) {
	if known == nil {
		return nil, errNoQuestion
	}
	last, lastKnown := "", false // the segments of one file come one after the other
	err = s.store.List(ctx, func(e Entry) error {
		name, _, _ := strings.Cut(e.Name, ".")
		if name != last {
			var err error
			held := s.held.has(name) // asked first: what is let go after this has its record
			if lastKnown, err = known(name); err != nil {
				return err
			}
			last, lastKnown = name, lastKnown || held
		}
		if !lastKnown && e.Written.Before(before) {
			orphans = append(orphans, e.Name)
		}
		return nil
	})
	return orphans, err
}
