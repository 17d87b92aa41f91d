package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"expediente/cases/procedure"
	"expediente/models/day"
)

// matter reads a case, or a visit, which has dates instead of milestones.
func (f fields) matter() (m told, err error) {
	if m.id, err = f.text("id"); err != nil {
		return m, err
	}
	if m.id != "" {
		f.at += " (" + m.id + ")"
	}
	if m.name, err = f.text("name"); err != nil {
		return m, err
	}
	if m.procedure, err = f.text("procedure"); err != nil {
		return m, err
	}
	if m.state, err = f.state(); err != nil {
		return m, err
	}
	if !f.has("milestones") && (f.has("start") || f.has("mechanism")) {
		return f.visit(m)
	}
	if m.procedure == "" {
		m.procedure = "iachr_petition"
	}
	m.log, err = f.milestones()
	return m, err
}

// state is the State's code, upper case; visits call it the country's.
func (f fields) state() (string, error) {
	field := "state_iso2"
	if !f.has(field) && f.has("country_iso2") {
		field = "country_iso2"
	}
	s, err := f.text(field)
	if err == nil && s != "" && len(s) != 2 {
		err = f.wrong(field, "two letters are wanted, not %q", s)
	}
	return strings.ToUpper(s), err
}

func (f fields) milestones() ([]procedure.Milestone, error) {
	if !f.has("milestones") {
		return nil, f.wrong("milestones", "missing")
	}
	var list []json.RawMessage
	if json.Unmarshal(f.values["milestones"], &list) != nil {
		return nil, f.wrong("milestones", "a list is wanted, not %s", kind(f.values["milestones"]))
	}
	log := make([]procedure.Milestone, 0, len(list))
	for i, raw := range list {
		one, err := object(fmt.Sprintf("%s, milestones[%d]", f.at, i), raw)
		if err != nil {
			return nil, err
		}
		m, err := one.milestone(i)
		if err != nil {
			return nil, err
		}
		log = append(log, m)
	}
	return log, nil
}

func (f fields) milestone(i int) (m procedure.Milestone, err error) {
	m.Seq = i
	code, err := f.text("code")
	if err != nil {
		return m, err
	}
	if strings.TrimSpace(code) == "" {
		return m, f.wrong("code", "missing")
	}
	m.Code, f.at = procedure.Code(code), f.at+" ("+code+")"
	if m.Day, err = f.dated(); err != nil {
		return m, err
	}
	if m.Day.IsZero() {
		return m, f.wrong("date", "missing")
	}
	if m.Until, err = f.until(); err != nil {
		return m, err
	}
	if m.Victim, err = f.text("victim"); err != nil {
		return m, err
	}
	if m.Decision, err = f.text("decision"); err != nil {
		return m, err
	}
	m.AsItHappened, err = f.flag("as_it_happened")
	return m, err
}

// until is the date that a milestone carries: until, or due.
func (f fields) until() (day.Day, error) {
	if f.has("until") && f.has("due") {
		return day.Day{}, f.wrong("due", "a milestone carries until or due, not both")
	}
	if f.has("due") {
		return f.date("due")
	}
	return f.date("until")
}

// visitDates are the dates of a visit and the milestones they stand for.
var visitDates = []struct {
	field string
	code  procedure.Code
}{
	{"start", "visit_started"}, {"end", "visit_ended"},
	{"end_of_mission_statement", "end_of_mission_statement"}, {"report_date", "report_published"},
}

func (f fields) visit(m told) (told, error) {
	mechanism, err := f.text("mechanism")
	if err != nil {
		return m, err
	}
	switch words := " " + strings.ToUpper(mechanism) + " "; {
	case m.procedure != "":
	case strings.Contains(words, "OAS") || strings.Contains(words, "IACHR") || strings.Contains(words, "CIDH"):
		m.procedure = "oas_visit"
	case strings.Contains(words, " UN "):
		m.procedure = "un_visit"
	default:
		return m, f.wrong("mechanism", "%q names neither the UN nor the OAS", mechanism)
	}
	for i, x := range visitDates {
		d, err := f.moment(x.field)
		if err != nil {
			return m, err
		}
		if !d.IsZero() {
			m.log = append(m.log, procedure.Milestone{Code: x.code, Day: d, Seq: i})
		}
	}
	return m, nil
}

// moment reads a date written plainly or as an object with date and precision.
func (f fields) moment(field string) (day.Day, error) {
	if !f.has(field) {
		return day.Day{}, nil
	}
	if f.values[field][0] != '{' {
		return f.date(field)
	}
	one, err := object(f.at+", "+field, f.values[field])
	if err != nil {
		return day.Day{}, err
	}
	d, err := one.dated()
	if err == nil && d.IsZero() {
		err = one.wrong("date", "missing")
	}
	return d, err
}
