package procedure

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"expediente/models/day"
)

// public is a case of the sample file.
type public struct {
	ID         string  `json:"id"`
	State      string  `json:"state_iso2"`
	Expected   StageID `json:"expected_stage"`
	Milestones []struct {
		Code Code    `json:"code"`
		Date day.Day `json:"date"`
	} `json:"milestones"`
}

func (c public) input(asOf string) Input {
	in := Input{State: c.State, AsOf: day.MustParse(asOf)}
	for i, m := range c.Milestones {
		in.Milestones = append(in.Milestones, Milestone{Code: m.Code, Day: m.Date, Seq: i})
	}
	return in
}

// publicCases reads the ten public cases.
func publicCases(t testing.TB) map[string]public {
	t.Helper()
	text, err := os.ReadFile("../../models/sample/data/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []public
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	cases := map[string]public{}
	for _, c := range list {
		cases[c.ID] = c
	}
	return cases
}

// petition is the petition's definition.
func petition(t testing.TB) *Definition {
	t.Helper()
	d, _ := library(t).Get("iachr_petition")
	return d
}

// matter writes milestones as "code day [until day] [victim name]".
func matter(state, asOf string, lines ...string) Input {
	in := Input{State: state, AsOf: day.MustParse(asOf)}
	for i, l := range lines {
		words := strings.Fields(l)
		m := Milestone{Code: Code(words[0]), Day: day.MustParse(words[1]), Seq: i, Ref: words[0]}
		for j := 2; j+1 < len(words); j += 2 {
			switch words[j] {
			case "until":
				m.Until = day.MustParse(words[j+1])
			case "victim":
				m.Victim = words[j+1]
			case "decision":
				m.Decision = words[j+1]
			}
		}
		in.Milestones = append(in.Milestones, m)
	}
	return in
}

func find(t testing.TB, r Result, rule string) Deadline {
	t.Helper()
	for _, dl := range r.Deadlines {
		if dl.Rule.Code == rule {
			return dl
		}
	}
	t.Fatalf("no deadline %s in %v", rule, codes(r))
	return Deadline{}
}

func codes(r Result) (codes []string) {
	for _, dl := range r.Deadlines {
		codes = append(codes, dl.Rule.Code)
	}
	return codes
}

func says(list []Reason, key string) bool {
	return slices.ContainsFunc(list, func(r Reason) bool { return r.Key == "reasons."+key })
}

func TestPublicCasesReachTheirStage(t *testing.T) {
	d := petition(t)
	for id, c := range publicCases(t) {
		t.Run(id, func(t *testing.T) {
			r := d.Fold(c.input("2026-11-23"))
			if r.Stage != c.Expected {
				t.Errorf("stage %s, want %s; warnings %v", r.Stage, c.Expected, r.Warnings)
			}
			if c.State == "US" {
				if slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Stage.ID == "court" }) || slices.Contains(codes(r), "art51_3m") {
					t.Error("a State that is not party has no Court and no Art. 51 clock")
				}
			}
		})
	}
}

func TestVelezLoorAnsweredOneDayLate(t *testing.T) {
	r := petition(t).Fold(publicCases(t)["velez-loor"].input("2026-11-23"))
	dl := find(t, r, "state_admiss")
	got := []string{dl.Version.Instrument.Code, dl.Computed.String(), dl.Cap.String(), dl.Granted.String(), dl.Due.String(), dl.MetOn.String()}
	want := []string{"ROP2000", "2006-02-21", "2006-03-21", "2006-03-06", "2006-03-06", "2006-03-07"}
	if !slices.Equal(got, want) || dl.Status != Late || dl.Days != 1 {
		t.Errorf("%v %s by %d, want %v late by 1", got, dl.Status, dl.Days, want)
	}
}

func TestAGrantedDateCountsBeforeItComes(t *testing.T) {
	c := publicCases(t)["velez-loor"]
	dl := find(t, petition(t).Fold(c.input("2006-02-25")), "state_admiss")
	if dl.Status != Open || dl.Due.String() != "2006-03-06" {
		t.Errorf("on 25 February 2006: %s, due %v; want open until 6 March", dl.Status, dl.Due)
	}
}

