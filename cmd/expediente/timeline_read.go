package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"expediente/cases/procedure"
	"expediente/models/day"
)

// told is one matter of a timeline file.
type told struct {
	id        string
	name      string
	procedure string
	state     string
	log       []procedure.Milestone
}

// fields is one JSON object on its way to becoming a matter. What it does not know it leaves be.
type fields struct {
	at     string // where it stands, e.g. `object 2 (velez-loor), milestones[3]`
	values map[string]json.RawMessage
}

// readTimeline reads a file of one matter or a list of them. Every error names the object and
// the field; the caller adds the file.
func readTimeline(text []byte) ([]told, error) {
	objects, err := split(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	if err != nil {
		return nil, err
	}
	matters := make([]told, 0, len(objects))
	for i, raw := range objects {
		f, err := object(fmt.Sprintf("object %d", i), raw)
		if err != nil {
			return nil, err
		}
		m, err := f.matter()
		if err != nil {
			return nil, err
		}
		matters = append(matters, m)
	}
	return matters, nil
}

// split takes the file apart into its objects.
func split(text []byte) ([]json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	var whole json.RawMessage
	if err := decoder.Decode(&whole); err != nil {
		return nil, broken(text, decoder.InputOffset(), err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("line %d: something follows the end of the JSON", lineAt(text, decoder.InputOffset()))
	}
	switch whole[0] {
	case '[':
		var list []json.RawMessage
		err := json.Unmarshal(whole, &list)
		return list, err
	case '{':
		return []json.RawMessage{whole}, nil
	}
	return nil, errors.New("an object or a list of objects is wanted")
}

// broken says where JSON breaks off or goes wrong.
func broken(text []byte, offset int64, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = syntax.Offset
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("line %d: the JSON is cut off%s", lineAt(text, int64(len(text))), within(text))
	}
	return fmt.Errorf("line %d: %w%s", lineAt(text, offset), err, within(text[:min(int(offset), len(text))]))
}

// within names the last object begun in a file that cannot be read whole.
func within(text []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if t, err := decoder.Token(); err != nil || t != json.Delim('[') {
		return ""
	}
	for i := 0; ; i++ {
		var ignored json.RawMessage
		start := decoder.InputOffset()
		if err := decoder.Decode(&ignored); err != nil {
			return fmt.Sprintf(", in object %d%s", i, named(text[start:]))
		}
	}
}

// named finds the id of an object that is cut off after it.
func named(text []byte) string {
	_, after, found := bytes.Cut(text, []byte(`"id"`))
	parts := bytes.SplitN(after, []byte(`"`), 3)
	if !found || len(parts) < 3 {
		return ""
	}
	return " (" + string(parts[1]) + ")"
}

func lineAt(text []byte, offset int64) int {
	return 1 + bytes.Count(text[:min(int(offset), len(text))], []byte("\n"))
}

func object(at string, raw json.RawMessage) (fields, error) {
	f := fields{at: at}
	if err := json.Unmarshal(raw, &f.values); err != nil || f.values == nil {
		return f, fmt.Errorf("%s: an object is wanted, not %s", at, kind(raw))
	}
	return f, nil
}

// kind names what a JSON value is.
func kind(raw json.RawMessage) string {
	switch s := strings.TrimSpace(string(raw)); {
	case s == "" || s == "null":
		return "null"
	case s[0] == '"':
		return "a text"
	case s[0] == '[':
		return "a list"
	case s[0] == '{':
		return "an object"
	case s[0] == 't' || s[0] == 'f':
		return "true or false"
	}
	return "a number"
}

func (f fields) wrong(field, format string, args ...any) error {
	return fmt.Errorf("%s, field %s: %s", f.at, field, fmt.Sprintf(format, args...))
}

// has tells whether the field is there and not null.
func (f fields) has(field string) bool {
	raw, ok := f.values[field]
	return ok && string(raw) != "null"
}

func (f fields) text(field string) (s string, err error) {
	if f.has(field) && json.Unmarshal(f.values[field], &s) != nil {
		return "", f.wrong(field, "a text is wanted, not %s", kind(f.values[field]))
	}
	return s, nil
}

func (f fields) flag(field string) (b bool, err error) {
	if f.has(field) && json.Unmarshal(f.values[field], &b) != nil {
		return false, f.wrong(field, "true or false is wanted, not %s", kind(f.values[field]))
	}
	return b, nil
}

// date reads a field as a date; the zero day where it is missing.
func (f fields) date(field string) (day.Day, error) {
	s, err := f.text(field)
	if err != nil || !f.has(field) {
		return day.Day{}, err
	}
	d, err := day.Parse(s)
	if err != nil {
		return d, f.wrong(field, "%q is not a date: %v", s, err)
	}
	return d, nil
}

// dated reads the field date and lets the field precision, where there is one, make it vaguer.
func (f fields) dated() (day.Day, error) {
	d, err := f.date("date")
	if err != nil || d.IsZero() {
		return d, err
	}
	word, err := f.text("precision")
	if err != nil {
		return d, err
	}
	cut := map[string]int{"": len(d.String()), "day": 10, "month": 7, "year": 4}[word]
	if cut == 0 {
		return d, f.wrong("precision", "%q is none of day, month, year", word)
	}
	if cut > len(d.String()) {
		return d, f.wrong("precision", "%q is sharper than the date %s", word, d)
	}
	return day.Parse(d.String()[:cut])
}
