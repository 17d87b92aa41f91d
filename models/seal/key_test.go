package seal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
)

const canary = "María del Socorro, testigo protegida"

func testKey(n byte) *Key { return NewKey([SecretSize]byte{n}, nil) }

var here = Place{Table: "matters", Column: "title", ID: ID{1}}

func TestTextOpensInItsPlaceOnly(t *testing.T) {
	k := testKey(1)
	sealed := k.Seal(canary, here)
	if got, err := k.Open(sealed, here); err != nil || got != canary {
		t.Fatalf("got %q, %v", got, err)
	}
	for name, c := range map[string]struct {
		key   *Key
		place Place
	}{
		"another key":    {testKey(2), here},
		"another table":  {k, Place{"parties", "title", ID{1}}},
		"another column": {k, Place{"matters", "summary", ID{1}}},
		"another row":    {k, Place{"matters", "title", ID{2}}},
	} {
		if got, err := c.key.Open(sealed, c.place); !errors.Is(err, ErrSealed) || got != "" {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func TestEveryFlippedBitOfATextIsFound(t *testing.T) {
	k := testKey(1)
	sealed := k.Seal(canary, here)
	for i := range len(sealed) * 8 {
		bad := slices.Clone(sealed)
		bad[i/8] ^= 1 << (i % 8)
		if _, err := k.Open(bad, here); !errors.Is(err, ErrSealed) {
			t.Fatalf("bit %d: %v", i, err)
		}
	}
	for n := 1; n < len(sealed); n++ {
		if _, err := k.Open(sealed[:n], here); !errors.Is(err, ErrSealed) {
			t.Fatalf("cut to %d: %v", n, err)
		}
	}
}

func TestPaddingHidesTheExactLength(t *testing.T) {
	k := testKey(1)
	sizes := map[int]bool{}
	for n := 1; n < 32; n++ {
		plain := strings.Repeat("\x80", n) // the worst text for the mark
		sealed := k.Seal(plain, here)
		sizes[len(sealed)] = true
		if got, err := k.Open(sealed, here); err != nil || got != plain {
			t.Fatalf("%d bytes: got %q, %v", n, got, err)
		}
	}
	if len(sizes) != 1 {
		t.Errorf("texts of 1 to 31 bytes have %d sealed sizes, want 1", len(sizes))
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "a", "\x00", "\x80", "\x80\x00", strings.Repeat("x", 31), strings.Repeat("x", 32)} {
		f.Add(s)
	}
	k := testKey(1)
	f.Fuzz(func(t *testing.T, plain string) {
		if got, err := k.Open(k.Seal(plain, here), here); err != nil || got != plain {
			t.Fatalf("got %q, %v", got, err)
		}
		k.Open(Text(plain), here) // arbitrary stored bytes never panic
	})
}

func TestEmptyTextIsNull(t *testing.T) {
	k := testKey(1)
	sealed := k.Seal("", here)
	if v, err := sealed.Value(); v != nil || err != nil {
		t.Errorf("stored as %v, %v", v, err)
	}
	if got, err := k.Open(nil, here); got != "" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestTextRefusesPlainColumns(t *testing.T) {
	var text Text
	if err := text.Scan("plain"); err == nil {
		t.Error("a string was taken for ciphertext")
	}
	if err := json.Unmarshal([]byte(`"x"`), &text); err == nil {
		t.Error("JSON was taken for ciphertext")
	}
}

func TestNothingSecretIsPrinted(t *testing.T) {
	k := testKey(7)
	master := &Master{secret: func() []byte { return []byte{7, 7, 7} }}
	sealed := k.Seal(canary, here)
	values := []any{k, *k, master, *master, sealed, struct{ K *Key }{k}, struct{ k Key }{*k}, struct{ k *Key }{k}, struct{ m Master }{*master},
		struct{ T Text }{sealed}, []any{k, sealed}}
	var out bytes.Buffer
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q", "%d"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v)
		slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v)
		b, _ := json.Marshal(v)
		out.Write(b)
	}
	secrets := []string{canary, "7 0 0 0", "0700000000", "7, 7, 7", "0x7, 0x7", fmt.Sprintf("%x", []byte(sealed))[2:40],
		fmt.Sprint([]byte(sealed))[3:30], fmt.Sprint(k.parts().token)[1:20], fmt.Sprintf("%x", k.parts().token)}
	for _, secret := range secrets {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q was printed", secret)
		}
	}
}

func TestTokensAreSeparatedByKeyAndPurpose(t *testing.T) {
	a := testKey(1).Token("mail", "x@y")
	if !bytes.Equal(a, testKey(1).Token("mail", "x@y")) {
		t.Error("the same text has two tokens")
	}
	for name, b := range map[string][]byte{
		"key": testKey(2).Token("mail", "x@y"), "purpose": testKey(1).Token("word", "x@y"),
		"boundary": testKey(1).Token("mailx", "@y"), "text": testKey(1).Token("mail", "x@z"),
	} {
		if bytes.Equal(a, b) {
			t.Errorf("another %s gives the same token", name)
		}
	}
}

func TestNoncesDoNotRepeat(t *testing.T) {
	n := 1_000_000
	if testing.Short() {
		n = 50_000
	}
	k := testKey(1)
	seen := make(map[[nonceSize]byte]struct{}, n)
	for range n {
		seen[[nonceSize]byte(k.Seal("x", here)[1:])] = struct{}{}
	}
	if len(seen) != n {
		t.Errorf("%d texts have %d nonces", n, len(seen))
	}
}

func TestRandomnessCanBeGiven(t *testing.T) {
	seal := func() Text {
		return NewKey([SecretSize]byte{1}, bytes.NewReader(make([]byte, 12))).Seal("x", here)
	}
	if !bytes.Equal(seal(), seal()) {
		t.Error("the same randomness seals differently")
	}
	defer func() {
		if recover() == nil {
			t.Error("a text was sealed without randomness")
		}
	}()
	NewKey([SecretSize]byte{1}, bytes.NewReader(nil)).Seal("x", here)
}

func TestOneKeyServesManyAtOnce(t *testing.T) {
	k := testKey(5)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			where := Segment{"f", i}
			if got, err := k.Open(k.Seal(canary, here), here); err != nil || got != canary {
				t.Errorf("text: %q, %v", got, err)
			}
			if got, err := openSegment(k, sealSegment(t, k, []byte(canary), where), where); err != nil || string(got) != canary {
				t.Errorf("segment: %q, %v", got, err)
			}
		})
	}
	wg.Wait()
}