func TestTheLettersDayDecidesFromWhenAGrantCounts(t *testing.T) {
	d := petition(t)
	lines := []string{"petition_lodged 2004-02-10", "transmitted_to_state 2005-12-21", "state_extension_granted_until 2006-02-15 until 2006-03-06"}
	before := find(t, d.Fold(matter("PA", "2006-02-14", lines...)), "state_admiss")
	after := find(t, d.Fold(matter("PA", "2006-02-15", lines...)), "state_admiss")
	if !before.Granted.IsZero() || after.Granted.String() != "2006-03-06" || after.Due != after.Granted {
		t.Errorf("granted %v before the letter, %v after it", before.Granted, after.Granted)
	}
}

func TestAGrantExtendsTheRunningClockOnly(t *testing.T) {
	r := petition(t).Fold(matter("PA", "2016-01-01", "petition_lodged 2010-01-01", "transmitted_to_state 2010-06-01",
		"state_response_received 2010-07-01", "admissibility_report 2013-09-01", "merits_observations_transmitted_to_state 2014-01-10",
		"state_extension_granted_until 2014-05-01 until 2014-06-01"))
	if g := find(t, r, "state_admiss").Granted; !g.IsZero() {
		t.Errorf("the grant of 2014 reached the clock of 2010: %v", g)
	}
	dl := find(t, r, "merits_state")
	if dl.Granted.String() != "2014-06-01" || dl.Computed.String() != "2014-05-10" || dl.Cap.String() != "2014-07-10" || dl.Version.Instrument.Code != "ROP2013" {
		t.Errorf("merits_state: %+v", dl)
	}
}

func TestAnnexesOfTheExpelledDominicansWereOnTime(t *testing.T) {
	r := petition(t).Fold(publicCases(t)["expelled-dominicans-haitians"].input("2026-11-23"))
	dl := find(t, r, "court_annex_21d")
	if dl.TriggerDay.String() != "2012-10-30" || dl.Due.String() != "2012-11-20" || dl.Status != Met || dl.Version.Instrument.Code != "CTROP2009" {
		t.Errorf("%v to %v: %s", dl.TriggerDay, dl.Due, dl.Status)
	}
}

func TestNadegeWasReferredOnTheLastDay(t *testing.T) {
	dl := find(t, petition(t).Fold(publicCases(t)["nadege-dorzema"].input("2026-11-23")), "art51_3m")
	if dl.TriggerDay.String() != "2010-11-11" || dl.Due.String() != "2011-02-11" || dl.Status != Met {
		t.Errorf("the three months run from the transmission: %v to %v, %s", dl.TriggerDay, dl.Due, dl.Status)
	}
}

func TestVersionsAreChosenByTheTrigger(t *testing.T) {
	d := petition(t)
	for _, c := range []struct{ transmitted, version, due, cap string }{
		{"2000-04-10", "REG1980", "2000-07-09", "2000-10-07"},
		{"2001-04-30", "REG1980", "2001-07-29", "2001-10-27"},
		{"2001-05-01", "ROP2000", "2001-07-01", "2001-08-01"},
		{"2009-12-30", "ROP2000", "2010-02-28", "2010-03-30"},
		{"2009-12-31", "ROP2009", "2010-02-28", "2010-03-31"},
		{"2013-07-31", "ROP2009", "2013-09-30", "2013-10-31"},
		{"2013-08-01", "ROP2013", "2013-11-01", "2013-12-01"},
	} {
		dl := find(t, d.Fold(matter("PA", "2015-01-01", "petition_lodged 1999-01-01", "transmitted_to_state "+c.transmitted)), "state_admiss")
		if dl.Version.Instrument.Code != c.version || dl.Due.String() != c.due || dl.Cap.String() != c.cap {
			t.Errorf("transmitted %s: %s, due %v, cap %v; want %+v", c.transmitted, dl.Version.Instrument.Code, dl.Due, dl.Cap, c)
		}
	}
}

