package blob_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"expediente/models/blob"
	"expediente/models/blob/blobtest"
	"expediente/models/disk"
	"expediente/models/disk/disktest"
)

func newDisk(t testing.TB, root string, on disk.FS) *blob.Disk {
	t.Helper()
	d, err := blob.NewDisk(root, on)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDisk(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Store { return newDisk(t, t.TempDir(), disk.OS{}) })
}

func TestDiskInMemory(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Store { return newDisk(t, "/data", disktest.New("/")) })
}

func TestBlobsAreReadableByTheOwnerOnly(t *testing.T) {
	root := filepath.Join(t.TempDir(), "evidence")
	d := newDisk(t, root, disk.OS{})
	if _, err := d.Put(t.Context(), "abcdefgh.0000", strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{
		root: 0o700, filepath.Join(root, "ab"): 0o700, filepath.Join(root, "ab", "abcdefgh.0000"): 0o400,
	} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if left, _ := os.ReadDir(filepath.Join(root, "tmp")); len(left) > 0 {
		t.Errorf("temporary files left: %v", left)
	}
}

// Each call of a put fails, alone or as the last before the power goes. What was acknowledged is there
// whole after any crash; what was refused is not there, or after a crash perhaps whole, never in part.
func TestPutSurvivesAFaultAtEveryCall(t *testing.T) {
	ctx := context.Background()
	content := bytes.Repeat([]byte("evidence"), 40<<10) // several blocks
	names := []string{"aaaaaaaa", "aabbbbbb", "cccccccc"}
	story := func(m *disktest.Memory) (acknowledged []string) {
		d, err := blob.NewDisk("/data", m)
		for _, name := range names {
			if err != nil {
				break
			}
			if _, err := d.Put(ctx, name, bytes.NewReader(content)); err == nil {
				acknowledged = append(acknowledged, name)
			}
		}
		return acknowledged
	}
	clean := disktest.New("/")
	story(clean)
	t.Logf("%d calls", clean.Calls())
	for n := 1; n <= clean.Calls(); n++ {
		for _, fails := range []int{1, 2, disktest.PowerCut} {
			m := disktest.New("/")
			m.FailAt, m.Fails = n, fails
			acknowledged := story(m)
			m.FailAt = 0
			after := []*disktest.Memory{m.Crash(nil), m.Crash(rand.New(rand.NewPCG(1, uint64(n)))), m.Crash(rand.New(rand.NewPCG(2, uint64(n))))}
			if fails == 1 {
				after = append(after, m)
			}
			for i, m := range after {
				checkBlobs(t, m, names, acknowledged, content, i == 3)
				if t.Failed() {
					t.Fatalf("%d faults from call %d, crash %d, acknowledged %v", fails, n, i, acknowledged)
				}
			}
		}
	}
}

// checkBlobs compares a disk with what was acknowledged; exact without a crash.
func checkBlobs(t *testing.T, m *disktest.Memory, names, acknowledged []string, content []byte, exact bool) {
	t.Helper()
	d := newDisk(t, "/data", m)
	there := map[string]bool{}
	err := d.List(t.Context(), func(e blob.Entry) error {
		there[e.Name] = true
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	for _, name := range acknowledged {
		if got := m.Content("/data/" + name[:2] + "/" + name); !there[name] || !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes of %d", name, len(got), len(content))
		}
	}
	if exact && len(there) != len(acknowledged) {
		t.Errorf("there are %v", there)
	}
}

func TestARemovedBlobStaysRemovedAfterACrash(t *testing.T) {
	m := disktest.New("/")
	d := newDisk(t, "/data", m)
	if _, err := d.Put(t.Context(), "abcdefgh", strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if err := d.Remove(t.Context(), "abcdefgh"); err != nil {
		t.Fatal(err)
	}
	if left := m.Crash(nil).Files(); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestTidyRemovesOldTemporaryFilesOnly(t *testing.T) {
	root := t.TempDir()
	d := newDisk(t, root, disk.OS{})
	cut := time.Now()
	for name, age := range map[string]time.Duration{"old": -time.Hour, "young": time.Hour} {
		path := filepath.Join(root, "tmp", name)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, cut, cut.Add(age))); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := d.Tidy(t.Context(), cut); n != 1 || err != nil {
		t.Errorf("removed %d, %v", n, err)
	}
	if _, err := os.Stat(filepath.Join(root, "tmp", "young")); err != nil {
		t.Error(err)
	}
}
