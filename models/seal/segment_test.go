package seal

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"filippo.io/age"
)

func sealSegment(t testing.TB, k *Key, plain []byte, where Segment) []byte {
	t.Helper()
	r, err := k.SealSegment(bytes.NewReader(plain), where)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func openSegment(k *Key, sealed []byte, where Segment) ([]byte, error) {
	r, err := k.OpenSegment(bytes.NewReader(sealed), where)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func TestStockAgeOpensSegmentsWithTheExportedIdentity(t *testing.T) {
	k := testKey(3)
	plain := bytes.Repeat([]byte(canary), 5000)
	identity, err := age.ParseX25519Identity(k.Identity())
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(sealSegment(t, k, plain, Segment{"f", 0})), identity)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	if other, _ := age.GenerateX25519Identity(); other.String() == k.Identity() {
		t.Error("two identities are equal")
	}
}

func TestSegmentOpensInItsPlaceOnly(t *testing.T) {
	k, plain := testKey(3), []byte(canary)
	sealed := sealSegment(t, k, plain, Segment{"f", 1})
	if got, err := openSegment(k, sealed, Segment{"f", 1}); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("got %q, %v", got, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"another key":    func() ([]byte, error) { return openSegment(testKey(4), sealed, Segment{"f", 1}) },
		"another file":   func() ([]byte, error) { return openSegment(k, sealed, Segment{"g", 1}) },
		"another number": func() ([]byte, error) { return openSegment(k, sealed, Segment{"f", 0}) },
	} {
		if _, err := open(); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEveryFlippedByteOfASegmentIsFound(t *testing.T) {
	k := testKey(3)
	for _, size := range []int{0, 100, 65536 + 10} {
		sealed := sealSegment(t, k, make([]byte, size), Segment{"f", 0})
		step := 1 + len(sealed)/700
		for i := 0; i < len(sealed); i += step {
			bad := slices.Clone(sealed)
			bad[i] ^= 0x20
			if _, err := openSegment(k, bad, Segment{"f", 0}); !errors.Is(err, ErrSealed) {
				t.Fatalf("size %d, byte %d: %v", size, i, err)
			}
			if _, err := openSegment(k, sealed[:i], Segment{"f", 0}); !errors.Is(err, ErrSealed) || errors.Is(err, io.EOF) {
				t.Fatalf("size %d, cut to %d: %v", size, i, err)
			}
		}
		if _, err := openSegment(k, append(sealed, 0), Segment{"f", 0}); !errors.Is(err, ErrSealed) {
			t.Fatalf("a byte more: %v", err)
		}
	}
}

func TestABadDiskIsNotReportedAsTampering(t *testing.T) {
	k := testKey(3)
	sealed := sealSegment(t, k, make([]byte, 200_000), Segment{"f", 0})
	for _, at := range []int{0, 50, 300, 100_000} {
		src := io.MultiReader(bytes.NewReader(sealed[:at]), failing{})
		r, err := k.OpenSegment(src, Segment{"f", 0})
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if !errors.Is(err, errDisk) || errors.Is(err, ErrSealed) {
			t.Errorf("at %d: %v", at, err)
		}
	}
}

var errDisk = errors.New("bad sector")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errDisk }