func TestCourtRulesFollowTheSubmission(t *testing.T) {
	d := petition(t)
	lines := []string{"petition_lodged 2004-01-01", "merits_report_adopted 2009-05-01", "submitted_to_court 2009-10-08",
		"court_notified_representatives 2010-01-15", "court_esap 2010-03-10", "court_esap_notified_to_state 2010-04-01"}
	dl := find(t, d.Fold(matter("PA", "2010-12-01", lines...)), "court_answer_2m")
	if dl.Version.Instrument.Code != "CTROP2003" || dl.Due.String() != "2010-08-01" {
		t.Errorf("a case submitted in 2009 goes on under the earlier Rules: %s, %v", dl.Version.Instrument.Code, dl.Due)
	}
}

func TestConditionsOfTheState(t *testing.T) {
	steps := []string{"petition_lodged 2005-01-01", "admissibility_report 2007-01-01", "merits_report_adopted 2010-02-01",
		"merits_report_notified_to_state 2010-03-01", "merits_report_notified_to_petitioner 2010-03-01"}
	for _, c := range []struct {
		name, state, facts  string
		has, hasNot         string
		allowed, notAllowed Code
	}{
		{"party with the Court", "PA", "2003-01-01", "art51_3m petitioner_position_court", "rules47_3m", "submitted_to_court", ""},
		{"party without the Court", "JM", "2003-01-01", "art51_3m", "rules47_3m petitioner_position_court", "final_report_51_adopted", "submitted_to_court"},
		{"not party", "US", "2003-01-01", "rules47_3m", "art51_3m petitioner_position_court", "final_report_51_adopted", "submitted_to_court"},
		{"denounced, facts after", "TT", "1999-05-26", "rules47_3m", "art51_3m petitioner_position_court", "final_report_51_adopted", "submitted_to_court"},
		{"denounced, facts before", "TT", "1999-05-25", "art51_3m petitioner_position_court", "rules47_3m", "submitted_to_court", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := petition(t)
			in := matter(c.state, "2010-04-01", append(steps, "event_violation "+c.facts)...)
			r := d.Fold(in)
			for _, rule := range strings.Fields(c.has) {
				find(t, r, rule)
			}
			for _, rule := range strings.Fields(c.hasNot) {
				if slices.Contains(codes(r), rule) {
					t.Errorf("%s runs against %s", rule, c.state)
				}
			}
			if !slices.Contains(r.Allowed, c.allowed) || c.notAllowed != "" && slices.Contains(r.Allowed, c.notAllowed) {
				t.Errorf("allowed: %v", r.Allowed)
			}
			refusal, _ := d.Check(in, Milestone{Code: "submitted_to_court", Day: day.MustParse("2010-03-20")})
			if (refusal != nil) != (c.notAllowed == "submitted_to_court") {
				t.Errorf("Check of submitted_to_court: %+v", refusal)
			}
		})
	}
}

func TestARecordedReferralOfAStateWithoutTheCourtMovesNothing(t *testing.T) {
	r := petition(t).Fold(matter("US", "2012-01-01", "petition_lodged 2005-01-01", "merits_report_adopted 2010-02-01",
		"merits_report_notified_to_state 2010-03-01", "submitted_to_court 2010-05-20", "judgment 2011-01-01"))
	if r.Stage != "merits_report_50" || !says(r.Warnings, "warning.not_for_state_court") {
		t.Errorf("stage %s, warnings %v", r.Stage, r.Warnings)
	}
}

func TestThreeMonthsBeforeAFinalReportAreATimeToWait(t *testing.T) {
	for _, state := range []string{"US", "JM"} {
		rule := map[string]string{"US": "rules47_3m", "JM": "art51_3m"}[state]
		in := matter(state, "2010-12-01", "petition_lodged 2005-01-01", "admissibility_report 2007-01-01",
			"merits_report_adopted 2010-02-01", "merits_report_notified_to_state 2010-03-01")
		if dl := find(t, petition(t).Fold(in), rule); dl.Status != Met || !says(dl.Reasons, "elapsed") {
			t.Errorf("%s: %s", state, dl.Status)
		}
	}
}

