package dossier

import (
	"fmt"
	"strconv"
	"strings"
)

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
	y := m.y + st.baseline()
	glyphs{m.right - st.width(number), y, st, number}.write(w)
	st.ink, st.track = edge, 2
	step, end := st.width("."), m.right-contentsPage+3*mm
	if n := int((end - m.from) / step); n > 0 {
		glyphs{end - float64(n)*step, y, st, strings.Repeat(".", n)}.write(w)
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
