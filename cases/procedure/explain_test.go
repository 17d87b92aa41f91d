package procedure_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"expediente/cases/procedure"
	"expediente/templates/locale"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestExplain keeps the prose of every procedure beside the data, so that a lawyer reviews what
// a change of the data says.
func TestExplain(t *testing.T) {
	l, err := procedure.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range catalogue.Languages() {
		w := catalogue.For(lang)
		for _, d := range l.All() {
			golden(t, d.ID+"."+lang, d.Explain(w))
		}
		golden(t, "states."+lang, l.States().Explain(w))
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if i := strings.Index(got, "⟦"); i >= 0 {
		t.Errorf("%s: words are missing: %.40s", name, got[i:])
	}
	path := filepath.Join("testdata", name+".golden.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: the prose changed; review it with go test ./cases/procedure -update and git diff", path)
	}
}
