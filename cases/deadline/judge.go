package deadline

import "expediente/models/day"

// Judge tells how a deadline stands on asOf and by how many calendar days it was or is passed.
// met and closed are the days on which it was met, or on which the procedure moved on without
// it; at most one is set, the zero day means "not". A zero due never passes.
//
// A partial met or closed day is taken at its latest, not beyond asOf, unless benefit is set:
// then at its earliest, because nobody is called late without certainty.
func Judge(due, met, closed, asOf day.Day, benefit bool) (Status, int) {
	sure := func(d day.Day) day.Day {
		switch {
		case benefit:
			return d.First()
		case d.Last().After(asOf) && !d.After(asOf):
			return asOf.First()
		}
		return d.Last()
	}
	switch {
	case !met.IsZero():
		return passed(due, sure(met), Met, Late)
	case !closed.IsZero():
		return passed(due, sure(closed), Superseded, Missed)
	}
	return passed(due, asOf, Open, Missed)
}

func passed(due, on day.Day, kept, broken Status) (Status, int) {
	if due.IsZero() || !on.After(due) {
		return kept, 0
	}
	return broken, on.Sub(due)
}
