package seal

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"

	"expediente/models/disk"
)

// Destroy forgets the key of id for ever: the keyring is written anew under the master key next, without
// it. With next nil, a keyring under a key file gets a fresh random key, which replaces the file.
//
// ErrNoKey when there is none; the registry's own key is refused. A *CopyError means that the key is gone
// from the keyring but that copy still holds it, under the former master key. Other processes see
// ErrReissued and must open the ring again. Recovery copies made before still open the matter, and so
// does a *Key already in use.
func (r *Keyring) Destroy(id ID, next *Master) error {
	if id == (ID{}) {
		return errors.New("seal: the registry's own key cannot be destroyed")
	}
	if err := r.destroy(id, next); err != nil {
		return fmt.Errorf("destroy key: %w", err)
	}
	return r.copyAll()
}

func (r *Keyring) destroy(id ID, next *Master) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, err := r.openRing()
	if err != nil {
		return err
	}
	defer f.Close() // the lock is held until the new file is in place
	if err := r.settle(f); err != nil {
		return err
	}
	if _, ok := r.sealed[id]; !ok {
		return ErrNoKey
	}
	if next == nil {
		return r.reissueUnderFile(id)
	}
	return r.reissue(id, next)
}

// reissueUnderFile makes the next key file, the new ring, and then the next key file the key file. A crash
// between leaves both key files, and OpenKeyring finds the right one.
func (r *Keyring) reissueUnderFile(without ID) error {
	keyFile := r.master.path
	if keyFile == "" {
		return errors.New("seal: the keyring is not under a key file: give the next master key")
	}
	if err := r.clearNext(keyFile); err != nil {
		return err
	}
	next, err := newMaster(r.on, keyFile+nextSuffix)
	if err != nil {
		return err
	}
	next.path = keyFile
	if err := r.reissue(without, next); err != nil {
		return err
	}
	return r.promote(keyFile)
}

// clearNext makes room for the next key file. One left behind is the present key when promote failed
// after the ring was replaced, and is then all that opens it; otherwise it opens nothing.
func (r *Keyring) clearNext(keyFile string) error {
	left, err := loadMaster(r.on, keyFile+nextSuffix)
	if err == nil && left.same(r.master) {
		return r.promote(keyFile)
	}
	return disk.IgnoreMissing(r.on.Remove(keyFile + nextSuffix))
}

// promote replaces the key file by the next one, once the ring that needs it is certainly in place.
func (r *Keyring) promote(keyFile string) error {
	if err := r.on.SyncDir(filepath.Dir(r.path)); err != nil {
		return err
	}
	if err := r.on.Rename(keyFile+nextSuffix, keyFile); err != nil {
		return err
	}
	return r.on.SyncDir(filepath.Dir(keyFile))
}

// adoptNext finishes what a crash interrupted: the ring is already under the next key file.
func (r *Keyring) adoptNext(content []byte) error {
	next, err := loadMaster(r.on, r.master.path+nextSuffix)
	if err != nil || checkHeader(content, next) != nil {
		return ErrWrongMaster
	}
	next.path = r.master.path
	r.master = next
	return r.promote(next.path)
}

// reissue writes the ring without one key under another master key, and follows it in memory. When only
// the last flush failed, the new file is what is seen but may not survive a power cut: the ring then
// takes no changes until it is opened again.
func (r *Keyring) reissue(without ID, next *Master) error {
	if next.same(r.master) {
		return errors.New("seal: the next master key is the present one")
	}
	content, err := r.rewritten(without, next)
	if err != nil {
		return err
	}
	if err = writeRing(r.on, r.path, content); err != nil {
		r.broken = fmt.Errorf("%w: %w", errUncertain, err)
		if seen, readErr := disk.ReadFile(r.on, r.path); readErr != nil || !bytes.Equal(seen, content) {
			return err
		}
	}
	r.on.Remove(r.path + ".torn") // of no use without the former master key
	r.master = next
	return errors.Join(err, r.load(content))
}

func (r *Keyring) rewritten(without ID, next *Master) ([]byte, error) {
	registry := headerRegistry(r.header)
	content := newHeader(next, registry, r.random)
	ring := next.aead()
	for id, sealed := range r.sealed {
		if id == without {
			continue
		}
		secret, err := sealed.open(r.aead, registry)
		if err != nil {
			return nil, err
		}
		content = append(content, newRecord(ring, registry, id, 0, 1, secret, r.random)...)
	}
	return content, nil
}

// KeyringSalt reads the salt a passphrase needs from a keyring file. Without one the keyring is under a
// random master key.
func KeyringSalt(path string) (salt Salt, passphrase bool, err error) {
	content, err := disk.ReadFile(disk.OS{}, path)
	if err != nil {
		return salt, false, err
	}
	if len(content) < headerSize || !sumHolds(content[:headerSize]) {
		return salt, false, ErrDamaged
	}
	salt = headerSalt(content)
	return salt, salt != Salt{}, nil
}
