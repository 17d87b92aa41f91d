package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"expediente/cases/procedure"
	"expediente/models/day"
	"expediente/templates/locale"
)

// TimelineCmd folds the matters of a file, without a database.
type TimelineCmd struct {
	File        string  `arg:"" help:"JSON file: one matter or a list."`
	AsOf        day.Day `name:"as-of" placeholder:"2006-03-21" help:"Day to look at; today by default, in the zone of each procedure."`
	JSON        bool    `name:"json" help:"Print a list of objects instead of text."`
	Lang        string  `enum:"es,en" default:"es" help:"Language of the reasons: es or en."`
	Definitions string  `type:"existingdir" help:"Folder of corrected definitions; a file replaces the built-in one of the same name."`
}

// Help documents both formats.
func (TimelineCmd) Help() string {
	return `FILE holds one object or a list. A matter has:
  id, name        texts
  procedure       a procedure's id; iachr_petition by default
  state_iso2      two letters
  milestones      a list of objects with
    code          e.g. petition_lodged; one that the procedure does not know stays a dated fact
    date          2006-03-21, 2006-03 or 2006; precision (day, month, year) may make it vaguer
    until or due  the date it carries: of an extension, a letter or a session
    victim, decision, as_it_happened (true or false)
A visit has mechanism (UN or OAS/IACHR), country_iso2, and start, end, report_date and
end_of_mission_statement, each a date or an object with date and precision. Fields that are not
named here are left alone. state_extension_granted_until and suspension_granted_until without
until: the date itself is the granted date.

With --json, a list of objects:
  id, procedure, state, as_of, stage
  stage_since     date or null
  steps           list of stage, state (done, now, ahead), on
  allowed         codes that may follow, the most expected first
  warnings        texts
  deadlines       list of
    code, name, bound, rule (the article, "?" while its number is to be checked)
    instrument_version, trigger, trigger_date
    due           the date of the rule, or of the letter where by_letter is true
    cap, granted  the latest an extension may reach; the granted date
    effective_due what counts: granted, else due
    status        open, met, late, missed or superseded
    met_on, closed_on, days_late (late or missed, calendar days)
    estimate, prudent, by_letter, victim, decision
    mark          verified, knowledge_high, knowledge_mid, knowledge_low or derived
    reasons       texts
Dates are 2006-03-21, 2006-03 or 2006, or null.`
}

// Run reads the file and prints where each matter stands.
func (cmd TimelineCmd) Run(s Streams) error {
	if !cmd.AsOf.IsZero() && cmd.AsOf.Precision() != day.Exact {
		return fmt.Errorf("--as-of: a full date is wanted, not %s", cmd.AsOf)
	}
	text, err := os.ReadFile(cmd.File)
	if err != nil {
		return err
	}
	file := filepath.Base(cmd.File)
	matters, err := readTimeline(text)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	library, words, err := openLibrary(cmd.Definitions, cmd.Lang)
	if err != nil {
		return err
	}
	lines, err := foldAll(library, words, matters, cmd.AsOf)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if cmd.JSON {
		encoder := json.NewEncoder(s.Out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(lines)
	}
	return printTimeline(s.Out, words, lines)
}

// foldAll folds every matter on asOf, or on the day it is where its procedure lives.
func foldAll(l *procedure.Library, w *locale.Words, matters []told, asOf day.Day) ([]timeline, error) {
	lines := make([]timeline, 0, len(matters))
	for i, m := range matters {
		d, ok := l.Get(m.procedure)
		if !ok {
			return nil, fmt.Errorf("object %d (%s), field procedure: no procedure is called %q; there are %s",
				i, m.id, m.procedure, strings.Join(ids(l), ", "))
		}
		on := asOf
		if on.IsZero() {
			on = day.Today(time.Now(), d.Zone)
		}
		result := d.Fold(procedure.Input{State: m.state, Milestones: m.log, AsOf: on})
		lines = append(lines, newTimeline(m, d, result, on, w))
	}
	return lines, nil
}

// printTimeline writes the matters for people.
func printTimeline(out io.Writer, w *locale.Words, lines []timeline) error {
	var b strings.Builder
	for i, t := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		t.print(&b, w)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func (t timeline) print(b *strings.Builder, w *locale.Words) {
	say := func(indent, key string, args ...any) {
		b.WriteString(indent + w.Say("cli.timeline."+key, args...) + "\n")
	}
	fmt.Fprintln(b, strings.Join(nonEmpty(t.ID, t.title), " · "))
	if t.Since.IsZero() {
		say("  ", "stage_unopened", "stage", t.stage.Names)
	} else {
		say("  ", "stage", "stage", t.stage.Names, "since", t.Since)
	}
	say("  ", "as_of", "day", t.AsOf)
	if len(t.Deadlines) == 0 {
		say("  ", "no_deadlines")
	} else {
		say("  ", "deadlines")
	}
	for _, d := range t.Deadlines {
		d.print(b, w)
	}
	if len(t.Warnings) > 0 {
		say("  ", "warnings")
	}
	for _, s := range t.Warnings {
		fmt.Fprintln(b, "    – "+s)
	}
	if len(t.next) > 0 {
		say("  ", "next")
		fmt.Fprintln(b, "    "+t.mayFollow(w))
	}
}

// fewNext is how many of the steps that may follow are printed by name.
const fewNext = 10

// mayFollow names the most expected steps and says how many more there are.
func (t timeline) mayFollow(w *locale.Words) string {
	few := strings.Join(t.next[:min(fewNext, len(t.next))], "; ")
	if len(t.next) <= fewNext {
		return few
	}
	return w.Say("cli.timeline.more", "steps", few, "n", len(t.next)-fewNext)
}

func (d timelineDeadline) print(b *strings.Builder, w *locale.Words) {
	due := w.Say("cli.timeline.no_date")
	if !d.Effective.IsZero() {
		due = w.Day(d.Effective)
	}
	name := strings.Join(nonEmpty(d.Name, d.Victim, d.Decision), " · ")
	status := w.Say("reasons.status."+string(d.Status), "n", d.Days)
	fmt.Fprintln(b, "    "+w.Say("cli.timeline.deadline", "due", due, "name", name, "status", status))
	for _, r := range d.Reasons {
		fmt.Fprintln(b, "        "+r)
	}
}

// nonEmpty leaves out the empty texts.
func nonEmpty(texts ...string) (kept []string) {
	for _, s := range texts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
