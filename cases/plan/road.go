package plan

import (
	"fmt"
	"math"
	"strings"

	"expediente/models/day"
)

// The sizes the page draws a road in, in CSS pixels: a phone gets its own proportions.
const (
	DeskWidth, DeskHeight   = 1060.0, 190.0
	PhoneWidth, PhoneHeight = 340.0, 220.0
)

// Type sizes and the smallest box a road is drawn in, in the same unit as its width.
const (
	textSize      = 12.0
	minWidth      = 200.0
	minHeight     = 100.0
	topMargin     = 24.0 // the day's label stands here, above everything drawn
	bottomMargin  = 36.0
	rightMargin   = 14.0
	narrow        = 560.0 // below this width the chart is drawn for a phone
	dotRadius     = 6.0
	dotRadiusTiny = 5.0
)

// Point is a place in the drawing; x grows to the right and y downwards.
type Point struct{ X, Y float64 }

// Line is a run of points.
type Line []Point

// Points writes the line as the points attribute of an SVG polyline or polygon.
func (l Line) Points() string {
	var b strings.Builder
	for i, p := range l {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%g,%g", p.X, p.Y)
	}
	return b.String()
}

// Box is a rectangle; Left ≤ Right and Top ≤ Bottom.
type Box struct{ Left, Top, Right, Bottom float64 }

func (b Box) overlaps(o Box) bool {
	return b.Left < o.Right && o.Left < b.Right && b.Top < o.Bottom && o.Top < b.Bottom
}

func (b Box) contains(o Box) bool {
	return b.Left <= o.Left && o.Right <= b.Right && b.Top <= o.Top && o.Bottom <= b.Bottom
}

// Anchor says which end of a text its X is: the words of SVG's text-anchor.
type Anchor string

// The anchors.
const (
	AnchorStart  Anchor = "start"
	AnchorMiddle Anchor = "middle"
	AnchorEnd    Anchor = "end"
)

// Label is where a text stands: X at its Anchor, Y at its baseline. It is not drawn unless Shown.
type Label struct {
	X, Y   float64
	Anchor Anchor
	Text   string // empty where the drawer writes a date in the reader's language
	Shown  bool
}

// YTick is a whole count with its gridline.
type YTick struct {
	Value  int
	Y      float64
	Target bool // this is the target: drawn as Road.Target, not as a gridline
	Label  Label
}

// TickKind says how a tick's day is written.
type TickKind string

// The kinds of ticks on the time axis.
const (
	TickFirst TickKind = "first" // the plan's first day: month and year
	TickYear  TickKind = "year"  // a first of January: the year
	TickLast  TickKind = "last"  // the plan's last day: month and year
)

// XTick is a day on the time axis. Its Day is of the precision it is written with: a month for
// the first and the last, a year for a January.
type XTick struct {
	Day   day.Day
	Kind  TickKind
	X     float64
	Label Label
}

// Dot is one counted event at the corner of its step.
type Dot struct {
	Event Event
	N     int // the count it brings the value to
	X, Y  float64
	R     float64
	Label Label
}

// Today is the upright line of the day looked at.
type Today struct {
	Day         day.Day
	X           float64
	Top, Bottom float64
	Label       Label
	Shown       bool // the day lies inside the period
}

// Road is the geometry of a road-to-target chart, in the unit of its width; text is Text high.
// Every coordinate lies inside 0…Width, 0…Height, rounded to a tenth.
type Road struct {
	Width, Height float64
	Text          float64 // type size the labels were placed for
	Plot          Box     // the area between the axes
	YTicks        []YTick
	XTicks        []XTick
	Steps         Line // the count so far; empty before the period
	Band          Line // polygon of the forecast interval; empty without a forecast
	Median        Line
	Expected      Line // the straight line from nothing to the target
	Target        Line // level line at the target
	Today         Today
	Dots          []Dot
}

// roadFrame turns days and counts into places.
type roadFrame struct {
	p    Progress
	plot Box
	top  int // the count at the upper edge
}

func (f roadFrame) x(d day.Day) float64 {
	share := float64(d.Sub(f.p.Start)) / float64(max(f.p.Days-1, 1))
	return tenth(f.plot.Left + clamp(share)*(f.plot.Right-f.plot.Left))
}

func (f roadFrame) y(n int) float64 {
	return tenth(f.plot.Bottom - clamp(float64(n)/float64(f.top))*(f.plot.Bottom-f.plot.Top))
}

