package seal

import (
	"bytes"
	"context"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"unicode/utf8"

	"expediente/models/disk"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Master opens a keyring. It prints as "[hidden]".
type Master struct {
	hidden
	secret func() []byte // a function for the reason that Key has one
	salt   Salt          // zero unless made from a passphrase
	path   string        // the key file; "" when it came otherwise
}

// Salt makes the same passphrase give different master keys. A keyring under a passphrase carries it.
type Salt [16]byte

const (
	masterPrefix = "expediente-master-" // then 64 hexadecimal digits
	nextSuffix   = ".next"              // beside a key file while its keyring is being reissued

	passphraseLength = 15 // characters at least

	// Argon2id, fixed with the keyring's version: 128 MiB and three passes, about half a second.
	argonPasses, argonKiB, argonThreads = 3, 128 << 10, 2
)

// NewMaster makes a random master key and keeps it in a new file that only its owner can read.
func NewMaster(path string) (*Master, error) { return newMaster(disk.OS{}, path) }

func newMaster(on disk.FS, path string) (*Master, error) {
	if _, err := on.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("seal: the key file %s is already there and is not overwritten", path)
	}
	secret := make([]byte, SecretSize)
	fillRandom(rand.Reader, secret)
	m := &Master{secret: func() []byte { return secret }, path: path}
	return m, m.save(on, path)
}

// save writes the key file durably.
func (m *Master) save(on disk.FS, path string) error {
	_, err := disk.Write(context.Background(), on, path+".tmp", path, 0o600, strings.NewReader(m.text()+"\n"))
	return err
}

func (m *Master) text() string { return masterPrefix + hex.EncodeToString(m.secret()) }

// LoadMaster reads a key file and refuses one that others than its owner may read.
func LoadMaster(path string) (*Master, error) { return loadMaster(disk.OS{}, path) }

func loadMaster(on disk.FS, path string) (*Master, error) {
	info, err := on.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("seal: key file: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("seal: the key file %s can be read by other users of this machine (%s); make it private with: chmod 600 %s", path, mode, path)
	}
	content, err := disk.ReadFile(on, path)
	if err != nil {
		return nil, fmt.Errorf("seal: key file: %w", err)
	}
	m, err := MasterFromEnv(string(content))
	if err != nil {
		return nil, fmt.Errorf("seal: the key file %s holds no master key", path)
	}
	m.path = path
	return m, nil
}

// MasterFromEnv reads a master key given as text, such as the value of an environment variable: the same
// line that a key file holds.
func MasterFromEnv(value string) (*Master, error) {
	digits, ok := strings.CutPrefix(strings.TrimSpace(value), masterPrefix)
	secret, err := hex.DecodeString(digits)
	if !ok || err != nil || len(secret) != SecretSize {
		return nil, fmt.Errorf("seal: a master key is %q and %d hexadecimal digits", masterPrefix, 2*SecretSize)
	}
	return &Master{secret: func() []byte { return secret }}, nil
}

// MasterFromPassphrase derives a master key by Argon2id (128 MiB of memory, about half a second). The
// salt is NewSalt for a new keyring and KeyringSalt for one that exists. ErrWeak under 15 characters.
func MasterFromPassphrase(passphrase string, salt Salt) (*Master, error) {
	passphrase, err := strongEnough(passphrase)
	if err != nil {
		return nil, err
	}
	secret := argon2.IDKey([]byte(passphrase), salt[:], argonPasses, argonKiB, argonThreads, SecretSize)
	return &Master{secret: func() []byte { return secret }, salt: salt}, nil
}

// NewSalt is a random salt.
func NewSalt() (s Salt) {
	fillRandom(rand.Reader, s[:])
	return s
}

// strongEnough returns the passphrase composed (NFC), since keyboards differ in how they send accents.
func strongEnough(passphrase string) (string, error) {
	passphrase = norm.NFC.String(passphrase)
	if utf8.RuneCountInString(passphrase) < passphraseLength {
		return "", ErrWeak
	}
	return passphrase, nil
}

// aead seals the keys of a keyring.
func (m *Master) aead() cipher.AEAD { return newGCM(derive(m.secret(), "expediente keyring 1")) }

// same reports whether both are one secret; used to refuse a reissue that changes nothing.
func (m *Master) same(other *Master) bool { return bytes.Equal(m.secret(), other.secret()) }
