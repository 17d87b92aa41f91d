package dossier

// Heading opens a section. It is a bookmark, and an entry of the contents at levels 1 and 2. It
// never stands alone at the foot of a page.
type Heading struct {
	Level  int    // 1 to 3; others are taken as the nearest
	Number string // optional, hung in the margin: "3"
	Text   string
	ID     string // optional, what a link "#id" goes to
}

func (h Heading) level() int { return min(max(h.Level, 1), len(headingStyles)) }

func (h Heading) draw(s *sheet) {
	st := headingStyles[h.level()-1]
	lines := set(st, plain(cleanLine(h.Text)), s.measure())
	s.gap([...]float64{8, 5, 4}[h.level()-1] * mm)
	s.need(float64(min(len(lines), 20)) * st.leading)
	s.entries = append(s.entries, entry{h.level(), h.ID, cleanLine(h.Number), cleanLine(h.Text), len(s.pages), s.y})
	if h.Number != "" {
		st := st
		st.ink = gray
		number := st.shorten(h.Number, s.left-8*mm)
		s.say(s.left-3*mm-st.width(number), s.y, st, number)
	}
	s.prose(lines, st.leading)
	s.gap([...]float64{2.5, 1.5, 1}[h.level()-1] * mm)
}

// contents lists the headings of levels 1 and 2 with their pages.
type contents struct {
	title    string
	headings []Heading // all of the document, so that an index here is an index in sheet.entries
}

// withContents is the document's blocks with its contents before the first heading, or before the
// page break that leads to it.
func withContents(doc Document) []Block {
	if !doc.Contents {
		return doc.Blocks
	}
	at, c := -1, contents{title: doc.ContentsTitle}
	for i, block := range doc.Blocks {
		if h, ok := block.(Heading); ok {
			if at < 0 {
				at = i
			}
			c.headings = append(c.headings, h)
		}
	}
	if at < 0 {
		return doc.Blocks
	}
	for at > 0 && isPageBreak(doc.Blocks[at-1]) {
		at--
	}
	blocks := append([]Block{}, doc.Blocks[:at]...)
	return append(append(blocks, c), doc.Blocks[at:]...)
}

// Sizes of the contents: entries are indented by number column and level, pages stand in a column
// of their own.
const (
	contentsNumber = 8 * mm
	contentsPage   = 11 * mm
)

func (c contents) draw(s *sheet) {
	st := headingStyles[1]
	s.gap(8 * mm)
	if c.title != "" {
		s.need(st.leading + 4*contentsStyle(1).leading)
		s.say(s.left, s.y, st, st.shorten(c.title, s.measure()))
		s.y += st.leading
		s.gap(2 * mm)
	}
	for i, h := range c.headings {
		if h.level() < 3 && cleanLine(h.Text) != "" {
			c.line(s, i, h)
		}
	}
	s.gap(4 * mm)
}

func contentsStyle(level int) style {
	if level == 1 {
		return style{serif, 10.5, 16.4, black, 0}
	}
	return style{sans, 9, 13.4, gray, 0}
}

// line sets one entry. Its page number is a reference, known when all is laid out.
func (c contents) line(s *sheet, index int, h Heading) {
	st := contentsStyle(h.level())
	x := s.left
	if c.numbered() {
		x += contentsNumber
	}
	if h.level() == 2 {
		x += 4 * mm
	}
	lines := clip(set(st, plain(cleanLine(h.Text)), s.right-contentsPage-x), 6)
	s.need(float64(len(lines)) * st.leading)
	top := s.y
	if h.Number != "" && h.level() == 1 {
		number := st
		number.ink = gray
		s.say(s.left, s.y, number, st.shorten(h.Number, contentsNumber))
	}
	for _, l := range lines {
		s.text(x, s.y, l)
		s.y += st.leading
	}
	end := x + lines[len(lines)-1].width
	s.put(reference{entry: index, style: st, from: end + 2*mm, right: s.right, y: s.y - st.leading})
	s.put(leap{s.left, top, s.measure(), s.y - top, index})
}

func (c contents) numbered() bool {
	for _, h := range c.headings {
		if h.Number != "" {
			return true
		}
	}
	return false
}
