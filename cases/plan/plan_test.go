package plan

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"expediente/models/day"
)

// network is the plan of 2003–2008: three cases presented in five years (1827 days).
func network(asOf string, events ...string) Input {
	in := Input{Start: day.MustParse("2003-03-01"), End: day.MustParse("2008-02-29"), AsOf: day.MustParse(asOf), Target: 3}
	for i, on := range events {
		in.Events = append(in.Events, Event{On: day.MustParse(on), Label: fmt.Sprintf("P %d-04", 92+i), Ref: fmt.Sprint("E-", i)})
	}
	return in
}

func TestWorkedExamples(t *testing.T) {
	for _, c := range []struct {
		name             string
		in               Input
		value            int
		expected         float64
		pace             Pace
		low, median, top int
		chance           Chance
	}{
		{"the first day: the target's own pace and no data", network("2003-03-01"), 0, 0, OnPace, 0, 2, 10, Even},
		{"one of three at 46 %: between the floor and the ceiling", network("2005-06-20", "2004-02-10"), 1, 1.383, OnPace, 1, 2, 5, Even},
		{"none of three at 46 %", network("2005-06-20"), 0, 1.383, Behind, 0, 0, 3, VeryUnlikely},
		{"three of three at 46 %", network("2005-06-20", "2003-05-02", "2004-02-10", "2005-06-20"), 3, 1.383, Ahead, 3, 5, 10, Reached},
		{"one of three a month before the end", network("2008-01-29", "2004-02-10"), 1, 2.947, Behind, 1, 1, 1, VeryUnlikely},
		{"before the plan", network("2003-02-28"), 0, 0, NotStarted, 0, 0, 0, ""},
		{"after the plan", network("2008-03-01", "2004-02-10", "2006-01-01", "2007"), 3, 3, Ended, 3, 3, 3, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Measure(c.in)
			f := p.Forecast
			if p.Value != c.value || math.Abs(p.Expected-c.expected) > 0.001 || p.Pace != c.pace {
				t.Errorf("value %d expected %.3f %s, want %d %.3f %s", p.Value, p.Expected, p.Pace, c.value, c.expected, c.pace)
			}
			if f.Low != c.low || f.Median != c.median || f.High != c.top || f.Chance != c.chance {
				t.Errorf("forecast %d %d %d %q, want %d %d %d %q", f.Low, f.Median, f.High, f.Chance, c.low, c.median, c.top, c.chance)
			}
		})
	}
}

// The negative-binomial probabilities of the second worked example, by hand: size 2, 841 of 1827
// days gone, prior 609 days, 986 days left, so p = 1450/2436.
func TestPredictiveByHand(t *testing.T) {
	d := Measure(network("2005-06-19", "2004-02-10")).predict(1827 - 841)
	p := 1450.0 / 2436
	q := 1 - p
	want := []float64{p * p, p * p * (1 + 2*q), p * p * (1 + 2*q + 3*q*q), p * p * (1 + 2*q + 3*q*q + 4*q*q*q)}
	d.each(func(n int, sum float64) bool {
		if math.Abs(sum-want[n]) > 1e-12 {
			t.Errorf("P(at most %d) = %.15f, want %.15f", n, sum, want[n])
		}
		return n+1 < len(want)
	})
	if got := d.atLeast(2); math.Abs(got-(1-want[1])) > 1e-12 {
		t.Errorf("P(two or more) = %.15f, want %.15f", got, 1-want[1])
	}
}

func TestWhatCounts(t *testing.T) {
	for _, c := range []struct {
		name              string
		on                []string
		refs              string
		asOf              string
		counted, doubtful int
	}{
		{"the first and the last day belong to the plan", []string{"2003-03-01", "2008-02-29"}, "ab", "2008-03-09", 2, 0},
		{"the day before and the day after do not", []string{"2003-02-28", "2008-03-01"}, "ab", "2009-01-01", 0, 0},
		{"nothing counts before it happened", []string{"2005-06-21"}, "a", "2005-06-20", 0, 0},
		{"a matter presented twice counts once", []string{"2004-02-10", "2006-02-10"}, "aa", "2007-01-01", 1, 0},
		{"a matter presented before the plan is not presented again in it", []string{"2002-02-10", "2006-02-10"}, "aa", "2007-01-01", 0, 0},
		{"events without a reference stand each for itself", []string{"2004-02-10", "2006-02-10"}, "  ", "2007-01-01", 2, 0},
		{"a month inside the plan counts", []string{"2004-03"}, "a", "2005-06-20", 1, 0},
		{"a year that may lie before the plan is doubtful", []string{"2003"}, "a", "2005-06-20", 0, 1},
		{"a month that may not have come yet is doubtful", []string{"2005-06"}, "a", "2005-06-20", 0, 1},
		{"a doubtful day is forgotten once a sure one counts", []string{"2003", "2004-02-10"}, "aa", "2005-06-20", 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := network(c.asOf, c.on...)
			for i := range in.Events {
				in.Events[i].Ref = strings.TrimSpace(c.refs[i : i+1])
			}
			p := Measure(in)
			if p.Value != c.counted || len(p.Doubtful) != c.doubtful {
				t.Errorf("counted %v, doubtful %v", p.Counted, p.Doubtful)
			}
		})
	}
}

