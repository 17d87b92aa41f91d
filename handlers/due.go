package handlers

import (
	"strconv"
	"strings"

	"expediente/cases"
	"expediente/cases/procedure"
	"expediente/models/day"
	"expediente/templates"
	"expediente/templates/locale"
)

// soonDays is how many days before it falls a date is called soon.
const soonDays = 30

// running says of a date that is still awaited how near it is.
func running(w *locale.Words, due, asOf day.Day) templates.Pill {
	switch n := due.Sub(asOf); {
	case due.IsZero():
		return templates.Pill{Tone: templates.Open, Text: w.Say("deadlines.no_date")}
	case n < 0:
		return templates.Pill{Tone: templates.Late, Text: w.Say("common.due.late", "n", -n)}
	case n == 0:
		return templates.Pill{Tone: templates.Soon, Text: w.Say("common.due.today")}
	case n <= soonDays:
		return templates.Pill{Tone: templates.Soon, Text: w.Say("common.due.in_days", "n", n)}
	default:
		return templates.Pill{Tone: templates.Open, Text: w.Say("common.due.in_days", "n", n)}
	}
}

// awaited tells whether nothing has met or closed the deadline yet.
func awaited(d procedure.Deadline) bool {
	return d.MetOn.IsZero() && d.ClosedOn.IsZero() && (d.Status == procedure.Open || d.Status == procedure.Missed)
}

// outcome says how a deadline stands.
func outcome(w *locale.Words, d procedure.Deadline, asOf day.Day) templates.Pill {
	switch {
	case awaited(d):
		return running(w, d.Due, asOf)
	case d.Status == procedure.Met:
		if d.MetOn.IsZero() {
			return templates.Pill{Tone: templates.Met, Text: w.Say("deadlines.elapsed")}
		}
		return templates.Pill{Tone: templates.Met, Text: w.Say("common.due.met_on", "day", d.MetOn)}
	case d.Status == procedure.Late:
		return templates.Pill{Tone: templates.Late, Text: w.Say("common.due.missed", "n", d.Days)}
	case d.Status == procedure.Missed:
		return templates.Pill{Tone: templates.Late, Text: w.Say("deadlines.never_met")}
	}
	return templates.Pill{Tone: templates.Superseded, Text: w.Say("deadlines.no_effect")}
}

// article names the rule as people cite it: "Reglamento de 2000, art. 30.3".
func article(w *locale.Words, v *procedure.RuleVersion) string {
	if v == nil || v.Instrument == nil {
		return ""
	}
	instrument := v.Instrument.Names.In(w.Lang())
	if v.Cites().Unknown() {
		return w.Say("reasons.unnumbered", "instrument", instrument)
	}
	return w.Say("deadlines.article", "instrument", instrument, "article", v.Cites())
}

// bound lists whom a rule binds: "el Estado".
func bound(w *locale.Words, list []procedure.Bound) string {
	names := make([]string, len(list))
	for i, b := range list {
		names[i] = w.Say("reasons.bound." + string(b))
	}
	return w.Join(names)
}

// marks are what a reader must know before relying on a date: that a letter set it, that it is the
// prudent one of several, and how far its rule has been compared with the source.
func marks(w *locale.Words, byLetter, prudent, doubtful bool) (pills []templates.Pill) {
	if byLetter {
		pills = append(pills, templates.Pill{Tone: templates.Open, Text: w.Say("deadlines.by_letter")})
	}
	if prudent {
		pills = append(pills, templates.Pill{Tone: templates.Soon, Text: w.Say("deadlines.prudent")})
	}
	if doubtful {
		return append(pills, templates.Pill{Tone: templates.Soon, Text: w.Say("deadlines.to_check")})
	}
	return append(pills, templates.Pill{Tone: templates.Met, Text: w.Say("deadlines.verified")})
}

// sources says where a rule was read.
func sources(w *locale.Words, v *procedure.RuleVersion) (lines []string) {
	if v == nil {
		return nil
	}
	for _, s := range v.Cited {
		text := strings.TrimSpace(s.Name + " " + s.URL)
		if s.Unseen {
			lines = append(lines, w.Say("deadlines.source_unseen", "source", text))
		} else {
			lines = append(lines, w.Say("deadlines.source", "source", text))
		}
	}
	return lines
}

// deadlineRow shows one deadline of a matter with all that led to its date.
func deadlineRow(w *locale.Words, c cases.Case, d procedure.Deadline) templates.DeadlineRow {
	row := templates.DeadlineRow{
		Due: d.Due, What: d.Rule.Names.In(w.Lang()), Bound: bound(w, d.Rule.Bound),
		Pill: outcome(w, d, c.At.AsOf), Estimate: d.Estimate, Reasons: say(w, d.Reasons),
	}
	if d.Victim != "" {
		row.What += " · " + d.Victim
	}
	row.Why, row.Marks = article(w, d.Version), marks(w, d.ByLetter, d.Prudent, d.Doubt.Doubtful())
	row.Reasons = append(row.Reasons, sources(w, d.Version)...)
	return row
}

// anchors names each deadline once on its page: d-state_admiss, and d-state_admiss-2 for the next.
type anchors map[string]int

func (a anchors) of(rule string) string {
	a[rule]++
	if n := a[rule]; n > 1 {
		return "d-" + rule + "-" + strconv.Itoa(n)
	}
	return "d-" + rule
}

// say puts the reasons of an engine into words.
func say(w *locale.Words, reasons []procedure.Reason) []string {
	texts := make([]string, len(reasons))
	for i, r := range reasons {
		texts[i] = w.Say(r.Key, r.Args...)
	}
	return texts
}
