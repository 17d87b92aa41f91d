package plan

import (
	"time"
	"unicode/utf8"

	"expediente/models/day"
)

// Widths of texts are estimated: the drawer's fonts are not known here. The share is that of a
// wide sans-serif, so that estimates err towards too much room.
const runeWidth = 0.56 * textSize

// Letters to leave room for where the drawer writes a date in the reader's language.
const (
	monthRunes = 9  // "sept 2003"
	yearRunes  = 4  // "2004"
	todayRunes = 13 // "20 junio 2005"
	tickGap    = 8  // least space between two labels of an axis
	labelLead  = 14 // least distance between the baselines of the upright axis
)

func textWidth(runes int) float64 { return float64(runes) * runeWidth }

// yTicks are 0 to the top, thinned to what the height holds, the target always among them.
func (f roadFrame) yTicks() (out []YTick) {
	step := 1
	for _, s := range []int{1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 10000, 100000} {
		if step = s; f.plot.Bottom-f.y(s) >= labelLead && f.top/s <= 10 {
			break
		}
	}
	target := f.y(f.p.Target)
	for n := 0; n <= f.top; n += step {
		y := f.y(n)
		if crowded := y-target < labelLead && target-y < labelLead; n != f.p.Target && crowded && n != 0 {
			continue
		}
		out = append(out, f.yTick(n))
		if n < f.p.Target && f.p.Target < n+step {
			out = append(out, f.yTick(f.p.Target))
		}
	}
	return out
}

func (f roadFrame) yTick(n int) YTick {
	y := f.y(n)
	return YTick{Value: n, Y: y, Target: n == f.p.Target && n > 0,
		Label: Label{X: f.plot.Left - 8, Y: tenth(y + 4), Anchor: AnchorEnd, Shown: true}}
}

// xTicks are the first day, each January and the last day. Every tick keeps its mark; labels are
// thinned until none touches another.
func (f roadFrame) xTicks(phone bool) []XTick {
	p := f.p
	out := []XTick{f.xTick(p.Start, TickFirst, AnchorStart)}
	y, _, _ := p.Start.Civil()
	for jan := day.Of(y+1, time.January, 1); !jan.After(p.End); jan = jan.AddMonths(12) {
		out = append(out, f.xTick(jan, TickYear, AnchorMiddle))
	}
	out = append(out, f.xTick(p.End, TickLast, AnchorEnd))
	f.thin(out, phone)
	return out
}

func (f roadFrame) xTick(d day.Day, kind TickKind, anchor Anchor) XTick {
	x := f.x(d)
	t := XTick{Kind: kind, X: x, Day: toMonth(d)}
	if kind == TickYear {
		t.Day = toYear(d)
	}
	t.Label = Label{X: x, Y: tenth(f.plot.Bottom + 20), Anchor: anchor}
	return t
}

func toMonth(d day.Day) day.Day { return day.MustParse(d.First().String()[:7]) }
func toYear(d day.Day) day.Day  { return day.MustParse(d.First().String()[:4]) }

// thin shows the first label, the last if it fits, and every year, second, fifth, tenth year that
// leaves the gap between labels. On a phone the years stand wider apart.
func (f roadFrame) thin(ticks []XTick, phone bool) {
	gap := float64(tickGap)
	if phone {
		gap *= 2
	}
	first, last := &ticks[0], &ticks[len(ticks)-1]
	first.Label.Shown = true
	from := first.X + textWidth(monthRunes) + gap
	to := last.X - textWidth(monthRunes)
	if to >= from {
		last.Label.Shown = true
		to -= gap
	} else {
		to = last.X
	}
	years := ticks[1 : len(ticks)-1]
	for _, step := range []int{1, 2, 5, 10, 50} {
		if f.showYears(years, step, from, to, gap) {
			return
		}
	}
}

// showYears shows every step-th year between from and to; false when two would touch.
func (f roadFrame) showYears(years []XTick, step int, from, to, gap float64) bool {
	half := textWidth(yearRunes) / 2
	edge := from
	for i := range years {
		l := &years[i].Label
		y, _, _ := years[i].Day.Civil()
		inside := years[i].X-half >= from && years[i].X+half <= to
		if l.Shown = inside && y%step == 0; !l.Shown {
			continue
		}
		if years[i].X-half < edge {
			return false
		}
		edge = years[i].X + half + gap
	}
	return true
}

// dots places one dot per counted event and, where there is room, its label: to the right above,
// to the left above, to the right below, to the left below. A label that fits nowhere is not
// shown; the table beside the chart has it.
func (f roadFrame) dots(r Road) []Dot {
	radius := dotRadius
	if r.Width < narrow {
		radius = dotRadiusTiny
	}
	dots := make([]Dot, len(f.p.Counted))
	taken := f.obstacles(r)
	for i, e := range f.p.Counted {
		dots[i] = Dot{Event: e, N: i + 1, X: f.x(e.last()), Y: f.y(i + 1), R: radius}
		taken = append(taken, around(dots[i]))
	}
	for i := range dots {
		var box Box
		if dots[i].Label, box = f.place(dots[i], taken); dots[i].Label.Shown {
			taken = append(taken, box)
		}
	}
	return dots
}

func around(d Dot) Box { return Box{d.X - d.R, d.Y - d.R, d.X + d.R, d.Y + d.R} }

// obstacles are the lines a label must not be written across.
func (f roadFrame) obstacles(r Road) (out []Box) {
	const half = 1.5
	lines := []Line{r.Steps, r.Target}
	if r.Today.Shown {
		lines = append(lines, Line{{r.Today.X, r.Today.Top}, {r.Today.X, r.Today.Bottom}})
	}
	for _, l := range lines {
		for i := 1; i < len(l); i++ {
			a, b := l[i-1], l[i]
			out = append(out, Box{min(a.X, b.X) - half, min(a.Y, b.Y) - half, max(a.X, b.X) + half, max(a.Y, b.Y) + half})
		}
	}
	return out
}

func (f roadFrame) place(d Dot, taken []Box) (Label, Box) {
	width := textWidth(utf8.RuneCountInString(d.Event.Label))
	if width == 0 {
		return Label{}, Box{}
	}
	away := d.R + 2
	for _, at := range []Label{
		{X: d.X + away, Y: d.Y - away, Anchor: AnchorStart},
		{X: d.X - away, Y: d.Y - away, Anchor: AnchorEnd},
		{X: d.X + away, Y: d.Y + away + textSize*0.8, Anchor: AnchorStart},
		{X: d.X - away, Y: d.Y + away + textSize*0.8, Anchor: AnchorEnd},
	} {
		at.X, at.Y, at.Text, at.Shown = tenth(at.X), tenth(at.Y), d.Event.Label, true
		if box := boxOf(at, width); f.room().contains(box) && free(box, taken) {
			return at, box
		}
	}
	return Label{Text: d.Event.Label}, Box{}
}

// room is where labels of dots may stand: the plot and a little of its margins.
func (f roadFrame) room() Box {
	return Box{f.plot.Left + 2, topMargin - 5, f.plot.Right + rightMargin - 2, f.plot.Bottom - 1}
}

func boxOf(l Label, width float64) Box {
	b := Box{l.X, l.Y - textSize*0.8, l.X + width, l.Y + textSize*0.2}
	if l.Anchor == AnchorEnd {
		b.Left, b.Right = l.X-width, l.X
	}
	return b
}

func free(box Box, taken []Box) bool {
	for _, t := range taken {
		if box.overlaps(t) {
			return false
		}
	}
	return true
}
