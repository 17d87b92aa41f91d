// Package disk answers: when are bytes safe on this machine?
//
// A file is safe when its bytes were flushed and the folder that names it was flushed too. FS is
// the small layer through which keys and evidence are written, so that a test can make any single
// call fail or cut the power after it (see disktest).
//
// # Decisions
//
// A file becomes visible only whole: it is written under a temporary name, flushed, renamed, and its
// folder flushed. A failed flush is never tried again as if nothing had happened, since the system may
// have dropped the pages: the temporary file is thrown away and the caller starts over.
package disk

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// FS is what the layers above need of a file system. Paths are those of the operating system.
type FS interface {
	OpenFile(path string, flag int, perm fs.FileMode) (File, error)
	Mkdir(path string, perm fs.FileMode) error
	Rename(from, to string) error
	Remove(path string) error
	Stat(path string) (fs.FileInfo, error)
	ReadDir(path string) ([]fs.DirEntry, error)
	SyncDir(path string) error // makes names created, renamed or removed in the folder durable
}

// File is an open file of an FS.
type File interface {
	io.ReadWriteCloser
	Sync() error
	Truncate(size int64) error
	Stat() (fs.FileInfo, error)
	Lock() error // waits for sole use among processes, until Close; a no-op where the system has none
}

// block is how much is handed to the system at a time; larger blocks were slower with fsync.
const block = 128 << 10

// Write stores what r yields as the file path, durably, and returns the bytes written. What path held
// before is seen until the new file is whole. After an error from anything but the last flush of the
// folder path is untouched, and the temporary file is gone if it could be removed. Both names must be
// on the same file system.
func Write(ctx context.Context, on FS, temporary, path string, perm fs.FileMode, r io.Reader) (int64, error) {
	size, err := fill(ctx, on, temporary, perm, r)
	if err == nil {
		err = on.Rename(temporary, path)
	}
	if err != nil {
		return 0, errors.Join(err, IgnoreMissing(on.Remove(temporary)))
	}
	return size, on.SyncDir(filepath.Dir(path))
}

// IgnoreMissing is err, or nil when err says that a file is not there.
func IgnoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// fill creates the file path anew and flushes it.
func fill(ctx context.Context, on FS, path string, perm fs.FileMode, r io.Reader) (size int64, err error) {
	f, err := on.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if size, err = copyBlocks(ctx, f, r); err != nil {
		return size, err
	}
	return size, f.Sync()
}

// copyBlocks copies in whole blocks and stops between two when ctx ends.
func copyBlocks(ctx context.Context, w io.Writer, r io.Reader) (size int64, err error) {
	buf := make([]byte, block)
	for {
		n, readErr := readBlock(r, buf)
		if err := ctx.Err(); err != nil {
			return size, err
		}
		written, err := w.Write(buf[:n])
		if size += int64(written); err != nil {
			return size, err
		}
		if readErr == io.EOF {
			return size, nil
		}
		if readErr != nil {
			return size, readErr
		}
	}
}

// readBlock fills buf as far as r goes. Unlike io.ReadFull it keeps a clean end apart from
// io.ErrUnexpectedEOF, which is what a broken upload ends with.
func readBlock(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var m int
		m, err = r.Read(buf[n:])
		n += m
	}
	return n, err
}

// MkdirAll creates the folder path and its parents, private to the owner, and makes each new name
// durable.
func MkdirAll(on FS, path string) error {
	if info, err := on.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(path)
	if parent != path {
		if err := MkdirAll(on, parent); err != nil {
			return err
		}
	}
	if err := on.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return on.SyncDir(parent)
}

// ReadFile reads the whole file.
func ReadFile(on FS, path string) ([]byte, error) {
	f, err := on.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
