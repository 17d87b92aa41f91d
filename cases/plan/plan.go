// Package plan answers: how far along is an indicator of the five-year plan, is that the pace the
// target asks for, and where may it end?
//
// Measure is the only way in: the page, the printed dossier and the spreadsheet take their
// numbers from one Progress, so they cannot disagree. Road and Spark turn a Progress into
// geometry that the page draws as SVG and the dossier as PDF.
//
// # Decisions
//
// What counts. An event counts once per Ref, on the first of its days, when that day surely lies
// inside the plan's period and surely not after AsOf. An event known only to the month or the
// year that may lie outside is not counted and is listed in Doubtful.
//
// Elapsed time is completed days over the days of the period, both ends belonging to it: on the
// first day nothing has elapsed, the day after the last everything has.
//
// Pace compares whole events with a straight line from nothing to the target. The line is hardly
// ever at a whole number, so a value is on pace from the floor to the ceiling of the expected
// count, behind below the floor and ahead above the ceiling. The comparison is made in integers.
//
// The forecast (forecast.go) is a count model, not a trend line: with few filings a year a
// negative-binomial count with a wide interval is the honest answer. Below MinEvents events it
// speaks in ranges and words, never percentages.
//
// Rejected: simulation (the predictive distribution has a closed form), a seasonal model (three
// events cannot show a season), and counting matters in preparation with some weight (a
// preparation may be abandoned; it is named beside the forecast instead).
package plan

import (
	"cmp"
	"slices"

	"expediente/models/day"
)

// Unit is what an indicator counts; it chooses the words of the standing sentence and which
// caveats apply.
type Unit string

// The units the words know. The empty Unit means Petitions.
const (
	Petitions Unit = "petitions" // petitions received by the Commission
	Visits    Unit = "visits"    // rapporteur visits with a submission of the network
	Readings  Unit = "readings"  // anything reported by people, with evidence
)

// Event is one thing that counts towards a target.
type Event struct {
	On    day.Day // when it happened
	Label string  // what the chart writes beside its dot, e.g. "P 120-04"
	Ref   string  // what it belongs to; events sharing a Ref count once
}

// last is the day from which the event has surely happened.
func (e Event) last() day.Day { return e.On.Last() }

// Input is what an indicator is measured from.
type Input struct {
	Start, End day.Day // the plan's period; both days belong to it
	AsOf       day.Day // the day looked at
	Target     int     // how many events the plan asks for
	Events     []Event // in any order, also those outside the period
	Preparing  int     // matters being prepared: named, never counted
	Unit       Unit    // empty: Petitions
	Level      float64 // share of outcomes the interval is made to hold; 0 means DefaultLevel
}

// Pace compares the value with the straight line to the target.
type Pace string

// The paces; see the package comment for where one ends and the next begins.
const (
	Ahead      Pace = "ahead"
	OnPace     Pace = "on_pace"
	Behind     Pace = "behind"
	NotStarted Pace = "not_started" // AsOf lies before the period
	Ended      Pace = "ended"       // AsOf lies after the period: see Met
)

// Progress is an indicator measured on one day.
type Progress struct {
	Input
	Value     int     // events counted
	Expected  float64 // events a straight line to the target would have by AsOf
	Elapsed   float64 // share of the period that has passed, 0 to 1
	Days      int     // days of the period
	DaysGone  int     // completed days of the period
	Pace      Pace
	Met       bool    // the target has been reached
	Counted   []Event // in order
	Doubtful  []Event // inside or outside the period, their dates do not tell
	Forecast  Forecast
	Sentences []Reason // where it stands, the pace, the outlook: in reading order
}

// Measure counts in.Events as of in.AsOf, compares them with the target and forecasts the end of
// the period. It gives the same answer for the same input, whatever the order of the events.
func Measure(in Input) Progress {
	in = in.tidy()
	p := Progress{Input: in}
	p.Counted, p.Doubtful = in.count()
	p.Value = len(p.Counted)
	p.Days = max(in.End.Sub(in.Start)+1, 1)
	p.DaysGone = min(max(in.AsOf.Sub(in.Start), 0), p.Days)
	p.Elapsed = float64(p.DaysGone) / float64(p.Days)
	p.Expected = float64(in.Target) * p.Elapsed
	p.Met = p.Value >= in.Target
	p.Pace = p.pace()
	p.Forecast = p.forecast()
	p.Sentences = p.sentences()
	return p
}

// tidy widens dates known to the month or year to what they may mean and fills in defaults.
func (in Input) tidy() Input {
	in.Start, in.End, in.AsOf = in.Start.First(), in.End.Last(), in.AsOf.Last()
	in.Target, in.Preparing = max(in.Target, 0), max(in.Preparing, 0)
	if in.Unit == "" {
		in.Unit = Petitions
	}
	if in.Level <= 0 || in.Level >= 1 {
		in.Level = DefaultLevel
	}
	return in
}

// count sorts the events into those that surely count and those whose dates do not tell.
func (in Input) count() (counted, doubtful []Event) {
	events := slices.Clone(in.Events)
	slices.SortStableFunc(events, func(a, b Event) int {
		return cmp.Or(a.last().Compare(b.last()), a.On.Compare(b.On), cmp.Compare(a.Ref, b.Ref), cmp.Compare(a.Label, b.Label))
	})
	spent := map[string]bool{}
	until := in.End
	if in.AsOf.Before(until) {
		until = in.AsOf
	}
	for _, e := range events {
		if e.On.IsZero() || e.Ref != "" && spent[e.Ref] {
			continue
		}
		before, after := e.last().Before(in.Start), e.On.After(until)
		switch {
		case after:
			continue
		case e.On.Before(in.Start) && !before, e.last().After(until):
			doubtful = append(doubtful, e)
			continue
		case !before:
			counted = append(counted, e)
		}
		spent[e.Ref] = true
	}
	doubtful = slices.DeleteFunc(doubtful, func(e Event) bool { return e.Ref != "" && spent[e.Ref] })
	return counted, doubtful
}

func (p Progress) pace() Pace {
	line := p.Target * p.DaysGone // the expected count times p.Days, in integers
	switch {
	case p.AsOf.Before(p.Start):
		return NotStarted
	case p.AsOf.After(p.End):
		return Ended
	case p.Value < line/p.Days:
		return Behind
	case p.Value > (line+p.Days-1)/p.Days:
		return Ahead
	}
	return OnPace
}
