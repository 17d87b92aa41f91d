package plan

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"expediente/models/day"
)

func TestRoadStaysInsideItsBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Measure(anyInput(t))
		r := DrawRoad(p, rapid.Float64Range(1, 2000).Draw(t, "width"), rapid.Float64Range(1, 900).Draw(t, "height"))
		for _, l := range []Line{r.Steps, r.Band, r.Median, r.Expected, r.Target} {
			for _, at := range l {
				inPlot(t, r, at)
			}
		}
		for _, d := range r.Dots {
			inPlot(t, r, Point{d.X, d.Y})
		}
		for _, x := range r.XTicks {
			inPlot(t, r, Point{x.X, r.Plot.Bottom})
		}
		for _, y := range r.YTicks {
			inPlot(t, r, Point{r.Plot.Left, y.Y})
		}
		apart(t, r)
	})
}

func inPlot(t *rapid.T, r Road, at Point) {
	if math.IsNaN(at.X) || math.IsNaN(at.Y) || at.X < r.Plot.Left || at.X > r.Plot.Right || at.Y < r.Plot.Top || at.Y > r.Plot.Bottom {
		t.Fatalf("%v lies outside %v", at, r.Plot)
	}
}

// apart checks that no two shown labels touch, on the time axis and among the dots, and that all
// of them lie inside the drawing.
func apart(t *rapid.T, r Road) {
	var boxes []Box
	for _, x := range r.XTicks {
		runes := monthRunes
		if x.Kind == TickYear {
			runes = yearRunes
		}
		if x.Label.Shown {
			boxes = append(boxes, labelBox(x.Label, textWidth(runes)))
		}
	}
	for _, d := range r.Dots {
		if d.Label.Shown {
			boxes = append(boxes, labelBox(d.Label, textWidth(len(d.Label.Text))))
		}
	}
	if r.Today.Shown {
		boxes = append(boxes, labelBox(r.Today.Label, textWidth(todayRunes)))
	}
	drawing := Box{0, 0, r.Width, r.Height}
	for i, b := range boxes {
		if !drawing.contains(b) || !free(b, boxes[:i]) {
			t.Fatalf("label %v of %v touches another or the edge", b, boxes)
		}
	}
}

func labelBox(l Label, width float64) Box {
	if l.Anchor == AnchorMiddle {
		l.X, l.Anchor = l.X-width/2, AnchorStart
	}
	return boxOf(l, width)
}

// The drawing of the design: one of three presented, seen from June 2005, at desktop width.
func TestRoadOfTheNetworksPlan(t *testing.T) {
	r := DrawRoad(Measure(network("2005-06-20", "2004-02-10")), DeskWidth, DeskHeight)
	var ticks []day.Day
	for _, x := range r.XTicks {
		if x.Label.Shown {
			ticks = append(ticks, x.Day)
		}
	}
	want := []string{"2003-03", "2004", "2005", "2006", "2007", "2008-02"}
	if len(ticks) != len(want) {
		t.Fatalf("ticks %v, want %v", ticks, want)
	}
	for i := range want {
		if ticks[i].String() != want[i] {
			t.Errorf("tick %d is %v, want %v", i, ticks[i], want[i])
		}
	}
	if len(r.YTicks) != 6 || r.YTicks[3].Value != 3 || !r.YTicks[3].Target {
		t.Errorf("counts on the axis: %+v", r.YTicks)
	}
	if got, want := len(r.Steps), 4; got != want {
		t.Errorf("%d corners in the steps, want %d", got, want)
	}
	dot := r.Dots[0]
	if !dot.Label.Shown || dot.Label.Anchor != AnchorStart || dot.Label.Y >= dot.Y {
		t.Errorf("the label stands at %+v, want to the right above %v, %v", dot.Label, dot.X, dot.Y)
	}
	if r.Band[0] != (Point{r.Today.X, dot.Y}) || r.Median[0] != r.Band[0] {
		t.Errorf("the band begins at %v, want at the day looked at, %v, %v", r.Band[0], r.Today.X, dot.Y)
	}
}

func TestAPhoneShowsFewerYears(t *testing.T) {
	p := Measure(network("2005-06-20", "2004-02-10"))
	shown := func(r Road) (n int) {
		for _, x := range r.XTicks {
			if x.Label.Shown {
				n++
			}
		}
		return n
	}
	desk, phone := DrawRoad(p, DeskWidth, DeskHeight), DrawRoad(p, PhoneWidth, PhoneHeight)
	if shown(desk) != 6 || shown(phone) < 3 || shown(phone) > 5 || len(phone.XTicks) != len(desk.XTicks) {
		t.Errorf("%d labels on the desk, %d on the phone, %d and %d ticks", shown(desk), shown(phone), len(desk.XTicks), len(phone.XTicks))
	}
}

func TestSparkStaysInsideItsBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := DrawSpark(Measure(anyInput(t)), 200, 30)
		for _, at := range append(s.Steps, s.Expected...) {
			if at.X < 0 || at.X > 200 || at.Y < 0 || at.Y > 30 {
				t.Fatalf("%v lies outside", at)
			}
		}
	})
}

func BenchmarkDrawRoad(b *testing.B) {
	p := Measure(network("2005-06-20", "2004-02-10"))
	b.ReportAllocs()
	for b.Loop() {
		DrawRoad(p, DeskWidth, DeskHeight)
	}
}
