// Package seal answers: who can read what is stored?
//
// Every matter has one secret Key. With it the texts of the matter are sealed field by field (Text) and
// its files segment by segment (SealSegment); keyed tokens of it stand where something sealed must be
// found again (Token). The keys themselves lie in a Keyring, a file outside the data folder, each sealed
// by the Master key. Whoever has database, files and backups but no keyring has ciphertext.
//
// # Decisions
//
// Texts: AES-256-GCM under a key derived from the matter's secret by HKDF-SHA256, with
// "table|column|id" as associated data, so that a sealed text moved to another row or column does not
// open. Texts are padded to multiples of 32 bytes before sealing; what a length still tells is that
// multiple. The empty text stays NULL: that something was written is not hidden.
//
// Files: the public age format, to the X25519 key whose private half is the matter's secret itself. An
// exported secret (Key.Identity) therefore opens every file with the stock age tool, without this
// program; it also opens the matter's texts, which need this program. age has no associated data, so each
// segment's header carries one more stanza, which the stock tool skips, holding a keyed token of the
// file's name and the segment's number: swapped segments do not open.
//
// Wrong key, wrong place and altered bytes are one error, ErrSealed: they cannot be told apart.
//
// The keyring is append-only, and a key counts as kept when its record was flushed. Destroying a key
// writes the keyring anew under another master key, so that no older copy of the file, and no backup,
// opens for that matter with the key now in use. Older copies that lie with their older master key, such
// as old recovery copies, must be destroyed by hand. Two other designs were rejected: keys in the
// database (a stolen backup would hold them) and one master key for everything (nothing could be
// destroyed).
//
// A running process holds keys in its memory; this package does not pretend otherwise.
package seal

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// ID names the owner of a key: a matter, or the whole registry for the zero ID.
type ID = [16]byte

// SecretSize is the length of every secret, in bytes.
const SecretSize = 32

// The errors of this package, to be tested with errors.Is.
var (
	ErrSealed      = errors.New("seal: does not open: wrong key, wrong place, or altered")
	ErrNoKey       = errors.New("seal: no such key in the keyring")
	ErrKeyExists   = errors.New("seal: the keyring already holds a key under this id")
	ErrWrongMaster = errors.New("seal: this master key does not open the keyring")
	ErrReissued    = errors.New("seal: the keyring was reissued by another process; open it again")
	ErrDamaged     = errors.New("seal: the keyring is damaged; restore it from a copy")
	ErrWeak        = errors.New("seal: a passphrase needs at least 15 characters")
)

// hidden is embedded in what must never be printed, logged or encoded.
type hidden struct{}

const hiddenText = "[hidden]"

func (hidden) String() string               { return hiddenText }
func (hidden) Format(f fmt.State, _ rune)   { io.WriteString(f, hiddenText) }
func (hidden) LogValue() slog.Value         { return slog.StringValue(hiddenText) }
func (hidden) MarshalText() ([]byte, error) { return []byte(hiddenText), nil }
