package cases_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"expediente/cases"
	"expediente/models"
	"expediente/models/day"
)

// TestDeadlinesOfOneDayAreAllListed: five notifications of one day open five periods that end on
// one day; pages of two show each of them once, in either direction.
func TestDeadlinesOfOneDayAreAllListed(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	for i := range 5 {
		_, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{
			Code: "final_domestic_decision_notified", Day: day.MustParse("2006-03-01"), Victim: fmt.Sprint("V-", i+1), Confirmed: true})
		if err != nil {
			t.Fatal(err)
		}
	}
	for when, asOf := range map[cases.When]string{cases.Coming: "2006-06-30", cases.Past: "2006-12-30"} {
		seen, f := map[string]int{}, cases.DueFilter{When: when, Limit: 2}
		for range 6 {
			page, next, err := b.ListDeadlines(b.ctx, b.coordinator, f, b.at(asOf))
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range page {
				seen[d.Victim]++
			}
			if f.Cursor = next; next == "" {
				break
			}
		}
		if len(seen) != 5 {
			t.Errorf("%s: %v were listed of five", when, seen)
		}
		for victim, n := range seen {
			if n != 1 {
				t.Errorf("%s: %s was listed %d times", when, victim, n)
			}
		}
	}
}

func TestEvidenceIsListedAcrossMatters(t *testing.T) {
	b := open(t)
	refs := []string{b.matter(t), b.matter(t)}
	if err := b.Admit(b.ctx, cases.System, refs[1], b.member.ID, models.Member); err != nil {
		t.Fatal(err)
	}
	for i := range cases.PageSize + 3 {
		_, err := b.AttachEvidence(b.ctx, b.coordinator, refs[i%2], cases.NewEvidence{Filename: fmt.Sprint(i, ".txt")}, strings.NewReader(fmt.Sprint("bytes ", i)))
		if err != nil {
			t.Fatal(err)
		}
	}
	first, err := b.ListEvidence(b.ctx, b.coordinator, "", b.at("2006-06-30"))
	if err != nil || len(first.Items) != cases.PageSize || first.Counts.N != cases.PageSize+3 || first.Items[0].ByName != "ana" {
		t.Fatalf("the first page: %d of %v, %v", len(first.Items), first.Counts, err)
	}
	rest, err := b.ListEvidence(b.ctx, b.coordinator, first.Next, b.at("2006-06-30"))
	if err != nil || len(rest.Items) != 3 || rest.Next != "" {
		t.Errorf("the second page: %d, next %q, %v", len(rest.Items), rest.Next, err)
	}
	theirs, err := b.ListEvidence(b.ctx, b.member, "", b.at("2006-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range theirs.Items {
		if item.Reference != refs[1] {
			t.Errorf("a member is shown an item of %s", item.Reference)
		}
	}
	if none, err := b.ListEvidence(b.ctx, b.lead, "", b.at("2006-06-30")); err != nil || len(none.Items) > 0 || none.Counts.N > 0 {
		t.Errorf("leadership is shown %d items, %v", len(none.Items), err)
	}
}

func TestOpeningAVisitKeepsItsDetail(t *testing.T) {
	b := open(t)
	n := cases.NewVisit{NewMatter: petition("Visita"), Holder: "Una relatora", Places: "Tapachula"}
	if _, err := b.CreateVisit(b.ctx, b.coordinator, n); err == nil {
		t.Error("a petition was opened as a visit")
	}
	n.Procedure = "un_visit"
	if _, err := b.CreateVisit(b.ctx, b.member, n); err != models.ErrDenied {
		t.Errorf("a member opens a visit: %v", err)
	}
	ref, err := b.CreateVisit(b.ctx, b.coordinator, n)
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.OpenMatter(b.ctx, b.coordinator, ref, b.at("2006-06-30"))
	if err != nil || c.Visit == nil || c.Visit.Holder != "Una relatora" || c.Kind != models.KindVisit {
		t.Errorf("the visit is %+v, %v", c.Visit, err)
	}
	if _, err := b.VerifyAudit(b.ctx, nil, func(f cases.Finding) { t.Error(f) }); err != nil {
		t.Error(err)
	}
}

// TestTheInactivityOfOthersIsNotOurs: the habit of archiving after three years without movement
// warns in a matter that the network brings, and says nothing in one it supports or follows.
func TestTheInactivityOfOthersIsNotOurs(t *testing.T) {
	b := open(t)
	at := b.at("2007-06-30")
	for standing, want := range map[models.Standing]bool{models.Brought: true, models.Supported: false, models.Followed: false} {
		n := petition(string(standing))
		n.Standing = standing
		ref, err := b.ImportMatter(b.ctx, cases.System, cases.History{NewMatter: n, Milestones: []cases.NewMilestone{
			{Code: "petition_lodged", Day: day.MustParse("2004-02-10")}}}, map[models.ID]models.Role{b.coordinator.ID: models.Member})
		if err != nil {
			t.Fatal(err)
		}
		c, err := b.OpenMatter(b.ctx, b.coordinator, ref, at)
		if err != nil {
			t.Fatal(err)
		}
		list, _, err := b.ListDeadlines(b.ctx, b.coordinator, cases.DueFilter{When: cases.Past}, at)
		if err != nil {
			t.Fatal(err)
		}
		listed := slices.ContainsFunc(list, func(d cases.Due) bool { return d.Reference == ref })
		if listed != want || len(c.Periods()) > 0 != want || len(c.Result.Deadlines) != 1 {
			t.Errorf("%s: listed %v, on the page %v, folded %v", standing, listed, c.Periods(), c.Result.Deadlines)
		}
	}
}
