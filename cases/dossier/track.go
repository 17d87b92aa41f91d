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
	s.gap(3 * mm)
	for first := 0; first < len(b.Steps); first += perRow {
		b.row(s, first, min(first+perRow, len(b.Steps)), s.measure()/float64(perRow))
		s.gap(4 * mm)
	}
	s.gap(6 * mm)
}

// row draws the steps from first to end, each in a cell of the given width.
func (b Track) row(s *sheet, first, end int, cell float64) {
	var names, whens [][]line
	tallest := 0
	for _, step := range b.Steps[first:end] {
		st := stepStyle
		if step.State == StepNow {
			st = stepNowStyle
		}
		name := set(st, plain(cleanLine(step.Name)), cell-2*mm)
		when := set(stepStyle, plain(cleanLine(step.When)), cell-2*mm)
		if step.When == "" {
			when = nil
		}
		names, whens = append(names, name), append(whens, when)
		tallest = max(tallest, len(name)+len(when))
	}
	const textTop = 2*stepRadius + 1.8*mm
	h := textTop + float64(tallest)*stepStyle.leading
	s.need(h)
	for i := range names {
		b.road(s, first+i, s.left+float64(i)*cell, cell)
	}
	for i := range names {
		x := s.left + float64(i)*cell
		b.Steps[first+i].circle(s, x+stepRadius)
		s.stack(x, s.y+textTop, names[i], stepStyle.leading)
		s.stack(x, s.y+textTop+float64(len(names[i]))*stepStyle.leading, whens[i], stepStyle.leading)
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
	s.put(rule{x1: x + stepRadius, y1: y, x2: x + cell + stepRadius, y2: y, line: 1.7, ink: colour})
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
