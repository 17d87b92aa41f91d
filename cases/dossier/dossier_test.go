package dossier

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

func samples() map[string]Document {
	letter := caseDossier()
	letter.Paper = Letter
	greek := progressDossier()
	greek.Blocks = append([]Block{Paragraph{Text: "Ελληνικά, кириллица, Tiếng Việt"}, Mono{[]string{"λ 9f2c"}}}, greek.Blocks...)
	return map[string]Document{"case": caseDossier(), "case-letter": letter, "progress": progressDossier(),
		"greek": greek, "long": longDossier(), "hard": hardDossier(), "empty": {}}
}

func TestSameInputSameBytes(t *testing.T) {
	for name, doc := range samples() {
		t.Run(name, func(t *testing.T) {
			want := drawn(t, doc)
			if *look != "" {
				if err := os.WriteFile(filepath.Join(*look, name+".pdf"), want, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					if got, err := Draw(doc); err != nil || !bytes.Equal(got, want) {
						t.Errorf("another drawing differs: %d bytes, %d before, %v", len(got), len(want), err)
					}
				})
			}
			all.Wait()
		})
	}
}

func TestDrawLeavesItsInputAlone(t *testing.T) {
	doc := caseDossier()
	drawn(t, doc)
	if diff := cmp.Diff(caseDossier(), doc); diff != "" {
		t.Error(diff)
	}
}

func TestLayoutGolden(t *testing.T) {
	for _, name := range []string{"case", "progress"} {
		s := laid(samples()[name])
		s.frame()
		golden(t, name+".golden.txt", describe(s))
	}
}

// describe lists what stands on each page and where, in points.
func describe(s *sheet) string {
	var out strings.Builder
	for i, page := range s.pages {
		fmt.Fprintf(&out, "page %d\n", i+1)
		for _, m := range page {
			switch m := m.(type) {
			case glyphs:
				fmt.Fprintf(&out, "%6.1f %6.1f  %s %.1f #%02x%02x%02x  %s\n", m.x, m.y, fontNames[m.style.face], m.style.size, m.style.ink.r, m.style.ink.g, m.style.ink.b, m.text)
			case reference:
				fmt.Fprintf(&out, "%6.1f %6.1f  page of %q: %d\n", m.right, m.y, s.entries[m.entry].text, s.entries[m.entry].page)
			}
		}
	}
	return out.String()
}

func TestOtherReadersAcceptTheFile(t *testing.T) {
	for name, doc := range samples() {
		t.Run(name, func(t *testing.T) {
			pdf := drawn(t, doc)
			run(t, pdf, "qpdf", "--check", "in.pdf")
			if content := run(t, pdf, "qpdf", "--stream-data=uncompress", "in.pdf", "-"); strings.Contains(content, "NaN") || strings.Contains(content, "Inf ") {
				t.Error("a coordinate is no number")
			}
		})
	}
}

func TestTextCanBeCopied(t *testing.T) {
	text := strings.Join(strings.Fields(run(t, drawn(t, caseDossier()), "pdftotext", "in.pdf", "-")), " ")
	for _, want := range []string{"La petición está en la etapa de admisibilidad", "la casa de Ñuñoa; nadie quiso oír.»", "en plazo · CADH 46.1.b",
		"Código M8TB-31XQ", "1 de 4", "4 de 4", "PARA TRASMISIÓN AL ESTADO", "Copia para la coordinación jurídica · impresa el 20 de junio de 2006", "9f2c0000"} {
		if !strings.Contains(text, want) {
			t.Errorf("the copied text lacks %q", want)
		}
	}
}

func TestPropertiesTellNothing(t *testing.T) {
	doc := caseDossier()
	doc.FileTitle = "Expediente del caso · P 338-05" // and not Title, which may hold a name
	doc.Printed = time.Date(2006, 6, 20, 9, 4, 0, 0, time.FixedZone("CST", -6*3600))
	info := run(t, drawn(t, doc), "pdfinfo", "-rawdates", "in.pdf")
	for _, line := range strings.Split(info, "\n") {
		key, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); key {
		case "Author", "Creator", "Subject", "Keywords":
			t.Errorf("the file tells %s: %s", key, value)
		case "Title":
			if value != doc.FileTitle {
				t.Errorf("the file is titled %q", value)
			}
		case "Producer":
			if value != producer {
				t.Errorf("producer %q", value)
			}
		case "CreationDate", "ModDate":
			if value != "D:20060620150400" {
				t.Errorf("%s %s is not the pinned time in UTC", key, value)
			}
		case "Metadata Stream":
			if value != "no" {
				t.Error("the file carries XMP")
			}
		}
	}
}

func TestUnpinnedDateIsNotThePresent(t *testing.T) {
	if !bytes.Contains(drawn(t, Document{}), []byte("(D:20000101000000)")) {
		t.Error("a document without a time shows the time it was drawn")
	}
}

func TestContentsGiveTheRightPage(t *testing.T) {
	doc := longDossier()
	pages := strings.Split(run(t, drawn(t, doc), "pdftotext", "-layout", "in.pdf", "-"), "\f")
	for _, e := range laid(doc).entries {
		if !strings.Contains(pages[e.page-1], e.text) {
			t.Errorf("%q is not on page %d", e.text, e.page)
		}
	}
}

func TestBookmarks(t *testing.T) {
	pdf := drawn(t, Document{PageFormat: " ", Blocks: []Block{Heading{Level: 3, Text: "Cronología"}, Heading{Level: 1}, Heading{Level: 2, Number: "2", Text: "Niñez"}}})
	for _, title := range []string{"Cronología", "2 Niñez"} {
		want := []byte("/Title (\xfe\xff")
		for _, unit := range utf16.Encode([]rune(title)) {
			want = append(want, byte(unit>>8), byte(unit))
		}
		if !bytes.Contains(pdf, append(want, ')')) {
			t.Errorf("no bookmark %q", title)
		}
	}
	if n := bytes.Count(pdf, []byte("/Parent")) - 1; n != 2 { // the page has a parent too
		t.Errorf("%d bookmarks, want 2", n)
	}
	run(t, pdf, "qpdf", "--check", "in.pdf")
}

func TestPaper(t *testing.T) {
	for paper, want := range map[Paper]string{A4: "595.28 841.89", Letter: "612.00 792.00", "": "595.28 841.89"} {
		if !bytes.Contains(drawn(t, Document{Paper: paper}), []byte("/MediaBox [0 0 "+want+"]")) {
			t.Errorf("%q is not %s points", paper, want)
		}
	}
}

func TestEmptyDocumentIsOnePage(t *testing.T) {
	if n := len(laid(Document{}).pages); n != 1 {
		t.Errorf("%d pages", n)
	}
}

func TestFaultIsAnError(t *testing.T) {
	if pdf, err := Draw(Document{Blocks: []Block{faulty{}}}); err == nil || pdf != nil {
		t.Errorf("a panic while drawing gave %d bytes and %v", len(pdf), err)
	}
}

type faulty struct{}

func (faulty) draw(*sheet) { panic("fault") }
