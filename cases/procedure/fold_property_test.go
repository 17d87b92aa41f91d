package procedure

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"expediente/models/day"
)

// history draws any milestones of any procedure, lawful or not, known or not.
func history(t *rapid.T, d *Definition) Input {
	codes := []Code{"event_detention", "nobody_knows_this"}
	for _, m := range d.Milestones {
		codes = append(codes, m.Code)
	}
	date := rapid.Custom(func(t *rapid.T) day.Day {
		s := day.Of(1995, 1, 1).AddDays(rapid.IntRange(0, 12000).Draw(t, "day")).String()
		return day.MustParse(s[:rapid.SampledFrom([]int{10, 10, 10, 7, 4}).Draw(t, "precision")])
	})
	one := rapid.Custom(func(t *rapid.T) Milestone {
		m := Milestone{Code: rapid.SampledFrom(codes).Draw(t, "code"), Day: date.Draw(t, "on"),
			Victim: rapid.SampledFrom([]string{"", "", "V-1", "V-2"}).Draw(t, "victim")}
		if rapid.Bool().Draw(t, "carries") {
			m.Until = date.Draw(t, "until")
		}
		return m
	})
	state := rapid.SampledFrom([]string{"PA", "US", "JM", "TT", "VE", "XX", ""}).Draw(t, "state")
	in := Input{State: state, Milestones: rapid.SliceOfN(one, 0, 15).Draw(t, "milestones"), AsOf: date.Draw(t, "asOf").First()}
	for i := range in.Milestones {
		in.Milestones[i].Ref, in.Milestones[i].Seq = fmt.Sprint(i), i
	}
	return in
}

func anyDefinition(t *rapid.T, l *Library) *Definition {
	return rapid.SampledFrom(l.All()).Draw(t, "definition")
}

func TestTheOrderOfTheInputDoesNotMatter(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition(t, l)
		in := history(t, d)
		want := fmt.Sprint(d.Fold(in))
		in.Milestones = rapid.Permutation(in.Milestones).Draw(t, "permutation")
		if got := fmt.Sprint(d.Fold(in)); got != want {
			t.Fatalf("in another order:\n%s\nwas\n%s", got, want)
		}
	})
}

func TestLaterDaysAddToTheStagesPassed(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition(t, l)
		in := history(t, d)
		in.Milestones = slices.DeleteFunc(in.Milestones, func(m Milestone) bool {
			def := d.index.byCode[m.Code] // a granted date without its letter is placed by its clock
			return def != nil && len(def.grants) > 0 && m.Until.IsZero()
		})
		before := d.Fold(in).Spans
		in.AsOf = in.AsOf.AddDays(rapid.IntRange(1, 3000).Draw(t, "later"))
		after := d.Fold(in).Spans
		for i, s := range before {
			if i >= len(after) || after[i].Stage != s.Stage || !s.To.IsZero() && after[i] != s {
				t.Fatalf("%v is not how %v begins", before, after)
			}
		}
	})
}

func TestAFoldHoldsTogether(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition(t, l)
		in := history(t, d)
		r := d.Fold(in)
		if last := r.Spans[len(r.Spans)-1]; last.Stage != r.Stage || last.From != r.Since || !last.To.IsZero() {
			t.Fatalf("stage %s since %v, last span %v", r.Stage, r.Since, last)
		}
		now := 0
		for _, s := range r.Steps {
			if s.State == StepNow {
				now++
			}
		}
		if now != 1 {
			t.Fatalf("%d present steps", now)
		}
		for _, dl := range r.Deadlines {
			holdsTogether(t, in, dl)
		}
		for _, m := range in.Milestones {
			d.Check(in, m)
		}
	})
}

// holdsTogether checks that a deadline says one thing.
func holdsTogether(t *rapid.T, in Input, dl Deadline) {
	v := dl.Version
	switch {
	case len(dl.Reasons) == 0:
		t.Fatalf("%s gives no reason", dl.Rule.Code)
	case (dl.Status == Late || dl.Status == Missed) != (dl.Days > 0):
		t.Fatalf("%s is %s by %d days", dl.Rule.Code, dl.Status, dl.Days)
	case !dl.MetOn.IsZero() && !dl.ClosedOn.IsZero():
		t.Fatalf("%s is met and closed", dl.Rule.Code)
	case dl.Status == Open && !dl.Due.IsZero() && in.AsOf.After(dl.Due):
		t.Fatalf("%s is open past %v", dl.Rule.Code, dl.Due)
	case v.Length.Months > 0 && v.Cap.Months > 0 && len(dl.Rule.pauses) == 0:
		from := dl.TriggerDay.First()
		if !dl.Rule.prudent {
			from = dl.TriggerDay.Last()
		}
		if dl.Cap != from.AddMonths(v.Cap.Months) {
			t.Fatalf("%s: the cap %v is not reckoned from %v", dl.Rule.Code, dl.Cap, from)
		}
	}
}
