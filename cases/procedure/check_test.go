package procedure

import (
	"slices"
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
