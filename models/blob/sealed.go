package blob

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"

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
}

// NewSealed returns the files of a store.
func NewSealed(store Store) *Sealed { return &Sealed{store, SegmentSize} }

// Receipt says what was stored.
type Receipt struct {
	Name     string
	SHA256   [sha256.Size]byte // of the file as received: what sha256sum says
	Size     int64             // bytes as received
	Segments int
	Head     []byte `json:"-"` // the first 3 KiB as received, to tell the type; never stored or logged
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
	in := &intake{ctx: ctx, src: r, limit: limit, digest: sha256.New()}
	receipt := Receipt{Name: name}
	src := bufio.NewReaderSize(in, 64<<10)
	for more := true; more; {
		if err := s.put(ctx, key, name, receipt.Segments, io.LimitReader(src, s.segment)); err != nil {
			return Receipt{}, errors.Join(err, s.discard(ctx, name, receipt.Segments))
		}
		receipt.Segments++
		_, err := src.Peek(1)
		if more = err != io.EOF; more && err != nil {
			return Receipt{}, errors.Join(err, s.discard(ctx, name, receipt.Segments))
		}
	}
	receipt.Size, receipt.Head = in.size, in.head
	in.digest.Sum(receipt.SHA256[:0])
	return receipt, nil
}

// put seals one segment into the store.
func (s *Sealed) put(ctx context.Context, key *seal.Key, name string, index int, plain io.Reader) error {
	sealed, err := key.SealSegment(plain, seal.Segment{File: name, Index: index})
	if err != nil {
		return err
	}
	_, err = s.store.Put(ctx, segmentName(name, index), sealed)
	return err
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

// intake is the file as it comes in: counted, limited, digested, its head kept.
type intake struct {
	ctx    context.Context
	src    io.Reader
	limit  int64
	size   int64
	digest hash.Hash
	head   []byte
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
	in.digest.Write(p[:n])
	in.head = append(in.head, p[:min(n, headSize-len(in.head))]...)
	return n, err
}
