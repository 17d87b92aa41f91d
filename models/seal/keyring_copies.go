package seal

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"

	"expediente/models/disk"
)

// CopyError says that the keyring itself was written durably and one of its copies was not.
type CopyError struct {
	Path string // of the copy
	Err  error
}

func (e *CopyError) Error() string {
	return fmt.Sprintf("seal: the keyring is safe, but its copy %s could not be written and is out of date: %v", e.Path, e.Err)
}

func (e *CopyError) Unwrap() error { return e.Err }

func (r *Keyring) copyPath(folder string) string { return filepath.Join(folder, filepath.Base(r.path)) }

// copyAll brings every copy up to date; the errors are *CopyError, joined.
func (r *Keyring) copyAll() (failed error) {
	if len(r.copies) == 0 {
		return nil
	}
	r.copying.Lock()
	defer r.copying.Unlock()
	content, err := disk.ReadFile(r.on, r.path)
	for _, folder := range r.copies {
		path := r.copyPath(folder)
		copyErr := err
		if have, unread := disk.ReadFile(r.on, path); unread == nil && err == nil && bytes.Equal(have, content) {
			continue // up to date, as at most starts
		}
		if copyErr == nil {
			copyErr = writeCopy(r.on, path, content)
		}
		if copyErr != nil {
			failed = errors.Join(failed, &CopyError{path, copyErr})
		}
	}
	return failed
}

// Copy brings every copy up to date, as after naming a new folder for them. The errors are
// *CopyError, joined.
func (r *Keyring) Copy() error { return r.copyAll() }

// writeCopy is writeRing under a temporary name of its own, since other processes may be copying too. Should
// the older of two contents win, the next change mends it.
func writeCopy(on disk.FS, path string, content []byte) error {
	_, err := disk.Write(context.Background(), on, path+"."+rand.Text()+".tmp", path, 0o600, bytes.NewReader(content))
	return err
}

// takeFromCopies takes into use what a copy of this same issue has and the keyring has not: keys whose
// records were damaged, or a keyring put back from an older day. The next change writes them.
func (r *Keyring) takeFromCopies() {
	for _, folder := range r.copies {
		content, err := disk.ReadFile(r.on, r.copyPath(folder))
		if err != nil || !bytes.HasPrefix(content, r.header) {
			continue // absent, or of another issue: the next change rewrites it
		}
		records, _, err := split(content[headerSize:])
		if err != nil {
			continue
		}
		for _, one := range records {
			r.takeBack(one)
		}
	}
}

func (r *Keyring) takeBack(one record) {
	if r.sealed[one.id()] != nil {
		return
	}
	if _, err := one.open(r.aead, headerRegistry(r.header)); err != nil {
		return
	}
	one = one.alone()
	r.owed = append(r.owed, one)
	r.take([]record{one})
}
