package cases_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"expediente/cases"
	"expediente/models"
)

// during is a body in the midst of which something happens.
func during(first int64, then func()) io.Reader {
	return io.MultiReader(&counting{first}, readFunc(func([]byte) (int, error) { then(); return 0, io.EOF }), strings.NewReader("the end"))
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// age makes every stored file look written a month before the clock.
func (b *bench) age(t *testing.T) (files []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(b.data, "files", "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := os.Chtimes(f, time.Time{}, b.clock.now().AddDate(0, -1, 0)); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestASweepLeavesASlowUploadAlone(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	code, err := b.AttachEvidence(b.ctx, b.coordinator, ref, cases.NewEvidence{Filename: "f"}, during(9<<20, func() {
		if len(b.age(t)) == 0 {
			t.Error("no segment is there yet")
		}
		if n, err := b.SweepFiles(b.ctx); n != 0 || err != nil {
			t.Errorf("the sweep removed %d (%v)", n, err)
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	d, err := b.DownloadEvidence(b.ctx, b.coordinator, code)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if n, err := io.Copy(io.Discard, d); n != 9<<20+7 || err != nil {
		t.Errorf("%d bytes came back (%v)", n, err)
	}
}

// TestARowWithoutBytesIsNotWritten: another process, or a hand, took the first segment away.
func TestARowWithoutBytesIsNotWritten(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	before := b.entries(t)
	_, err := b.AttachEvidence(b.ctx, b.coordinator, ref, cases.NewEvidence{Filename: "f"}, during(9<<20, func() {
		for _, f := range b.age(t) {
			if err := os.Remove(f); err != nil {
				t.Error(err)
			}
		}
	}))
	if err == nil || b.entries(t) != before {
		t.Errorf("the item was recorded (%v)", err)
	}
}

func TestAnUploadEndsBeforeASweepOfAnotherProcessCanReachIt(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	_, err := b.AttachEvidence(b.ctx, b.coordinator, ref, cases.NewEvidence{Filename: "f"}, during(9<<20, func() {
		b.clock.mu.Lock()
		b.clock.at = b.clock.at.Add(cases.MaxUpload)
		b.clock.mu.Unlock()
	}))
	var bad models.Invalid
	if !errors.As(err, &bad) || bad["file"].Key != "errors.file_slow" {
		t.Errorf("an upload of more than %v: %v", cases.MaxUpload, err)
	}
	if left := b.age(t); len(left) != 0 {
		t.Errorf("it left %v", left)
	}
}
