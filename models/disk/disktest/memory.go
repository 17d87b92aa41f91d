// Package disktest answers: what stays on the disk when a call fails or the power goes?
//
// Memory is a disk.FS that keeps apart what was written and what was flushed. Any call can be made to
// fail, and Crash gives the file system as a machine would find it after a power cut at that moment. A
// failed flush loses its pages for good, as Linux does: a later flush that succeeds does not bring them
// back.
package disktest

import (
	"errors"
	"io/fs"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"expediente/models/disk"
)

// ErrFault is what the chosen call fails with.
var ErrFault = errors.New("disktest: input/output error")

// PowerCut as Memory.Fails lets every call fail from FailAt on.
const PowerCut = math.MaxInt

// Memory is a file system in memory. The zero value is not usable; see New.
type Memory struct {
	FailAt int // the number, from 1, of the first call that fails; 0 for none
	Fails  int // how many calls fail from there on; PowerCut for all
	Now    func() time.Time

	mu    sync.Mutex
	calls int
	names map[string]*node // what is seen
	kept  map[string]*node // what the folders on the disk name
}

// node is a file or folder.
type node struct {
	folder  bool
	perm    fs.FileMode
	written time.Time
	data    []byte // what is seen
	kept    []byte // what is on the disk
	dirty   []bool // which bytes of data are not yet
	lock    sync.Mutex
}

// New returns a file system holding the folder root.
func New(root string) *Memory {
	m := &Memory{Now: time.Now, names: map[string]*node{}, kept: map[string]*node{}}
	for path := root; ; path = filepath.Dir(path) {
		m.names[path] = &node{folder: true, perm: 0o700}
		m.kept[path] = m.names[path]
		if path == filepath.Dir(path) {
			return m
		}
	}
}

// Calls is how many calls were made so far.
func (m *Memory) Calls() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls
}

// enter counts a call, with the file system locked, and decides whether it fails.
func (m *Memory) enter(op, path string) (unlock func(), err error) {
	m.mu.Lock()
	m.calls++
	if m.FailAt > 0 && m.calls >= m.FailAt && m.calls-m.FailAt < m.Fails {
		err = &fs.PathError{Op: op, Path: path, Err: ErrFault}
	}
	return m.mu.Unlock, err
}

// Crash returns the file system as found after a power cut now, without faults. What was not flushed is
// lost, or with a source of chance partly kept: the unflushed names of each folder and each unflushed
// block of 512 bytes with even odds.
func (m *Memory) Crash(chance *rand.Rand) *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	after := &Memory{Now: m.Now, names: map[string]*node{}, kept: map[string]*node{}}
	for path, n := range m.survivors(chance) {
		data := n.onDisk(chance)
		after.names[path] = &node{folder: n.folder, perm: n.perm, written: n.written,
			data: data, kept: slices.Clone(data), dirty: make([]bool, len(data))}
	}
	after.dropStrays()
	for path, n := range after.names {
		after.kept[path] = n
	}
	return after
}

// survivors are the names on the disk. Of each folder either all or none of the unflushed changes got
// there, by chance: a rename inside one folder is never half done.
func (m *Memory) survivors(chance *rand.Rand) map[string]*node {
	flushed := map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(m.names)) {
		flushed[filepath.Dir(path)] = chance != nil && chance.IntN(2) == 0
	}
	out := map[string]*node{}
	for _, names := range []map[string]*node{m.kept, m.names} {
		for path, n := range names {
			if seen := m.names[path] == n; seen && m.kept[path] == n || seen == flushed[filepath.Dir(path)] {
				out[path] = n
			}
		}
	}
	return out
}

// dropStrays removes what lies in folders that were lost.
func (m *Memory) dropStrays() {
	for path := range m.names {
		if dir := filepath.Dir(path); dir != path && m.names[dir] == nil {
			delete(m.names, path)
			m.dropStrays()
			return
		}
	}
}