func TestFactsBeforeAcceptanceAreWarnedOf(t *testing.T) {
	r := petition(t).Fold(publicCases(t)["yean-bosico"].input("2026-11-23"))
	if !says(r.Warnings, "warning.facts_before_court") {
		t.Errorf("warnings: %v", r.Warnings)
	}
}

func TestCandidatesForTheFinalDecision(t *testing.T) {
	d := petition(t)
	open := []string{"event_violation 2004-01-01", "final_domestic_decision_notified 2005-08-31 decision Amparo",
		"final_domestic_decision_notified 2005-10-15 decision Casación"}
	r := d.Fold(matter("PA", "2006-01-01", open...))
	if len(r.Deadlines) != 2 || r.Deadlines[0].Due.String() != "2006-02-28" || r.Deadlines[1].Due.String() != "2006-04-15" || r.Deadlines[0].Decision != "Amparo" {
		t.Fatalf("the earliest comes first: %+v", r.Deadlines)
	}
	if !says(r.Deadlines[0].Reasons, "clamped") {
		t.Error("31 August and six months says that February has no 31st")
	}
	t.Run("lodging meets all", func(t *testing.T) {
		for _, dl := range d.Fold(matter("PA", "2007-01-01", append(open, "petition_lodged 2006-02-01")...)).Deadlines {
			if dl.Rule.Code == "filing_6m" && dl.Status != Met {
				t.Errorf("%s: %s", dl.Decision, dl.Status)
			}
		}
	})
	t.Run("lodging before a candidate meets it too", func(t *testing.T) {
		r := d.Fold(matter("PA", "2007-01-01", "petition_lodged 2006-02-01", "final_domestic_decision_notified 2006-06-01"))
		if dl := find(t, r, "filing_6m"); dl.Status != Met {
			t.Errorf("%s", dl.Status)
		}
	})
	t.Run("lodging for one victim leaves the other's open", func(t *testing.T) {
		r := d.Fold(matter("PA", "2006-02-15", "final_domestic_decision_notified 2005-10-01 victim V-1",
			"final_domestic_decision_notified 2005-10-01 victim V-2", "petition_lodged 2006-02-01 victim V-1"))
		for _, dl := range r.Deadlines {
			if want := map[string]Status{"V-1": Met, "V-2": Open}[dl.Victim]; dl.Status != want {
				t.Errorf("%s: %s, want %s", dl.Victim, dl.Status, want)
			}
		}
	})
	t.Run("an exception hides none, marks all and shows the time since the facts", func(t *testing.T) {
		for _, dl := range d.Fold(matter("PA", "2006-01-01", append(open, "exhaustion_exception_claimed 2005-12-01")...)).Deadlines {
			if !dl.Prudent || !says(dl.Reasons, "prudent") || !says(dl.Reasons, "since_facts") {
				t.Errorf("%s: %+v", dl.Decision, dl.Reasons)
			}
		}
	})
	t.Run("an exception without a decision shows the time since the facts", func(t *testing.T) {
		r := d.Fold(matter("PA", "2006-01-01", "event_violation 2004-01-01", "exhaustion_exception_claimed 2005-12-01"))
		if !says(r.Warnings, "warning.reasonable_period") {
			t.Errorf("%v", r.Warnings)
		}
	})
}

func TestAnEstimateGoesOnceTheNotificationIsThere(t *testing.T) {
	d := petition(t)
	lines := []string{"petition_lodged 2012-01-01", "transmitted_to_state 2013-01-01", "admissibility_report 2014-03-19"}
	dl := find(t, d.Fold(matter("PA", "2014-06-01", lines...)), "merits_petitioner")
	if !dl.Estimate || dl.Due.String() != "2014-07-19" || !says(dl.Reasons, "estimate") {
		t.Errorf("estimate: %+v", dl)
	}
	r := d.Fold(matter("PA", "2014-06-01", append(lines, "admissibility_report_notified 2014-04-02")...))
	if dl := find(t, r, "merits_petitioner"); dl.Estimate || dl.Due.String() != "2014-08-02" {
		t.Errorf("real: %+v", dl)
	}
	if n := len(slices.DeleteFunc(codes(r), func(c string) bool { return c != "merits_petitioner" })); n != 1 {
		t.Errorf("%d merits_petitioner deadlines", n)
	}
}

