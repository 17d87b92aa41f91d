// Package day answers: which calendar day, and how surely known?
//
// A Day is a civil date without clock or zone, known to the day, the month or the year. It is
// the interval of days it may mean: First and Last are its ends, and every comparison names the
// end it uses, so that "March 2006" never silently becomes the first or the last of March.
package day

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Precision says how much of a date is known.
type Precision uint8

// The precisions, from the sharpest to the vaguest.
const (
	Exact Precision = iota // known to the day
	Month                  // known to the month
	Year                   // known to the year
)

// String is the precision's word in files: day, month or year.
func (p Precision) String() string { return [...]string{"day", "month", "year"}[p] }

// Day is a calendar day, month or year. The zero Day is "no date". Days compare with ==.
type Day struct {
	year  int16
	month uint8 // 1–12, 0 when only the year is known
	day   uint8 // 1–31, 0 when only the month or year is known
}

// ErrSyntax is what Parse and New say of a date that is not one.
var ErrSyntax = errors.New("a date is written 2006-03-21, 2006-03 or 2006")

// Of returns the exact day y-m-d; out-of-range values roll over as in time.Date.
func Of(y int, m time.Month, d int) Day { return On(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) }

// On returns the exact day of t in t's own zone.
func On(t time.Time) Day {
	y, m, d := t.Date()
	return Day{int16(y), uint8(m), uint8(d)}
}

// Today is the exact day it is at the instant t in zone.
func Today(t time.Time, zone *time.Location) Day { return On(t.In(zone)) }

// Parse reads 2006-03-21, 2006-03 or 2006. The years run from 1000 to 9999.
func Parse(s string) (Day, error) {
	number := func(from, to int) (n int, ok bool) {
		for _, c := range []byte(s[from:to]) {
			if c < '0' || c > '9' {
				return 0, false
			}
			n = n*10 + int(c-'0')
		}
		return n, true
	}
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return Day{}, ErrSyntax
	}
	y, ok := number(0, 4)
	if !ok || y < 1000 {
		return Day{}, ErrSyntax
	}
	d := Day{year: int16(y)}
	if len(s) >= 7 {
		m, ok := number(5, 7)
		if !ok || s[4] != '-' || m < 1 || m > 12 {
			return Day{}, ErrSyntax
		}
		d.month = uint8(m)
	}
	if len(s) == 10 {
		n, ok := number(8, 10)
		if !ok || s[7] != '-' || n < 1 || n > monthDays(y, int(d.month)) {
			return Day{}, ErrSyntax
		}
		d.day = uint8(n)
	}
	return d, nil
}

// MustParse is Parse for dates written in the program's own source.
func MustParse(s string) Day {
	d, err := Parse(s)
	if err != nil {
		panic(fmt.Sprintf("day %q: %v", s, err))
	}
	return d
}

// IsZero tells whether d is "no date".
func (d Day) IsZero() bool { return d == Day{} }

// Precision tells how sharply d is known.
func (d Day) Precision() Precision {
	switch {
	case d.month == 0:
		return Year
	case d.day == 0:
		return Month
	}
	return Exact
}

// Civil returns year, month and day; month and day are 0 where they are not known.
func (d Day) Civil() (year, month, dayOfMonth int) {
	return int(d.year), int(d.month), int(d.day)
}

// First is the earliest exact day that d may mean.
func (d Day) First() Day {
	if d.IsZero() || d.day != 0 {
		return d
	}
	return Day{d.year, max(d.month, 1), 1}
}

// Last is the latest exact day that d may mean.
func (d Day) Last() Day {
	if d.IsZero() || d.day != 0 {
		return d
	}
	m := d.month
	if m == 0 {
		m = 12
	}
	return Day{d.year, m, uint8(monthDays(int(d.year), int(m)))}
}

// Compare orders by First, then sharper before vaguer.
func (d Day) Compare(e Day) int {
	if c := d.First().key() - e.First().key(); c != 0 {
		return c
	}
	return int(d.Precision()) - int(e.Precision())
}

// Before tells whether d's earliest day comes before e's earliest day.
func (d Day) Before(e Day) bool { return d.First().key() < e.First().key() }

// After tells whether d's earliest day comes after e's earliest day.
func (d Day) After(e Day) bool { return d.First().key() > e.First().key() }

func (d Day) key() int { return int(d.year)<<9 | int(d.month)<<5 | int(d.day) }

// AddDays moves d's first day by n calendar days.
func (d Day) AddDays(n int) Day {
	if d.IsZero() {
		return d
	}
	return fromNumber(d.First().number() + n)
}

// AddMonths moves d's first day by n months, date to date; where the later month has no such
// day, to its last day (31 August + 6 months = 28 or 29 February).
func (d Day) AddMonths(n int) Day {
	if d.IsZero() {
		return d
	}
	f := d.First()
	months := int(f.year)*12 + int(f.month) - 1 + n
	y, m := months/12, months%12+1
	return Day{int16(y), uint8(m), uint8(min(int(f.day), monthDays(y, m)))}
}

// Sub is the number of calendar days from e's first day to d's first day.
func (d Day) Sub(e Day) int { return d.First().number() - e.First().number() }

// Weekday is the day of the week of d's first day.
func (d Day) Weekday() time.Weekday { return time.Weekday(((d.First().number()+4)%7 + 7) % 7) }

// Time is midnight UTC of d's first day, for libraries that want a time.
func (d Day) Time() time.Time {
	f := d.First()
	return time.Date(int(f.year), time.Month(f.month), int(f.day), 0, 0, 0, 0, time.UTC)
}

// String writes d as Parse reads it; the zero Day is "".
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	b := make([]byte, 0, 10)
	b = append(b, byte('0'+d.year/1000), byte('0'+d.year/100%10), byte('0'+d.year/10%10), byte('0'+d.year%10))
	if d.month != 0 {
		b = append(b, '-', '0'+d.month/10, '0'+d.month%10)
	}
	if d.day != 0 {
		b = append(b, '-', '0'+d.day/10, '0'+d.day%10)
	}
	return string(b)
}

// MarshalText writes d for text formats.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads d; an empty text is "no date".
func (d *Day) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Day{}
		return nil
	}
	*d, err = Parse(string(b))
	return err
}

// MarshalJSON writes d as a string, and "no date" as null.
func (d Day) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(d.String())
}

// UnmarshalJSON reads a string or null.
func (d *Day) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return ErrSyntax
	}
	if s == nil {
		*d = Day{}
		return nil
	}
	return d.UnmarshalText([]byte(*s))
}

// Value stores d as text that sorts by its first day; "no date" is NULL.
func (d Day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what Value stored.
func (d *Day) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*d = Day{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("a date column held a %T", v)
}

// UnmarshalParam reads a form field.
func (d *Day) UnmarshalParam(s string) error { return d.UnmarshalText([]byte(s)) }

// GormDataType keeps the mapper from treating a Day as a relation.
func (Day) GormDataType() string { return "string" }

func monthDays(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// number counts days since 1970-01-01 (the days-from-civil reckoning of the proleptic
// Gregorian calendar: years begin in March so that the leap day comes last).
func (d Day) number() int {
	y, m := int(d.year), int(d.month)
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + int(d.day) - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

func fromNumber(n int) Day {
	n += 719468
	era := n / 146097
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	y := yoe + era*400
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	m := mp + 3
	if m > 12 {
		m -= 12
		y++
	}
	return Day{int16(y), uint8(m), uint8(doy - (153*mp+2)/5 + 1)}
}
