package dossier

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// producer is the same in every file: a version would tell who runs an old one.
const producer = "Expediente"

// writer puts marks into a PDF and remembers what it set last.
type writer struct {
	pdf     *fpdf.Fpdf
	sheet   *sheet
	face    face
	size    float64
	targets []int          // link of each entry
	ids     map[string]int // entry of each heading's ID
}

// write is the PDF of the pages laid out.
func (s *sheet) write() ([]byte, error) {
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: s.width, Ht: s.height}})
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	w := &writer{pdf: pdf, sheet: s}
	w.properties()
	w.embed()
	w.anchors()
	for i, page := range s.pages {
		pdf.AddPage()
		w.face, w.size = faces, 0
		w.bookmarks(i + 1)
		for _, m := range page {
			m.write(w)
		}
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("dossier: write: %w", err)
	}
	return out.Bytes(), nil
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// properties pins everything that would differ between two drawings or tell about the machine.
func (w *writer) properties() {
	w.pdf.SetCatalogSort(true)
	w.pdf.SetProducer(producer, false)
	printed := w.sheet.doc.Printed.UTC()
	if printed.IsZero() {
		printed = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // the writer would put the present
	}
	w.pdf.SetCreationDate(printed)
	w.pdf.SetModificationDate(printed)
	if title := cleanLine(w.sheet.doc.FileTitle); title != "" {
		w.pdf.SetTitle(title, true)
	}
	if languageTag.MatchString(w.sheet.doc.Lang) {
		w.pdf.SetLang(w.sheet.doc.Lang)
	}
}

// embed adds the faces that the pages use.
func (w *writer) embed() {
	used := [faces]map[rune]bool{}
	note := func(f face, text string) {
		if used[f] == nil {
			used[f] = map[rune]bool{}
		}
		for _, r := range text {
			used[f][r] = true
		}
	}
	note(runStyle.face, " ") // bookmarks need it
	for _, page := range w.sheet.pages {
		for _, m := range page {
			switch m := m.(type) {
			case glyphs:
				note(m.style.face, m.text)
			case reference:
				note(m.style.face, "0123456789.")
			}
		}
	}
	for f, runes := range used {
		if runes != nil {
			w.pdf.AddUTF8FontFromBytes(fontNames[f], "", fonts()[f].fileFor(runes))
		}
	}
}

// anchors makes a link target of every heading.
func (w *writer) anchors() {
	w.ids = map[string]int{}
	for i, e := range w.sheet.entries {
		target := w.pdf.AddLink()
		w.pdf.SetLink(target, max(0, e.y-6*mm), e.page)
		w.targets = append(w.targets, target)
		if _, taken := w.ids[e.id]; e.id != "" && !taken {
			w.ids[e.id] = i
		}
	}
}

// bookmarks adds the headings of a page to the outline. The outline may not begin below its first
// level, nor go down two at once.
func (w *writer) bookmarks(number int) {
	deepest := 0
	for _, e := range w.sheet.entries {
		title := strings.TrimSpace(e.number + " " + e.text)
		if title == "" {
			continue
		}
		level := min(e.level-1, deepest)
		deepest = level + 1
		if e.page == number {
			w.font(runStyle.face, runStyle.size) // the writer encodes a title as its face would
			w.pdf.Bookmark(title, level, max(0, e.y-6*mm))
		}
	}
}

func (w *writer) font(f face, size float64) {
	if w.face != f || w.size != size {
		w.pdf.SetFont(fontNames[f], "", size)
		w.face, w.size = f, size
	}
}

func (w *writer) draws(c ink, line, dash float64) {
	w.pdf.SetDrawColor(int(c.r), int(c.g), int(c.b))
	w.pdf.SetLineWidth(line)
	if dash > 0 {
		w.pdf.SetDashPattern([]float64{dash, dash * 0.8}, 0)
	}
}

func (w *writer) undash(dash float64) {
	if dash > 0 {
		w.pdf.SetDashPattern(nil, 0)
	}
}

func (w *writer) fills(c ink) { w.pdf.SetFillColor(int(c.r), int(c.g), int(c.b)) }

// cutTo is a face with some letters only.
func cutTo(file []byte, letters string) []byte { return fpdf.UTF8CutFont(file, letters) }
