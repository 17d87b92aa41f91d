package dossier

// Note is a notice in a tinted box: a reserved identity, a gap in the file, a doubt. Its tone
// colours the box.
type Note struct {
	Title string // optional, in semibold before the text
	Text  string
	Tone  Tone
}

func (b Note) draw(s *sheet) {
	const padX, padY = 3.5 * mm, 2.4 * mm
	ground, strong := b.colours()
	var runs []Run
	if b.Title != "" {
		runs = append(runs, Run{Text: b.Title + " ", Tone: Strong})
	}
	lines := set(noteStyle, append(runs, Run{Text: b.Text}), s.measure()-2*padX)
	s.gap(3 * mm)
	for len(lines) > 0 {
		n := min(len(lines), s.fits(len(lines)+1, noteStyle.leading)) // one more for the padding
		h := float64(n)*noteStyle.leading + 2*padY
		s.need(h)
		s.put(box{x: s.left, y: s.y, w: s.measure(), h: h, fill: ground, filled: true})
		s.put(box{x: s.left, y: s.y, w: 2, h: h, fill: strong, filled: true})
		for i, l := range lines[:n] {
			s.text(s.left+padX, s.y+padY+float64(i)*noteStyle.leading, l)
		}
		s.y += h
		if lines = lines[n:]; len(lines) > 0 {
			s.newPage()
		}
	}
	s.gap(4 * mm)
}

// colours are the ground of the box and its edge.
func (b Note) colours() (ground, strong ink) {
	switch b.Tone {
	case Late:
		return achioteSoft, achiote
	case Soon:
		return maizSoft, maiz
	case OK:
		return ceibaSoft, ceiba
	case Strong:
		return anilSoft, anil
	}
	return sunken, gray
}
