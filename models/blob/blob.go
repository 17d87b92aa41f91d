// Package blob answers: where do the bytes of evidence lie, and are they whole?
//
// A Store keeps named, unchanging byte strings; Disk is the one on this machine. Sealed lies on top and
// is what the registry uses: it cuts a file into segments of 8 MiB, seals each with the matter's key
// (seal.Key.SealSegment) and stores them as name.0000, name.0001 and so on. Only sealed bytes reach a
// Store, temporary files included.
//
// # Decisions
//
// Segments instead of one long ciphertext: what was received stays received when an upload breaks off, a
// range opens only the segments it touches, and each is a complete age file for the stock tool. The
// number and rough size of the segments show how long a file is; that is not hidden.
//
// Names are random and given by the caller. A name made from the content would let anyone with the disk
// confirm that a known file is in the registry.
//
// Nothing is ever overwritten. Put answers without error only when the bytes and their name were flushed;
// what a crash leaves without a row is removed by Sweep.
package blob

import (
	"context"
	"errors"
	"io"
	"regexp"
	"time"
)

// Store keeps blobs. Implementations pass blobtest.Run.
type Store interface {
	// Put stores r under a new name and returns its size. When it returns without error the blob is
	// durable; after any error there is no blob of that name. ErrExists when there was one before.
	Put(ctx context.Context, name string, r io.Reader) (size int64, err error)
	// Open returns the bytes, or ErrNotFound.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// Remove deletes a blob; deleting one that is not there is no error.
	Remove(ctx context.Context, name string) error
	// List calls fn for each blob, in order of name, until fn fails.
	List(ctx context.Context, fn func(Entry) error) error
}

// Tidier is a Store that may leave temporary files after a crash.
type Tidier interface {
	// Tidy removes temporary files last written before the instant, and says how many.
	Tidy(ctx context.Context, before time.Time) (removed int, err error)
}

// Entry is one blob of a list.
type Entry struct {
	Name    string
	Size    int64 // bytes, as stored
	Written time.Time
}

// The errors of every Store, to be tested with errors.Is.
var (
	ErrNotFound = errors.New("blob: not found")
	ErrExists   = errors.New("blob: there is already a blob of this name")
	ErrName     = errors.New("blob: a name has 8 to 100 small letters and digits, then perhaps a dot and digits")
)

var validName = regexp.MustCompile(`^[a-z0-9]{8,100}(\.[0-9]{1,8})?$`)

// CheckName is nil for a name that every Store accepts, or ErrName. Such a name is no path and means the
// same where capitals are not told apart.
func CheckName(name string) error {
	if !validName.MatchString(name) {
		return ErrName
	}
	return nil
}
