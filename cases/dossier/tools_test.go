package dossier

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// look, when set, is a folder where tests leave the documents they drew, for a person to look at.
var look = flag.String("look", "", "folder to leave the drawn documents in")

// drawn is the document as PDF.
func drawn(t testing.TB, doc Document) []byte {
	t.Helper()
	pdf, err := Draw(doc)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// laid is the document laid out on pages, before it is written.
func laid(doc Document) *sheet {
	s := newSheet(doc)
	s.opening()
	s.drawBlocks(withContents(doc))
	return s
}

// run gives a PDF to a program as a file named in.pdf and returns what it printed.
func run(t testing.TB, pdf []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("EXPEDIENTE_REQUIRE") == "all" {
			t.Fatalf("%s is not installed, and EXPEDIENTE_REQUIRE=all asks for it", name)
		}
		t.Skipf("%s is not installed: the PDF is not checked by another reader", name)
	}
	file := filepath.Join(t.TempDir(), "in.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, arg := range args {
		args[i] = strings.ReplaceAll(arg, "in.pdf", file)
	}
	var out bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out.String())
	}
	return out.String()
}

// golden compares text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (run with -update after looking at the pages):\n%s", name, diff)
	}
}