func TestACorrectionRecomputes(t *testing.T) {
	d := petition(t)
	wrong := d.Fold(matter("PA", "2006-06-01", "petition_lodged 2004-02-10", "transmitted_to_state 2005-11-21"))
	right := d.Fold(matter("PA", "2006-06-01", "petition_lodged 2004-02-10", "transmitted_to_state 2005-12-21"))
	if a, b := find(t, wrong, "state_admiss").Due, find(t, right, "state_admiss").Due; a.String() != "2006-01-21" || b.String() != "2006-02-21" {
		t.Errorf("%v then %v", a, b)
	}
}

func TestFriendlySettlementGoesBack(t *testing.T) {
	r := petition(t).Fold(matter("PA", "2012-01-01", "petition_lodged 2004-01-01", "transmitted_to_state 2005-01-01",
		"admissibility_report 2007-01-01", "friendly_settlement_opened 2008-01-01", "friendly_settlement_ended 2009-01-01"))
	var path []StageID
	for _, s := range r.Spans {
		path = append(path, s.Stage)
	}
	want := []StageID{"draft", "initial_review", "admissibility", "merits", "friendly_settlement", "merits"}
	if !slices.Equal(path, want) || len(r.Warnings) > 0 || r.Since.String() != "2009-01-01" {
		t.Errorf("%v, warnings %v", path, r.Warnings)
	}
}

func TestReopeningLeadsOutOfTheArchive(t *testing.T) {
	d := petition(t)
	lines := []string{"petition_lodged 2004-01-01", "transmitted_to_state 2005-01-01", "archived 2010-01-01"}
	if r := d.Fold(matter("PA", "2012-01-01", append(lines, "admissibility_report 2011-01-01")...)); r.Stage != "archived" || len(r.Warnings) != 1 {
		t.Errorf("out of the archive without reopening: %s, %v", r.Stage, r.Warnings)
	}
	if r := d.Fold(matter("PA", "2012-01-01", append(lines, "reopened 2010-06-01")...)); r.Stage != "admissibility" {
		t.Errorf("reopened: %s", r.Stage)
	}
}

func TestSuspensionOfTheThreeMonths(t *testing.T) {
	d := petition(t)
	lines := []string{"petition_lodged 2004-01-01", "admissibility_report 2007-01-01", "merits_report_adopted 2013-09-01",
		"merits_report_notified_to_state 2013-10-01", "suspension_granted_until 2013-12-20 until 2014-04-01"}
	r := d.Fold(matter("PA", "2014-01-15", lines...))
	if dl := find(t, r, "art51_3m"); r.Stage != "suspended_51" || dl.Due.String() != "2014-04-01" || dl.Computed.String() != "2014-01-01" {
		t.Errorf("%s, %v", r.Stage, dl.Due)
	}
	r = d.Fold(matter("PA", "2014-02-15", append(lines, "suspension_ended 2014-02-01")...))
	if dl := find(t, r, "art51_3m"); r.Stage != "merits_report_50" || dl.Due.String() != "2014-02-13" || dl.Doubt != Derived {
		t.Errorf("twelve days were left: %s, %v, %s", r.Stage, dl.Due, dl.Doubt)
	}
	t.Run("the format of the files gives the granted date only", func(t *testing.T) {
		r := d.Fold(matter("PA", "2014-01-15", append(lines[:4:4], "suspension_granted_until 2014-04-01")...))
		if dl := find(t, r, "art51_3m"); r.Stage != "suspended_51" || dl.Due.String() != "2014-04-01" || dl.Status != Open {
			t.Errorf("%s, %v %s", r.Stage, dl.Due, dl.Status)
		}
	})
}

