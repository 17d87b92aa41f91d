package seal

import (
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
)

// A keyring file is a header and records, all of fixed size, integers big-endian:
//
//	header: magic 16 | registry 16 | salt 16 | nonce 12 | tag 16 | crc 4      (80 bytes)
//	record: id 16 | at 4 | of 4 | nonce 12 | sealed key 48 | crc 4            (88 bytes)
//
// The header's tag seals nothing under the master key: it says whether the master key is the right one,
// and its random nonce tells two issues of a keyring apart. Records written together are a batch: `at` of
// `of`. The CRC-32C finds torn writes; the seal finds everything else.
const (
	ringMagic  = "expediente ring1"
	headerSize = 16 + 16 + 16 + nonceSize + tagSize + 4
	recordSize = 16 + 4 + 4 + nonceSize + SecretSize + tagSize + 4
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func withSum(b []byte) []byte {
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func sumHolds(b []byte) bool {
	body, sum := b[:len(b)-4], b[len(b)-4:]
	return crc32.Checksum(body, castagnoli) == binary.BigEndian.Uint32(sum)
}

// newHeader is the first bytes of a keyring under a master key.
func newHeader(master *Master, registry ID, random io.Reader) []byte {
	h := make([]byte, 0, headerSize)
	h = append(h, ringMagic...)
	h = append(h, registry[:]...)
	h = append(h, master.salt[:]...)
	nonce := make([]byte, nonceSize)
	fillRandom(random, nonce)
	tag := master.aead().Seal(nil, nonce, nil, h)
	return withSum(append(append(h, nonce...), tag...))
}

// checkHeader tells a damaged header from a wrong master key.
func checkHeader(h []byte, master *Master) error {
	if len(h) < headerSize || string(h[:16]) != ringMagic || !sumHolds(h[:headerSize]) {
		return fmt.Errorf("%w: its header is not that of a keyring", ErrDamaged)
	}
	if _, err := master.aead().Open(nil, h[48:60], h[60:76], h[:48]); err != nil {
		return ErrWrongMaster
	}
	return nil
}

func headerRegistry(h []byte) ID { return ID(h[16:32]) }
func headerSalt(h []byte) Salt   { return Salt(h[32:48]) }

// record is one sealed key as it lies in the file.
type record []byte

func newRecord(ring cipher.AEAD, registry, id ID, at, of int, secret *[SecretSize]byte, random io.Reader) record {
	r := make(record, 0, recordSize)
	r = append(r, id[:]...)
	r = binary.BigEndian.AppendUint32(r, uint32(at))
	r = binary.BigEndian.AppendUint32(r, uint32(of))
	nonce := r[len(r) : len(r)+nonceSize]
	fillRandom(random, nonce)
	r = r[:len(r)+nonceSize]
	r = ring.Seal(r, nonce, secret[:], recordPlace(registry, id))
	return withSum(r)
}

func (r record) id() ID  { return ID(r[:16]) }
func (r record) at() int { return int(binary.BigEndian.Uint32(r[16:])) }

func (r record) open(ring cipher.AEAD, registry ID) (*[SecretSize]byte, error) {
	secret, err := ring.Open(nil, r[24:24+nonceSize], r[24+nonceSize:recordSize-4], recordPlace(registry, r.id()))
	if err != nil {
		return nil, fmt.Errorf("%w: the key of %x does not open", ErrDamaged, r.id())
	}
	return (*[SecretSize]byte)(secret), nil
}

func recordPlace(registry, id ID) []byte {
	return append(append([]byte("expediente ring1|"), registry[:]...), id[:]...)
}

// split cuts the bytes after the header into whole, checked records. The rest is what a crash left of the
// last batch, never acknowledged; ErrDamaged when it cannot be that.
func split(body []byte) (records []record, rest []byte, err error) {
	n := 0
	for ; (n+1)*recordSize <= len(body) && sumHolds(body[n*recordSize:(n+1)*recordSize]); n++ {
		records = append(records, record(body[n*recordSize:(n+1)*recordSize]))
	}
	rest = body[n*recordSize:]
	if !tornTail(rest) {
		return nil, nil, fmt.Errorf("%w: its record %d is altered", ErrDamaged, n+1)
	}
	return records, rest, nil
}

// tornTail reports whether rest, which begins with a bad record, can be the torn end of one batch: every
// good record after it then belongs to a batch that began no later than the bad one. The disk may have
// kept the later half of a batch and lost the earlier.
func tornTail(rest []byte) bool {
	for i := 1; (i+1)*recordSize <= len(rest); i++ {
		r := record(rest[i*recordSize : (i+1)*recordSize])
		if sumHolds(r) && r.at() < i {
			return false
		}
	}
	return true
}

// alone is the same record as a batch of one.
func (r record) alone() record {
	one := append(record{}, r[:16]...)
	one = append(one, 0, 0, 0, 0, 0, 0, 0, 1)
	return withSum(append(one, r[24:recordSize-4]...))
}
