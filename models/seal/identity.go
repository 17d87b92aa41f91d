package seal

import (
	"strings"

	"filippo.io/age"
)

const (
	bech32Letters  = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	identityPrefix = "age-secret-key-"
)

// newIdentity is the age identity whose scalar is the secret. age takes it as text only.
func newIdentity(secret *[SecretSize]byte) *age.X25519Identity {
	identity, err := age.ParseX25519Identity(identityText(secret))
	if err != nil { // the text is ours
		panic(err)
	}
	return identity
}

// identityText writes the secret as age does: Bech32 (BIP 173) in capitals.
func identityText(secret *[SecretSize]byte) string {
	values := fiveBits(secret[:])
	expanded := append(expandPrefix(identityPrefix), values...)
	sum := bech32Sum(append(expanded, 0, 0, 0, 0, 0, 0)) ^ 1
	for shift := 25; shift >= 0; shift -= 5 {
		values = append(values, byte(sum>>shift)&31)
	}
	var b strings.Builder
	b.WriteString(identityPrefix + "1")
	for _, v := range values {
		b.WriteByte(bech32Letters[v])
	}
	return strings.ToUpper(b.String())
}

// fiveBits regroups bytes into values of five bits, the last one filled with zeros.
func fiveBits(data []byte) (values []byte) {
	var held uint32
	var bits int
	for _, b := range data {
		held, bits = held<<8|uint32(b), bits+8
		for ; bits >= 5; bits -= 5 {
			values = append(values, byte(held>>(bits-5))&31)
		}
	}
	if bits > 0 {
		values = append(values, byte(held<<(5-bits))&31)
	}
	return values
}

func expandPrefix(prefix string) (values []byte) {
	for _, c := range []byte(prefix) {
		values = append(values, c>>5)
	}
	values = append(values, 0)
	for _, c := range []byte(prefix) {
		values = append(values, c&31)
	}
	return values
}

// bech32Sum is the checksum polynomial of BIP 173.
func bech32Sum(values []byte) uint32 {
	sum := uint32(1)
	for _, v := range values {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, g := range [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	return sum
}