func (n *node) onDisk(chance *rand.Rand) []byte {
	data := slices.Clone(n.kept)
	if chance == nil || chance.IntN(2) == 0 {
		return data
	}
	size := len(n.data) // the length reached the disk, the blocks perhaps not
	data = append(data, make([]byte, max(0, size-len(data)))...)[:size]
	for from := 0; from < size; from += 512 {
		to := min(from+512, size)
		if chance.IntN(2) == 0 {
			for i := from; i < to; i++ {
				if n.dirty[i] {
					data[i] = n.data[i]
				}
			}
		}
	}
	return data
}

// OpenFile opens, or with os.O_CREATE makes, a file.
func (m *Memory) OpenFile(path string, flag int, perm fs.FileMode) (disk.File, error) {
	unlock, err := m.enter("open", path)
	defer unlock()
	if err != nil {
		return nil, err
	}
	n := m.names[path]
	switch {
	case n == nil && flag&os.O_CREATE == 0, m.names[filepath.Dir(path)] == nil:
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	case n == nil:
		n = &node{perm: perm, written: m.Now()}
		m.names[path] = n
	case flag&os.O_EXCL != 0:
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
	case flag&os.O_TRUNC != 0:
		n.resize(0)
	}
	return &file{on: m, node: n, path: path, end: flag&os.O_APPEND != 0}, nil
}

// Mkdir makes a folder.
func (m *Memory) Mkdir(path string, perm fs.FileMode) error {
	unlock, err := m.enter("mkdir", path)
	defer unlock()
	if err == nil && m.names[path] != nil {
		err = &fs.PathError{Op: "mkdir", Path: path, Err: fs.ErrExist}
	}
	if err == nil {
		m.names[path] = &node{folder: true, perm: perm, written: m.Now()}
	}
	return err
}

// Rename moves a file over another.
func (m *Memory) Rename(from, to string) error {
	unlock, err := m.enter("rename", from)
	defer unlock()
	if err == nil && (m.names[from] == nil || m.names[filepath.Dir(to)] == nil) {
		err = &fs.PathError{Op: "rename", Path: from, Err: fs.ErrNotExist}
	}
	if err == nil {
		m.names[to] = m.names[from]
		delete(m.names, from)
	}
	return err
}

// Remove deletes a file.
func (m *Memory) Remove(path string) error {
	unlock, err := m.enter("remove", path)
	defer unlock()
	if err == nil && m.names[path] == nil {
		err = &fs.PathError{Op: "remove", Path: path, Err: fs.ErrNotExist}
	}
	if err == nil {
		delete(m.names, path)
	}
	return err
}

// Stat describes a file or folder.
func (m *Memory) Stat(path string) (fs.FileInfo, error) {
	unlock, err := m.enter("stat", path)
	defer unlock()
	if err != nil {
		return nil, err
	}
	n := m.names[path]
	if n == nil {
		return nil, &fs.PathError{Op: "stat", Path: path, Err: fs.ErrNotExist}
	}
	return n.info(path), nil
}

// ReadDir lists a folder in order of name.
func (m *Memory) ReadDir(path string) ([]fs.DirEntry, error) {
	unlock, err := m.enter("readdir", path)
	defer unlock()
	if err != nil {
		return nil, err
	}
	var entries []fs.DirEntry
	for name, n := range m.names {
		if filepath.Dir(name) == path && name != path {
			entries = append(entries, fs.FileInfoToDirEntry(n.info(name)))
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// SyncDir makes the names in a folder durable.
func (m *Memory) SyncDir(path string) error {
	unlock, err := m.enter("syncdir", path)
	defer unlock()
	if err != nil {
		return err
	}
	for name := range m.kept {
		if filepath.Dir(name) == path && name != path {
			delete(m.kept, name)
		}
	}
	for name, n := range m.names {
		if filepath.Dir(name) == path && name != path {
			m.kept[name] = n
		}
	}
	return nil
}

// Files are the paths of all files seen, in order.
func (m *Memory) Files() (paths []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for path, n := range m.names {
		if !n.folder {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// Content is a copy of the bytes of a file, or nil.
func (m *Memory) Content(path string) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	if n := m.names[path]; n != nil {
		return slices.Clone(n.data)
	}
	return nil
}
