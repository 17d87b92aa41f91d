package seal

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"expediente/models/disk"
)

var registry = ID{0xee}

func id(n int) ID { return ID{1, byte(n >> 16), byte(n >> 8), byte(n)} }

// newRing makes a keyring with n keys under a key file, in a fresh folder.
func newRing(t testing.TB, n int, options ...Option) (ring *Keyring, folder string) {
	t.Helper()
	folder = t.TempDir()
	master, err := NewMaster(filepath.Join(folder, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	ring, err = Create(filepath.Join(folder, "keyring"), master, registry, options...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := ring.New(id(i)); err != nil {
			t.Fatal(err)
		}
	}
	return ring, folder
}

// reopen opens the keyring of a folder under its key file.
func reopen(folder string, options ...Option) (*Keyring, error) {
	master, err := LoadMaster(filepath.Join(folder, "master.key"))
	if err != nil {
		return nil, err
	}
	return OpenKeyring(filepath.Join(folder, "keyring"), master, options...)
}

func secretOf(t testing.TB, ring *Keyring, id ID) string {
	t.Helper()
	k, err := ring.Key(id)
	if err != nil {
		t.Fatalf("key %x: %v", id, err)
	}
	return k.Identity()
}

func TestKeyringKeepsItsKeys(t *testing.T) {
	ring, folder := newRing(t, 3)
	if err := ring.New(id(10), id(11), id(12)); err != nil {
		t.Fatal(err)
	}
	again, err := reopen(folder)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, i := range []ID{{}, id(0), id(1), id(2), id(10), id(11), id(12)} {
		if secretOf(t, ring, i) != secretOf(t, again, i) {
			t.Errorf("key %x changed", i)
		}
		seen[secretOf(t, ring, i)] = true
	}
	if len(seen) != 7 || again.Len() != 7 || again.Registry() != registry {
		t.Errorf("%d secrets, %d keys, registry %x", len(seen), again.Len(), again.Registry())
	}
	if _, err := again.Key(id(99)); !errors.Is(err, ErrNoKey) {
		t.Errorf("a missing key: %v", err)
	}
	for _, ids := range [][]ID{{id(1)}, {{}}, {id(50), id(50)}} {
		if err := again.New(ids...); !errors.Is(err, ErrKeyExists) {
			t.Errorf("%x twice: %v", ids, err)
		}
	}
}

func TestKeyringRefusesAnotherMaster(t *testing.T) {
	_, folder := newRing(t, 1)
	other, err := NewMaster(filepath.Join(folder, "other.key"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeyring(filepath.Join(folder, "keyring"), other); !errors.Is(err, ErrWrongMaster) {
		t.Errorf("got %v", err)
	}
	if _, err := Create(filepath.Join(folder, "keyring"), other, registry); err == nil {
		t.Error("a keyring was overwritten")
	}
}

// Whatever byte is altered, a key comes out right or not at all.
func TestFlippedBytesOfAKeyring(t *testing.T) {
	ring, folder := newRing(t, 4)
	path := filepath.Join(folder, "keyring")
	good, _ := os.ReadFile(path)
	for i := range good {
		bad := slices.Clone(good)
		bad[i] ^= 1
		write(t, path, bad)
		again, err := reopen(folder)
		last := i >= len(good)-recordSize // a bad last record looks torn
		if (err == nil) != last {
			t.Fatalf("byte %d: %v", i, err)
		}
		if err != nil {
			continue
		}
		if secretOf(t, again, id(2)) != secretOf(t, ring, id(2)) {
			t.Fatalf("byte %d: another key", i)
		}
		if _, err := again.Key(id(3)); !errors.Is(err, ErrNoKey) {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
}

// An attacker with the file but no master key can mend checksums; the seals still hold.
func TestRecordsCannotBeExchanged(t *testing.T) {
	_, folder := newRing(t, 2)
	path := filepath.Join(folder, "keyring")
	content, _ := os.ReadFile(path)
	first := content[headerSize+recordSize : headerSize+2*recordSize]
	forged := withSum(append(append([]byte{}, idBytes(77)...), first[16:recordSize-4]...))
	write(t, path, append(content, forged...))
	ring, err := reopen(folder)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ring.Key(id(77)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a record under another id: %v", err)
	}
}

func idBytes(n int) []byte { i := id(n); return i[:] }

func write(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTornEndIsPassedOverAndCut(t *testing.T) {
	ring, folder := newRing(t, 2)
	path := filepath.Join(folder, "keyring")
	before, _ := os.ReadFile(path)
	if err := ring.New(id(10), id(11), id(12)); err != nil {
		t.Fatal(err)
	}
	whole, _ := os.ReadFile(path)
	for cut := len(before) + 1; cut < len(whole); cut += 7 {
		lost := slices.Clone(whole) // the beginning of the batch never reached the disk
		clear(lost[len(before):cut])
		for name, torn := range map[string][]byte{"cut": whole[:cut], "holed": lost} {
			write(t, path, torn)
			again, err := reopen(folder)
			if err != nil {
				t.Fatalf("%s at %d: %v", name, cut, err)
			}
			if err := again.New(id(20)); err != nil {
				t.Fatalf("%s at %d: %v", name, cut, err)
			}
			third, err := reopen(folder)
			if err != nil {
				t.Fatalf("%s at %d, written on: %v", name, cut, err)
			}
			for _, i := range []ID{id(0), id(1)} {
				if secretOf(t, third, i) != secretOf(t, ring, i) {
					t.Fatalf("%s at %d: key %x changed", name, cut, i)
				}
			}
			secretOf(t, third, id(20))
		}
	}
}

func TestKeyringIsReadOnlyUntilChanged(t *testing.T) {
	_, folder := newRing(t, 2)
	path := filepath.Join(folder, "keyring")
	content, _ := os.ReadFile(path)
	write(t, path, content[:len(content)-5])
	on := &countingFS{FS: disk.OS{}}
	if _, err := reopen(folder, On(on)); err != nil {
		t.Fatal(err)
	}
	if on.writes > 0 {
		t.Errorf("%d opened for writing", on.writes)
	}
}

type countingFS struct {
	disk.FS
	writes int
}

func (c *countingFS) OpenFile(path string, flag int, perm os.FileMode) (disk.File, error) {
	if flag != os.O_RDONLY {
		c.writes++
	}
	return c.FS.OpenFile(path, flag, perm)
}
