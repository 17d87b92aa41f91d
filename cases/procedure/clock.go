package procedure

import (
	"slices"

	"expediente/cases/deadline"
	"expediente/models/day"
)

// deadlines reckons every period that something recorded has opened.
func (f *fold) deadlines() {
	for _, r := range f.d.Rules {
		switch {
		case f.seen.meets(&r.trigger):
			f.openAll(r, &r.trigger, false)
		case f.seen.meets(&r.fallback):
			f.openAll(r, &r.fallback, true)
		case f.seen.meets(&r.soften):
			f.sinceFacts(func(n int, to day.Day) {
				f.warn("reasons.warning.reasonable_period", "n", n, "facts", f.facts, "to", to)
			})
		}
	}
	slices.SortStableFunc(f.res.Deadlines, byDue)
}

func byDue(a, b Deadline) int {
	switch {
	case a.Due.IsZero() != b.Due.IsZero():
		if a.Due.IsZero() {
			return 1
		}
		return -1
	case a.Due != b.Due:
		return order(a.Due, b.Due)
	}
	return a.Rule.pos - b.Rule.pos
}

// openAll opens the deadlines of one rule: for each of its triggers, the first or the latest.
func (f *fold) openAll(r *Rule, triggers *codeSet, estimate bool) {
	for i := range f.entries {
		e := &f.entries[i]
		if e.def == nil || !triggers.has(e.def.pos) {
			continue
		}
		if r.Repeat == RepeatLatest && f.another(triggers, i) || f.twin(triggers, i) {
			continue
		}
		f.openOne(r, i, estimate)
		if r.Repeat == RepeatFirst {
			return
		}
	}
}

// another tells whether a later entry triggers too.
func (f *fold) another(triggers *codeSet, i int) bool {
	for _, e := range f.entries[i+1:] {
		if e.def != nil && triggers.has(e.def.pos) {
			return true
		}
	}
	return false
}

// twin tells whether an earlier entry says the same: two reports of one day open one period.
func (f *fold) twin(triggers *codeSet, i int) bool {
	e := &f.entries[i]
	for j := i - 1; j >= 0 && f.entries[j].Day == e.Day; j-- {
		t := &f.entries[j]
		if t.def != nil && triggers.has(t.def.pos) && t.Victim == e.Victim && t.Decision == e.Decision && t.Until == e.Until {
			return true
		}
	}
	return false
}

// openOne reckons the period that entry i opened.
func (f *fold) openOne(r *Rule, i int, estimate bool) {
	e := &f.entries[i]
	from := e.Day.Last()
	if r.prudent {
		from = e.Day.First()
	}
	if !f.holds(r.Requires, from) {
		return
	}
	v := f.version(r, from)
	if v == nil {
		if r.computable() {
			f.warn("reasons.warning.no_version", "rule", r.Names, "day", e.Day)
		}
		return
	}
	if !v.Length.ByLetter && !v.Length.Computable() || !r.ShowFrom.IsZero() && f.in.AsOf.Before(deadline.Add(from, r.ShowFrom)) {
		return
	}
	dl := Deadline{Rule: r, Version: v, Trigger: e.Code, TriggerRef: e.Ref, TriggerDay: e.Day,
		Victim: e.Victim, Decision: e.Decision, Estimate: estimate, Doubt: v.Mark}
	f.because(&dl, e)
	f.reckon(&dl, i)
	if f.close(&dl, i); !r.ShowFrom.IsZero() && !dl.ClosedOn.IsZero() {
		return // an alarm, not a period: of no interest once the procedure has moved on
	}
	f.res.Deadlines = append(f.res.Deadlines, dl)
}

// version is the text of the rule in force on the day, or on the day of the milestone that
// chooses the version where the instrument says so.
func (f *fold) version(r *Rule, on day.Day) *RuleVersion {
	for _, v := range r.Versions {
		at := on
		if c := v.Instrument.ChosenBy; c != "" {
			at = f.chosen(c, on)
		}
		if !at.Before(v.Instrument.From) && (v.Instrument.Until.IsZero() || !at.After(v.Instrument.Until)) {
			return v
		}
	}
	return nil
}

// chosen is the first day of the milestone that chooses a version, else on.
func (f *fold) chosen(c Code, on day.Day) day.Day {
	for i := range f.entries {
		if f.entries[i].Code == c {
			return f.entries[i].Day.First()
		}
	}
	return on
}

// because opens the reasons: the rule, and what is special about the trigger.
func (f *fold) because(dl *Deadline, e *entry) {
	dl.Reasons = f.room()
	key := "reasons.rule"
	switch {
	case dl.Rule.Practice:
		key = "reasons.practice"
	case dl.Version.Cites().Unknown():
		key = "reasons.rule_unnumbered"
	}
	dl.say(key, "instrument", dl.Version.Instrument.Names, "article", dl.Version.cites, "trigger", e.def.Names, "day", e.Day)
	if dl.Estimate {
		dl.say("reasons.estimate", "trigger", e.def.Names)
	}
}

