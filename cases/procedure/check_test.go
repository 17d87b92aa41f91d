package procedure

import (
	"slices"
	"strings"
	"testing"

	"expediente/models/day"
)

func TestCheckRefusesWithTheRuleAndWhatIsAllowed(t *testing.T) {
	d := petition(t)
	in := matter("PA", "2006-06-01", "petition_lodged 2004-02-10", "transmitted_to_state 2005-12-21")
	for _, c := range []struct {
		name, line, key, rule string
		allowed               Code
	}{
		{"merits before admissibility", "merits_report_adopted 2006-05-01", "not_lawful", "44.2; CADH/ACHR 50", "admissibility_report"},
		{"inadmissibility in the merits without a deferral", "inadmissibility_report 2006-05-01", "", "", ""},
		{"a code that nobody knows", "petition_sent 2006-05-01", "unknown_code", "", "state_response_received"},
		{"lodging after all that", "reopened 2006-05-01", "not_lawful", "42", "admissibility_report"},
		{"before the lodging the State has nothing to answer", "state_response_received 2005-01-01", "not_lawful", "30.3", "transmitted_to_state"},
	} {
		t.Run(c.name, func(t *testing.T) {
			refusal, _ := d.Check(in, matter("", "2006-01-01", c.line).Milestones[0])
			switch {
			case c.key == "" && refusal != nil:
				t.Errorf("refused: %+v", refusal)
			case c.key == "":
			case refusal == nil:
				t.Error("not refused")
			case refusal.Key != "reasons.refusal."+c.key || refusal.Rule != c.rule || !slices.Contains(refusal.Allowed, c.allowed):
				t.Errorf("%+v", refusal)
			}
		})
	}
}

func TestInadmissibilityInTheMeritsNeedsADeferral(t *testing.T) {
	d := petition(t)
	report := Milestone{Code: "inadmissibility_report", Day: day.MustParse("2009-01-01")}
	lines := []string{"petition_lodged 2004-02-10", "transmitted_to_state 2005-12-21"}
	if refusal, _ := d.Check(matter("PA", "2010-01-01", append(lines, "admissibility_report 2007-01-01")...), report); refusal == nil {
		t.Error("admissible, then inadmissible: not refused")
	}
	if refusal, _ := d.Check(matter("PA", "2010-01-01", append(lines, "admissibility_deferred 2007-01-01")...), report); refusal != nil {
		t.Errorf("deferred, then inadmissible: %+v", refusal)
	}
}

func TestCheckAsksToConfirmWhatIsOdd(t *testing.T) {
	d := petition(t)
	in := matter("PA", "2006-06-01", "petition_lodged 2004-02-10", "transmitted_to_state 2005-12-21")
	for _, c := range []struct{ name, line, odd string }{
		{"tomorrow", "state_response_received 2006-06-02", "future"},
		{"a month", "state_response_received 2006-03", "partial"},
		{"lodged again before everything", "petition_dated 2006-07-01", "future"},
		{"an answer forwarded without the letter's date", "state_observations_forwarded 2006-05-01", "no_date_carried"},
		{"an extension beyond the cap", "state_extension_granted_until 2006-04-01", "beyond_cap"},
		{"the same by letter", "state_extension_granted_until 2006-02-10 until 2006-04-01", "beyond_cap"},
	} {
		t.Run(c.name, func(t *testing.T) {
			refusal, odd := d.Check(in, matter("", "2006-01-01", c.line).Milestones[0])
			if refusal != nil || !says(odd, "odd."+c.odd) {
				t.Errorf("refusal %+v, odd %v", refusal, odd)
			}
		})
	}
	t.Run("the ordinary is not odd", func(t *testing.T) {
		for _, line := range []string{"state_response_received 2006-03-07", "state_extension_granted_until 2006-03-06", "event_detention 2002-11-10",
			"final_domestic_decision_notified 2003-10-01"} {
			if refusal, odd := d.Check(in, matter("", "2006-01-01", line).Milestones[0]); refusal != nil || len(odd) > 0 {
				t.Errorf("%s: refusal %+v, odd %v", line, refusal, odd)
			}
		}
	})
	t.Run("a report a second time", func(t *testing.T) {
		with := matter("PA", "2012-01-01", "petition_lodged 2004-02-10", "admissibility_report 2006-01-01", "merits_report_adopted 2010-01-01", "merits_report_notified_to_petitioner 2010-02-01")
		if _, odd := d.Check(with, matter("", "2012-01-01", "merits_report_notified_to_petitioner 2010-03-01").Milestones[0]); !says(odd, "odd.twice") {
			t.Errorf("odd %v", odd)
		}
	})
}

func TestCheckLooksAtTheDayOfTheMilestone(t *testing.T) {
	in := matter("PA", "2010-01-01", "petition_lodged 2004-02-10", "transmitted_to_state 2005-12-21", "admissibility_report 2006-10-23")
	refusal, odd := petition(t).Check(in, Milestone{Code: "state_response_received", Day: day.MustParse("2006-03-07")})
	if refusal != nil || !says(odd, "odd.before_stage") {
		t.Errorf("history added later: refusal %+v, odd %v", refusal, odd)
	}
}

