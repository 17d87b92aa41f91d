package seal

import (
	"bytes"
	"context"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"expediente/models/disk"
)

// Keyring holds the keys of a registry in one file. It is safe for concurrent use; several processes may
// add keys to one file where the system has advisory locks. A key is unsealed when first asked for.
type Keyring struct {
	path   string
	copies []string // folders
	random io.Reader
	on     disk.FS

	mu     sync.RWMutex
	master *Master
	aead   cipher.AEAD
	header []byte
	size   int64 // of the file, as far as it was read
	sealed map[ID]record
	keys   map[ID]*Key
	owed   []record // taken back from a copy, to be written with the next change
	broken error    // set when what lies on the disk is uncertain

	copying sync.Mutex // held apart from mu: a slow copy does not keep readers waiting
}

// Option changes how a keyring is kept.
type Option func(*Keyring)

// Copies names folders that receive a copy of the keyring at each change. They must exist: a folder that
// is missing is a disk that is not plugged in, and is reported as a CopyError.
func Copies(folders ...string) Option { return func(r *Keyring) { r.copies = folders } }

// Random replaces crypto/rand for keys and nonces. It must be safe for concurrent use.
func Random(random io.Reader) Option { return func(r *Keyring) { r.random = random } }

// On replaces the file system of the machine.
func On(on disk.FS) Option { return func(r *Keyring) { r.on = on } }

func newKeyring(path string, master *Master, options []Option) *Keyring {
	r := &Keyring{path: path, random: rand.Reader, on: disk.OS{}, master: master}
	for _, option := range options {
		option(r)
	}
	return r
}

// Create makes a new keyring file for a registry, holding the registry's own key under the zero ID. It
// never overwrites a file. A *CopyError means that the keyring is there and a copy is not.
func Create(path string, master *Master, registry ID, options ...Option) (*Keyring, error) {
	r := newKeyring(path, master, options)
	if _, err := r.on.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("seal: the keyring %s is already there and is not overwritten", path)
	}
	secret := r.newSecret()
	content := newHeader(master, registry, r.random)
	content = append(content, newRecord(master.aead(), registry, ID{}, 0, 1, secret, r.random)...)
	if err := disk.MkdirAll(r.on, filepath.Dir(path)); err != nil {
		return nil, err
	}
	if err := writeRing(r.on, path, content); err != nil {
		return nil, fmt.Errorf("create keyring: %w", errors.Join(err, disk.IgnoreMissing(r.on.Remove(path))))
	}
	return r, errors.Join(r.load(content), r.copyAll())
}

// OpenKeyring opens a keyring file: ErrWrongMaster, ErrDamaged, or the error of the file system. It
// writes nothing, so the file may be mounted read-only; only a destruction that a crash interrupted is
// finished, by putting the next key file in its place. The torn end that a crash left of a write never
// acknowledged is passed over, and the next change cuts it off and keeps it beside the ring ("….torn").
// Keys that only a copy still has are taken back from it.
func OpenKeyring(path string, master *Master, options ...Option) (*Keyring, error) {
	r := newKeyring(path, master, options)
	content, err := disk.ReadFile(r.on, path)
	if err != nil {
		return nil, fmt.Errorf("open keyring: %w", err)
	}
	err = checkHeader(content, master)
	if errors.Is(err, ErrWrongMaster) && master.path != "" {
		err = r.adoptNext(content)
	}
	if err == nil {
		err = r.load(content)
	}
	if err != nil {
		return nil, fmt.Errorf("keyring %s: %w", path, err)
	}
	r.takeFromCopies()
	return r, nil
}

// Registry is the id the keyring was created for, to be compared with the database's own.
func (r *Keyring) Registry() ID {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return headerRegistry(r.header)
}

// Len is the number of keys, the registry's own included.
func (r *Keyring) Len() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.sealed)
}

// Key returns the key of id, or ErrNoKey. Keys that another process added are found too.
func (r *Keyring) Key(id ID) (*Key, error) {
	r.mu.RLock()
	k := r.keys[id]
	r.mu.RUnlock()
	if k != nil {
		return k, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.unseal(id)
}

func (r *Keyring) unseal(id ID) (*Key, error) {
	if k := r.keys[id]; k != nil {
		return k, nil
	}
	if _, ok := r.sealed[id]; !ok {
		if err := r.catchUp(); err != nil {
			return nil, err
		}
	}
	sealed, ok := r.sealed[id]
	if !ok {
		return nil, ErrNoKey
	}
	secret, err := sealed.open(r.aead, headerRegistry(r.header))
	if err != nil {
		return nil, err
	}
	k := NewKey(*secret, r.random)
	r.keys[id] = k
	return k, nil
}

// load takes content, a file whose header is right, as the state of the ring.
func (r *Keyring) load(content []byte) error {
	records, rest, err := split(content[headerSize:])
	if err != nil {
		return err
	}
	r.aead = r.master.aead()
	r.header = content[:headerSize:headerSize]
	r.size = int64(len(content) - len(rest))
	r.sealed = make(map[ID]record, len(records))
	r.keys = map[ID]*Key{}
	r.owed = nil
	r.take(records)
	return nil
}

func (r *Keyring) take(records []record) {
	for _, one := range records {
		r.sealed[one.id()] = one
	}
}

// catchUp reads what another process added since. A torn end is left alone: it may still be being written.
func (r *Keyring) catchUp() error {
	info, err := r.on.Stat(r.path)
	if err != nil || info.Size() == r.size {
		return err
	}
	content, err := disk.ReadFile(r.on, r.path)
	if err != nil {
		return err
	}
	return r.follow(content)
}

// follow takes from content what lies after the part already read.
func (r *Keyring) follow(content []byte) error {
	if !bytes.HasPrefix(content, r.header) {
		return ErrReissued
	}
	if int64(len(content)) < r.size {
		return fmt.Errorf("%w: %s became shorter", ErrDamaged, r.path)
	}
	records, rest, err := split(content[r.size:])
	if err != nil {
		return err
	}
	r.take(records)
	r.size = int64(len(content) - len(rest))
	return nil
}

func (r *Keyring) newSecret() *[SecretSize]byte {
	secret := new([SecretSize]byte)
	fillRandom(r.random, secret[:])
	return secret
}

// writeRing replaces a keyring file, durably and whole.
func writeRing(on disk.FS, path string, content []byte) error {
	_, err := disk.Write(context.Background(), on, path+".tmp", path, 0o600, bytes.NewReader(content))
	return err
}

// openRing opens the file for reading and writing, for this process alone.
func (r *Keyring) openRing() (disk.File, error) {
	f, err := r.on.OpenFile(r.path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return nil, err
	}
	if err := f.Lock(); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
