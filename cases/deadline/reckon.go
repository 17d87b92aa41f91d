package deadline

import (
	"time"

	"expediente/models/day"
)

// Clock is a period to be reckoned.
type Clock struct {
	Trigger   day.Day // opens the period and is not itself counted
	Latest    bool    // reckon a partial date from its last day, not its first
	Length    Length
	Cap       Length  // the longest an extension may make it, from Trigger; zero: none
	Announced day.Day // the date the trigger carries: of a letter, or the opening of a session
	Letters   bool    // an announced date goes before the length
	Granted   day.Day // the date that an extension or a suspension was granted to
	Letter    day.Day // when that was granted; zero where unknown
	Restarted day.Day // when a granted suspension ended early; zero: it did not
	Roll      Roll
	Pauses    []Pause
}

// Pause is a time in which periods did not run.
type Pause struct {
	From, To day.Day // To is its last day
	Name     any     // for the reason: something with In(lang)
	Exempt   bool    // this period ran on all the same; the reasons say so
}

// Limit is where a period ends.
type Limit struct {
	From     day.Day // the exact day reckoned from
	Computed day.Day // what the length gives; zero where a letter decides
	Due      day.Day // what counts; zero where the letter's date is not recorded
	Cap      day.Day
	Granted  day.Day
	Letter   day.Day // the letter's date; zero where a rule decides or it is not recorded
	ByLetter bool    // Due is a letter's date, not the rule's
	Paused   bool    // a pause moved Computed
	Restart  bool    // what was left of the period ran on after a suspension
	Reasons  []Reason
}

// Reckon finds the end of a period and goes on with the reasons given. It never fails: a clock
// without a trigger has no end.
func Reckon(c Clock, reasons []Reason) Limit {
	l := Limit{Granted: c.Granted, Reasons: reasons}
	if c.Trigger.IsZero() {
		return l
	}
	l.start(c)
	switch {
	case c.Length.ByLetter:
		l.byLetter(c)
	case c.Length.Backwards():
		l.before(c)
	case c.Length.Computable():
		l.run(c)
		if c.Letters && !c.Announced.IsZero() {
			l.byLetter(c)
		}
	}
	if !c.Granted.IsZero() {
		l.grant(c)
	}
	l.weekend(c)
	return l
}

func (l *Limit) because(key string, args ...any) {
	l.Reasons = append(l.Reasons, Reason{key, args})
}

// start picks the day to reckon from.
func (l *Limit) start(c Clock) {
	l.From = c.end(c.Trigger)
	if c.Trigger.Precision() == day.Exact {
		return
	}
	if c.Latest {
		l.because("reasons.partial_latest", "trigger", c.Trigger, "from", l.From)
	} else {
		l.because("reasons.partial_earliest", "trigger", c.Trigger, "from", l.From)
	}
}

// end is the day of a partial date that the clock goes by.
func (c Clock) end(d day.Day) day.Day {
	if c.Latest {
		return d.Last()
	}
	return d.First()
}

func (l *Limit) byLetter(c Clock) {
	l.ByLetter = true
	l.Due = c.end(c.Announced)
	l.Letter = l.Due
	if c.Announced.IsZero() {
		l.because("reasons.letter_unknown")
		return
	}
	l.because("reasons.letter", "due", c.Announced)
}

// before counts back from what the trigger announces, or from the trigger where it announces
// nothing.
func (l *Limit) before(c Clock) {
	opens := c.Announced
	if opens.IsZero() {
		opens = c.Trigger
	}
	if n := c.Length.BeforeMonths; n != 0 {
		l.Computed = c.end(opens).AddMonths(-n)
		l.because("reasons.before_months", "n", n, "opens", opens, "due", l.Computed)
	} else {
		l.Computed = c.end(opens).AddDays(-c.Length.Before)
		l.because("reasons.before", "n", c.Length.Before, "opens", opens, "due", l.Computed)
	}
	l.Due = l.Computed
}

