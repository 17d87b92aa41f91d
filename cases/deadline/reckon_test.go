package deadline

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"expediente/models/day"
)

func d(s string) day.Day {
	if s == "" {
		return day.Day{}
	}
	return day.MustParse(s)
}

func said(l Limit, key string) bool {
	return slices.ContainsFunc(l.Reasons, func(r Reason) bool { return r.Key == "reasons."+key })
}

func TestReckon(t *testing.T) {
	months := func(n int) Length { return Length{Months: n} }
	for _, c := range []struct {
		name           string
		clock          Clock
		due, cap, says string
	}{
		{"Vélez Loor: two months under Art. 30.3 of 2000, never past three",
			Clock{Trigger: d("2005-12-21"), Latest: true, Length: months(2), Cap: months(3)}, "2006-02-21", "2006-03-21", "months"},
		{"Vélez Loor: the granted 6 March counts, not one month more",
			Clock{Trigger: d("2005-12-21"), Latest: true, Length: months(2), Cap: months(3), Granted: d("2006-03-06"), Letter: d("2006-02-10")}, "2006-03-06", "2006-03-21", "granted"},
		{"Fierro: 24 March and two months is a Saturday, and is not moved",
			Clock{Trigger: d("2003-03-24"), Length: months(2), Roll: RollNone}, "2003-05-24", "", "saturday"},
		{"a weekend is moved where the rules say so",
			Clock{Trigger: d("2003-03-24"), Length: months(2), Roll: RollNextWorkingDay}, "2003-05-26", "", "rolled"},
		{"31 August and six months is the end of February",
			Clock{Trigger: d("2005-08-31"), Length: months(6)}, "2006-02-28", "", "clamped"},
		{"30 November and three months is clamped, and the cap is counted from the trigger",
			Clock{Trigger: d("2005-11-30"), Length: months(3), Cap: months(4)}, "2006-02-28", "2006-03-30", "clamped"},
		{"the annexes of an expelled Dominicans brief, 21 days",
			Clock{Trigger: d("2012-10-30"), Length: Length{Days: 21}}, "2012-11-20", "", "days"},
		{"March 2006 is reckoned from its first day for us",
			Clock{Trigger: d("2006-03"), Length: months(2)}, "2006-05-01", "", "partial_earliest"},
		{"and from its last for the State",
			Clock{Trigger: d("2006-03"), Latest: true, Length: months(2)}, "2006-05-31", "", "partial_latest"},
		{"a granted date beyond the cap is kept and flagged",
			Clock{Trigger: d("2005-12-21"), Length: months(2), Cap: months(3), Granted: d("2006-04-21")}, "2006-04-21", "2006-03-21", "granted_beyond_cap"},
		{"a granted date before the computed one is kept",
			Clock{Trigger: d("2005-12-21"), Length: months(2), Granted: d("2006-02-01")}, "2006-02-01", "", "granted_earlier"},
		{"a letter's date is no rule's",
			Clock{Trigger: d("2006-05-14"), Length: Length{ByLetter: true}, Announced: d("2006-06-14")}, "2006-06-14", "", "letter"},
		{"a letter without a date gives none",
			Clock{Trigger: d("2006-05-14"), Length: Length{ByLetter: true}}, "", "", "letter_unknown"},
		{"a letter goes before a practice",
			Clock{Trigger: d("2009-04-08"), Length: months(2), Letters: true, Announced: d("2009-07-01")}, "2009-07-01", "", "letter"},
		{"fifty days before the session opens",
			Clock{Trigger: d("2013-07-01"), Length: Length{Before: 50}, Announced: d("2013-10-24")}, "2013-09-04", "", "before"},
		{"one month before the hearing",
			Clock{Trigger: d("2013-07-01"), Length: Length{BeforeMonths: 1}, Announced: d("2013-10-24")}, "2013-09-24", "", "before_months"},
		{"a period running when the pause began goes on with what was left",
			Clock{Trigger: d("2020-02-01"), Length: months(2), Pauses: []Pause{{From: d("2020-03"), To: d("2020-05-21")}}}, "2020-05-23", "", "paused"},
		{"a period opened during the pause begins after it",
			Clock{Trigger: d("2020-05-01"), Length: Length{Days: 10}, Pauses: []Pause{{From: d("2020-03"), To: d("2020-05-21")}}}, "2020-05-31", "", "paused"},
		{"an exempt period runs on",
			Clock{Trigger: d("2020-02-01"), Length: months(3), Pauses: []Pause{{From: d("2020-03"), To: d("2020-05-21"), Exempt: true}}}, "2020-05-01", "", "pause_exempt"},
		{"a suspension that ends early lets the rest run on",
			Clock{Trigger: d("2009-04-08"), Length: months(3), Granted: d("2009-12-08"), Letter: d("2009-07-01"), Restarted: d("2009-10-01")}, "2009-10-08", "", "restarted"},
		{"and no rest where the letter's day is unknown",
			Clock{Trigger: d("2009-04-08"), Length: months(3), Granted: d("2009-12-08"), Restarted: d("2009-10-01")}, "2009-10-01", "", "restarted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := Reckon(c.clock, nil)
			if l.Due != d(c.due) || l.Cap != d(c.cap) {
				t.Errorf("due %v, cap %v; want %s and %s", l.Due, l.Cap, c.due, c.cap)
			}
			if !said(l, c.says) {
				t.Errorf("%v does not say %s", l.Reasons, c.says)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name                   string
		due, met, closed, asOf string
		benefit                bool
		status                 Status
		days                   int
	}{
		{"Vélez Loor's answer came one day late", "2006-03-06", "2006-03-07", "", "2010-01-01", true, Late, 1},
		{"on the last day it is met", "2012-11-20", "2012-11-20", "", "2013-01-01", false, Met, 0},
		{"the last day itself is still open", "2006-03-06", "", "", "2006-03-06", false, Open, 0},
		{"the day after it is missed", "2006-03-06", "", "", "2006-03-07", false, Missed, 1},
		{"the procedure moved on before", "2006-03-06", "", "2006-03-01", "2010-01-01", false, Superseded, 0},
		{"the procedure moved on after, and counting stops there", "2006-03-06", "", "2006-03-16", "2010-01-01", false, Missed, 10},
		{"a month that may be late is late for us", "2006-03-06", "2006-03", "", "2010-01-01", false, Late, 25},
		{"and in time for the State", "2006-03-06", "2006-03", "", "2010-01-01", true, Met, 0},
		{"a month not over yet is taken at the day looked at", "2006-03-20", "2006-03", "", "2006-03-10", false, Met, 0},
		{"without a date nothing passes", "", "", "", "2010-01-01", false, Open, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, days := Judge(d(c.due), d(c.met), d(c.closed), d(c.asOf), c.benefit)
			if status != c.status || days != c.days {
				t.Errorf("%s by %d, want %s by %d", status, days, c.status, c.days)
			}
		})
	}
}

func TestLengthsAreReadStrictly(t *testing.T) {
	var l Length
	err := l.UnmarshalYAML(func(into any) error {
		*into.(*string) = "soon"
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "soon") {
		t.Errorf("%v does not name the wrong word", err)
	}
}

// anyDay draws days, months and years.
func anyDay(t *rapid.T, name string) day.Day {
	e := day.Of(1970, 1, 1).AddDays(rapid.IntRange(0, 30000).Draw(t, name))
	s := e.String()
	return day.MustParse(s[:rapid.SampledFrom([]int{10, 10, 10, 7, 4}).Draw(t, name+" precision")])
}

func TestEveryMonthIsCountedFromTheTrigger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trigger := anyDay(t, "trigger")
		a, b := rapid.IntRange(1, 24).Draw(t, "a"), rapid.IntRange(1, 24).Draw(t, "b")
		long := Reckon(Clock{Trigger: trigger, Length: Length{Months: a}, Cap: Length{Months: a + b}}, nil)
		whole := Reckon(Clock{Trigger: trigger, Length: Length{Months: a + b}}, nil)
		if long.Cap != whole.Due {
			t.Fatalf("the cap %v of %v is not %v, reckoned at once", long.Cap, trigger, whole.Due)
		}
		if long.Due.Before(long.From) || long.Cap.Before(long.Due) {
			t.Fatalf("%v, %v and %v are out of order", long.From, long.Due, long.Cap)
		}
		_, _, from := long.From.Civil()
		if _, _, to := long.Due.Civil(); to > from {
			t.Fatalf("%v + %d months went past the day of the month: %v", long.From, a, long.Due)
		}
	})
}

func TestTheStateIsNeverReckonedEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Clock{Trigger: anyDay(t, "trigger"), Length: Length{Days: rapid.IntRange(1, 400).Draw(t, "days")},
			Pauses: []Pause{{From: d("2020-03"), To: d("2020-05-21")}}}
		ours := Reckon(c, nil)
		c.Latest = true
		if theirs := Reckon(c, nil); theirs.Due.Before(ours.Due) {
			t.Fatalf("%v for the State comes before %v for us", theirs.Due, ours.Due)
		}
	})
}

func TestJudgingIsNeverKinderLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		due, asOf := anyDay(t, "due").First(), anyDay(t, "asOf").First()
		before, n := Judge(due, day.Day{}, day.Day{}, asOf, false)
		after, m := Judge(due, day.Day{}, day.Day{}, asOf.AddDays(1), false)
		if before == Missed && (after != Missed || m != n+1) {
			t.Fatalf("%s by %d became %s by %d a day later", before, n, after, m)
		}
	})
}
