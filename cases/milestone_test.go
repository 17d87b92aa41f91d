package cases_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"expediente/cases"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
)

// velez logs the beginning of Vélez Loor v. Panama, as its public documents tell it.
func velez(t *testing.T, b *bench) string {
	t.Helper()
	ref := b.matter(t)
	b.log(t, ref, "petition_lodged", "2004-02-10")
	b.log(t, ref, "transmitted_to_state", "2005-12-21")
	b.log(t, ref, "state_extension_requested", "2006-02-10")
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{
		Code: "state_extension_granted_until", Day: day.MustParse("2006-02-20"), Until: day.MustParse("2006-03-06"), Confirmed: true}); err != nil {
		t.Fatal(err)
	}
	return ref
}

func deadline(t *testing.T, c cases.Case, rule string) procedure.Deadline {
	t.Helper()
	for _, d := range c.Result.Deadlines {
		if d.Rule.Code == rule {
			return d
		}
	}
	t.Fatalf("no deadline of the rule %s", rule)
	return procedure.Deadline{}
}

func TestTheStateAnswersOneDayLate(t *testing.T) {
	b := open(t)
	ref := velez(t, b)
	b.log(t, ref, "state_response_received", "2006-03-07")
	c, err := b.OpenMatter(b.ctx, b.coordinator, ref, b.at("2006-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	d := deadline(t, c, "state_admiss")
	if d.Computed.String() != "2006-02-21" || d.Cap.String() != "2006-03-21" || d.Granted.String() != "2006-03-06" || d.Due != d.Granted || d.Status != procedure.Late || d.Days != 1 {
		t.Errorf("the State's answer: computed %v, cap %v, granted %v, due %v, %s by %d days", d.Computed, d.Cap, d.Granted, d.Due, d.Status, d.Days)
	}
	if c.Result.Stage != "admissibility" {
		t.Errorf("stage is %s", c.Result.Stage)
	}
}

func TestCorrectingATriggerRecomputes(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	b.log(t, ref, "petition_lodged", "2004-02-10")
	seq := b.log(t, ref, "transmitted_to_state", "2005-12-21")
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{
		Code: "transmitted_to_state", Day: day.MustParse("2006-01-21"), Corrects: seq, Reason: "la carta es de enero", Confirmed: true}); err != nil {
		t.Fatal(err)
	}
	c, err := b.OpenMatter(b.ctx, b.coordinator, ref, b.at("2006-02-01"))
	if err != nil {
		t.Fatal(err)
	}
	if d := deadline(t, c, "state_admiss"); d.Due.String() != "2006-03-21" {
		t.Errorf("due %v after the correction, want 2006-03-21", d.Due)
	}
	old := c.Log[1]
	if old.SupersededBy == nil || old.SupersededBy.Reason != "la carta es de enero" || old.Day.String() != "2005-12-21" {
		t.Errorf("the old entry is %v, superseded by %v", old.Day, old.SupersededBy)
	}
	var due []string
	b.DB.Read.Model(&models.Deadline{}).Where("rule = ?", "state_admiss").Pluck("due", &due)
	if len(due) != 1 || due[0] != "2006-03-21" {
		t.Errorf("the projection holds %v", due)
	}
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{
		Code: "transmitted_to_state", Day: day.MustParse("2006-01-22"), Corrects: seq, Reason: "otra vez", Confirmed: true}); !errors.Is(err, models.ErrConflict) {
		t.Errorf("correcting a superseded entry gave %v", err)
	}
	b.whole(t)
}

func TestWhatWasKnownThen(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	seq := b.log(t, ref, "petition_lodged", "2004-02-10")
	known := models.At(b.clock.at)
	b.clock.at = b.clock.at.Add(time.Hour)
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{
		Corrects: seq, Withdraws: true, Reason: "no se presentó", Confirmed: true}); err != nil {
		t.Fatal(err)
	}
	now, err := b.OpenMatter(b.ctx, b.coordinator, ref, b.at("2006-06-30"))
	if err != nil || now.Result.Stage != "draft" {
		t.Errorf("after the withdrawal the stage is %s (%v)", now.Result.Stage, err)
	}
	then, err := b.OpenMatter(b.ctx, b.coordinator, ref, cases.At{AsOf: day.MustParse("2006-06-30"), KnownAt: known})
	if err != nil || then.Result.Stage != "initial_review" {
		t.Errorf("as known before it, the stage is %s (%v)", then.Result.Stage, err)
	}
}

