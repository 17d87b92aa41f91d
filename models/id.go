package models

import (
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// ID is a UUIDv7 minted by the application and stored as its 16 bytes. It appears in no page and
// no address: people see references and codes.
type ID [16]byte

// NewID mints an ID from the instant and the source of randomness given.
func NewID(at time.Time, random io.Reader) (ID, error) {
	u, err := uuid.NewRandomFromReader(random)
	if err != nil {
		return ID{}, fmt.Errorf("minting an id: %w", err)
	}
	ms := at.UnixMilli()
	for i := range 6 {
		u[i] = byte(ms >> (40 - 8*i))
	}
	u[6] = 0x70 | u[6]&0x0f
	return ID(u), nil
}

// IsZero tells whether the ID is unset.
func (id ID) IsZero() bool { return id == ID{} }

// String is for tests and the command line.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// Value stores the 16 bytes; the zero ID is NULL.
func (id ID) Value() (driver.Value, error) {
	if id.IsZero() {
		return nil, nil
	}
	return id[:], nil
}

// Scan reads what Value stored.
func (id *ID) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*id = ID{}
		return nil
	case []byte:
		if len(v) == 16 {
			copy(id[:], v)
			return nil
		}
	}
	return fmt.Errorf("an id column held a %T", v)
}

// GormDataType keeps the mapper from treating an ID as a list.
func (ID) GormDataType() string { return "bytes" }

// Instant is a moment in UTC microseconds since 1970.
type Instant int64

// At is the instant of t.
func At(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time is the instant in UTC.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)).UTC() }

// String writes the instant as its number, for cursors.
func (i Instant) String() string { return strconv.FormatInt(int64(i), 10) }

// ParseInstant reads what String wrote; what is not a number is the beginning of time.
func ParseInstant(s string) Instant {
	n, _ := strconv.ParseInt(s, 10, 64)
	return Instant(n)
}