func TestCheckOfAPartialDate(t *testing.T) {
	d := petition(t)
	in := matter("PA", "2010-01-01", "petition_lodged 2004-02-10", "transmitted_to_state 2006-03-21", "admissibility_report 2007-05-01")
	for _, c := range []struct{ name, line, key string }{
		{"the year of the transmission", "state_response_received 2006", "odd.partial_place"},
		{"its month", "state_response_received 2006-03", "odd.partial_place"},
		{"surely before it", "state_response_received 2005", "refusal.not_lawful"},
		{"surely before it, by the month", "state_response_received 2006-02", "refusal.not_lawful"},
		{"after it whatever the day", "state_response_received 2006-04", "odd.partial"},
		{"before the report, in its year", "inadmissibility_report 2006", "odd.partial_place"},
		{"only after the end of every day", "merits_report_adopted 2006", "refusal.not_lawful"},
	} {
		t.Run(c.name, func(t *testing.T) {
			refusal, odd := d.Check(in, matter("", "2006-01-01", c.line).Milestones[0])
			if strings.HasPrefix(c.key, "odd.") {
				if refusal != nil || !says(odd, c.key) {
					t.Errorf("refusal %+v, odd %v", refusal, odd)
				}
			} else if refusal == nil || refusal.Key != "reasons."+c.key {
				t.Errorf("refusal %+v, odd %v", refusal, odd)
			}
		})
	}
	t.Run("what is recorded so reads as unsure, not as missing", func(t *testing.T) {
		r := d.Fold(matter("PA", "2010-01-01", "petition_lodged 2004-02-10", "transmitted_to_state 2006-03-21", "state_response_received 2006"))
		if !says(r.Warnings, "warning.partial_place") || says(r.Warnings, "warning.steps_missing") {
			t.Errorf("%v", r.Warnings)
		}
	})
}

func TestCheckAsksBeforeTheSameIsLoggedAgain(t *testing.T) {
	d := petition(t)
	in := matter("PA", "2010-01-01", "petition_lodged 2004-02-10", "transmitted_to_state 2006-03-21", "state_response_received 2006-05-10",
		"our_filing 2006-06-01", "event_detention 2002-11-10")
	for _, c := range []struct {
		name, odd string
		m         Milestone
	}{
		{"a step that may happen again, on the same day", "odd.again", Milestone{Code: "our_filing", Day: day.MustParse("2006-06-01")}},
		{"on what may be the same day", "odd.again", Milestone{Code: "our_filing", Day: day.MustParse("2006")}},
		{"on another day", "", Milestone{Code: "our_filing", Day: day.MustParse("2006-06-02")}},
		{"a fact", "odd.again", Milestone{Code: "event_detention", Day: day.MustParse("2002-11-10")}},
		{"another fact", "", Milestone{Code: "event_detention", Day: day.MustParse("2002-11-11")}},
		{"the petition of one that joins", "odd.twice", Milestone{Code: "petition_lodged", Day: day.MustParse("2007-01-01")}},
		{"of another victim", "", Milestone{Code: "our_filing", Day: day.MustParse("2006-06-01"), Victim: "V-2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			refusal, odd := d.Check(in, c.m)
			if refusal != nil || c.odd != "" && !says(odd, c.odd) || c.odd == "" && len(odd) > 0 {
				t.Errorf("refusal %+v, odd %v", refusal, odd)
			}
		})
	}
}

func TestWhatHappenedOnceIsOfferedLast(t *testing.T) {
	r := petition(t).Fold(matter("PA", "2010-01-01", "petition_lodged 2004-02-10", "transmitted_to_state 2006-03-21"))
	n := len(r.Allowed)
	if last := r.Allowed[n-2:]; !slices.Equal(last, []Code{"petition_lodged", "transmitted_to_state"}) {
		t.Errorf("the last are %v", last)
	}
}

func TestMissingStepsAreSaidTogether(t *testing.T) {
	named := func(t *testing.T, d *Definition, in Input) (names string) {
		t.Helper()
		n := 0
		for _, w := range d.Fold(in).Warnings {
			if strings.HasPrefix(w.Key, "reasons.warning.steps_missing") {
				names, n = w.Args[len(w.Args)-1].(steps).In("en"), n+1
			}
		}
		if n > 1 {
			t.Errorf("%d sentences", n)
		}
		return names
	}
	in := matter("US", "2005-01-01", "petition_lodged 1987-04-10", "state_response_received 1987-10-09", "state_additional_observations 1988-07-02", "merits_report_published 2001-04-04")
	want := "Petition transmitted to the State; Admissibility report adopted; Merits report adopted (Art. 50); Final report adopted (Art. 51)"
	if got := named(t, petition(t), in); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	visit, _ := library(t).Get("un_visit")
	if got := named(t, visit, matter("MX", "2005-01-01", "visit_started 2002-02-25", "visit_ended 2002-03-06", "report_published 2002-10-30")); got != "" {
		t.Errorf("a visit: %s", got)
	}
	if got := named(t, visit, matter("MX", "2005-01-01", "visit_ended 2002-03-06")); got != "Visit started" {
		t.Errorf("a visit that only ended: %q", got)
	}
}
