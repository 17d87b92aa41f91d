package disktest

import (
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"time"
)

// file is an open file.
type file struct {
	on     *Memory
	node   *node
	path   string
	at     int
	end    bool // writes go to the end
	locked bool
}

func (f *file) Read(p []byte) (int, error) {
	unlock, err := f.on.enter("read", f.path)
	defer unlock()
	if err != nil {
		return 0, err
	}
	if f.at >= len(f.node.data) {
		return 0, io.EOF
	}
	n := copy(p, f.node.data[f.at:])
	f.at += n
	return n, nil
}

// Write that fails has written half.
func (f *file) Write(p []byte) (int, error) {
	unlock, err := f.on.enter("write", f.path)
	defer unlock()
	if err != nil {
		p = p[:len(p)/2]
	}
	if f.end {
		f.at = len(f.node.data)
	}
	if grow := f.at + len(p) - len(f.node.data); grow > 0 {
		f.node.resize(f.at + len(p))
	}
	copy(f.node.data[f.at:], p)
	for i := range p {
		f.node.dirty[f.at+i] = true
	}
	f.at += len(p)
	f.node.written = f.on.Now()
	return len(p), err
}

// Sync that fails drops what it should have flushed.
func (f *file) Sync() error {
	unlock, err := f.on.enter("sync", f.path)
	defer unlock()
	n := f.node
	kept := append(slices.Clone(n.kept), make([]byte, max(0, len(n.data)-len(n.kept)))...)[:len(n.data)]
	for i, dirty := range n.dirty {
		if dirty && err == nil {
			kept[i] = n.data[i]
		}
		n.dirty[i] = false
	}
	if err == nil {
		n.kept = kept
	}
	return err
}

func (f *file) Truncate(size int64) error {
	unlock, err := f.on.enter("truncate", f.path)
	defer unlock()
	if err == nil {
		f.node.resize(int(size))
	}
	return err
}

func (f *file) Stat() (fs.FileInfo, error) {
	unlock, err := f.on.enter("stat", f.path)
	defer unlock()
	return f.node.info(f.path), err
}

// Lock is no call that can fail: no test of ours depends on it.
func (f *file) Lock() error {
	f.node.lock.Lock()
	f.locked = true
	return nil
}

func (f *file) Close() error {
	if f.locked {
		f.locked = false
		f.node.lock.Unlock()
	}
	unlock, err := f.on.enter("close", f.path)
	defer unlock()
	return err
}

func (n *node) resize(size int) {
	if size <= len(n.data) {
		n.data, n.dirty = n.data[:size], n.dirty[:size]
		return
	}
	n.dirty = append(n.dirty, make([]bool, size-len(n.data))...)
	n.data = append(n.data, make([]byte, size-len(n.data))...)
}

// info describes a node under its name.
func (n *node) info(path string) fs.FileInfo {
	return info{filepath.Base(path), int64(len(n.data)), n.perm, n.written, n.folder}
}

type info struct {
	name    string
	size    int64
	perm    fs.FileMode
	written time.Time
	folder  bool
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return i.written }
func (i info) IsDir() bool        { return i.folder }
func (i info) Sys() any           { return nil }

func (i info) Mode() fs.FileMode {
	if i.folder {
		return i.perm | fs.ModeDir
	}
	return i.perm
}
