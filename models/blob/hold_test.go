package blob

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"expediente/models/disk/disktest"
)

func nobody(string) (bool, error) { return false, nil }

// TestSweepPassesOverAnUploadThatGoesOn: the first segments of a slow upload are old before it ends.
func TestSweepPassesOverAnUploadThatGoesOn(t *testing.T) {
	s, m := newSealed(t)
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	m.Now = func() time.Time { return now }
	content := noise(2*small + 1)
	sweeps := 0
	slow := readerFunc(func([]byte) (int, error) {
		now = now.Add(48 * time.Hour)
		sweeps++
		if removed, err := s.Sweep(t.Context(), nobody, now.Add(-24*time.Hour)); removed != 0 || err != nil {
			t.Errorf("the sweep removed %d (%v)", removed, err)
		}
		return 0, io.EOF
	})
	receipt, err := s.Write(t.Context(), key, file, io.MultiReader(bytes.NewReader(content[:2*small]), slow, bytes.NewReader(content[2*small:])), 0)
	if err != nil || sweeps == 0 {
		t.Fatal(sweeps, err)
	}
	if got, err := readAll(s.Open(t.Context(), key, file, receipt.Segments)); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes came back (%v)", len(got), err)
	}
	release := s.Hold(file)
	if removed, _ := s.Sweep(t.Context(), nobody, now.Add(time.Hour)); removed != 0 {
		t.Errorf("%d held segments were removed", removed)
	}
	release()
	if removed, _ := s.Sweep(t.Context(), nobody, now.Add(time.Hour)); removed != 3 {
		t.Errorf("%d of 3 orphans were removed once nobody held them", removed)
	}
	if len(s.held.names) != 0 {
		t.Errorf("still held: %v", s.held.names)
	}
}

func TestCheckFindsAMissingSegment(t *testing.T) {
	s, m := newSealed(t)
	receipt := write(t, s, file, noise(3*small))
	if err := s.Check(t.Context(), file, receipt.Segments); err != nil {
		t.Error(err)
	}
	remove(t, m, "/data/01/"+segmentName(file, 1))
	if err := s.Check(t.Context(), file, receipt.Segments); !errors.Is(err, ErrNotFound) {
		t.Errorf("without its middle segment: %v", err)
	}
}

func remove(t *testing.T, m *disktest.Memory, path string) {
	t.Helper()
	if err := m.Remove(path); err != nil {
		t.Fatal(err)
	}
}
