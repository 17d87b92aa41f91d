package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"sync"

	"filippo.io/age"
)

// Key is the secret of one matter. It is safe for concurrent use and prints as "[hidden]".
type Key struct {
	hidden
	parts func() *parts // a function: whatever way it is printed, even inside another struct, shows an address
}

type parts struct {
	secret   [SecretSize]byte
	text     cipher.AEAD
	token    []byte
	random   io.Reader
	identity func() *age.X25519Identity // made at first use: it costs a curve multiplication
}

// NewKey returns the key of a secret. Nonces for texts come from random, or from crypto/rand when it is
// nil; age draws its own from crypto/rand.
func NewKey(secret [SecretSize]byte, random io.Reader) *Key {
	if random == nil {
		random = rand.Reader
	}
	p := &parts{
		secret:   secret,
		text:     newGCM(derive(secret[:], "expediente text 1")),
		token:    derive(secret[:], "expediente token 1"),
		random:   random,
		identity: sync.OnceValue(func() *age.X25519Identity { return newIdentity(&secret) }),
	}
	return &Key{parts: func() *parts { return p }}
}

// Token is a keyed index of plain: equal for equal texts under the same key and purpose, and telling
// nothing else without the key. It has 32 bytes. The caller normalises plain (case, spaces) before.
func (k *Key) Token(purpose, plain string) []byte {
	mac := hmac.New(sha256.New, k.parts().token)
	mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(purpose))))
	io.WriteString(mac, purpose)
	io.WriteString(mac, plain)
	return mac.Sum(nil)
}

// Identity is the matter's age identity as text ("AGE-SECRET-KEY-1…"), for an export that others open
// with the stock age tool. It is the secret itself.
func (k *Key) Identity() string { return identityText(&k.parts().secret) }

func derive(secret []byte, label string) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, label, SecretSize)
	if err != nil { // only for lengths SHA-256 cannot give
		panic(err)
	}
	return key
}

func newGCM(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil { // only for keys of another length
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil { // only for ciphers of another block size
		panic(err)
	}
	return aead
}

// fillRandom fills b or panics, as crypto/rand does: without randomness nothing may be sealed.
func fillRandom(random io.Reader, b []byte) {
	if _, err := io.ReadFull(random, b); err != nil {
		panic("seal: no randomness: " + err.Error())
	}
}
