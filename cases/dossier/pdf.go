package dossier

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// producer is the same in every file: a version would tell who runs an old one.
const producer = "Expediente"

// mark is one thing on a page at its final place.
type mark interface {
	write(w *writer)
}

type (
	point  struct{ x, y float64 }
	glyphs struct {
		x, y  float64 // start of the baseline
		style style
		text  string
	}
	rule struct {
		x1, y1, x2, y2 float64
		line           float64
		ink            ink
		dash           float64 // length of dashes and gaps; 0 is a full line
	}
	box struct {
		x, y, w, h   float64
		fill, stroke ink
		filled       bool
		line         float64 // 0 draws no edge
	}
	disc struct {
		x, y, radius float64
		fill, stroke ink
		line         float64
	}
	path struct {
		points []point
		fill   ink
		filled bool
		stroke ink
		line   float64 // 0 draws no edge
		dash   float64
	}
	// area is where a click follows a link: an address, or "#" and a heading's ID.
	area struct {
		x, y, w, h float64
		link       string
	}
	// leap is where a click goes to an entry.
	leap struct {
		x, y, w, h float64
		entry      int
	}
	// reference is the page number of an entry, with dots leading to it.
	reference struct {
		entry          int
		style          style
		from, right, y float64
	}
	bitmap struct {
		x, y, size float64
		modules    modules
	}
	modules struct {
		side int
		runs [][3]int // x, y, length
	}
)

// writer puts marks into a PDF and remembers what it set last.
type writer struct {
	pdf     *fpdf.Fpdf
	sheet   *sheet
	face    face
	size    float64
	ink     ink
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
	if title := cleanLine(w.sheet.doc.Title); title != "" {
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
		level := min(e.level-1, deepest)
		deepest = level + 1
		if e.page == number {
			w.font(sans, 8)
			w.pdf.Bookmark(strings.TrimSpace(e.number+" "+e.text), level, max(0, e.y-6*mm))
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

func (m glyphs) write(w *writer) {
	if m.text == "" {
		return
	}
	w.font(m.style.face, m.style.size)
	w.pdf.SetTextColor(int(m.style.ink.r), int(m.style.ink.g), int(m.style.ink.b))
	if m.style.track != 0 {
		w.pdf.RawWriteStr(strconv.FormatFloat(m.style.track, 'f', 2, 64) + " Tc")
	}
	w.pdf.Text(m.x, m.y, m.text)
	if m.style.track != 0 {
		w.pdf.RawWriteStr("0 Tc")
	}
}

func (m rule) write(w *writer) {
	w.draws(m.ink, m.line, m.dash)
	w.pdf.Line(m.x1, m.y1, m.x2, m.y2)
	w.undash(m.dash)
}

func (m box) write(w *writer) {
	how := ""
	if m.filled {
		w.fills(m.fill)
		how = "F"
	}
	if m.line > 0 {
		w.draws(m.stroke, m.line, 0)
		how += "D"
	}
	w.pdf.Rect(m.x, m.y, m.w, m.h, how)
}

func (m disc) write(w *writer) {
	w.fills(m.fill)
	w.draws(m.stroke, m.line, 0)
	w.pdf.Circle(m.x, m.y, m.radius, "FD")
}

func (m path) write(w *writer) {
	if len(m.points) < 2 {
		return
	}
	how := "D"
	if m.filled {
		w.fills(m.fill)
		how = "F"
	} else {
		w.draws(m.stroke, m.line, m.dash)
	}
	w.pdf.MoveTo(m.points[0].x, m.points[0].y)
	for _, p := range m.points[1:] {
		w.pdf.LineTo(p.x, p.y)
	}
	w.pdf.DrawPath(how)
	w.undash(m.dash)
}

func (m area) write(w *writer) {
	id, inside := strings.CutPrefix(m.link, "#")
	if !inside {
		w.pdf.LinkString(m.x, m.y, m.w, m.h, m.link)
	} else if i, ok := w.ids[id]; ok {
		leap{m.x, m.y, m.w, m.h, i}.write(w)
	}
}

func (m leap) write(w *writer) {
	if m.entry < len(w.targets) {
		w.pdf.Link(m.x, m.y, m.w, m.h, w.targets[m.entry])
	}
}

func (m reference) write(w *writer) {
	if m.entry >= len(w.sheet.entries) {
		return
	}
	number := strconv.Itoa(w.sheet.entries[m.entry].page)
	st := m.style
	x := m.right - st.width(number)
	glyphs{x: x, y: m.y + st.baseline(), style: st, text: number}.write(w)
	st.ink, st.track = edge, 2
	step := st.width(".")
	n := int((x - 2*mm - m.from) / step)
	if n > 0 {
		glyphs{x: x - 2*mm - float64(n)*step, y: m.y + st.baseline(), style: st, text: strings.Repeat(".", n)}.write(w)
	}
}

// write draws all dark modules as one path, so that no seams show between rows.
func (m bitmap) write(w *writer) {
	module := m.size / float64(m.modules.side)
	var path strings.Builder
	for _, r := range m.modules.runs {
		fmt.Fprintf(&path, "%.3f %.3f %.3f %.3f re\n", m.x+float64(r[0])*module,
			w.sheet.height-m.y-float64(r[1]+1)*module, float64(r[2])*module, module)
	}
	w.fills(black)
	w.pdf.RawWriteStr(path.String() + "f")
}

// cutTo is a face with some letters only.
func cutTo(file []byte, letters string) []byte { return fpdf.UTF8CutFont(file, letters) }
