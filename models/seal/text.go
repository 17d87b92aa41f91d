package seal

import (
	"bytes"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// Text is a sealed text as it is stored: version, nonce, ciphertext and tag in one BLOB or BYTEA; NULL
// for the empty text. Printing, logging and JSON show its length only.
type Text []byte

// Place is where a text is stored. A text opens only in the place it was sealed for.
type Place struct {
	Table, Column string // identifiers, without "|"
	ID            ID     // the row
}

const (
	textVersion = 1
	nonceSize   = 12
	tagSize     = 16
	padding     = 32 // texts are padded to multiples of this many bytes
	padMark     = 0x80
)

// Seal seals plain for its place. The empty text gives nil.
func (k *Key) Seal(plain string, where Place) Text {
	if plain == "" {
		return nil
	}
	padded := (len(plain)/padding + 1) * padding
	t := make(Text, 1+nonceSize+padded, 1+nonceSize+padded+tagSize)
	t[0] = textVersion
	nonce, body := t[1:1+nonceSize], t[1+nonceSize:]
	fillRandom(k.parts().random, nonce)
	copy(body, plain)
	body[len(plain)] = padMark
	k.parts().text.Seal(body[:0], nonce, body, where.associated())
	return t[:cap(t)]
}

// Open returns the text, or ErrSealed for a wrong key, a wrong place or altered bytes. NULL is the empty
// text.
func (k *Key) Open(t Text, where Place) (string, error) {
	if len(t) == 0 {
		return "", nil
	}
	if len(t) < 1+nonceSize+padding+tagSize || t[0] != textVersion {
		return "", ErrSealed
	}
	body, err := k.parts().text.Open(nil, t[1:1+nonceSize], t[1+nonceSize:], where.associated())
	if err != nil {
		return "", ErrSealed
	}
	end := bytes.LastIndexByte(body, padMark) // after the mark there are only zeros
	if end < 0 {
		return "", ErrSealed
	}
	return string(body[:end]), nil
}

// associated is the version and "table|column|id".
func (p Place) associated() []byte {
	b := make([]byte, 0, 64)
	b = append(b, textVersion)
	b = append(append(b, p.Table...), '|')
	b = append(append(b, p.Column...), '|')
	return append(b, p.ID[:]...)
}

// Value stores the ciphertext; NULL when empty.
func (t Text) Value() (driver.Value, error) {
	if len(t) == 0 {
		return nil, nil
	}
	return []byte(t), nil
}

// Scan reads a BLOB, BYTEA or NULL. Text columns of another type are refused: they hold no ciphertext.
func (t *Text) Scan(stored any) error {
	switch v := stored.(type) {
	case nil:
		*t = nil
	case []byte:
		*t = bytes.Clone(v)
	default:
		return fmt.Errorf("seal: a sealed text is stored as bytes, not %T", stored)
	}
	return nil
}

// GormDataType makes the column BLOB in SQLite and BYTEA in PostgreSQL.
func (Text) GormDataType() string { return "bytes" }

// String says how long the sealed text is, never what it holds.
func (t Text) String() string {
	if len(t) == 0 {
		return "[sealed, empty]"
	}
	return fmt.Sprintf("[sealed, %d bytes]", len(t))
}

// Format prints String for every verb.
func (t Text) Format(f fmt.State, _ rune) { io.WriteString(f, t.String()) }

// LogValue is String.
func (t Text) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalJSON writes String: an export opens its texts first.
func (t Text) MarshalJSON() ([]byte, error) { return []byte(`"` + t.String() + `"`), nil }

// UnmarshalJSON always fails: JSON never carries a sealed text.
func (t *Text) UnmarshalJSON([]byte) error {
	return errors.New("seal: a sealed text is not read from JSON")
}