// run counts the length from the trigger, then the cap, each from the same day.
func (l *Limit) run(c Clock) {
	l.Computed = c.Length.from(l.From)
	if n := c.Length.Months; n != 0 {
		l.because("reasons.months", "n", n, "from", l.From, "due", l.Computed)
		if clamped(l.From, l.Computed) {
			l.because("reasons.clamped", "due", l.Computed)
		}
	} else {
		l.because("reasons.days", "n", c.Length.Days, "from", l.From, "due", l.Computed)
	}
	l.Cap = c.Cap.from(l.From)
	for _, p := range c.Pauses {
		l.pause(c, p)
	}
	l.Due = l.Computed
	if !l.Cap.IsZero() {
		l.because("reasons.cap", "cap", l.Cap)
	}
}

func clamped(from, to day.Day) bool {
	_, _, a := from.Civil()
	_, _, b := to.Civil()
	return a != b
}

// pause adds to the period, and to its cap, the days of the pause that fell into it.
func (l *Limit) pause(c Clock, p Pause) {
	from := p.From.Last() // the doubtful start of a pause is read against whoever is bound…
	if c.Latest {
		from = p.From.First() // …save the State, as everywhere
	}
	n := lost(l.From, l.Computed, from, p.To)
	switch {
	case n == 0:
		return
	case p.Exempt:
		l.because("reasons.pause_exempt", "name", p.Name)
		return
	}
	l.Computed = l.Computed.AddDays(n)
	l.Paused = true
	if !l.Cap.IsZero() {
		l.Cap = l.Cap.AddDays(lost(l.From, l.Cap, from, p.To))
	}
	l.because("reasons.paused", "n", n, "name", p.Name, "from", p.From, "to", p.To, "due", l.Computed)
}

// lost is how many days of the period after start, up to end, a pause keeps from running. A
// period that was running when the pause began runs on with what was left when it ends, so all
// of the pause counts, not just the days up to the old end.
func lost(start, end, from, to day.Day) int {
	if end.Before(from) || !start.Before(to) {
		return 0
	}
	if first := start.AddDays(1); first.After(from) {
		from = first
	}
	return to.Sub(from) + 1
}

// grant lets the granted date stand for the computed one.
func (l *Limit) grant(c Clock) {
	l.Due = c.end(c.Granted)
	if !c.Restarted.IsZero() && c.Restarted.Before(c.Granted) {
		l.restart(c)
		return
	}
	l.because("reasons.granted", "granted", c.Granted)
	switch {
	case !l.Cap.IsZero() && l.Due.After(l.Cap):
		l.because("reasons.granted_beyond_cap", "n", l.Due.Sub(l.Cap), "cap", l.Cap)
	case !l.Computed.IsZero() && l.Due.Before(l.Computed):
		l.because("reasons.granted_earlier", "due", l.Computed)
	}
}

// restart lets what was left of the period, on the day it was suspended, run on from the day the
// suspension ended. Where that first day is unknown nothing is taken to be left.
func (l *Limit) restart(c Clock) {
	left := 0
	if !c.Letter.IsZero() && !l.Computed.IsZero() {
		left = max(0, l.Computed.Sub(c.Letter))
	}
	l.Restart = true
	l.Due = c.end(c.Restarted).AddDays(left)
	l.because("reasons.restarted", "n", left, "from", c.Restarted, "due", l.Due)
}

// weekend warns of a last day on a Saturday or Sunday, or moves it where the rules do.
func (l *Limit) weekend(c Clock) {
	wait := 0
	switch {
	case l.Due.IsZero():
		return
	case l.Due.Weekday() == time.Saturday:
		wait = 2
	case l.Due.Weekday() == time.Sunday:
		wait = 1
	default:
		return
	}
	if c.Roll == RollNextWorkingDay && l.Due == l.Computed && !c.Length.Backwards() {
		was := l.Due
		l.Due = l.Due.AddDays(wait)
		l.because("reasons.rolled", "was", was, "due", l.Due)
		return
	}
	if wait == 2 {
		l.because("reasons.saturday", "due", l.Due)
	} else {
		l.because("reasons.sunday", "due", l.Due)
	}
}
