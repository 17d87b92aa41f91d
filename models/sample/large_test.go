package sample

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"expediente/models"
	"expediente/models/day"
)

// simple is a procedure of three steps, the second of which carries a date and may be repeated.
var simple = Rules{
	Known: func(procedure, state string) bool { return procedure == "iachr_petition" && state != "US" },
	Visit: func(string) bool { return false },
	Next: func(_, _ string, log []Step, _ day.Day) []Offer {
		switch {
		case len(log) == 0:
			return []Offer{{Code: "petition_lodged"}}
		case log[len(log)-1].Code == "judgment":
			return nil
		}
		return []Offer{{Code: "completion_requested", Letter: true}, {Code: "judgment"}}
	},
}

func made(t testing.TB, l Large) []Made {
	t.Helper()
	seq, err := l.Make(simple)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(seq)
}

func TestTheNthMatterIsTheSameHoweverManyAreMade(t *testing.T) {
	days := cmp.Comparer(func(a, b day.Day) bool { return a == b })
	if diff := cmp.Diff(made(t, Large{Matters: 40, Seed: 3})[:10], made(t, Large{Matters: 10, Seed: 3}), days); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(made(t, Large{Matters: 5, Seed: 3}), made(t, Large{Matters: 5, Seed: 4}), days) {
		t.Error("two seeds made the same matters")
	}
}

func TestMadeMattersAreBelievable(t *testing.T) {
	until := day.MustParse("2010-12-31")
	for n, m := range made(t, Large{Matters: 300, Seed: 1, From: day.MustParse("2000-01-01"), Until: until}) {
		if m.Procedure != "iachr_petition" || m.State == "US" || m.State == "" {
			t.Errorf("matter %d: %s against %q", n, m.Procedure, m.State)
		}
		if text := m.Title + m.Summary + m.Numbers + strings.Join(m.Victims, ""); m.Title == "" || strings.ContainsAny(text, "{}") {
			t.Errorf("matter %d: %q", n, text)
		}
		before := m.OpenedOn
		for i, s := range m.Steps {
			if s.Day.Before(before) || s.Day.After(until) {
				t.Errorf("matter %d: step %d is on %v, after %v", n, i, s.Day, before)
			}
			if (s.Code == "completion_requested") == s.Until.IsZero() || s.Until.Before(s.Day) && !s.Until.IsZero() {
				t.Errorf("matter %d: %s carries %v", n, s.Code, s.Until)
			}
			before = s.Day
		}
	}
}

func TestPeopleAreLetIntoTheirShare(t *testing.T) {
	all, few := models.ID{1}, models.ID{2}
	counts := map[models.ID]int{}
	const matters = 2000
	for _, m := range made(t, Large{Matters: matters, People: []Person{{all, models.Coordinator, 1}, {few, models.Member, 0.1}}}) {
		for id := range m.Members {
			counts[id]++
		}
	}
	if counts[all] != matters || math.Abs(float64(counts[few])-matters/10) > 60 {
		t.Errorf("%d and %d of %d matters", counts[all], counts[few], matters)
	}
}

func BenchmarkMake(b *testing.B) {
	for b.Loop() {
		made(b, Large{Matters: 1000})
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/matter")
}
