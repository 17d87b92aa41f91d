package dossier

// sheet is a document being laid out: pages of marks, and how far down the last page is filled.
type sheet struct {
	doc                      Document
	width, height            float64 // of the paper
	left, right, top, bottom float64 // of the text, from the paper's left and top
	pages                    []page
	y                        float64 // where the next block begins
	pending                  float64 // space owed above the next block, dropped at the top of a page
	entries                  []entry // headings so far
	began                    int     // page of the first mark since it was last set to 0
}

type page []mark

// entry is a heading as the contents, the bookmarks and links know it.
type entry struct {
	level        int
	id           string
	number, text string
	page         int // from 1
	y            float64
}

func newSheet(doc Document) *sheet {
	s := &sheet{doc: doc, width: 210 * mm, height: 297 * mm}
	if doc.Paper == Letter {
		s.width, s.height = 612, 792
	}
	s.left, s.right = 26*mm, s.width-22*mm
	s.top, s.bottom = 20*mm, s.height-21*mm
	s.newPage()
	return s
}

// measure is the width of the text column.
func (s *sheet) measure() float64 { return s.right - s.left }

func (s *sheet) newPage() {
	s.pages = append(s.pages, page{})
	s.y, s.pending = s.top, 0
}

func (s *sheet) atTop() bool { return s.y == s.top }

// room is how much height is left under the space owed.
func (s *sheet) room() float64 {
	if s.atTop() {
		return s.bottom - s.y
	}
	return s.bottom - s.y - s.pending
}

// gap asks for space above the next block; the larger of two demands counts.
func (s *sheet) gap(h float64) { s.pending = max(s.pending, h) }

// need makes room for a piece of the given height, on a new page if this one is too full.
func (s *sheet) need(h float64) {
	if s.room() < h && !s.atTop() {
		s.newPage()
		return
	}
	if !s.atTop() {
		s.y += s.pending
	}
	s.pending = 0
}

// put adds a mark to the page.
func (s *sheet) put(m ...mark) {
	n := len(s.pages)
	s.pages[n-1] = append(s.pages[n-1], m...)
	if s.began == 0 {
		s.began = n
	}
}

// text sets a line's pieces with the line box's top at y.
func (s *sheet) text(x, y float64, l line) {
	for _, p := range l.pieces {
		s.put(glyphs{x: x + p.x, y: y + p.style.baseline(), style: p.style, text: p.text})
		if p.link != "" {
			s.put(area{x + p.x, y, p.w, p.style.leading, p.link})
		}
	}
}

// say sets a short text on one line, its line box's top at y.
func (s *sheet) say(x, y float64, st style, text string) {
	s.text(x, y, set(st, plain(text), 1e6)[0])
}

// drawBlocks draws the blocks in order and keeps each heading with what follows it.
func (s *sheet) drawBlocks(blocks []Block) {
	for i := 0; i < len(blocks); {
		switch {
		case isHeading(blocks[i]):
			i += s.drawSection(blocks[i:])
			continue
		case blocks[i] != nil:
			blocks[i].draw(s)
		}
		i++
	}
}

// drawSection draws headings and the block after them, and once more on a new page if the first
// attempt left a heading alone at the foot, or broke what a reader compares line by line. It tells how
// many blocks it drew.
func (s *sheet) drawSection(blocks []Block) int {
	n := 1
	for n < len(blocks) && isHeading(blocks[n]) {
		n++
	}
	if n < len(blocks) && !isPageBreak(blocks[n]) {
		n++
	}
	before, fresh := s.place(), s.atTop()
	if s.drawTogether(blocks[:n]) && (fresh || len(s.pages) == before.pages || !isVerification(blocks[n-1])) {
		return n
	}
	s.restore(before)
	s.newPage()
	s.drawTogether(blocks[:n])
	return n
}

// drawTogether draws blocks and tells whether the first mark of the first and of the last came to
// stand on the same page.
func (s *sheet) drawTogether(blocks []Block) bool {
	firsts := make([]int, 0, len(blocks))
	for _, block := range blocks {
		s.began = 0
		if block != nil {
			block.draw(s)
		}
		if s.began > 0 {
			firsts = append(firsts, s.began)
		}
	}
	return len(firsts) == 0 || firsts[0] == firsts[len(firsts)-1]
}

func isHeading(b Block) bool   { _, ok := b.(Heading); return ok }
func isPageBreak(b Block) bool { _, ok := b.(PageBreak); return ok }

func isVerification(b Block) bool { _, ok := b.(Verification); return ok }

// place is a point of the layout to return to.
type place struct {
	pages, marks, entries int
	y, pending            float64
}

func (s *sheet) place() place {
	n := len(s.pages)
	return place{n, len(s.pages[n-1]), len(s.entries), s.y, s.pending}
}

// restore takes back everything drawn since the place.
func (s *sheet) restore(p place) {
	s.pages = s.pages[:p.pages]
	s.pages[p.pages-1] = s.pages[p.pages-1][:p.marks]
	s.entries = s.entries[:p.entries]
	s.y, s.pending = p.y, p.pending
}
