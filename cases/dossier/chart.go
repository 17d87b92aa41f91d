package dossier

import "math"

// ChartStyle says what a line, area or text of a chart is; the drawing decides how it looks.
type ChartStyle string

// The styles of a chart's parts.
const (
	ChartAxis   ChartStyle = "axis"   // base line
	ChartGrid   ChartStyle = "grid"   // lines across
	ChartTarget ChartStyle = "target" // the number promised; also its label
	ChartPace   ChartStyle = "pace"   // straight line of an even pace
	ChartSteps  ChartStyle = "steps"  // what was reached, as steps
	ChartMedian ChartStyle = "median" // middle of the forecast
	ChartBand   ChartStyle = "band"   // forecast's interval, an area
	ChartToday  ChartStyle = "today"  // the day looked at
	ChartTick   ChartStyle = "tick"   // text along an axis
	ChartLabel  ChartStyle = "label"  // text inside
)

// ChartAnchor is which end of a text stands at its point.
type ChartAnchor string

// The anchors. AnchorStart is the zero value.
const (
	AnchorStart  ChartAnchor = ""
	AnchorMiddle ChartAnchor = "middle"
	AnchorEnd    ChartAnchor = "end"
)

// ChartPoint is a place on a chart, from its left top corner.
type ChartPoint struct{ X, Y float64 }

// ChartLine is a straight line.
type ChartLine struct {
	From, To ChartPoint
	Style    ChartStyle
}

// ChartPath is a line through points, or the area they enclose.
type ChartPath struct {
	Points []ChartPoint
	Style  ChartStyle
}

// ChartDot is an event on the road.
type ChartDot struct {
	At    ChartPoint
	Style ChartStyle
}

// ChartText is a label; At is its end on the baseline.
type ChartText struct {
	At     ChartPoint
	Text   string
	Anchor ChartAnchor
	Style  ChartStyle
}

// Chart is a drawing by its geometry, in units of its own. It is scaled to the text column;
// the weight of lines and dots is not. Areas are drawn first, then lines, paths, dots and texts, each in the order
// given. Make Width/Height about 640/210 for a wide chart.
type Chart struct {
	Width, Height float64
	TextSize      float64 // of the labels, in the chart's units; 0 takes the usual size on paper
	Areas         []ChartPath
	Lines         []ChartLine
	Paths         []ChartPath
	Dots          []ChartDot
	Texts         []ChartText
	Caption       string // under the drawing: "Figura 1. …"
}

func (b Chart) draw(s *sheet) {
	if !(b.Width > 0 && b.Height > 0) || math.IsInf(b.Width+b.Height, 0) {
		return
	}
	scale := min(s.measure()/b.Width, (s.bottom-s.top)*0.8/b.Height)
	caption := clip(set(captionStyle, plain(b.Caption), s.measure()), 8)
	s.gap(4 * mm)
	s.need(b.Height*scale + 2*mm + float64(len(caption))*captionStyle.leading)
	at := func(p ChartPoint) point {
		return point{s.left + within(p.X, b.Width)*scale, s.y + within(p.Y, b.Height)*scale}
	}
	b.shapes(s, at)
	for _, t := range b.Texts {
		t.draw(s, at(t.At), b.TextSize*scale)
	}
	s.y += b.Height*scale + 2*mm
	if b.Caption != "" {
		s.stack(s.left, s.y, caption, captionStyle.leading)
		s.y += float64(len(caption)) * captionStyle.leading
	}
	s.gap(5 * mm)
}

// within keeps a coordinate inside the chart; one that is no number is put at the edge.
func within(v, limit float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return min(max(v, 0), limit)
}

func (b Chart) shapes(s *sheet, at func(ChartPoint) point) {
	for _, a := range b.Areas {
		s.put(path{points: points(a.Points, at), fill: anilSoft, filled: true})
	}
	for _, l := range b.Lines {
		from, to := at(l.From), at(l.To)
		pen := l.Style.pen()
		s.put(rule{from.x, from.y, to.x, to.y, pen.line, pen.ink, pen.dash})
	}
	for _, p := range b.Paths {
		pen := p.Style.pen()
		s.put(path{points: points(p.Points, at), stroke: pen.ink, line: pen.line, dash: pen.dash})
	}
	for _, d := range b.Dots {
		p, pen := at(d.At), d.Style.pen()
		s.put(disc{p.x, p.y, 2.8, pen.ink, white, 0.8})
	}
}

func points(in []ChartPoint, at func(ChartPoint) point) []point {
	out := make([]point, len(in))
	for i, p := range in {
		out[i] = at(p)
	}
	return out
}

type pen struct {
	line float64
	ink  ink
	dash float64
}

func (c ChartStyle) pen() pen {
	switch c {
	case ChartAxis:
		return pen{0.8, black, 0}
	case ChartTarget:
		return pen{1.1, ceiba, 3.6}
	case ChartPace:
		return pen{0.7, gray, 2}
	case ChartSteps:
		return pen{1.9, anil, 0}
	case ChartMedian:
		return pen{1.2, anil, 3}
	case ChartToday:
		return pen{0.5, black, 0}
	}
	return pen{0.5, hairline, 0}
}

// draw sets the label at a point, in the given size if it is one.
func (t ChartText) draw(s *sheet, p point, size float64) {
	st := chartStyle
	if size > 0 {
		st.size = min(max(size, 5), 14)
	}
	switch t.Style {
	case ChartTarget:
		st.face, st.ink = sansSemi, ceiba
	case ChartLabel, ChartToday, ChartSteps:
		st.ink = black
	}
	text := cleanLine(t.Text)
	switch t.Anchor {
	case AnchorMiddle:
		p.x -= st.width(text) / 2
	case AnchorEnd:
		p.x -= st.width(text)
	}
	p.x = max(s.left, min(p.x, s.right-st.width(text)))
	s.say(p.x, p.y-st.baseline(), st, st.shorten(text, s.measure()))
}
