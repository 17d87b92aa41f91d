package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

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