func TestWhatTheProcedureDoesNotAllow(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	asOf := day.MustParse("2006-06-30")
	judgment := cases.NewMilestone{Code: "judgment", Day: day.MustParse("2006-01-10"), Confirmed: true}
	_, err := b.LogMilestone(b.ctx, b.coordinator, ref, asOf, judgment)
	var refused *cases.Refused
	if !errors.As(err, &refused) || refused.Refusal == nil || len(refused.Refusal.Allowed) == 0 {
		t.Fatalf("a judgment on a draft gave %v", err)
	}
	judgment.AsItHappened = true
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, asOf, judgment); !errors.As(err, new(models.Invalid)) {
		t.Errorf("as it happened without a reason gave %v", err)
	}
	judgment.Reason = "expediente heredado"
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, asOf, judgment); err != nil {
		t.Errorf("as it happened with a reason gave %v", err)
	}
	c, err := b.OpenMatter(b.ctx, b.coordinator, ref, b.at("2006-06-30"))
	if err != nil || !c.Log[0].AsItHappened || len(c.Result.Warnings) == 0 {
		t.Errorf("the mark is not kept (%v)", err)
	}
}

func TestOddDatesAreConfirmedNotRefused(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	n := cases.NewMilestone{Code: "petition_lodged", Day: day.MustParse("2007-01-10")}
	_, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), n)
	var refused *cases.Refused
	if !errors.As(err, &refused) || refused.Refusal != nil || len(refused.Odd) == 0 {
		t.Fatalf("a date to come gave %v", err)
	}
	n.Confirmed = true
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), n); err != nil {
		t.Error(err)
	}
}

func TestTheTargetMovesAndMovesBack(t *testing.T) {
	b := open(t)
	keepPlan(t, b)
	value := func() int {
		v, err := b.Progress(b.ctx, b.lead, b.at("2006-06-30"))
		if err != nil {
			t.Fatal(err)
		}
		return v.Indicators[0].Progress.Value
	}
	ref := b.matter(t)
	if value() != 0 {
		t.Fatal("the target moved by itself")
	}
	seq := b.log(t, ref, "petition_lodged", "2004-02-10")
	if value() != 1 {
		t.Errorf("after lodging the value is %d", value())
	}
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{
		Code: "petition_lodged", Day: day.MustParse("2002-02-10"), Corrects: seq, Reason: "otro año", Confirmed: true}); err != nil {
		t.Fatal(err)
	}
	if value() != 0 {
		t.Errorf("after the correction the value is %d", value())
	}
}

func TestOnlyWhatTheNetworkBroughtCounts(t *testing.T) {
	b := open(t)
	keepPlan(t, b)
	for _, standing := range []models.Standing{models.Supported, models.Followed} {
		n := petition("x")
		n.Standing = standing
		ref, err := b.CreateMatter(b.ctx, b.coordinator, n)
		if err != nil {
			t.Fatal(err)
		}
		b.log(t, ref, "petition_lodged", "2004-02-10")
	}
	v, err := b.Progress(b.ctx, b.lead, b.at("2006-06-30"))
	if err != nil || v.Indicators[0].Progress.Value != 0 {
		t.Errorf("the value is %d (%v)", v.Indicators[0].Progress.Value, err)
	}
	if _, err := b.Progress(b.ctx, b.member, b.at("2006-06-30")); !errors.Is(err, models.ErrDenied) {
		t.Errorf("a member reads progress: %v", err)
	}
}

