// Package audit answers: is the record of what happened still the one that was written?
//
// Entries are the leaves of one Merkle tree in the sense of RFC 6962 (the tree of
// golang.org/x/mod/sumdb/tlog), and its head is signed as a note. Whoever kept a head can tell
// later whether the log was cut, reordered or written anew. The package knows no database: it
// works on entries and hashes.
//
// # Decisions
//
// No inner hashes are stored. The head keeps the frontier, the few hashes from which the next
// leaf and the root follow, so appending reads one row; proofs are made from the leaves when
// somebody asks for one.
package audit

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Row is one row that an entry wrote: its table, its id and the salted digest of its content.
type Row struct {
	Table  string `json:"table"`
	ID     []byte `json:"id"`
	Digest []byte `json:"digest"`
}

// Entry is a leaf. At is in UTC microseconds. By and Matter are ids, empty for the program itself
// and for what concerns no matter.
type Entry struct {
	Seq    int64  `json:"seq"`
	At     int64  `json:"at"`
	By     []byte `json:"by,omitempty"`
	Verb   string `json:"verb"`
	Matter []byte `json:"matter,omitempty"`
	Detail string `json:"detail,omitempty"`
	Rows   []Row  `json:"rows,omitempty"`
}

// Leaf is the entry's RFC 6962 leaf hash.
func (e Entry) Leaf() (tlog.Hash, error) {
	data, err := json.Marshal(e)
	if err != nil {
		return tlog.Hash{}, fmt.Errorf("writing audit entry %d: %w", e.Seq, err)
	}
	return tlog.RecordHash(data), nil
}

// RowDigest is the salted digest of a row's canonical bytes. Without the salt, a guess at the
// content of a row could be confirmed from the log.
func RowDigest(salt, canonical []byte) []byte {
	h := hmac.New(sha256.New, salt)
	h.Write(canonical)
	return h.Sum(nil)
}

// Tree is the part of a log's tree that appending needs.
type Tree struct {
	size   int64
	hashes map[int64]tlog.Hash // the frontier, by stored-hash index
}

// NewTree continues the log of the given size from its frontier.
func NewTree(size int64, frontier []byte) (*Tree, error) {
	t := &Tree{size: size, hashes: map[int64]tlog.Hash{}}
	indexes := frontierIndexes(size)
	if len(frontier) != len(indexes)*tlog.HashSize {
		return nil, errors.New("the log's head does not fit its size")
	}
	for i, index := range indexes {
		t.hashes[index] = tlog.Hash(frontier[i*tlog.HashSize:])
	}
	return t, nil
}

// Size is the number of entries.
func (t *Tree) Size() int64 { return t.size }

// Append adds the next leaf.
func (t *Tree) Append(leaf tlog.Hash) error {
	hashes, err := tlog.StoredHashesForRecordHash(t.size, leaf, t)
	if err != nil {
		return fmt.Errorf("appending audit entry %d: %w", t.size, err)
	}
	first := tlog.StoredHashIndex(0, t.size)
	for i, h := range hashes {
		t.hashes[first+int64(i)] = h
	}
	t.size++
	return nil
}

// ReadHashes serves the frontier to tlog.
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		h, ok := t.hashes[index]
		if !ok {
			return nil, fmt.Errorf("hash %d is not in the frontier", index)
		}
		list[i] = h
	}
	return list, nil
}

// Root is the tree's root hash.
func (t *Tree) Root() (tlog.Hash, error) { return tlog.TreeHash(t.size, t) }

// Frontier is what NewTree needs to go on.
func (t *Tree) Frontier() []byte {
	var b []byte
	for _, index := range frontierIndexes(t.size) {
		h := t.hashes[index]
		b = append(b, h[:]...)
	}
	return b
}

// frontierIndexes are the stored-hash indexes of the complete subtrees of a tree of n leaves,
// from the largest.
func frontierIndexes(n int64) []int64 {
	var list []int64
	var done int64
	for level := 62; level >= 0; level-- {
		if n&(1<<level) != 0 {
			list = append(list, tlog.StoredHashIndex(level, done>>level))
			done += 1 << level
		}
	}
	return list
}

// Head is a tree head that left, or may leave, the machine.
type Head struct {
	Size int64
	Root tlog.Hash
}

// origin is the first line of every head, so that no other signed note can pass for one.
const origin = "expediente audit log"

// Text is the head as the text of a note: origin, size, root.
func (h Head) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, h.Size, base64.StdEncoding.EncodeToString(h.Root[:]))
}

// ParseHead reads a head's text, signed or not; a signature is checked by Signer.Verify.
func ParseHead(text string) (Head, error) {
	lines := strings.Split(text, "\n")
	var h Head
	if len(lines) < 3 || lines[0] != origin {
		return h, errors.New(`a head begins with the line "` + origin + `", then its size and its root`)
	}
	if _, err := fmt.Sscanf(lines[1], "%d", &h.Size); err != nil || h.Size < 0 {
		return h, errors.New("the second line of a head is its size, a number")
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return h, errors.New("the third line of a head is its root, 32 bytes in base64")
	}
	copy(h.Root[:], root)
	return h, nil
}

// Signer signs heads with an Ed25519 key that lies outside the database.
type Signer struct {
	signer   note.Signer
	verifier note.Verifier
}

// NewSigner makes the signer of the registry's name from 32 secret bytes.
func NewSigner(name string, seed []byte) (*Signer, error) {
	signerKey, verifierKey, err := note.GenerateKey(bytes.NewReader(seed), name)
	if err != nil {
		return nil, fmt.Errorf("making the key that signs heads: %w", err)
	}
	s, err := note.NewSigner(signerKey)
	if err != nil {
		return nil, fmt.Errorf("making the key that signs heads: %w", err)
	}
	v, err := note.NewVerifier(verifierKey)
	return &Signer{s, v}, err
}

// Sign writes the head as a signed note.
func (s *Signer) Sign(h Head) (string, error) {
	b, err := note.Sign(&note.Note{Text: h.Text()}, s.signer)
	return string(b), err
}

// Verify reads a signed head and checks its signature.
func (s *Signer) Verify(signed string) (Head, error) {
	n, err := note.Open([]byte(signed), note.VerifierList(s.verifier))
	if err != nil {
		return Head{}, errors.New("the head's signature is not this registry's")
	}
	return ParseHead(n.Text)
}

// Short is a code of the root short enough to read over the telephone: 8 characters in two
// groups, from an alphabet without look-alikes.
func (h Head) Short() string {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	n := binary.BigEndian.Uint64(h.Root[:8])
	b := make([]byte, 9)
	for i := range b {
		if i == 4 {
			b[i] = '-'
			continue
		}
		b[i] = alphabet[n>>59]
		n <<= 5
	}
	return string(b)
}
