package dossier

// Align is which edge of its column a text keeps to.
type Align string

// The alignments. Left is the zero value.
const (
	Left  Align = ""
	Right Align = "right"
)

// Column heads a column; its title has four lines at most. WidthMM 0 lets the table divide what is left by what the cells hold.
type Column struct {
	Title   string
	WidthMM float64
	Align   Align
}

// Cell is one field of a table. More follows Text on the same line, for words in another tone.
type Cell struct {
	Text string
	Tone Tone
	Link string // as in Run
	More []Run
}

func (c Cell) runs() []Run {
	return append([]Run{{Text: c.Text, Tone: c.Tone, Link: c.Link}}, c.More...)
}

// Row is a row of plain cells.
func Row(texts ...string) []Cell {
	cells := make([]Cell, len(texts))
	for i, text := range texts {
		cells[i] = Cell{Text: text}
	}
	return cells
}

// Table is rows under a header that is repeated on each page. Cells wrap. A row stays on one page
// unless it is longer than a third of one.
type Table struct {
	Columns []Column
	Rows    [][]Cell // a row may be shorter than Columns; what is longer is dropped
	Empty   string   // said in place of the table when it has no rows
}

// Sizes of a table.
const (
	gutter     = 3 * mm
	headerPadY = 1.2 * mm
	rowPadY    = 1.5 * mm
)

func (b Table) draw(s *sheet) {
	if len(b.Columns) == 0 {
		return
	}
	if len(b.Rows) == 0 {
		Paragraph{Text: b.Empty}.draw(s)
		return
	}
	t := layTable(b, s.measure())
	s.gap(1 * mm)
	s.need(t.headerHeight + min(t.rows[0].height(), 5*cellStyle.leading))
	t.header(s)
	for i := range t.rows {
		t.row(s, i)
	}
	s.gap(4 * mm)
}

// table is a Table with its cells broken into lines.
type table struct {
	aligns       []Align
	xs, widths   []float64 // of the columns, from the left of the text
	titles       [][]line
	headerHeight float64
	rows         []row
}

// row is the lines of each cell.
type row [][]line

func (r row) lines() int {
	n := 1
	for _, cell := range r {
		n = max(n, len(cell))
	}
	return n
}

func (r row) height() float64 { return float64(r.lines())*cellStyle.leading + 2*rowPadY }

func layTable(b Table, measure float64) table {
	cells := make([][][]word, len(b.Rows))
	for i, fields := range b.Rows {
		for _, c := range fields[:min(len(fields), len(b.Columns))] {
			cells[i] = append(cells[i], words(cellStyle, c.runs()))
		}
	}
	t := table{widths: columnWidths(b.Columns, cells, measure), rows: make([]row, len(cells))}
	x, headerLines := 0.0, 1
	for i, c := range b.Columns {
		t.xs, t.aligns = append(t.xs, x), append(t.aligns, c.Align)
		t.titles = append(t.titles, clip(set(headerStyle, plain(cleanLine(c.Title)), t.widths[i]), 4))
		headerLines = max(headerLines, len(t.titles[i]))
		x += t.widths[i] + gutter
	}
	t.headerHeight = float64(headerLines)*headerStyle.leading + 2*headerPadY
	for i, fields := range cells {
		for j, field := range fields {
			t.rows[i] = append(t.rows[i], fill(field, t.widths[j]))
		}
	}
	return t
}

// header draws the titles on their baseline rule; short titles stand at the foot of tall ones.
func (t *table) header(s *sheet) {
	for i, title := range t.titles {
		top := s.y + t.headerHeight - headerPadY - float64(len(title))*headerStyle.leading
		t.cell(s, i, top, title)
	}
	s.y += t.headerHeight
	s.put(rule{x1: s.left, y1: s.y, x2: s.right, y2: s.y, line: 0.8, ink: black})
}

func (t *table) cell(s *sheet, column int, top float64, lines []line) {
	for i, l := range lines {
		x := s.left + t.xs[column]
		if t.aligns[column] == Right {
			x += t.widths[column] - l.width
		}
		s.text(x, top+float64(i)*cellStyle.leading, l)
	}
}

// row draws one row, on a new page or over several if it must.
func (t *table) row(s *sheet, i int) {
	r := t.rows[i]
	for first := 0; ; {
		left := r.lines() - first
		n := left
		if float64(left)*cellStyle.leading+2*rowPadY+t.company(i) > s.room() {
			n = t.lead(s, i, left)
		}
		if n == 0 {
			s.newPage()
			t.header(s)
			continue
		}
		t.lines(s, r, first, n)
		if first += n; first == r.lines() {
			s.put(rule{x1: s.left, y1: s.y, x2: s.right, y2: s.y, line: 0.3, ink: hairline})
			return
		}
	}
}

// company is the height a row must find under it on its page: that of the last row, for the row before it, so
// that the last one does not go over alone.
func (t *table) company(i int) float64 {
	if i > 0 && i == len(t.rows)-2 && t.rows[i].lines() < 8 && t.rows[i+1].lines() < 8 {
		return t.rows[i+1].height()
	}
	return 0
}

// lead is how many lines of a row that does not fit are set on this page: none if the row is short
// enough to go over whole, or too little of it would stand here.
func (t *table) lead(s *sheet, i, left int) int {
	fresh := s.y <= s.top+t.headerHeight+0.01
	here := int((s.room() - 2*rowPadY + 0.01) / cellStyle.leading)
	third := int((s.bottom - s.top) / 3 / cellStyle.leading)
	switch {
	case fresh:
		return min(left, max(here, 1))
	case left <= third || here < 3:
		return 0
	}
	return min(left, here)
}

// lines draws n lines of a row from first on.
func (t *table) lines(s *sheet, r row, first, n int) {
	top := s.y + rowPadY
	for column, cell := range r {
		if first < len(cell) {
			t.cell(s, column, top, cell[first:min(first+n, len(cell))])
		}
	}
	s.y = top + float64(n)*cellStyle.leading + rowPadY
}
