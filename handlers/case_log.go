package handlers

import (
	"slices"
	"strconv"
	"strings"

	"expediente/cases"
	"expediente/cases/procedure"
	"expediente/models/day"
	"expediente/templates"
	"expediente/templates/locale"
)

// logItems are the matter's entries, the newest first. What was superseded or withdrawn stays to be
// read, struck through. What lies after the day looked at is left out and counted, unless that day is the
// real today: then it is a date to come.
func logItems(w *locale.Words, m cases.Case, today bool) (items []templates.LogItem, later int) {
	log := slices.Clone(m.Log)
	slices.SortStableFunc(log, func(a, b cases.Logged) int {
		if c := b.Day.Compare(a.Day); c != 0 {
			return c
		}
		return b.Seq - a.Seq
	})
	for _, l := range log {
		switch {
		case l.Void: // it is told under the entry that it withdraws
		case l.Day.After(m.At.AsOf) && !today:
			later++
		default:
			items = append(items, logItem(w, m, l))
		}
	}
	return items, later
}

// logItem shows one entry with its source, what it opened and closed, and who recorded it.
func logItem(w *locale.Words, m cases.Case, l cases.Logged) templates.LogItem {
	item := templates.LogItem{
		ID: entryAnchor(l.Seq), When: l.Day, Name: entryName(w, m, l), Text: l.Note, AsItHappened: l.AsItHappened,
		Pills: entryPills(w, m, l), Recorded: recordedBy(w, l),
	}
	if !l.Until.IsZero() {
		item.Lines = append(item.Lines, templates.LogLine{Label: w.Say("cases.log.until"), Text: w.Day(l.Until)})
	}
	if l.AsItHappened && l.Reason != "" {
		item.Lines = append(item.Lines, templates.LogLine{Label: w.Say("cases.log.reason"), Text: l.Reason})
	}
	if by := l.SupersededBy; by != nil {
		superseded(w, &item, by)
		return item
	}
	item.Lines = append(item.Lines, effects(w, m, l)...)
	item.Lines = append(item.Lines, entryLines(w, l)...)
	if m.CanLog() {
		item.Actions = []templates.Link{{Text: w.Say("common.action.edit"), Rest: w.Say("common.quoted", "name", item.Name), Icon: "edit",
			Href: "/matters/" + m.Reference + "/milestones/" + strconv.Itoa(l.Seq) + "/correct"}}
	}
	return item
}

func entryAnchor(seq int) string { return "m-" + strconv.Itoa(seq) }

// superseded strikes an entry through and says why.
func superseded(w *locale.Words, item *templates.LogItem, by *cases.Logged) {
	item.Superseded = true
	label := w.Say("cases.log.corrected_because")
	if by.Void {
		item.Replaced, label = w.Say("cases.log.withdrawn"), w.Say("cases.log.withdrawn_because")
	} else {
		item.Replacement = entryAnchor(by.Seq)
	}
	item.Lines = append(item.Lines, templates.LogLine{Label: label, Text: by.Reason + " (" + recordedBy(w, *by) + ")"})
}

func entryName(w *locale.Words, m cases.Case, l cases.Logged) string {
	name := codeName(w, m, procedure.Code(l.Code))
	if l.Victim != "" {
		name += " · " + l.Victim
	}
	return name
}

func recordedBy(w *locale.Words, l cases.Logged) string {
	on := day.On(l.RecordedAt.Time())
	if l.ByName == "" {
		return w.Say("cases.log.recorded", "day", on)
	}
	return w.Say("cases.log.recorded_by", "day", on, "who", l.ByName)
}

// entryPills are the marks of an entry: how far its date was checked, and how it met a deadline.
func entryPills(w *locale.Words, m cases.Case, l cases.Logged) (pills []templates.Pill) {
	if l.Day.After(m.At.AsOf) {
		pills = append(pills, templates.Pill{Tone: templates.Open, Text: w.Say("cases.log.ahead")})
	}
	if p := verification(w, "cases.verification.", l.Verification); p.Text != "" {
		pills = append(pills, p)
	}
	for _, d := range m.Periods() {
		if d.MetRef != string(l.ID[:]) || l.SupersededBy != nil {
			continue
		}
		if d.Status == procedure.Late {
			pills = append(pills, templates.Pill{Tone: templates.Late, Text: w.Say("cases.log.late", "n", d.Days)})
		} else {
			pills = append(pills, templates.Pill{Tone: templates.Met, Text: w.Say("cases.log.in_time")})
		}
		break
	}
	return pills
}

// verification says how far something was checked, in the words of an area; what the network
// recorded itself needs no mark.
func verification(w *locale.Words, area, mark string) templates.Pill {
	switch mark {
	case "", "own":
		return templates.Pill{}
	case "verified":
		return templates.Pill{Tone: templates.Met, Text: w.Say(area + mark)}
	}
	return templates.Pill{Tone: templates.Soon, Text: w.Say(area + mark)}
}

// effects are what an entry opened and closed.
func effects(w *locale.Words, m cases.Case, l cases.Logged) (lines []templates.LogLine) {
	ref, name := string(l.ID[:]), anchors{}
	for _, d := range m.Periods() {
		anchor := "#" + name.of(d.Rule.Code)
		switch {
		case d.TriggerRef == ref && d.Due.IsZero():
			lines = append(lines, templates.LogLine{Label: w.Say("common.log.opens"), Text: d.Rule.Names.In(w.Lang()), Href: anchor})
		case d.TriggerRef == ref:
			lines = append(lines, templates.LogLine{Label: w.Say("common.log.opens"), Text: w.Say("cases.log.until_day", "rule", d.Rule.Names, "day", d.Due), Href: anchor})
		case d.MetRef == ref:
			lines = append(lines, templates.LogLine{Label: w.Say("common.log.closes"), Text: d.Rule.Names.In(w.Lang()), Href: anchor})
		}
	}
	return lines
}

// entryLines are what was recorded beside the date.
func entryLines(w *locale.Words, l cases.Logged) (lines []templates.LogLine) {
	for _, line := range []templates.LogLine{
		{Label: w.Say("milestones.field.decision"), Text: l.Decision},
		{Label: w.Say("milestones.field.document"), Text: l.Document},
		{Label: w.Say("milestones.field.source"), Text: l.Source},
	} {
		if line.Text != "" {
			lines = append(lines, line)
		}
	}
	if !l.Supersedes.IsZero() && l.Reason != "" && !l.AsItHappened {
		lines = append(lines, templates.LogLine{Label: w.Say("cases.log.corrects_because"), Text: l.Reason})
	}
	return lines
}

// loggedNotice says what the entry of the number opened and closed.
func loggedNotice(w *locale.Words, m cases.Case, seq int, otherwise string) string {
	i := slices.IndexFunc(m.Log, func(l cases.Logged) bool { return l.Seq == seq })
	if i < 0 {
		return otherwise
	}
	l := m.Log[i]
	if l.Void {
		return w.Say("milestones.done_withdrawn", "name", entryName(w, m, l))
	}
	parts := []string{w.Say("milestones.done", "name", entryName(w, m, l), "day", l.Day)}
	for _, line := range effects(w, m, l) {
		parts = append(parts, line.Label+": "+line.Text+".")
	}
	return strings.Join(parts, " ")
}
