package procedure

import "expediente/cases/deadline"

// close finds what met the deadline, or what left it behind, and judges it.
func (f *fold) close(dl *Deadline, i int) {
	met, closed := f.firstMet(dl, i), f.firstClosed(dl, i)
	if met != nil && closed != nil && order(met.Day, closed.Day) > 0 {
		met = nil // the procedure had moved on before
	}
	switch {
	case met != nil:
		dl.MetOn, dl.MetRef = met.Day, met.Ref
	case closed != nil:
		dl.ClosedOn = closed.Day
	}
	dl.Status, dl.Days = deadline.Judge(dl.Due, dl.MetOn, dl.ClosedOn, f.in.AsOf, !dl.Rule.prudent)
	f.conclude(dl, closed, f.lapse(dl))
}

// lapse turns what is only called late or missed for want of a better word: a time that had to
// run has run, and a right that nobody used has lapsed. It returns the reason to give instead.
func (f *fold) lapse(dl *Deadline) string {
	if dl.Status != Late && dl.Status != Missed {
		return ""
	}
	switch r := dl.Rule; {
	case r.Waits == WaitsAlways, r.Waits == WaitsWithoutCourt && !f.holds(RequiresCourt, dl.TriggerDay.First()):
		dl.Status, dl.Days = Met, 0
		return "reasons.elapsed"
	case r.Optional && dl.Status == Missed:
		dl.Status, dl.Days = Superseded, 0
		return "reasons.lapsed"
	}
	return ""
}

// firstMet is the first milestone that meets the deadline opened by entry i.
func (f *fold) firstMet(dl *Deadline, i int) *entry {
	r := dl.Rule
	if !f.seen.meets(&r.metBy) {
		return nil
	}
	opened := f.entries[i].Day.First()
	for j := range f.entries {
		e := &f.entries[j]
		switch {
		case j == i || e.def == nil || !r.metBy.has(e.def.pos):
		case !r.MetBefore && e.Day.Last().Before(opened):
		case r.ByVictim && e.Victim != "" && e.Victim != dl.Victim:
		case !r.ByVictim && !apply(e, &r.metBy, dl.Victim):
		default:
			return e
		}
	}
	return nil
}

// firstClosed is the first milestone by which the procedure left the deadline behind.
func (f *fold) firstClosed(dl *Deadline, i int) *entry {
	r := dl.Rule
	if !f.seen.meets(&r.closedBy) {
		return nil
	}
	opened := f.entries[i].Day.First()
	for j := range f.entries {
		e := &f.entries[j]
		if j != i && e.def != nil && apply(e, &r.closedBy, dl.Victim) && !e.Day.Last().Before(opened) {
			return e
		}
	}
	return nil
}

// conclude ends the reasons: how the deadline stands and how sure all this is.
func (f *fold) conclude(dl *Deadline, closed *entry, lapse string) {
	switch dl.Status {
	case Met, Superseded:
		if lapse != "" {
			dl.say(lapse, "due", dl.Due)
			break
		}
		if dl.Status == Superseded {
			dl.say("reasons.superseded", "name", closed.def.Names, "on", dl.ClosedOn)
			break
		}
		dl.say("reasons.met", "on", dl.MetOn)
	case Late:
		dl.say("reasons.late", "n", dl.Days, "on", dl.MetOn, "due", dl.Due)
	case Missed:
		if closed != nil {
			dl.say("reasons.missed_closed", "n", dl.Days, "due", dl.Due, "name", closed.def.Names, "on", dl.ClosedOn)
		} else {
			dl.say("reasons.missed", "n", dl.Days, "due", dl.Due)
		}
	case Open:
		if !dl.Due.IsZero() {
			dl.say("reasons.open", "n", dl.Due.Sub(f.in.AsOf), "due", dl.Due)
		}
	}
	if !dl.Due.IsZero() && dl.Due.Before(dl.MetOn.Last()) && !dl.Due.Before(dl.MetOn) {
		dl.say("reasons.met_unsure", "on", dl.MetOn)
	}
	if dl.Doubt.Doubtful() {
		dl.say(doubtKeys[dl.Doubt])
	}
}
