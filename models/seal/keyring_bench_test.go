package seal

import (
	"testing"
)

func BenchmarkOpenKeyring100k(b *testing.B) {
	ring, folder := newRing(b, 0)
	ids := make([]ID, 100_000)
	for i := range ids {
		ids[i] = id(i)
	}
	if err := ring.New(ids...); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		again, err := reopen(folder)
		if err != nil {
			b.Fatal(err)
		}
		secretOf(b, again, id(99_999))
	}
}

func BenchmarkNewKey(b *testing.B) {
	ring, _ := newRing(b, 0)
	n := 0
	for b.Loop() {
		n++
		if err := ring.New(id(n)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDestroy1k(b *testing.B) {
	ring, _ := newRing(b, 0)
	ids := make([]ID, 1000)
	for i := range ids {
		ids[i] = id(i)
	}
	if err := ring.New(ids...); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		if err := ring.Destroy(id(n), nil); err != nil {
			b.Fatal(err)
		}
		n++
	}
}