func TestPercentagesNeedFiveEvents(t *testing.T) {
	on := []string{"2003-05-01", "2003-09-01", "2004-02-01", "2004-08-01", "2005-01-01"}
	for n := range len(on) + 1 {
		in := network("2005-06-20", on[:n]...)
		in.Target = 8
		f := Measure(in).Forecast
		if f.Enough != (n >= MinEvents) || (f.Likelihood > 0) != f.Enough || f.Chance == "" {
			t.Errorf("%d events: enough %v, likelihood %v, chance %q", n, f.Enough, f.Likelihood, f.Chance)
		}
	}
}

func TestBackTest(t *testing.T) {
	if _, ok := BackTest(network("2004-08-30", "2004-02-10")); ok {
		t.Error("a plan of five months was tried on the past")
	}
	b, ok := BackTest(network("2006-06-20", "2004-02-10", "2005-11-01"))
	if !ok || b.Then.AsOf != day.MustParse("2005-06-20") || b.Then.Value != 1 || b.Actual != 2 || !b.Inside {
		t.Errorf("back-test = %+v", b)
	}
	if end := b.Then.Forecast.Course[len(b.Then.Forecast.Course)-1].On; end != day.MustParse("2006-06-19") {
		t.Errorf("the forecast of a year ago ends on %v", end)
	}
	busy := network("2006-06-20", "2005-11-01", "2005-11-02", "2005-11-03", "2005-11-04", "2005-11-05", "2005-11-06")
	if b, _ = BackTest(busy); b.Inside || b.Reason.Key != "plan.backtest.outside" {
		t.Errorf("six filings after none = %v", b.Reason)
	}
}

// anyInput draws plans of all lengths, dates of all precisions and days looked at inside and
// outside the plan.
func anyInput(t *rapid.T) Input {
	start := day.Of(rapid.IntRange(1990, 2030).Draw(t, "year"), 1, 1).AddDays(rapid.IntRange(0, 364).Draw(t, "start"))
	days := rapid.IntRange(1, 4000).Draw(t, "days")
	in := Input{Start: start, End: start.AddDays(days - 1), Target: rapid.IntRange(0, 400).Draw(t, "target"), Preparing: rapid.IntRange(0, 5).Draw(t, "preparing")}
	in.AsOf = start.AddDays(rapid.IntRange(-30, days+30).Draw(t, "asOf"))
	in.Unit = rapid.SampledFrom([]Unit{"", Petitions, Visits, Readings}).Draw(t, "unit")
	for i := range rapid.IntRange(0, 60).Draw(t, "events") {
		on := start.AddDays(rapid.IntRange(-60, days+60).Draw(t, "on"))
		on = []day.Day{on, on, on, toMonth(on), toYear(on)}[rapid.IntRange(0, 4).Draw(t, "precision")]
		label := rapid.SampledFrom([]string{"", "P 120-04", "Ruiz y otras personas contra el Estado"}).Draw(t, "label")
		in.Events = append(in.Events, Event{on, label, rapid.SampledFrom([]string{"", fmt.Sprint(i), "same"}).Draw(t, "ref")})
	}
	return in
}

func TestForecastProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Measure(anyInput(t))
		f := p.Forecast
		if f.Low > f.Median || f.Median > f.High || f.Low < p.Value {
			t.Fatalf("interval %d %d %d of value %d", f.Low, f.Median, f.High, p.Value)
		}
		if math.IsNaN(f.Mean) || math.IsNaN(f.Likelihood) || f.Likelihood < 0 || f.Likelihood > 1 || p.Elapsed < 0 || p.Elapsed > 1 {
			t.Fatalf("mean %v likelihood %v elapsed %v", f.Mean, f.Likelihood, p.Elapsed)
		}
		for i := 1; i < len(f.Course); i++ {
			a, b := f.Course[i-1], f.Course[i]
			if b.Low < a.Low || b.Median < a.Median || b.High < a.High || b.On.Before(a.On) || b.On.After(p.End) {
				t.Fatalf("the interval closes from %v to %v", a, b)
			}
		}
		if f.Known != (p.Pace != NotStarted && p.Pace != Ended) || f.Known == (f.Why.Key != "") {
			t.Fatalf("known %v at pace %s because %v", f.Known, p.Pace, f.Why)
		}
	})
}

func TestOneMoreEventNeverLowersTheForecast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		a := Measure(in)
		in.Events = append(in.Events, Event{On: in.Start, Ref: "one more"})
		b := Measure(in)
		f, g := a.Forecast, b.Forecast
		if b.Value < a.Value || g.Low < f.Low || g.Median < f.Median || g.High < f.High || g.Mean < f.Mean {
			t.Fatalf("%d %d %d (%.2f) became %d %d %d (%.2f)", f.Low, f.Median, f.High, f.Mean, g.Low, g.Median, g.High, g.Mean)
		}
	})
}

func TestTheOrderOfEventsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		a := Measure(in)
		shuffled := slices.Clone(in.Events)
		r := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		in.Events = shuffled
		b := Measure(in)
		if diff := cmp.Diff(a.Counted, b.Counted, cmp.Comparer(func(x, y day.Day) bool { return x == y })); diff != "" {
			t.Fatal(diff)
		}
	})
}

// The intervals are honest: over many plans whose rate is drawn from the prior and whose events
// come at random, at least nine in ten end inside. The seed is fixed.
func TestIntervalsHoldTheirLevel(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	inside, plans := 0, 2000
	for range plans {
		in := network("2005-06-20")
		rate := r.ExpFloat64() * 3 / 1827
		for d := range 1827 {
			if r.Float64() < rate {
				in.Events = append(in.Events, Event{On: in.Start.AddDays(d)})
			}
		}
		f := Measure(in).Forecast
		in.AsOf = in.End.AddDays(1)
		if n := Measure(in).Value; f.Low <= n && n <= f.High {
			inside++
		}
	}
	if share := float64(inside) / float64(plans); share < DefaultLevel {
		t.Errorf("%.3f of the plans ended inside the interval, want at least %.2f", share, DefaultLevel)
	}
}

func TestEveryReasonHasWords(t *testing.T) {
	for _, lang := range []string{"es", "en"} {
		keys := catalogue(t, "../../templates/locale/"+lang+"/plan.yaml")
		check := func(r Reason) {
			if r.Key != "" && !keys[r.Key] {
				t.Errorf("%s: %s has no words", lang, r.Key)
			}
		}
		for _, b := range breakPoints {
			check(say("plan.break." + b.ID))
		}
		rapid.Check(t, func(rt *rapid.T) {
			in := anyInput(rt)
			p := Measure(in)
			all := slices.Concat(p.Sentences, p.Forecast.Assumptions, []Reason{p.Forecast.Why, p.Word(), p.Unit.Definition()})
			if trial, ok := BackTest(in); ok {
				all = append(all, trial.Reason)
			}
			if p.Forecast.Known {
				all = append(all, p.Forecast.Chance.Reason())
			}
			for _, r := range all {
				check(r)
			}
		})
	}
}

func catalogue(t *testing.T, file string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := yaml.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	var walk func(prefix string, node map[string]any)
	walk = func(prefix string, node map[string]any) {
		for k, v := range node {
			keys[prefix+k] = true
			if child, ok := v.(map[string]any); ok {
				walk(prefix+k+".", child)
			}
		}
	}
	walk("", tree)
	return keys
}

func BenchmarkMeasure(b *testing.B) {
	for _, n := range []int{3, 1000} {
		in := network("2005-06-20")
		for i := range n {
			in.Events = append(in.Events, Event{On: in.Start.AddDays(i * 800 / n), Ref: fmt.Sprint(i)})
		}
		b.Run(fmt.Sprint(n, " events"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Measure(in)
			}
		})
	}
}