// usual is how many reasons a deadline seldom has more of.
const usual = 8

// room is an empty list for the usual reasons, cut from one allocation for several deadlines.
func (f *fold) room() []Reason {
	if len(f.reasons) < usual {
		f.reasons = make([]Reason, 4*usual)
	}
	r := f.reasons[:0:usual]
	f.reasons = f.reasons[usual:]
	return r
}

func (dl *Deadline) say(key string, args ...any) {
	dl.Reasons = append(dl.Reasons, Reason{Key: key, Args: args})
}

// reckon hands the clock to package deadline and takes over what it found.
func (f *fold) reckon(dl *Deadline, i int) {
	e, r := &f.entries[i], dl.Rule
	c := deadline.Clock{Trigger: e.Day, Latest: !r.prudent, Length: dl.Version.Length, Cap: dl.Version.Cap,
		Announced: e.Until, Letters: r.Letter, Roll: r.Roll, Pauses: r.pauses}
	f.findGrant(&c, dl, i)
	l := deadline.Reckon(c, dl.Reasons)
	dl.Computed, dl.Due, dl.Cap, dl.Granted, dl.Letter = l.Computed, l.Due, l.Cap, l.Granted, l.Letter
	dl.ByLetter, dl.Reasons = l.ByLetter, l.Reasons
	switch {
	case l.Restart || dl.Estimate:
		dl.Doubt = Derived
	case l.Paused && doubt[dl.Doubt] < doubt[KnowledgeMid]:
		dl.Doubt = KnowledgeMid
	}
	f.soften(dl)
}

// findGrant looks for the date granted to this very clock, and for the end of a suspension.
func (f *fold) findGrant(c *deadline.Clock, dl *Deadline, i int) {
	r := dl.Rule
	if !f.seen.meets(&r.granted) {
		return
	}
	for j := range f.entries {
		g := &f.entries[j]
		if g.def == nil || !apply(g, &r.granted, dl.Victim) {
			continue
		}
		reference := g.Day
		if f.extends(g.def, reference, f.entries) != i && !f.same(i, f.extends(g.def, reference, f.entries)) {
			continue
		}
		if g.Until.IsZero() {
			c.Granted, c.Letter = g.Day, day.Day{}
		} else {
			c.Granted, c.Letter = g.Until, g.Day
		}
	}
	for j := range f.entries {
		s := &f.entries[j]
		if !c.Granted.IsZero() && s.def != nil && apply(s, &r.restart, dl.Victim) && !s.on.Before(f.entries[i].on) {
			c.Restarted = s.Day
		}
	}
}

// same tells whether two entries are twins, of which only the first opened a clock.
func (f *fold) same(i, j int) bool {
	return j >= 0 && f.entries[i].Code == f.entries[j].Code && f.entries[i].Day == f.entries[j].Day
}

// apply tells whether the entry is one of the set, and not about another victim.
func apply(e *entry, set *codeSet, victim string) bool {
	return set.has(e.def.pos) && (e.Victim == "" || victim == "" || e.Victim == victim)
}

// soften marks a date as merely prudent where an exception is relied on, and shows the time
// that a reasonable period would be measured by.
func (f *fold) soften(dl *Deadline) {
	if !f.seen.meets(&dl.Rule.soften) || !f.relied(dl) {
		return
	}
	dl.Prudent = true
	dl.say("reasons.prudent")
	f.sinceFacts(func(n int, to day.Day) {
		if to == f.in.AsOf {
			dl.say("reasons.since_facts", "n", n, "facts", f.facts)
		} else {
			dl.say("reasons.since_facts_lodged", "n", n, "facts", f.facts, "to", to)
		}
	})
}

// relied tells whether the exception is relied on for this deadline's victim.
func (f *fold) relied(dl *Deadline) bool {
	for i := range f.entries {
		if e := &f.entries[i]; e.def != nil && apply(e, &dl.Rule.soften, dl.Victim) {
			return true
		}
	}
	return false
}

// sinceFacts tells how many whole months after the facts the matter was presented, or how many
// have passed where it was not.
func (f *fold) sinceFacts(say func(n int, to day.Day)) {
	to := f.in.AsOf
	for i := range f.entries {
		if e := &f.entries[i]; e.def != nil && e.def == f.d.index.lodging {
			to = e.Day
			break
		}
	}
	if !f.facts.IsZero() && f.facts.Before(to) {
		say(deadline.MonthsBetween(f.facts, to), to)
	}
}
