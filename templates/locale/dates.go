package locale

import (
	"strconv"
	"strings"
	"time"
)

// datePattern is how a date is written when known to the day, the month or the year.
type datePattern [3]string

// learn keeps at hand the words that dates, numbers and lists are made of.
func (w *Words) learn() {
	for m := 1; m <= 12; m++ {
		n := strconv.Itoa(m)
		w.months[m] = w.raw("common.month.m" + n)
		w.abbreviated[m] = w.raw("common.month_short.m" + n)
	}
	pattern := func(name string) datePattern {
		key := "common.date." + name + "."
		return datePattern{w.raw(key + "day"), w.raw(key + "month"), w.raw(key + "year")}
	}
	w.long, w.on, w.the, w.short = pattern("long"), pattern("on"), pattern("the"), pattern("short")
	w.group, w.decimal = w.raw("common.number.group"), w.raw("common.number.decimal")
	w.percent = w.raw("common.number.percent")
	w.and, w.andVowel = w.raw("common.list.and"), w.raw("common.list.and_before_i")
	w.none = w.raw("common.date.none")
}

// raw is the text of a key that has no places; "" when it is missing (a test forbids that).
func (w *Words) raw(key string) string { return w.plain[key] }

// Day writes a day in full: "21 de febrero de 2006", "febrero de 2006", "2006"; "—" for none.
func (w *Words) Day(v Civil) string { return w.dayAs(v, "") }

// ShortDay writes a day for a narrow column: "21 feb 2006", "feb 2006", "2006".
func (w *Words) ShortDay(v Civil) string { return w.dayAs(v, "short") }

// OnDay writes when something happened: "el 21 de febrero de 2006", "en febrero de 2006".
func (w *Words) OnDay(v Civil) string { return w.dayAs(v, "on") }

func (w *Words) dayAs(v Civil, verb string) string {
	if v == nil {
		return w.none
	}
	y, m, d := v.Civil()
	switch verb {
	case "on":
		return w.civil(w.on, w.months[:], y, m, d)
	case "the":
		return w.civil(w.the, w.months[:], y, m, d)
	case "short":
		return w.civil(w.short, w.abbreviated[:], y, m, d)
	}
	return w.civil(w.long, w.months[:], y, m, d)
}

// civil fills a pattern, whose signs are D, M and Y: one pass over a short text.
func (w *Words) civil(p datePattern, months []string, y, m, d int) string {
	pattern := p[0]
	switch {
	case y == 0:
		return w.none
	case m < 1 || m > 12:
		pattern = p[2]
	case d == 0:
		pattern = p[1]
	}
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case 'D':
			b.WriteString(strconv.Itoa(d))
		case 'M':
			b.WriteString(months[m])
		case 'Y':
			b.WriteString(strconv.Itoa(y))
		default:
			b.WriteByte(pattern[i])
		}
	}
	return b.String()
}

// MonthShort is a month's name in a date block: "feb"; "" for a month that is not known.
func (w *Words) MonthShort(m int) string {
	if m < 1 || m > 12 {
		return ""
	}
	return w.abbreviated[m]
}

// Instant writes a moment on the clocks of zone: "21 de febrero de 2006, 14:05". Without a zone
// it is written in UTC and says so.
func (w *Words) Instant(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return w.none
	}
	if zone == nil {
		zone = time.UTC
	}
	t = t.In(zone)
	text := w.civil(w.long, w.months[:], t.Year(), int(t.Month()), t.Day()) + ", " + t.Format("15:04")
	if zone == time.UTC {
		text += " UTC"
	}
	return text
}
