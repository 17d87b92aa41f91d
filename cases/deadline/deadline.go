// Package deadline answers: on which day does a period end, was it kept, and why is that so?
//
// It is arithmetic on calendar days and nothing else: what the period is, whom it binds and
// which rule it comes from is told to it by package procedure, which reads that from data. Every
// step of the reckoning leaves a Reason, so that a page can show how a date came about.
//
// # Decisions
//
// Months are counted date to date from the trigger, never from a day already moved to a month's
// end: 30 November + 3 months is 28 February, and one month more is 30 March.
//
// A trigger known only to the month or year is reckoned from its earliest day where being too
// early is the safe mistake (we are bound), and from its latest where being too late is (the
// State is bound, and must not be called late without certainty). Dates of compliance likewise.
//
// A date that a letter or an order fixed is never recomputed. It overrides the computed one even
// when it comes earlier or goes beyond the cap of the rule, and the reasons say which.
package deadline

// Reason is one step of a reckoning, or a warning, as a key of the catalogue and its arguments
// (alternating name, value). It becomes a sentence only where it is shown.
type Reason struct {
	Key  string
	Args []any
}

// Roll says what happens to a period that ends on a Saturday or Sunday.
type Roll string

// The ways to treat a weekend.
const (
	RollNone           Roll = "none"             // the date stands and a reason warns
	RollNextWorkingDay Roll = "next_working_day" // it moves to Monday (holidays are not known)
)

// Status is how a deadline stands on the day looked at.
type Status string

// The statuses.
const (
	Open       Status = "open"       // running, or awaiting its date
	Met        Status = "met"        // done in time
	Late       Status = "late"       // done after the date
	Missed     Status = "missed"     // not done, and the date has passed
	Superseded Status = "superseded" // the procedure moved on before the date
)
