package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"expediente/models/seal"
)

// Open streams a file of that many segments as it was received. Reading fails with ErrNotFound for a
// missing segment and seal.ErrSealed for an altered one, a wrong key, or a segment of another place.
func (s *Sealed) Open(ctx context.Context, key *seal.Key, name string, segments int) (io.ReadCloser, error) {
	if err := errors.Join(CheckName(name), ctx.Err()); err != nil {
		return nil, err
	}
	return &reading{s: s, ctx: ctx, key: key, name: name, segments: segments}, nil
}

// OpenRange streams length bytes from offset, opening only the segments they lie in. A range that
// reaches beyond the end stops there.
func (s *Sealed) OpenRange(ctx context.Context, key *seal.Key, name string, segments int, offset, length int64) (io.ReadCloser, error) {
	if err := errors.Join(CheckName(name), ctx.Err()); err != nil {
		return nil, err
	}
	if offset < 0 || length < 0 {
		return nil, fmt.Errorf("blob: no range from %d of length %d", offset, length)
	}
	r := &reading{s: s, ctx: ctx, key: key, name: name, segments: segments, next: int(offset / s.segment)}
	if _, err := io.CopyN(io.Discard, r, offset%s.segment); err != nil && err != io.EOF {
		return nil, errors.Join(err, r.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, length), r}, nil
}

// Verify reads every byte of a file and returns its digest and size as received, to be compared with
// what was recorded.
func (s *Sealed) Verify(ctx context.Context, key *seal.Key, name string, segments int) (sum [sha256.Size]byte, size int64, err error) {
	r, err := s.Open(ctx, key, name, segments)
	if err != nil {
		return sum, 0, err
	}
	defer r.Close()
	digest := sha256.New()
	size, err = io.Copy(digest, r)
	digest.Sum(sum[:0])
	return sum, size, err
}

// reading opens one segment after the other.
type reading struct {
	s        *Sealed
	ctx      context.Context
	key      *seal.Key
	name     string
	segments int
	next     int // the segment to open when the present one is read

	stored io.Closer // the present segment; nil before the first and after the last
	plain  io.Reader
	read   int64 // bytes of the present segment
	err    error // sticky
}

func (r *reading) Read(p []byte) (n int, err error) {
	for n == 0 && r.err == nil && len(p) > 0 {
		if err := r.ctx.Err(); err != nil {
			return 0, err
		}
		if r.stored == nil {
			r.err = r.open()
			continue
		}
		n, err = r.plain.Read(p)
		r.read += int64(n)
		if err != nil {
			r.err = r.finish(err)
		}
	}
	if n > 0 {
		return n, nil
	}
	return 0, r.err
}

// open begins the next segment; io.EOF after the last.
func (r *reading) open() error {
	if r.next >= r.segments {
		return io.EOF
	}
	stored, err := r.s.store.Open(r.ctx, segmentName(r.name, r.next))
	if err != nil {
		return err
	}
	plain, err := r.key.OpenSegment(stored, seal.Segment{File: r.name, Index: r.next})
	if err != nil {
		return errors.Join(fmt.Errorf("segment %d of %s: %w", r.next, r.name, err), stored.Close())
	}
	r.stored, r.plain, r.read = stored, plain, 0
	r.next++
	return nil
}

// finish ends the present segment. All but the last must be full.
func (r *reading) finish(err error) error {
	closeErr := r.Close()
	if err == io.EOF && r.next < r.segments && r.read != r.s.segment {
		err = fmt.Errorf("%w (it ends early)", seal.ErrSealed)
	}
	if err != io.EOF {
		return fmt.Errorf("segment %d of %s: %w", r.next-1, r.name, err)
	}
	return closeErr
}

// Close releases the present segment.
func (r *reading) Close() error {
	if r.stored == nil {
		return nil
	}
	err := r.stored.Close()
	r.stored = nil
	return err
}
