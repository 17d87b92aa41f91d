package seal

import (
	"crypto/hmac"
	"encoding/base64"
	"fmt"
	"io"

	"filippo.io/age"
)

// Segment is one numbered piece of a file. It opens only under the name and number it was sealed for.
type Segment struct {
	File  string // the file's name in the store, not its title
	Index int    // from 0
}

// placeStanza is the header line that binds a segment to its place. The stock age tool skips it.
const placeStanza = "expediente.segment"

// SealSegment seals src, up to its end, as one age file. The error of src, if any, is passed on.
func (k *Key) SealSegment(src io.Reader, where Segment) (io.Reader, error) {
	return age.EncryptReader(src, placed{k, where})
}

// OpenSegment opens what SealSegment sealed. Its errors, and those of the reader, are ErrSealed unless
// src itself failed. What was read before an error was sealed by this key, but is not the whole segment.
func (k *Key) OpenSegment(src io.Reader, where Segment) (io.Reader, error) {
	watched := &watchedReader{r: src}
	plain, err := age.Decrypt(watched, placed{k, where})
	if err != nil {
		return nil, watched.blame(err)
	}
	return &openReader{plain, watched}, nil
}

// placed is an age recipient and identity in one: the matter's X25519 key and a place.
type placed struct {
	key   *Key
	where Segment
}

func (p placed) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	stanzas, err := p.key.parts().identity().Recipient().Wrap(fileKey)
	return append(stanzas, &age.Stanza{Type: placeStanza, Args: []string{p.token()}}), err
}

// Unwrap needs the stanza of the right place. age then checks the header's own code under the file key,
// so the stanza cannot have been exchanged.
func (p placed) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, s := range stanzas {
		if s.Type == placeStanza && len(s.Args) == 1 && hmac.Equal([]byte(s.Args[0]), []byte(p.token())) {
			return p.key.parts().identity().Unwrap(stanzas)
		}
	}
	return nil, age.ErrIncorrectIdentity
}

func (p placed) token() string {
	place := fmt.Sprintf("%s|%d", p.where.File, p.where.Index)
	return base64.RawURLEncoding.EncodeToString(p.key.Token("segment", place))
}

// watchedReader remembers the failure of a source, so that a bad disk is not reported as tampering.
type watchedReader struct {
	r   io.Reader
	err error
}

func (w *watchedReader) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

func (w *watchedReader) blame(err error) error {
	if w.err != nil {
		return w.err
	}
	return fmt.Errorf("%w (%v)", ErrSealed, err) // %v: the cause may be an io.EOF, which must not look like the end
}

type openReader struct {
	plain   io.Reader
	watched *watchedReader
}

func (o *openReader) Read(p []byte) (int, error) {
	n, err := o.plain.Read(p)
	if err != nil && err != io.EOF {
		err = o.watched.blame(err)
	}
	return n, err
}
