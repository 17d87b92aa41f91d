// Package blobtest answers: is this a blob.Store?
package blobtest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"expediente/models/blob"
)

// Run checks that the stores made by open, each empty, keep what blob.Store promises.
func Run(t *testing.T, open func(t *testing.T) blob.Store) {
	for name, check := range map[string]func(*testing.T, blob.Store){
		"what was put is read back":                     readBack,
		"a name is used once":                           usedOnce,
		"a source that fails leaves nothing":            failingSource,
		"an ended context leaves nothing":               endedContext,
		"a removed blob is gone":                        removed,
		"odd names are refused":                         oddNames,
		"the list is complete and in order":             listed,
		"of many puts of one name at once one succeeds": race,
		"two readers do not disturb each other":         twoReaders,
	} {
		t.Run(name, func(t *testing.T) { check(t, open(t)) })
	}
}

var ctx = context.Background()

const name = "0123456789abcdef.0000"

func put(t *testing.T, s blob.Store, name string, content []byte) {
	t.Helper()
	if size, err := s.Put(ctx, name, bytes.NewReader(content)); err != nil || size != int64(len(content)) {
		t.Fatalf("put %s: %d bytes, %v", name, size, err)
	}
}

func read(t *testing.T, s blob.Store, name string) []byte {
	t.Helper()
	r, err := s.Open(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func absent(t *testing.T, s blob.Store, name string) {
	t.Helper()
	if r, err := s.Open(ctx, name); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("open %s: %v", name, err)
		if err == nil {
			r.Close()
		}
	}
	if err := s.List(ctx, func(e blob.Entry) error { return errors.New(e.Name) }); err != nil {
		t.Errorf("listed: %v", err)
	}
}

func readBack(t *testing.T, s blob.Store) {
	for i, size := range []int{0, 1, 128<<10 - 1, 128 << 10, 128<<10 + 1, 1 << 20} {
		name := strings.Repeat(string(rune('a'+i)), 10)
		content := bytes.Repeat([]byte{byte(i), 7}, size)[:size]
		put(t, s, name, content)
		if !bytes.Equal(read(t, s, name), content) {
			t.Errorf("%d bytes came back otherwise", size)
		}
	}
}

func usedOnce(t *testing.T, s blob.Store) {
	put(t, s, name, []byte("first"))
	if _, err := s.Put(ctx, name, strings.NewReader("second")); !errors.Is(err, blob.ErrExists) {
		t.Errorf("got %v", err)
	}
	if got := read(t, s, name); string(got) != "first" {
		t.Errorf("got %q", got)
	}
}

func failingSource(t *testing.T, s blob.Store) {
	for _, broken := range []error{errors.New("line cut"), io.ErrUnexpectedEOF, io.ErrShortWrite} {
		r := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))
		if _, err := s.Put(ctx, name, r); !errors.Is(err, broken) {
			t.Errorf("got %v, want %v", err, broken)
		}
		absent(t, s, name)
	}
	put(t, s, name, []byte("whole"))
}

func endedContext(t *testing.T, s blob.Store) {
	ctx, cancel := context.WithCancel(ctx)
	r := io.MultiReader(strings.NewReader("half"), readerFunc(func([]byte) (int, error) {
		cancel()
		return 0, io.EOF
	}))
	if _, err := s.Put(ctx, name, r); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	absent(t, s, name)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func removed(t *testing.T, s blob.Store) {
	absent(t, s, name)
	if err := s.Remove(ctx, name); err != nil {
		t.Errorf("removing what is not there: %v", err)
	}
	put(t, s, name, []byte("x"))
	if err := s.Remove(ctx, name); err != nil {
		t.Fatal(err)
	}
	absent(t, s, name)
	put(t, s, name, []byte("y"))
}

func oddNames(t *testing.T, s blob.Store) {
	for _, bad := range []string{"", ".", "..", "short", "../../../../etc/passwd", "abcdefgh/../x", "ABCDEFGHIJ", "abcdefgh\x00",
		"abcdefgh ", "-rf-rf-rf", "abcdefgh.", "abcdefgh.x", ".abcdefgh", "abcdefgh\n", "niño-niño-niño", strings.Repeat("a", 200)} {
		if _, err := s.Put(ctx, bad, strings.NewReader("x")); !errors.Is(err, blob.ErrName) {
			t.Errorf("put %q: %v", bad, err)
		}
		if _, err := s.Open(ctx, bad); !errors.Is(err, blob.ErrName) {
			t.Errorf("open %q: %v", bad, err)
		}
		if err := s.Remove(ctx, bad); !errors.Is(err, blob.ErrName) {
			t.Errorf("remove %q: %v", bad, err)
		}
	}
}

func listed(t *testing.T, s blob.Store) {
	names := []string{"zzzzzzzzzz.0000", "aaaaaaaaaa.0001", "aaaaaaaaaa.0000", "aabbbbbbbb", "m123456789"}
	for _, name := range names {
		put(t, s, name, []byte(name))
	}
	var got []string
	err := s.List(ctx, func(e blob.Entry) error {
		if e.Size != int64(len(e.Name)) || e.Written.IsZero() {
			t.Errorf("%+v", e)
		}
		got = append(got, e.Name)
		return nil
	})
	slices.Sort(names)
	if err != nil || !slices.Equal(got, names) {
		t.Errorf("got %q, %v", got, err)
	}
	stop := errors.New("stop")
	if err := s.List(ctx, func(blob.Entry) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
}

func race(t *testing.T, s blob.Store) {
	var wins atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := s.Put(ctx, name, strings.NewReader("x")); err == nil {
				wins.Add(1)
			} else if !errors.Is(err, blob.ErrExists) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if wins.Load() != 1 {
		t.Errorf("%d puts succeeded", wins.Load())
	}
	if got := read(t, s, name); string(got) != "x" {
		t.Errorf("got %q", got)
	}
}

func twoReaders(t *testing.T, s blob.Store) {
	put(t, s, name, []byte("abcdef"))
	a, err := s.Open(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	half := make([]byte, 3)
	io.ReadFull(a, half)
	whole := read(t, s, name)
	rest, err := io.ReadAll(a)
	if err != nil || string(half)+string(rest) != string(whole) {
		t.Errorf("got %q and %q, %v", half, rest, err)
	}
}
