package dossier

// Lead is the sentence that says where things stand, larger than the text.
type Lead struct{ Text string }

func (b Lead) draw(s *sheet) {
	s.gap(1 * mm)
	s.prose(set(leadStyle, plain(b.Text), s.measure()), leadStyle.leading)
	s.gap(6 * mm)
}

// Mark is a framed line in capitals: for whom this copy is, what was withheld from it.
// It has six lines at most.
type Mark struct{ Text string }

func (b Mark) draw(s *sheet) {
	text := cleanLine(b.Text)
	if text == "" {
		return
	}
	const padX, padY = 2.5 * mm, 1 * mm
	lines := clip(set(markStyle, plain(upper(s.doc.Lang, text)), s.measure()-2*padX), 6)
	h := float64(len(lines))*markStyle.leading + 2*padY
	s.gap(3 * mm)
	s.need(h)
	w := 0.0
	for i, l := range lines {
		s.text(s.left+padX, s.y+padY+float64(i)*markStyle.leading, l)
		w = max(w, l.width)
	}
	s.put(box{x: s.left, y: s.y, w: w + 2*padX, h: h, stroke: maiz, line: 0.8})
	s.y += h
	s.gap(5 * mm)
}

// ParagraphStyle is how a paragraph is set.
type ParagraphStyle string

// The styles. Body is the zero value; Quote is for words of a testimony or a ruling; Caption is
// small and gray, under a figure or a table.
const (
	Body    ParagraphStyle = ""
	Quote   ParagraphStyle = "quote"
	Caption ParagraphStyle = "caption"
)

// Paragraph is running text. A line break in the text is a line break on paper. More follows Text
// on the same line, for words in another tone.
type Paragraph struct {
	Text  string
	Style ParagraphStyle
	More  []Run
}

func (b Paragraph) draw(s *sheet) {
	runs := append(plain(b.Text), b.More...)
	switch b.Style {
	case Quote:
		s.indented(5*mm, set(quoteStyle, runs, s.measure()-10*mm), quoteStyle.leading)
	case Caption:
		s.gap(1 * mm)
		s.prose(set(captionStyle, runs, s.measure()), captionStyle.leading)
	default:
		s.prose(set(bodyStyle, runs, s.measure()), bodyStyle.leading)
	}
	s.gap(2.4 * mm)
}

// Mono is lines of digests and keys, each on its own line, in figures of equal width.
type Mono struct{ Lines []string }

func (b Mono) draw(s *sheet) {
	for _, text := range b.Lines {
		s.prose(set(monoStyle, plain(text), s.measure()), monoStyle.leading)
	}
	s.gap(3 * mm)
}

// prose sets lines down the column.
func (s *sheet) prose(lines []line, leading float64) { s.indented(0, lines, leading) }

// indented sets lines over as many pages as they need, and leaves no single line of a paragraph at
// the foot or the head of a page.
func (s *sheet) indented(indent float64, lines []line, leading float64) {
	if len(lines) == 1 && len(lines[0].pieces) == 0 {
		return
	}
	for len(lines) > 0 {
		n := s.fits(len(lines), leading)
		s.need(float64(n) * leading)
		for _, l := range lines[:n] {
			s.text(s.left+indent, s.y, l)
			s.y += leading
		}
		if lines = lines[n:]; len(lines) > 0 {
			s.newPage()
		}
	}
}

// fits is how many of n lines to set on this page: all, or at least two with at least two left
// over. When this page has no room for that, it is how many to set on the next.
func (s *sheet) fits(n int, leading float64) int {
	here := int((s.room() + 0.01) / leading)
	if n <= here {
		return n
	}
	if n-here == 1 {
		here--
	}
	if here >= 2 && n > 3 {
		return here
	}
	return min(n, int((s.bottom-s.top)/leading))
}

// PageBreak begins a new page, unless the page is still empty.
type PageBreak struct{}

func (PageBreak) draw(s *sheet) {
	if !s.atTop() {
		s.newPage()
	}
}