func keepPlan(t testing.TB, b *bench) {
	t.Helper()
	if err := b.KeepPlan(b.ctx, cases.System, cases.NewPlan{
		Plan: models.Plan{Code: "p", Names: models.Names{"es": "Plan"}, Starts: day.MustParse("2003-03-01"), Ends: day.MustParse("2008-02-29")},
		Indicators: []models.Indicator{{Code: "cases", Area: "advocacy", Names: models.Names{"es": "Casos"}, Target: 3,
			Procedure: "iachr_petition", Milestone: "petition_lodged", Standing: models.Brought}}}); err != nil {
		t.Fatal(err)
	}
}

func TestAForeignMatterAndAMissingOneAreOneAnswer(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	for _, by := range []cases.Actor{b.member, b.lead} {
		for _, asked := range []string{ref, "PA-XXXXX"} {
			if _, err := b.OpenMatter(b.ctx, by, asked, b.at("2006-06-30")); err != models.ErrNotFound {
				t.Errorf("%s opening %s gave %v", by.Role, asked, err)
			}
			if _, err := b.AttachEvidence(b.ctx, by, asked, cases.NewEvidence{Filename: "x"}, strings.NewReader("x")); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s attaching to %s gave %v", by.Role, asked, err)
			}
		}
		l, err := b.ListMatters(b.ctx, by, cases.Filter{Kind: models.KindCase}, b.at("2006-06-30"))
		if err != nil || len(l.Rows) != 0 || l.Counts.N != 0 {
			t.Errorf("%s sees %d matters in the list (%v)", by.Role, len(l.Rows), err)
		}
	}
}

func TestALostMembershipCountsAtOnce(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	if err := b.Admit(b.ctx, cases.System, ref, b.member.ID, models.Member); err != nil {
		t.Fatal(err)
	}
	if _, err := b.OpenMatter(b.ctx, b.member, ref, b.at("2006-06-30")); err != nil {
		t.Fatal(err)
	}
	if err := b.DB.Write.Exec("UPDATE memberships SET ended_at = 1 WHERE user_id = ?", b.member.ID).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := b.OpenMatter(b.ctx, b.member, ref, b.at("2006-06-30")); err != models.ErrNotFound {
		t.Errorf("after the membership ended, opening gave %v", err)
	}
}

func TestTodayIsTheForumsDay(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	b.clock.at = time.Date(2006, 7, 1, 2, 0, 0, 0, time.UTC) // still 30 June in Washington
	c, err := b.OpenMatter(b.ctx, b.coordinator, ref, cases.At{AsOf: day.MustParse("2006-07-01"), Today: true})
	if err != nil || c.At.AsOf.String() != "2006-06-30" {
		t.Errorf("a petition is looked at on %v (%v)", c.At.AsOf, err)
	}
	c, err = b.OpenMatter(b.ctx, b.coordinator, ref, b.at("2006-07-01"))
	if err != nil || c.At.AsOf.String() != "2006-07-01" {
		t.Errorf("on a chosen day it is looked at on %v (%v)", c.At.AsOf, err)
	}
}

// TestNoNameGetsIntoAPlainColumn: codes lie plain in rows and in the log for ever, so what people
// type there must be a code.
func TestNoNameGetsIntoAPlainColumn(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	before := b.entries(t)
	on := day.MustParse("2004-02-10")
	for name, n := range map[string]cases.NewMilestone{
		"a name as code":            {Code: "Nombre Real", Day: on, Confirmed: true},
		"a name as code, withdrawn": {Code: "nombre_real", Day: on, Withdraws: true, Confirmed: true},
		"a code nobody knows":       {Code: "juana_de_arco", Day: on, AsItHappened: true, Reason: "x", Confirmed: true},
		"a name as person":          {Code: "petition_lodged", Day: on, Victim: "María Pérez", Confirmed: true},
		"a name as verification":    {Code: "petition_lodged", Day: on, Verification: "María Pérez", Confirmed: true},
	} {
		var invalid models.Invalid
		if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), n); !errors.As(err, &invalid) {
			t.Errorf("%s gave %v", name, err)
		}
	}
	if got := b.entries(t); got != before {
		t.Errorf("%d entries were left", got-before)
	}
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{Code: "final_domestic_decision_notified", Day: on, Victim: "V-1", Confirmed: true}); err != nil {
		t.Errorf("a person's code gave %v", err)
	}
}
