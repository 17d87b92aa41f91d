package seal

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

func BenchmarkSeal(b *testing.B) {
	k, plain := testKey(1), strings.Repeat("palabra ", 25)
	for b.Loop() {
		k.Seal(plain, here)
	}
}

func BenchmarkOpen(b *testing.B) {
	k := testKey(1)
	sealed := k.Seal(strings.Repeat("palabra ", 25), here)
	for b.Loop() {
		if _, err := k.Open(sealed, here); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkToken(b *testing.B) {
	k := testKey(1)
	for b.Loop() {
		k.Token("word", "desaparicion")
	}
}

func BenchmarkSealSegment(b *testing.B) {
	k, plain := testKey(1), make([]byte, 8<<20)
	b.SetBytes(int64(len(plain)))
	for b.Loop() {
		r, _ := k.SealSegment(bytes.NewReader(plain), Segment{"f", 0})
		io.Copy(io.Discard, r)
	}
}

func BenchmarkOpenSegment(b *testing.B) {
	k, plain := testKey(1), make([]byte, 8<<20)
	sealed := sealSegment(b, k, plain, Segment{"f", 0})
	b.SetBytes(int64(len(plain)))
	for b.Loop() {
		r, _ := k.OpenSegment(bytes.NewReader(sealed), Segment{"f", 0})
		if _, err := io.Copy(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
