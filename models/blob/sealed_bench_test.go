package blob

import (
	"fmt"
	"path/filepath"
	"testing"

	"expediente/models/disk"
)

func benchmarkStore(b *testing.B) *Sealed {
	d, err := NewDisk(filepath.Join(b.TempDir(), "evidence"), disk.OS{})
	if err != nil {
		b.Fatal(err)
	}
	return NewSealed(d)
}

func BenchmarkWrite64MiB(b *testing.B) {
	s, n := benchmarkStore(b), 0
	b.SetBytes(64 << 20)
	b.ReportAllocs()
	for b.Loop() {
		n++
		receipt, err := s.Write(b.Context(), key, fmt.Sprintf("file%08d", n), &endless{64 << 20}, 0)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		s.Remove(b.Context(), receipt.Name, receipt.Segments)
		b.StartTimer()
	}
}

func BenchmarkWrite100KiB(b *testing.B) {
	s, n := benchmarkStore(b), 0
	b.SetBytes(100 << 10)
	for b.Loop() {
		n++
		if _, err := s.Write(b.Context(), key, fmt.Sprintf("file%08d", n), &endless{100 << 10}, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify64MiB(b *testing.B) {
	s := benchmarkStore(b)
	receipt, err := s.Write(b.Context(), key, file, &endless{64 << 20}, 0)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(64 << 20)
	for b.Loop() {
		if _, _, err := s.Verify(b.Context(), key, file, receipt.Segments); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenRange(b *testing.B) {
	s := benchmarkStore(b)
	receipt, err := s.Write(b.Context(), key, file, &endless{64 << 20}, 0)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() { // the middle of a segment, 64 KiB: a player seeking
		if _, err := readAll(s.OpenRange(b.Context(), key, file, receipt.Segments, 44<<20, 64<<10)); err != nil {
			b.Fatal(err)
		}
	}
}
