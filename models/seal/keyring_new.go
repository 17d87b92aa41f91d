package seal

import (
	"errors"
	"fmt"

	"expediente/models/disk"
)

// New makes a key for each id with one write and one flush. When it returns nil or a *CopyError the keys
// are durable; after any other error none of them is in use. ErrKeyExists when an id already has one.
func (r *Keyring) New(ids ...ID) error {
	if len(ids) == 0 {
		return nil
	}
	if err := r.add(ids); err != nil {
		return fmt.Errorf("new key: %w", err)
	}
	return r.copyAll()
}

// add appends the keys of ids to the file, after reading what other processes put there.
func (r *Keyring) add(ids []ID) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, err := r.openRing()
	if err != nil {
		return err
	}
	defer f.Close() // flushed before; nothing is lost if closing fails
	if err := r.settle(f); err != nil {
		return err
	}
	batch, err := r.batch(ids)
	if err != nil {
		return err
	}
	if err := r.append(f, r.owed); err != nil {
		return err
	}
	r.owed = nil
	return r.append(f, batch)
}

var errUncertain = errors.New("seal: the keyring takes no changes until it is opened again, since a failed write could not be undone")

// settle makes memory and the locked file agree: it reads what was added and cuts a torn end. The file is
// read again by its name, since it may have been replaced while the lock was awaited.
func (r *Keyring) settle(f disk.File) error {
	if r.broken != nil {
		return r.broken
	}
	content, err := disk.ReadFile(r.on, r.path)
	if err != nil {
		return err
	}
	if err := r.follow(content); err != nil {
		return err
	}
	if int64(len(content)) == r.size {
		return nil
	}
	if err := r.setAside(content[r.size:]); err != nil {
		return err
	}
	return errors.Join(f.Truncate(r.size), f.Sync())
}

func (r *Keyring) batch(ids []ID) (batch []record, err error) {
	seen := make(map[ID]bool, len(ids))
	for i, id := range ids {
		if _, ok := r.sealed[id]; ok || seen[id] {
			return nil, fmt.Errorf("%w: %x", ErrKeyExists, id)
		}
		seen[id] = true
		batch = append(batch, newRecord(r.aead, headerRegistry(r.header), id, i, len(ids), r.newSecret(), r.random))
	}
	return batch, nil
}

// append writes records at the end of the file, flushes it, and takes them into use. After a failure the
// file is cut back, so that what was not acknowledged cannot surface later; if even that fails, the ring
// takes no more changes.
func (r *Keyring) append(f disk.File, records []record) error {
	if len(records) == 0 {
		return nil
	}
	b := flatten(records)
	_, err := f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		r.size += int64(len(b))
		r.take(records)
		return nil
	}
	if undo := f.Truncate(r.size); undo != nil {
		r.broken = fmt.Errorf("%w: %w", errUncertain, undo)
	}
	return err
}

func flatten(records []record) (b []byte) {
	for _, one := range records {
		b = append(b, one...)
	}
	return b
}

// setAside keeps torn bytes beside the ring: should they be a damaged key instead, an expert has them.
func (r *Keyring) setAside(torn []byte) error {
	return writeRing(r.on, r.path+".torn", torn)
}
