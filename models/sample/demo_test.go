package sample

import (
	"strings"
	"testing"
)

// TestSourcesNameATextOrNothing: how sure a date is stands in its mark, never in its source.
func TestSourcesNameATextOrNothing(t *testing.T) {
	cases, visits, err := Public()
	if err != nil {
		t.Fatal(err)
	}
	derived := 0
	check := func(what, mark, source, note string) {
		if (mark == "verified") != (source != "") || strings.Contains(source, "KNOWLEDGE") || strings.Contains(source, "derived") {
			t.Errorf("%s: marked %s, source %q", what, mark, source)
		}
		if mark == "derived" {
			if derived++; !strings.HasPrefix(note, "three months before submission") {
				t.Errorf("%s: the note does not say how it was derived: %q", what, note)
			}
		}
	}
	for _, c := range cases {
		for _, m := range c.Milestones {
			check(c.ID+" "+m.Code, m.Mark(), m.Source, m.Note)
		}
	}
	for _, v := range visits {
		for _, d := range []Dated{v.Start, v.End, v.Statement, v.Report} {
			if !d.Date.IsZero() {
				check(v.ID, Milestone{Verification: d.Verification}.Mark(), d.Source, d.Note)
			}
		}
	}
	if derived == 0 {
		t.Error("no date is derived")
	}
}
