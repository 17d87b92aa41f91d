package day

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAddMonthsClampsAtMonthEnd(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2005-08-31", 6, "2006-02-28"},
		{"2003-08-31", 6, "2004-02-29"},
		{"2005-11-30", 3, "2006-02-28"},
		{"2005-11-30", 4, "2006-03-30"}, // from the trigger, not from the clamped day
		{"2005-12-21", 2, "2006-02-21"},
		{"2006-01-31", -2, "2005-11-30"},
		{"2005-12", 2, "2006-02-01"},
	} {
		if got := MustParse(c.from).AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"", "2006-02-29", "2006-13", "2006-1-1", "06", "2006/01/01", "2006-00", "0999", "2006-01-00", "２００６"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", s, d)
		}
	}
}

func TestPartialDatesAreIntervals(t *testing.T) {
	for _, c := range []struct{ in, first, last string }{
		{"2006", "2006-01-01", "2006-12-31"},
		{"2004-02", "2004-02-01", "2004-02-29"},
		{"2004-02-03", "2004-02-03", "2004-02-03"},
	} {
		d := MustParse(c.in)
		if d.First().String() != c.first || d.Last().String() != c.last {
			t.Errorf("%s means %v to %v, want %s to %s", c.in, d.First(), d.Last(), c.first, c.last)
		}
	}
}

func TestAgreesWithTimePackage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3_200_000).Draw(t, "days"))
		n := rapid.IntRange(-40_000, 40_000).Draw(t, "n")
		d := On(at)
		if got, want := d.AddDays(n), On(at.AddDate(0, 0, n)); got != want && want.year >= 1000 && want.year <= 9999 {
			t.Fatalf("%v + %d days = %v, want %v", d, n, got, want)
		}
		if d.Weekday() != at.Weekday() {
			t.Fatalf("%v is a %v, want %v", d, d.Weekday(), at.Weekday())
		}
		if back, err := Parse(d.String()); err != nil || back != d {
			t.Fatalf("%v reads back as %v (%v)", d, back, err)
		}
		if e := d.AddDays(n); e.Sub(d) != n {
			t.Fatalf("%v - %v = %d, want %d", e, d, e.Sub(d), n)
		}
	})
}

func TestAddMonthsLandsInTheRightMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Of(rapid.IntRange(1900, 2100).Draw(t, "y"), time.Month(rapid.IntRange(1, 12).Draw(t, "m")), rapid.IntRange(1, 28).Draw(t, "d"))
		n := rapid.IntRange(-240, 240).Draw(t, "n")
		if got, want := d.AddMonths(n), On(d.Time().AddDate(0, n, 0)); got != want {
			t.Fatalf("%v + %d months = %v, want %v", d, n, got, want)
		}
	})
}
