package handlers

import (
	"regexp"
	"strconv"
	"strings"

	"expediente/models"
	"expediente/models/day"
	"expediente/templates"
	"expediente/templates/locale"
)

// answers is a form as somebody filled it in: what was typed, right or wrong, and what is wrong
// with it. It makes the fields that ask again without losing a word.
type answers struct {
	w     *locale.Words
	area  string            // where its labels and hints lie: "cases.field."
	typed map[string]string // field → what was typed
	bad   models.Invalid
}

// typedIn reads the named fields of a form.
func typedIn(w *locale.Words, area string, get func(string) string, names ...string) answers {
	a := answers{w: w, area: area, typed: make(map[string]string, len(names)), bad: models.Invalid{}}
	for _, name := range names {
		a.typed[name] = get(name)
	}
	return a
}

func (a answers) get(name string) string { return a.typed[name] }

// ticked tells whether a checkbox was sent.
func (a answers) ticked(name string) bool { return a.typed[name] != "" }

// field asks for one answer: label, hint, what was typed, what is wrong with it.
func (a answers) field(name string) templates.Field {
	f := templates.NewField(name, a.w.Say(a.area+name), a.get(name))
	if hint := a.area + name + "_hint"; a.w.Has(hint) {
		f = f.Hinted(a.w.Say(hint))
	}
	if m, wrong := a.bad[name]; wrong {
		f = f.Failed(a.w.Say(m.Key, m.Args...))
	}
	return f
}

// day reads a date and notes a text that is none.
func (a answers) day(name string) day.Day {
	text := strings.TrimSpace(a.get(name))
	if text == "" {
		return day.Day{}
	}
	d, err := readDay(text)
	if err != nil {
		a.bad.Add(name, "errors.date")
	}
	return d
}

// refuse takes over what a verb found wrong.
func (a answers) refuse(found models.Invalid) {
	for name, m := range found {
		a.bad.Add(name, m.Key, m.Args...)
	}
}

var (
	dayFirst  = regexp.MustCompile(`^(?:(\d{1,2})\s*[-/.]\s*)?(\d{1,2})\s*[-/.]\s*(\d{4})$`)
	yearFirst = regexp.MustCompile(`^(\d{4})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{1,2}))?$`)
)

// readDay reads a date as people write it: 2006-03-21, 2006-03 or 2006, and with the day first
// 21/03/2006, 21-3-2006 or 3/2006. The month is never first.
func readDay(text string) (day.Day, error) {
	text = strings.TrimSpace(text)
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		return day.Parse(dashed(m[3], m[2], m[1]))
	}
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		return day.Parse(dashed(m[1], m[2], m[3]))
	}
	return day.Parse(text)
}

// dayText writes a day as somebody would type it: in Spanish "21/3/2006", "3/2006", "2006"; in English,
// where the order of day and month is in doubt, "2006-03-21".
func dayText(w *locale.Words, d day.Day) string {
	y, m, n := d.Civil()
	switch {
	case w.Lang() != "es" || m == 0:
		return templates.DateText(d)
	case n == 0:
		return strconv.Itoa(m) + "/" + strconv.Itoa(y)
	}
	return strconv.Itoa(n) + "/" + strconv.Itoa(m) + "/" + strconv.Itoa(y)
}

// dashed joins a year, a month and perhaps a day as day.Parse reads them.
func dashed(year string, parts ...string) string {
	for _, part := range parts {
		if len(part) == 1 {
			part = "0" + part
		}
		if part != "" {
			year += "-" + part
		}
	}
	return year
}
