package blob

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"slices"

	"expediente/models/seal"
)

// SegmentSize is how much of a file, in bytes, is sealed as one piece.
const SegmentSize = 8 << 20

// headSize is how much of a file's beginning is kept to tell its type.
const headSize = 3 << 10

// Sealed keeps files of any length in a Store, sealed. Memory use does not grow with the file.
type Sealed struct {
	store   Store
	segment int64
	held    holds
}

// NewSealed returns the files of a store.
func NewSealed(store Store) *Sealed { return &Sealed{store: store, segment: SegmentSize} }

// Receipt says what was stored.
type Receipt struct {
	Name     string
	SHA256   [sha256.Size]byte // of the file as received: what sha256sum says; zero until it is whole
	Size     int64             // bytes as received
	Segments int
	Head     []byte `json:"-"` // the first 3 KiB as received, to tell the type; never stored or logged
	State    []byte `json:"-"` // the digest so far, for Resume; nil once the file is whole
}

// String leaves the head out.
func (r Receipt) String() string {
	return fmt.Sprintf("%s: %d bytes in %d segments, SHA-256 %x", r.Name, r.Size, r.Segments, r.SHA256)
}

// Format prints String for every verb.
func (r Receipt) Format(f fmt.State, _ rune) { io.WriteString(f, r.String()) }

// LogValue is String.
func (r Receipt) LogValue() slog.Value { return slog.StringValue(r.String()) }

// TooLarge says that a file is longer than allowed.
type TooLarge struct {
	Limit int64 // bytes
}

func (e *TooLarge) Error() string {
	return fmt.Sprintf("blob: the file is larger than %d bytes", e.Limit)
}

// Write seals and stores r under a new name, durably. A limit of 0 is none; a longer file gives
// *TooLarge. After any error, the end of ctx included, nothing of it stays, unless the store refuses to
// remove it: then Sweep does later.
func (s *Sealed) Write(ctx context.Context, key *seal.Key, name string, r io.Reader, limit int64) (Receipt, error) {
	defer s.Hold(name)()
	receipt, err := s.write(ctx, key, Receipt{Name: name}, r, limit, false)
	if err != nil {
		return Receipt{}, errors.Join(err, s.discard(ctx, name, receipt.Segments))
	}
	return receipt, nil
}

// Resume goes on with a file of which from was the last durable state (at first a Receipt with the name
// only); r begins at byte from.Size. It ends with the file whole, or with an error and the receipt of
// what is durable now, to be resumed from or removed. A source that ends early must therefore fail
// rather than say io.EOF. The caller keeps Head and State, sealed, between two calls.
func (s *Sealed) Resume(ctx context.Context, key *seal.Key, from Receipt, r io.Reader, limit int64) (Receipt, error) {
	defer s.Hold(from.Name)()
	if from.Size != int64(from.Segments)*s.segment {
		return from, fmt.Errorf("blob: %s is whole and takes no more", from.Name)
	}
	return s.write(ctx, key, from, r, limit, true)
}

// write stores what r holds after done. With again, segments may lie there already, put just before a crash
// and not recorded; they are replaced.
func (s *Sealed) write(ctx context.Context, key *seal.Key, done Receipt, r io.Reader, limit int64, again bool) (Receipt, error) {
	digest, err := digestFrom(done.State)
	if err != nil {
		return done, err
	}
	src := bufio.NewReaderSize(&intake{ctx: ctx, src: r, limit: limit, size: done.Size}, 64<<10)
	for {
		_, err := src.Peek(1)
		if err == io.EOF && done.Segments > 0 {
			digest.Sum(done.SHA256[:0])
			done.State = nil
			return done, nil
		}
		if err != nil && err != io.EOF {
			return done, err
		}
		if again {
			if err := s.store.Remove(ctx, segmentName(done.Name, done.Segments)); err != nil {
				return done, err
			}
		}
		next, err := s.put(ctx, key, done, io.LimitReader(src, s.segment), digest)
		if err != nil {
			return done, err
		}
		done = next
	}
}

// put seals one more segment into the store and returns the receipt that counts it in.
func (s *Sealed) put(ctx context.Context, key *seal.Key, done Receipt, plain io.Reader, digest hash.Hash) (Receipt, error) {
	piece := &piece{src: io.TeeReader(plain, digest), head: slices.Clip(done.Head)}
	sealed, err := key.SealSegment(piece, seal.Segment{File: done.Name, Index: done.Segments})
	if err != nil {
		return done, err
	}
	if _, err = s.store.Put(ctx, segmentName(done.Name, done.Segments), sealed); err != nil {
		return done, err
	}
	done.Segments++
	done.Size += piece.size
	done.Head = piece.head
	done.State, err = digest.(encoding.BinaryMarshaler).MarshalBinary()
	return done, err
}

// digestFrom is a SHA-256 that goes on from a state; nil begins.
func digestFrom(state []byte) (hash.Hash, error) {
	digest := sha256.New()
	if state == nil {
		return digest, nil
	}
	return digest, digest.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
}

// discard removes the first segments of a file even when ctx has ended.
func (s *Sealed) discard(ctx context.Context, name string, segments int) (failed error) {
	for i := range segments {
		err := s.store.Remove(context.WithoutCancel(ctx), segmentName(name, i))
		failed = errors.Join(failed, err)
	}
	return failed
}

// Remove deletes a file of that many segments.
func (s *Sealed) Remove(ctx context.Context, name string, segments int) error {
	return s.discard(ctx, name, segments)
}

func segmentName(name string, index int) string { return fmt.Sprintf("%s.%04d", name, index) }

// intake is the file as it comes in: limited, and ending with ctx.
type intake struct {
	ctx         context.Context
	src         io.Reader
	limit, size int64
}

func (in *intake) Read(p []byte) (int, error) {
	if err := in.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := in.src.Read(p)
	in.size += int64(n)
	if in.limit > 0 && in.size > in.limit {
		return 0, &TooLarge{in.limit}
	}
	return n, err
}

// piece is the plain text of one segment: counted, and its beginning kept while head is not full.
type piece struct {
	src  io.Reader
	size int64
	head []byte
}

func (p *piece) Read(b []byte) (int, error) {
	n, err := p.src.Read(b)
	p.size += int64(n)
	p.head = append(p.head, b[:min(n, headSize-len(p.head))]...)
	return n, err
}