func clamp(share float64) float64 { return math.Min(math.Max(share, 0), 1) }

func tenth(x float64) float64 { return math.Round(x*10) / 10 }

// DrawRoad lays p out in a box of width by height. Boxes smaller than 200 by 100 are drawn at that
// size; the unit is the one in which text is 12 high.
func DrawRoad(p Progress, width, height float64) Road {
	width, height = math.Max(tenth(width), minWidth), math.Max(tenth(height), minHeight)
	f := roadFrame{p: p, top: max(p.Target, p.Value, p.Forecast.High, 1)}
	digits := float64(len(fmt.Sprint(f.top)))
	f.plot = Box{tenth(14 + 7*digits), topMargin, tenth(width - rightMargin), tenth(height - bottomMargin)}
	r := Road{Width: width, Height: height, Text: textSize, Plot: f.plot}
	r.YTicks = f.yTicks()
	r.XTicks = f.xTicks(width < narrow)
	r.Steps = f.steps()
	r.Band, r.Median = f.band()
	r.Expected = Line{{f.plot.Left, f.y(0)}, {f.plot.Right, f.y(p.Target)}}
	r.Target = Line{{f.plot.Left, f.y(p.Target)}, {f.plot.Right, f.y(p.Target)}}
	r.Today = f.today()
	r.Dots = f.dots(r)
	return r
}

// steps climbs one count at each event and ends at the day looked at.
func (f roadFrame) steps() Line {
	if f.p.Pace == NotStarted {
		return nil
	}
	line := Line{{f.plot.Left, f.y(0)}}
	for i, e := range f.p.Counted {
		x := f.x(e.last())
		line = append(line, Point{x, f.y(i)}, Point{x, f.y(i + 1)})
	}
	return append(line, Point{f.x(f.p.AsOf), f.y(f.p.Value)})
}

// band joins the days on which an edge of the forecast moves to the next whole count: the upper
// edge where it arrives there, the lower edge where it leaves the count below, so that the band
// never shows less than the interval holds.
func (f roadFrame) band() (band, median Line) {
	course := f.p.Forecast.Course
	if len(course) == 0 {
		return nil, nil
	}
	high := f.edge(course, func(o Outlook) int { return o.High }, true)
	low := f.edge(course, func(o Outlook) int { return o.Low }, false)
	median = f.edge(course, func(o Outlook) int { return o.Median }, true)
	band = append(band, high...)
	for i := len(low) - 1; i > 0; i-- {
		band = append(band, low[i])
	}
	return band, median
}

func (f roadFrame) edge(course []Outlook, at func(Outlook) int, arriving bool) Line {
	line := Line{{f.x(course[0].On), f.y(at(course[0]))}}
	for i := 1; i < len(course); i++ {
		now, before := at(course[i]), at(course[i-1])
		switch {
		case now == before:
			continue
		case arriving:
			line = append(line, Point{f.x(course[i].On), f.y(now)})
		default:
			line = append(line, Point{f.x(course[i].On), f.y(before)})
		}
	}
	end := course[len(course)-1]
	return append(line, Point{f.x(end.On), f.y(at(end))})
}

func (f roadFrame) today() Today {
	if f.p.Pace == NotStarted || f.p.Pace == Ended {
		return Today{Day: f.p.AsOf}
	}
	x := f.x(f.p.AsOf)
	t := Today{Day: f.p.AsOf, X: x, Top: topMargin - 14, Bottom: f.plot.Bottom, Shown: true}
	t.Label = Label{X: tenth(x + 5), Y: topMargin - 8, Anchor: AnchorStart, Shown: true}
	if x+5+textWidth(todayRunes) > f.plot.Right+rightMargin {
		t.Label.X, t.Label.Anchor = tenth(x-5), AnchorEnd
	}
	return t
}

// Spark is the geometry of a pace sparkline: the steps so far against the straight line.
type Spark struct {
	Width, Height float64
	Steps         Line
	Expected      Line
}

// DrawSpark lays p out in a small box of width by height, without text.
func DrawSpark(p Progress, width, height float64) Spark {
	const edge = 2
	f := roadFrame{p: p, top: max(p.Target, p.Value, 1)}
	f.plot = Box{edge, edge, math.Max(width, 4*edge) - edge, math.Max(height, 4*edge) - edge}
	return Spark{
		Width: width, Height: height, Steps: f.steps(),
		Expected: Line{{f.plot.Left, f.y(0)}, {f.plot.Right, f.y(p.Target)}},
	}
}
