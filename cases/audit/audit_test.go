package audit

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// whole keeps every hash, as tlog's own documentation does it.
type whole []tlog.Hash

func (w whole) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		list[i] = w[x]
	}
	return list, nil
}

func TestFrontierGivesTheSameRootAsTheWholeTree(t *testing.T) {
	var all whole
	tree, err := NewTree(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range int64(300) {
		leaf, err := Entry{Seq: n, Verb: "milestone.log"}.Leaf()
		if err != nil {
			t.Fatal(err)
		}
		hashes, err := tlog.StoredHashesForRecordHash(n, leaf, all)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, hashes...)
		if err := tree.Append(leaf); err != nil {
			t.Fatal(err)
		}
		if tree, err = NewTree(n+1, tree.Frontier()); err != nil { // as after reading it back
			t.Fatal(err)
		}
		want, _ := tlog.TreeHash(n+1, all)
		if got, err := tree.Root(); err != nil || got != want {
			t.Fatalf("root of %d entries is %v (%v), want %v", n+1, got, err, want)
		}
	}
}

func TestEveryFieldOfAnEntryChangesItsLeaf(t *testing.T) {
	base := Entry{Seq: 7, At: 1, By: []byte{1}, Verb: "a", Matter: []byte{2}, Detail: "d", Rows: []Row{{"t", []byte{1}, []byte{9}}}}
	seen := map[tlog.Hash]string{}
	for name, change := range map[string]func(*Entry){
		"nothing": func(*Entry) {}, "seq": func(e *Entry) { e.Seq++ }, "at": func(e *Entry) { e.At++ },
		"by": func(e *Entry) { e.By = []byte{3} }, "verb": func(e *Entry) { e.Verb = "b" },
		"matter": func(e *Entry) { e.Matter = nil }, "detail": func(e *Entry) { e.Detail = "" },
		"table": func(e *Entry) { e.Rows = []Row{{"u", []byte{1}, []byte{9}}} },
		"row":   func(e *Entry) { e.Rows = []Row{{"t", []byte{2}, []byte{9}}} },
		"rows":  func(e *Entry) { e.Rows = nil }, "digest": func(e *Entry) { e.Rows = []Row{{"t", []byte{1}, []byte{8}}} },
	} {
		e := base
		change(&e)
		leaf, err := e.Leaf()
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[leaf]; ok {
			t.Errorf("changing %s and changing %s give the same leaf", name, other)
		}
		seen[leaf] = name
	}
}

func TestHeadsAreSignedAndReadBack(t *testing.T) {
	s, err := NewSigner("registry", bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		h := Head{Size: rapid.Int64Range(0, 1<<40).Draw(t, "size")}
		copy(h.Root[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "root"))
		signed, err := s.Sign(h)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := s.Verify(signed); err != nil || back != h {
			t.Fatalf("%v reads back as %v (%v)", h, back, err)
		}
		forged := strings.Replace(signed, "\n", "\n1", 1)
		if _, err := s.Verify(forged); err == nil {
			t.Fatal("a head with another size passed")
		}
	})
	other, err := NewSigner("registry", bytes.Repeat([]byte{8}, 32))
	if err != nil {
		t.Fatal(err)
	}
	signed, _ := other.Sign(Head{Size: 1})
	if _, err := s.Verify(signed); err == nil {
		t.Error("another registry's head passed")
	}
}

func TestSameSeedSameKey(t *testing.T) {
	a, _ := NewSigner("registry", bytes.Repeat([]byte{7}, 32))
	b, _ := NewSigner("registry", bytes.Repeat([]byte{7}, 32))
	signed, _ := a.Sign(Head{Size: 3})
	if _, err := b.Verify(signed); err != nil {
		t.Error(err)
	}
}
