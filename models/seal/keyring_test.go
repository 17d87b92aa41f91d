package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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

func TestCopiesFollowAndHeal(t *testing.T) {
	usb := t.TempDir()
	ring, folder := newRing(t, 3, Copies(usb))
	main, _ := os.ReadFile(filepath.Join(folder, "keyring"))
	second, _ := os.ReadFile(filepath.Join(usb, "keyring"))
	if !bytes.Equal(main, second) {
		t.Fatal("the copy differs")
	}
	main[len(main)-10] ^= 1 // the last record goes bad
	write(t, filepath.Join(folder, "keyring"), main)
	again, err := reopen(folder, Copies(usb))
	if err != nil {
		t.Fatal(err)
	}
	if secretOf(t, again, id(2)) != secretOf(t, ring, id(2)) {
		t.Error("the key was not taken back from the copy")
	}
	if err := again.New(id(3)); err != nil {
		t.Fatal(err)
	}
	alone, err := reopen(folder)
	if err != nil {
		t.Fatal(err)
	}
	if secretOf(t, alone, id(2)) != secretOf(t, ring, id(2)) {
		t.Error("the key taken back was not written")
	}
}

func TestAFailedCopyIsNamedAndTheKeyKept(t *testing.T) {
	good, missing := t.TempDir(), filepath.Join(t.TempDir(), "unplugged")
	_, folder := newRing(t, 0)
	ring, err := reopen(folder, Copies(missing, good))
	if err != nil {
		t.Fatal(err)
	}
	err = ring.New(id(1))
	var failed *CopyError
	if !errors.As(err, &failed) || !strings.HasPrefix(failed.Path, missing) {
		t.Fatalf("got %v", err)
	}
	for _, path := range []string{folder, good} {
		content, _ := os.ReadFile(filepath.Join(path, "keyring"))
		if want := headerSize + 2*recordSize; len(content) != want {
			t.Errorf("%s has %d bytes, want %d", path, len(content), want)
		}
	}
	secretOf(t, ring, id(1))
}

func TestDestroyedKeyIsGoneEverywhere(t *testing.T) {
	usb := t.TempDir()
	ring, folder := newRing(t, 3, Copies(usb))
	path, keyFile := filepath.Join(folder, "keyring"), filepath.Join(folder, "master.key")
	oldMaster, _ := LoadMaster(keyFile)
	kept := secretOf(t, ring, id(0))
	if err := ring.Destroy(id(1), nil); err != nil {
		t.Fatal(err)
	}
	again, err := reopen(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*Keyring{ring, again} {
		if _, err := r.Key(id(1)); !errors.Is(err, ErrNoKey) {
			t.Errorf("the destroyed key: %v", err)
		}
		if secretOf(t, r, id(0)) != kept {
			t.Error("another key changed")
		}
		if err := r.Destroy(id(1), nil); !errors.Is(err, ErrNoKey) {
			t.Errorf("destroyed twice: %v", err)
		}
	}
	for _, p := range []string{path, filepath.Join(usb, "keyring")} {
		if _, err := OpenKeyring(p, oldMaster); !errors.Is(err, ErrWrongMaster) {
			t.Errorf("%s under the former master key: %v", p, err)
		}
	}
	if files, _ := os.ReadDir(folder); len(files) != 2 {
		t.Errorf("left over: %v", files)
	}
	if err := ring.Destroy(ID{}, nil); err == nil {
		t.Error("the registry's key was destroyed")
	}
	if err := ring.New(id(5)); err != nil {
		t.Error(err)
	}
}

func TestTwoProcessesShareAKeyring(t *testing.T) {
	one, folder := newRing(t, 0)
	two, err := reopen(folder)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			if err := errors.Join(one.New(id(i)), two.New(id(100+i))); err != nil {
				t.Error(err)
			}
			if secretOf(t, two, id(i)) != secretOf(t, one, id(i)) || secretOf(t, one, id(100+i)) == "" {
				t.Error("the two differ")
			}
		})
	}
	wg.Wait()
	if err := one.Destroy(id(3), nil); err != nil {
		t.Fatal(err)
	}
	if err := two.New(id(200)); !errors.Is(err, ErrReissued) {
		t.Errorf("a key was added to a file that is gone: %v", err)
	}
	if again, err := reopen(folder); err != nil || again.Len() != 20 {
		t.Errorf("%v", err)
	}
}

func TestKeyFileMustBePrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	if _, err := NewMaster(path); err != nil {
		t.Fatal(err)
	}
	if _, err := NewMaster(path); err == nil {
		t.Error("a key file was overwritten")
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o644, 0o620} {
		os.Chmod(path, mode)
		if _, err := LoadMaster(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
	os.Chmod(path, 0o400)
	a, err := LoadMaster(path)
	if err != nil {
		t.Fatal(err)
	}
	content, _ := os.ReadFile(path)
	if b, err := MasterFromEnv(string(content)); err != nil || !a.same(b) {
		t.Errorf("from the environment: %v", err)
	}
	for _, bad := range []string{"", "expediente-master-", "expediente-master-00", strings.Repeat("0", 64)} {
		if _, err := MasterFromEnv(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestPassphraseKeyring(t *testing.T) {
	const phrase = "café con leche a las siete"
	path := filepath.Join(t.TempDir(), "keyring")
	if _, err := MasterFromPassphrase("corta", NewSalt()); !errors.Is(err, ErrWeak) {
		t.Errorf("got %v", err)
	}
	master, err := MasterFromPassphrase(phrase, NewSalt())
	if err != nil {
		t.Fatal(err)
	}
	ring, err := Create(path, master, registry)
	if err != nil {
		t.Fatal(err)
	}
	if err := ring.Destroy(ID{}, nil); err == nil {
		t.Error("no next master, and no error")
	}
	salt, passphrase, err := KeyringSalt(path)
	if err != nil || !passphrase {
		t.Fatalf("%v, %v", passphrase, err)
	}
	decomposed := strings.Replace(phrase, "é", "e\u0301", 1)
	again, err := MasterFromPassphrase(decomposed, salt)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeyring(path, again); err != nil {
		t.Errorf("typed with a decomposed accent: %v", err)
	}
}

func TestRecoveryCopy(t *testing.T) {
	const phrase = "una frase larga y tranquila"
	ring, _ := newRing(t, 3)
	var sealed bytes.Buffer
	if err := writeRecovery(&sealed, ring, "corta", 10); !errors.Is(err, ErrWeak) || sealed.Len() > 0 {
		t.Errorf("weak passphrase: %v", err)
	}
	if err := writeRecovery(&sealed, ring, phrase, 10); err != nil {
		t.Fatal(err)
	}
	rec, err := ReadRecovery(bytes.NewReader(sealed.Bytes()), phrase)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := rec.Restore(filepath.Join(folder, "keyring"), filepath.Join(folder, "master.key")); err != nil {
		t.Fatal(err)
	}
	if err := rec.Restore(filepath.Join(folder, "keyring"), filepath.Join(folder, "new.key")); err == nil {
		t.Error("a keyring was overwritten")
	}
	restored, err := reopen(folder)
	if err != nil || restored.Len() != 4 || secretOf(t, restored, id(2)) != secretOf(t, ring, id(2)) {
		t.Errorf("restored: %v", err)
	}
	if _, err := ReadRecovery(bytes.NewReader(sealed.Bytes()), phrase+"."); !errors.Is(err, ErrSealed) {
		t.Errorf("wrong passphrase: %v", err)
	}
	for i := 0; i < sealed.Len(); i += 97 {
		bad := slices.Clone(sealed.Bytes())
		bad[i] ^= 1
		if _, err := ReadRecovery(bytes.NewReader(bad), phrase); err == nil {
			t.Fatalf("byte %d altered, and opened", i)
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

func BenchmarkOpenKeyring100k(b *testing.B) {
	ring, folder := newRing(b, 0)
	ids := make([]ID, 100_000)
	for i := range ids {
		ids[i] = id(i)
	}
	if err := ring.New(ids...); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		again, err := reopen(folder)
		if err != nil {
			b.Fatal(err)
		}
		secretOf(b, again, id(99_999))
	}
}

func BenchmarkNewKey(b *testing.B) {
	ring, _ := newRing(b, 0)
	n := 0
	for b.Loop() {
		n++
		if err := ring.New(id(n)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDestroy1k(b *testing.B) {
	ring, _ := newRing(b, 0)
	ids := make([]ID, 1000)
	for i := range ids {
		ids[i] = id(i)
	}
	if err := ring.New(ids...); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		if err := ring.Destroy(id(n), nil); err != nil {
			b.Fatal(err)
		}
		n++
	}
}
