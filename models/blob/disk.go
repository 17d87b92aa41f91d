package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"expediente/models/disk"
)

// Disk is a Store in a folder: the blob abcdef… is the file ab/abcdef…, readable by the owner only.
type Disk struct {
	root string
	on   disk.FS

	mu     sync.Mutex
	making map[string]bool // names being put, so that two puts of one name cannot both succeed
}

// temporaryFolder holds what is being written. It is on the file system of the blobs, for rename's sake.
const temporaryFolder = "tmp"

// NewDisk opens the store in the folder root, which is created if need be.
func NewDisk(root string, on disk.FS) (*Disk, error) {
	d := &Disk{root: root, on: on, making: map[string]bool{}}
	if err := disk.MkdirAll(on, filepath.Join(root, temporaryFolder)); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	return d, nil
}

func (d *Disk) path(name string) string { return filepath.Join(d.root, name[:2], name) }

// Put stores r durably under a new name.
func (d *Disk) Put(ctx context.Context, name string, r io.Reader) (int64, error) {
	if err := d.claim(name); err != nil {
		return 0, err
	}
	defer d.release(name)
	path := d.path(name)
	if err := disk.MkdirAll(d.on, filepath.Dir(path)); err != nil {
		return 0, fmt.Errorf("put %s: %w", name, err)
	}
	temporary := filepath.Join(d.root, temporaryFolder, name+"."+rand.Text())
	size, err := disk.Write(ctx, d.on, temporary, path, 0o400, r)
	if err != nil { // the name may be there, but unflushed
		return 0, fmt.Errorf("put %s: %w", name, errors.Join(err, disk.IgnoreMissing(d.on.Remove(path))))
	}
	return size, nil
}

// claim reserves a name that is free.
func (d *Disk) claim(name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	_, err := d.on.Stat(d.path(name))
	if err == nil || d.making[name] {
		return ErrExists
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	d.making[name] = true
	return nil
}

func (d *Disk) release(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.making, name)
}

// Open returns the bytes, or ErrNotFound.
func (d *Disk) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	if err := errors.Join(CheckName(name), ctx.Err()); err != nil {
		return nil, err
	}
	f, err := d.on.OpenFile(d.path(name), os.O_RDONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrNotFound, name)
	}
	return f, err
}

// Remove deletes a blob durably.
func (d *Disk) Remove(ctx context.Context, name string) error {
	if err := errors.Join(CheckName(name), ctx.Err()); err != nil {
		return err
	}
	err := d.on.Remove(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.on.SyncDir(filepath.Dir(d.path(name)))
}

// List calls fn for each blob, in order of name. Files that are no blobs are passed over.
func (d *Disk) List(ctx context.Context, fn func(Entry) error) error {
	folders, err := d.on.ReadDir(d.root)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if len(folder.Name()) != 2 {
			continue
		}
		if err := d.listFolder(ctx, folder.Name(), fn); err != nil {
			return err
		}
	}
	return nil
}

func (d *Disk) listFolder(ctx context.Context, folder string, fn func(Entry) error) error {
	return d.eachFile(ctx, filepath.Join(d.root, folder), func(e Entry) error {
		if CheckName(e.Name) != nil || e.Name[:2] != folder {
			return nil
		}
		return fn(e)
	})
}

// Tidy removes temporary files that no running Put can still be writing.
func (d *Disk) Tidy(ctx context.Context, before time.Time) (removed int, err error) {
	folder := filepath.Join(d.root, temporaryFolder)
	err = d.eachFile(ctx, folder, func(e Entry) error {
		if !e.Written.Before(before) {
			return nil
		}
		removed++
		return d.on.Remove(filepath.Join(folder, e.Name))
	})
	return removed, err
}

func (d *Disk) eachFile(ctx context.Context, folder string, fn func(Entry) error) error {
	files, err := d.on.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, file := range files {
		info, err := file.Info()
		if errors.Is(err, fs.ErrNotExist) { // removed meanwhile
			continue
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if err := fn(Entry{file.Name(), info.Size(), info.ModTime()}); err != nil {
			return err
		}
	}
	return nil
}
