package templates

import (
	"strconv"
	"strings"

	"expediente/templates/locale"
)

// Option is one choice of a select or a radio group.
type Option struct {
	Value, Text string
	Hint        string // said under a radio button
}

// Field is one question of a form with its answer and what is wrong with it: _field. Build it
// in a page as {{template "_field" ((field "title" (t "cases.field.title") .Form.Title).Needed)}}.
type Field struct {
	Name    string // the form's field name
	Label   string
	Value   string // as typed, right or wrong
	Hint    string
	Error   string // already in words; "" when all is well
	Kind    string // text (or ""), textarea, select, radio, checkbox (sends "yes"), date, file, password, email, number, code, search
	Must    bool   // it has to be answered
	Options []Option
	Rows    int    // height of a textarea
	Max     int    // most characters; 0 for no limit
	Fill    string // the browser's autocomplete word: "username"
	Many    bool   // several files
	Accept  string // kinds of files: "image/*,.pdf"
	First   bool   // it takes the cursor when the page opens
}

// NewField starts a field of one line.
func NewField(name, label, value string) Field {
	return Field{Name: name, Label: label, Value: value}
}

// As changes the kind of field.
func (f Field) As(kind string) Field { f.Kind = kind; return f }

// Hinted adds a hint under the label.
func (f Field) Hinted(text string) Field { f.Hint = text; return f }

// Failed adds what is wrong; "" leaves the field as it is.
func (f Field) Failed(text string) Field { f.Error = text; return f }

// Needed marks the field as one that has to be answered.
func (f Field) Needed() Field { f.Must = true; return f }

// Long makes it a text of several lines.
func (f Field) Long(rows int) Field { f.Kind, f.Rows = "textarea", rows; return f }

// Limit sets the most characters.
func (f Field) Limit(n int) Field { f.Max = n; return f }

// Filled names the browser's autocomplete word.
func (f Field) Filled(word string) Field { f.Fill = word; return f }

// Of makes it a choice from a list.
func (f Field) Of(options []Option) Field { f.Kind, f.Options = "select", options; return f }

// OneOf makes it a choice by radio buttons.
func (f Field) OneOf(options []Option) Field { f.Kind, f.Options = "radio", options; return f }

// Files makes it a place to drop files of the accepted kinds ("" for all).
func (f Field) Files(accept string, many bool) Field {
	f.Kind, f.Accept, f.Many = "file", accept, many
	return f
}

// Focused gives the field the cursor when the page opens; at most one on a page.
func (f Field) Focused() Field { f.First = true; return f }

// ID is the element's id.
func (f Field) ID() string { return "f-" + f.Name }

// Described lists the ids of the hint and the error for aria-describedby.
func (f Field) Described() string {
	var ids []string
	if f.Hint != "" || f.Kind == "date" {
		ids = append(ids, f.ID()+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID()+"-error")
	}
	return strings.Join(ids, " ")
}

// Input is the type attribute of a field of one line.
func (f Field) Input() string {
	switch f.Kind {
	case "", "code", "number":
		return "text" // type=number drops what it does not understand, and "typed value kept" is the rule
	}
	return f.Kind
}

// Mode is the keyboard a phone shows.
func (f Field) Mode() string {
	switch f.Kind {
	case "code", "number":
		return "numeric"
	case "email":
		return "email"
	}
	return ""
}

// Chosen tells whether an option is the value.
func (f Field) Chosen(value string) bool { return f.Value == value }

// part is one of a date's three parts; the value is "2006-03-21", "2006-03", "2006", or what
// was typed, with a stroke between the parts.
func (f Field) part(i int) string {
	parts := strings.SplitN(f.Value, "-", 3)
	if i >= len(parts) {
		return ""
	}
	return parts[i]
}

// Year is the year as typed.
func (f Field) Year() string { return f.part(0) }

// Month is the month as typed, without leading zero, as the list of months has it.
func (f Field) Month() string { return strings.TrimLeft(f.part(1), "0") }

// Day is the day of the month as typed, without leading zero.
func (f Field) Day() string { return strings.TrimLeft(f.part(2), "0") }

// DateText writes a day as a date field's value: "2006-03-21", "2006-03", "2006", "".
func DateText(v locale.Civil) string {
	if v == nil {
		return ""
	}
	y, m, d := v.Civil()
	switch {
	case y == 0:
		return ""
	case m == 0:
		return itoa(y)
	case d == 0:
		return itoa(y) + "-" + two(m)
	}
	return itoa(y) + "-" + two(m) + "-" + two(d)
}

// ReadDate joins the three parts of the date field called name, as the form sent them, into
// "2006-03-21", "2006-03", "2006" or "". What is no date stays visible in the result, so that
// parsing it fails and the form can show it again. A field sent whole is taken as it is.
func ReadDate(get func(string) string, name string) string {
	trim := func(part string) string { return strings.TrimSpace(get(name + "-" + part)) }
	y, m, d := trim("year"), trim("month"), trim("day")
	switch {
	case y+m+d == "":
		return strings.TrimSpace(get(name))
	case m+d == "":
		return y
	case d == "":
		return y + "-" + padded(m)
	}
	return y + "-" + padded(m) + "-" + padded(d)
}

func padded(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}

func two(n int) string { return padded(itoa(n)) }

func itoa(n int) string { return strconv.Itoa(n) }