func TestOurSilenceIsWarnedOfFromThirtyMonths(t *testing.T) {
	d := petition(t)
	lines := []string{"petition_lodged 2015-01-10", "our_filing 2016-01-10"}
	if r := d.Fold(matter("PA", "2018-07-09", lines...)); slices.Contains(codes(r), "petitioner_silence") {
		t.Error("warned before 30 months")
	}
	dl := find(t, d.Fold(matter("PA", "2018-07-10", lines...)), "petitioner_silence")
	if dl.Due.String() != "2019-01-10" || dl.Status != Open || dl.TriggerDay.String() != "2016-01-10" {
		t.Errorf("%+v", dl)
	}
	if r := d.Fold(matter("PA", "2018-08-01", append(lines, "our_filing 2018-07-20")...)); slices.Contains(codes(r), "petitioner_silence") {
		t.Error("a filing did not restart the count")
	}
}

func TestLettersAreNeverARules(t *testing.T) {
	d := petition(t)
	lines := []string{"petition_lodged 2004-01-01", "transmitted_to_state 2005-12-21"}
	dl := find(t, d.Fold(matter("PA", "2006-06-01", append(lines, "state_observations_forwarded 2006-05-14 until 2006-06-14")...)), "petitioner_reply_admiss")
	if !dl.ByLetter || dl.Due.String() != "2006-06-14" || !dl.Computed.IsZero() || dl.Status != Open {
		t.Errorf("%+v", dl)
	}
	dl = find(t, d.Fold(matter("PA", "2006-06-01", append(lines, "state_observations_forwarded 2006-05-14")...)), "petitioner_reply_admiss")
	if !dl.ByLetter || !dl.Due.IsZero() || dl.Status != Open {
		t.Errorf("%+v", dl)
	}
}

func TestSupersededAndMissed(t *testing.T) {
	d := petition(t)
	lines := []string{"petition_lodged 2004-01-01", "transmitted_to_state 2005-12-21"}
	dl := find(t, d.Fold(matter("PA", "2008-01-01", append(lines, "admissibility_report 2006-02-01")...)), "state_admiss")
	if dl.Status != Superseded || dl.ClosedOn.String() != "2006-02-01" {
		t.Errorf("before the date: %s", dl.Status)
	}
	dl = find(t, d.Fold(matter("PA", "2008-01-01", append(lines, "admissibility_report 2006-03-01")...)), "state_admiss")
	if dl.Status != Missed || dl.Days != 8 {
		t.Errorf("after the date: %s by %d", dl.Status, dl.Days)
	}
	dl = find(t, d.Fold(matter("PA", "2006-02-24", lines...)), "state_admiss")
	if dl.Status != Missed || dl.Days != 3 {
		t.Errorf("still running: %s by %d", dl.Status, dl.Days)
	}
}

func TestThePandemicSuspensionIsDoubtful(t *testing.T) {
	d := petition(t)
	dl := find(t, d.Fold(matter("PA", "2020-09-01", "petition_lodged 2018-01-01", "transmitted_to_state 2020-01-15")), "state_admiss")
	if dl.Due.String() != "2020-07-06" || dl.Doubt != KnowledgeMid || !says(dl.Reasons, "paused") {
		t.Errorf("82 days from 1 March for the State: %v %s", dl.Due, dl.Doubt)
	}
	dl = find(t, d.Fold(matter("PA", "2020-09-01", "final_domestic_decision_notified 2019-11-15")), "filing_6m")
	if dl.Due.String() != "2020-05-15" || !says(dl.Reasons, "pause_exempt") {
		t.Errorf("the six months are not suspended: %v", dl.Due)
	}
}

func TestUnknownCodesAndFactsStay(t *testing.T) {
	r := petition(t).Fold(matter("PA", "2006-01-01", "petition_lodged 2004-01-01", "event_detention 2002-11-10", "something_else 2005-01-01"))
	if r.Stage != "initial_review" || len(r.Warnings) != 1 || !says(r.Warnings, "warning.unknown_code") {
		t.Errorf("%s %v", r.Stage, r.Warnings)
	}
}

