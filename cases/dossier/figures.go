package dossier

// Figure is one number with what it counts: "1 de 3", "presentadas".
type Figure struct{ Value, Caption string }

// Figures are large numbers side by side. A value has two lines at most, a caption five.
type Figures struct{ Figures []Figure }

func (b Figures) draw(s *sheet) {
	const between = 12 * mm
	s.gap(5 * mm)
	for rest := b.Figures; len(rest) > 0; {
		row := rest[:min(len(rest), 5)]
		rest = rest[len(row):]
		widths := figureWidths(row, s.measure()-between*float64(len(row)-1))
		h, values, captions := setFigures(row, widths)
		s.need(h)
		x := s.left
		for i := range row {
			s.stack(x, s.y, values[i], figureStyle.leading)
			s.stack(x, s.y+float64(len(values[i]))*figureStyle.leading+1.4*mm, captions[i], captionStyle.leading)
			x += widths[i] + between
		}
		s.y += h
		s.gap(5 * mm)
	}
	s.gap(6 * mm)
}

// setFigures sets values and captions in their columns and tells the height of the tallest.
func setFigures(row []Figure, widths []float64) (h float64, values, captions [][]line) {
	for i, f := range row {
		values = append(values, clip(set(figureStyle, plain(cleanLine(f.Value)), widths[i]), 2))
		captions = append(captions, clip(set(captionStyle, plain(cleanLine(f.Caption)), widths[i]), 5))
		h = max(h, float64(len(values[i]))*figureStyle.leading+1.4*mm+float64(len(captions[i]))*captionStyle.leading)
	}
	return h, values, captions
}

// figureWidths gives each figure the width it asks for, or a fair share if they ask for too much.
func figureWidths(row []Figure, room float64) []float64 {
	widths, sum := make([]float64, len(row)), 0.0
	for i, f := range row {
		widths[i] = max(figureStyle.width(cleanLine(f.Value)), captionStyle.width(cleanLine(f.Caption))) + 1
		sum += widths[i]
	}
	if sum <= room {
		return widths
	}
	asked := columns{least: make([]float64, len(row)), natural: widths}
	for i, f := range row {
		asked.least[i] = min(max(figureStyle.width(cleanLine(f.Value))+1, 20*mm), room/float64(len(row)), widths[i])
	}
	return asked.share(room, room)
}

// stack sets lines under each other from y, without asking for room.
func (s *sheet) stack(x, y float64, lines []line, leading float64) {
	for i, l := range lines {
		s.text(x, y+float64(i)*leading, l)
	}
}
