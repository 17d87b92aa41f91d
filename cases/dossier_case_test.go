package cases_test

import (
	"os/exec"
	"strings"
	"testing"

	"expediente/cases"
	"expediente/models/modelstest"
	"expediente/templates/locale"
)

// TestThePropertiesOfADossierHoldNoName: a desktop's search collects them from every file it sees.
func TestThePropertiesOfADossierHoldNoName(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	printed, err := b.PrintCase(b.ctx, b.coordinator, ref, cases.Printing{At: b.at("2006-06-30"), Words: words.For("es")})
	if err != nil {
		t.Fatal(err)
	}
	info := exec.Command("pdfinfo", "-")
	modelstest.Need(t, info.Err == nil, "pdfinfo is not installed")
	info.Stdin = strings.NewReader(string(printed.PDF))
	text, err := info.CombinedOutput()
	if err != nil {
		t.Fatal(err, string(text))
	}
	if strings.Contains(string(text), "Asunto de prueba") || !strings.Contains(string(text), ref) {
		t.Errorf("the properties say\n%s", text)
	}
}