func TestPartialDatesAroundToday(t *testing.T) {
	r := petition(t).Fold(matter("PA", "2006-06-15", "petition_lodged 2006"))
	if r.Stage != "initial_review" || !says(r.Warnings, "warning.partial_now") {
		t.Errorf("%s %v", r.Stage, r.Warnings)
	}
	if r := petition(t).Fold(matter("PA", "2006-06-15", "petition_lodged 2006-07")); r.Stage != "draft" {
		t.Errorf("July counts in June: %s", r.Stage)
	}
}

func TestStepsOfTheTrack(t *testing.T) {
	drawn := func(r Result) string {
		var words []string
		for _, s := range r.Steps {
			words = append(words, string(s.Stage.ID)+":"+string(s.State))
		}
		return strings.Join(words, " ")
	}
	d := petition(t)
	cases := publicCases(t)
	un, _ := library(t).Get("un_visit")
	for _, c := range []struct{ name, got, want string }{
		{"a case before the Court", drawn(d.Fold(matter("PA", "2009-11-01", "petition_lodged 2004-01-01", "transmitted_to_state 2005-01-01", "admissibility_report 2006-01-01", "merits_report_adopted 2009-01-01", "submitted_to_court 2009-10-01"))),
			"draft:done initial_review:done admissibility:done merits:done merits_report_50:done court:now court_judgment:ahead supervision:ahead"},
		{"a State without the Court", drawn(d.Fold(cases["enwonwu"].input("2012-01-01"))),
			"draft:done initial_review:done admissibility:done merits:now merits_report_50:ahead final_report_51:ahead follow_up:ahead"},
		{"an end cuts off what is ahead", drawn(d.Fold(cases["operation-gatekeeper"].input("2012-01-01"))),
			"draft:done initial_review:done inadmissible:now"},
		{"a stage beside the track", drawn(d.Fold(matter("PA", "2009-11-01", "petition_lodged 2004-01-01", "transmitted_to_state 2005-01-01", "friendly_settlement_opened 2006-01-01"))),
			"draft:done initial_review:done admissibility:done friendly_settlement:now merits:ahead merits_report_50:ahead court:ahead court_judgment:ahead supervision:ahead"},
		{"a visit", drawn(un.Fold(matter("MX", "2008-03-12", "invited 2007-10-01", "dates_agreed 2008-01-10", "visit_started 2008-03-09"))),
			"proposed:done visit_requested:done invited:done dates_agreed:done visit:now statement:ahead draft_report:ahead report_published:ahead interactive_dialogue:ahead follow_up:ahead"},
	} {
		if c.got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, c.got, c.want)
		}
	}
}

func TestWhatIsExpectedComesFirst(t *testing.T) {
	d := petition(t)
	for _, c := range []struct {
		name  string
		in    Input
		first []Code
	}{
		{"a draft is lodged", matter("PA", "2004-01-01", "final_domestic_decision_notified 2003-10-01"), []Code{"petition_lodged"}},
		{"the State's answer is awaited", matter("PA", "2006-01-10", "petition_lodged 2004-01-01", "transmitted_to_state 2005-12-21"), []Code{"state_response_received", "admissibility_report"}},
		{"the report goes to the Court", matter("PA", "2010-04-01", "petition_lodged 2005-01-01", "admissibility_report 2007-01-01", "merits_report_adopted 2010-02-01", "merits_report_notified_to_state 2010-03-01"), []Code{"submitted_to_court"}},
		{"or, without the Court, to a final report", matter("US", "2010-04-01", "petition_lodged 2005-01-01", "admissibility_report 2007-01-01", "merits_report_adopted 2010-02-01", "merits_report_notified_to_state 2010-03-01"), []Code{"final_report_51_adopted"}},
	} {
		allowed := d.Fold(c.in).Allowed
		for i, want := range c.first {
			if i >= len(allowed) || !slices.Contains(allowed[:min(4, len(allowed))], want) {
				t.Errorf("%s: %v does not begin with %v", c.name, allowed, c.first)
				break
			}
		}
	}
}
