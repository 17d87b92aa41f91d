package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
