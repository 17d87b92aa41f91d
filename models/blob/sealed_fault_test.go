package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"expediente/models/disk/disktest"
	"expediente/models/seal"
)

func TestAlterationIsFoundWhereverItIs(t *testing.T) {
	s, m := newSealed(t)
	receipt := write(t, s, file, noise(3*small+100))
	other := write(t, s, "fedcba98", noise(3*small+100))
	seg := func(i int) string { return "/data/01/" + segmentName(file, i) }
	verify := func() error {
		sum, size, err := s.Verify(t.Context(), key, file, receipt.Segments)
		if err == nil && (sum != receipt.SHA256 || size != receipt.Size) {
			t.Error("altered without an error")
		}
		return err
	}
	restore := func(path string, content []byte) {
		f, err := m.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o400)
		if err != nil {
			t.Fatal(err)
		}
		f.Write(content)
	}
	for i := range receipt.Segments {
		good := m.Content(seg(i))
		for at := 0; at < len(good); at += 11 {
			bad := slices.Clone(good)
			bad[at] ^= 4
			restore(seg(i), bad)
			if err := verify(); !errors.Is(err, seal.ErrSealed) || !strings.Contains(err.Error(), fmt.Sprintf("segment %d", i)) {
				t.Fatalf("segment %d, byte %d: %v", i, at, err)
			}
		}
		swapped := m.Content(seg((i + 1) % receipt.Segments))
		foreign := m.Content("/data/fe/" + segmentName(other.Name, i))
		for name, bad := range map[string][]byte{"emptied": nil, "cut": good[:len(good)-1], "longer": append(slices.Clone(good), 0),
			"of another number": swapped, "of another file": foreign} {
			restore(seg(i), bad)
			if err := verify(); !errors.Is(err, seal.ErrSealed) {
				t.Fatalf("segment %d %s: %v", i, name, err)
			}
		}
		m.Remove(seg(i))
		if err := verify(); !errors.Is(err, ErrNotFound) {
			t.Fatalf("segment %d removed: %v", i, err)
		}
		restore(seg(i), good)
	}
	if err := verify(); err != nil {
		t.Error(err)
	}
	if _, err := readAll(s.Open(t.Context(), seal.NewKey([32]byte{2}, nil), file, 1)); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("another key: %v", err)
	}
}

func TestARefusedFileLeavesNothing(t *testing.T) {
	broken := errors.New("line cut")
	cancelled, cancel := context.WithCancel(t.Context())
	content := noise(4 * small)
	for name, c := range map[string]struct {
		ctx   context.Context
		r     io.Reader
		limit int64
		want  error
	}{
		"too large":       {t.Context(), bytes.NewReader(content), 4*small - 1, &TooLarge{4*small - 1}},
		"too large early": {t.Context(), bytes.NewReader(content), 1, &TooLarge{1}},
		"source fails":    {t.Context(), io.MultiReader(bytes.NewReader(content), iotest.ErrReader(broken)), 0, broken},
		"upload ends":     {t.Context(), io.MultiReader(bytes.NewReader(content[:3000]), iotest.ErrReader(io.ErrUnexpectedEOF)), 0, io.ErrUnexpectedEOF},
		"cancelled": {cancelled, io.MultiReader(bytes.NewReader(content), readerFunc(func(p []byte) (int, error) {
			cancel()
			return copy(p, "more"), nil
		})), 0, context.Canceled},
	} {
		s, m := newSealed(t)
		_, err := s.Write(c.ctx, key, file, c.r, c.limit)
		var large *TooLarge
		if errors.As(c.want, &large) && errors.As(err, &large) && large.Limit == c.limit {
			err = c.want
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if left := m.Files(); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
	}
	s, _ := newSealed(t)
	if _, err := s.Write(t.Context(), key, file, bytes.NewReader(content), 4*small); err != nil {
		t.Errorf("a file of just the limit: %v", err)
	}
	if _, err := s.Write(t.Context(), key, file, bytes.NewReader(content), 0); !errors.Is(err, ErrExists) {
		t.Errorf("a name used twice: %v", err)
	}
	if _, _, err := s.Verify(t.Context(), key, file, 4); err != nil {
		t.Errorf("the first file suffered: %v", err)
	}
}

// Whatever call fails, Write answers without error only for a file that is there whole after a crash.
func TestWriteSurvivesAFaultAtEveryCall(t *testing.T) {
	content := noise(3*small + 9)
	story := func(m *disktest.Memory) (receipt Receipt, err error) {
		d, err := NewDisk("/data", m)
		if err != nil {
			return receipt, err
		}
		return (&Sealed{store: d, segment: small}).Write(t.Context(), key, file, bytes.NewReader(content), 0)
	}
	clean := disktest.New("/")
	if _, err := story(clean); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= clean.Calls(); n++ {
		for _, fails := range []int{1, disktest.PowerCut} {
			m := disktest.New("/")
			m.FailAt, m.Fails = n, fails
			receipt, err := story(m)
			m.FailAt = 0
			if err != nil {
				if left := m.Files(); fails == 1 && len(left) > 0 {
					t.Fatalf("fault at call %d: left %v", n, left)
				}
				continue
			}
			d, _ := NewDisk("/data", m.Crash(nil))
			sum, _, err := (&Sealed{store: d, segment: small}).Verify(t.Context(), key, file, receipt.Segments)
			if err != nil || sum != sha256.Sum256(content) {
				t.Fatalf("fault at call %d: acknowledged, and then %v", n, err)
			}
		}
	}
}
