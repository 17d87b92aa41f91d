package deadline

import (
	"fmt"

	"expediente/models/day"
)

// Length is how long a period runs. At most one field is set; the zero Length is "none".
type Length struct {
	Months       int  // calendar months, date to date
	Days         int  // calendar days
	Before       int  // days before the date that the trigger announces
	BeforeMonths int  // months before it
	ByLetter     bool // fixed by letter or order each time; no number in the rule
	NoLimit      bool // the rule fixes no limit
	NextSession  bool // at the body's next session, whenever that is
}

// IsZero tells whether no length is set.
func (l Length) IsZero() bool { return l == Length{} }

// Computable tells whether an end follows from a trigger alone.
func (l Length) Computable() bool { return l.Months != 0 || l.Days != 0 || l.Backwards() }

// Backwards tells whether it is counted back from an announced date.
func (l Length) Backwards() bool { return l.Before != 0 || l.BeforeMonths != 0 }

// UnmarshalYAML reads {months: 3}, {days: 90}, {before: {days: 50}}, by_letter, no_limit or
// next_session.
func (l *Length) UnmarshalYAML(read func(any) error) error {
	var word string
	if read(&word) == nil {
		return l.word(word)
	}
	var m struct {
		Months int `yaml:"months"`
		Days   int `yaml:"days"`
		Before struct {
			Days   int `yaml:"days"`
			Months int `yaml:"months"`
		} `yaml:"before"`
	}
	if err := read(&m); err != nil {
		return err
	}
	l.Months, l.Days, l.Before, l.BeforeMonths = m.Months, m.Days, m.Before.Days, m.Before.Months
	return nil
}

func (l *Length) word(s string) error {
	switch s {
	case "by_letter":
		l.ByLetter = true
	case "no_limit":
		l.NoLimit = true
	case "next_session":
		l.NextSession = true
	default:
		return fmt.Errorf("a length is {months: n}, {days: n}, {before: {days: n}}, by_letter, no_limit or next_session, not %q", s)
	}
	return nil
}

// from adds the length to an exact day; the zero Length gives the zero day.
func (l Length) from(d day.Day) day.Day {
	switch {
	case l.Months != 0:
		return d.AddMonths(l.Months)
	case l.Days != 0:
		return d.AddDays(l.Days)
	}
	return day.Day{}
}

// Add is the day on which the length, counted from the first day of d, is over. Only months and
// days can be counted so; any other length gives the zero day.
func Add(d day.Day, l Length) day.Day { return l.from(d.First()) }

// MonthsBetween is the number of whole months from the first day of from to the first day of to.
func MonthsBetween(from, to day.Day) int {
	fy, fm, fd := from.First().Civil()
	ty, tm, td := to.First().Civil()
	n := (ty-fy)*12 + tm - fm
	if td < fd && from.AddMonths(n).After(to) {
		n--
	}
	return n
}
