package dossier

// StepState says how far a stage is.
type StepState uint8

// The states of a stage. StepAhead is the zero value.
const (
	StepAhead StepState = iota
	StepNow
	StepDone
)

// Step is one stage of a procedure: "Admisibilidad", "desde el 2 mar. 2006".
type Step struct {
	Name, When string
	State      StepState
}

// Track is the road of stages a matter goes, with the one it has reached. Many stages take
// several rows.
type Track struct{ Steps []Step }

const (
	stepLeast  = 22 * mm // narrowest step
	stepRadius = 1.25 * mm
)

func (b Track) draw(s *sheet) {
	if len(b.Steps) == 0 {
		return
	}
	perRow := max(1, int(s.measure()/stepLeast))
	rows := (len(b.Steps) + perRow - 1) / perRow
	perRow = (len(b.Steps) + rows - 1) / rows
	cell := s.measure() / float64(perRow)
	if rows == 1 && perRow > 1 { // the last step needs no more than its name
		last := min(cell, b.Steps[perRow-1].width()+2*mm)
		cell = (s.measure() - last) / float64(perRow-1)
	}
	s.gap(3 * mm)
	for first := 0; first < len(b.Steps); first += perRow {
		b.row(s, first, min(first+perRow, len(b.Steps)), cell)
		s.gap(4 * mm)
	}
	s.gap(6 * mm)
}

// width is how wide the step's texts are on a line each.
func (step Step) width() float64 {
	return max(step.style().width(cleanLine(step.Name)), stepStyle.width(cleanLine(step.When)))
}

func (step Step) style() style {
	if step.State == StepNow {
		return stepNowStyle
	}
	return stepStyle
}

// texts are the step's name and date in their lines.
func (step Step) texts(width float64) (name, when []line) {
	name = clip(set(step.style(), plain(cleanLine(step.Name)), width), 4)
	if step.When != "" {
		when = clip(set(stepStyle, plain(cleanLine(step.When)), width), 2)
	}
	return name, when
}

// row draws the steps from first to end, each in a cell of the given width.
func (b Track) row(s *sheet, first, end int, cell float64) {
	const textTop = 2*stepRadius + 1.8*mm
	names, whens := make([][]line, end-first), make([][]line, end-first)
	tallest := 0
	for i, step := range b.Steps[first:end] {
		width := min(cell-1.6*mm, s.measure()-float64(i)*cell)
		names[i], whens[i] = step.texts(width)
		tallest = max(tallest, len(names[i])+len(whens[i]))
	}
	h := textTop + float64(tallest)*stepStyle.leading
	s.need(h)
	for i := range names {
		b.road(s, first+i, s.left+float64(i)*cell, cell)
	}
	for i := range names {
		x := s.left + float64(i)*cell
		b.Steps[first+i].circle(s, x+stepRadius)
		s.stack(x, s.y+textTop, append(names[i], whens[i]...), stepStyle.leading)
	}
	s.y += h
}

// road draws the line from a step to the next. It is walked when the next one has been reached.
func (b Track) road(s *sheet, i int, x, cell float64) {
	if i == len(b.Steps)-1 {
		return
	}
	colour := hairline
	if b.Steps[i+1].State != StepAhead {
		colour = anil
	}
	y := s.y + stepRadius
	s.put(rule{x1: x + stepRadius, y1: y, x2: min(x+cell+stepRadius, s.right), y2: y, line: 1.7, ink: colour})
}

func (step Step) circle(s *sheet, x float64) {
	y := s.y + stepRadius
	switch step.State {
	case StepDone:
		s.put(disc{x, y, stepRadius, anil, anil, 0.6})
	case StepNow:
		s.put(disc{x, y, stepRadius, white, anil, 1.7})
	default:
		s.put(disc{x, y, stepRadius, white, edge, 1.4})
	}
}
