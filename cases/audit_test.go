package cases_test

import (
	"fmt"
	"strings"
	"testing"

	"expediente/cases"
	"expediente/models"
	"expediente/models/modelstest"
)

// filled is a registry with enough in its log to be tampered with, and a head kept outside.
func filled(t *testing.T) (b *bench, kept string) {
	b = open(t)
	ref := b.matter(t)
	b.log(t, ref, "petition_lodged", "2004-02-10")
	b.log(t, ref, "transmitted_to_state", "2005-12-21")
	other := b.matter(t)
	b.log(t, other, "petition_lodged", "2005-01-10")
	if _, err := b.AttachEvidence(b.ctx, b.coordinator, ref, cases.NewEvidence{Filename: "a.txt"}, strings.NewReader("bytes")); err != nil {
		t.Fatal(err)
	}
	kept, err := b.SignedHead(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	return b, kept
}

// unguard drops the triggers that keep us from our own mistakes: who edits behind the log's back
// would do so first.
func (b *bench) unguard(t *testing.T) {
	t.Helper()
	for _, table := range []string{"milestones", "custody_events", "audit_entries", "audit_rows"} {
		if modelstest.Postgres() {
			b.exec(t, "DROP TRIGGER "+table+"_append_only ON "+table)
			continue
		}
		b.exec(t, "DROP TRIGGER "+table+"_no_update")
		b.exec(t, "DROP TRIGGER "+table+"_no_delete")
	}
}

func (b *bench) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if err := b.DB.Write.Exec(sql, args...).Error; err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// seqOf is the entry that wrote the n-th row of a verb.
func (b *bench) seqOf(t *testing.T, verb string, n int) int64 {
	t.Helper()
	var list []int64
	if err := b.DB.Read.Model(&models.AuditEntry{}).Where("verb = ?", verb).Order("seq").Pluck("seq", &list).Error; err != nil || len(list) < n {
		t.Fatalf("%d entries of %s (%v)", len(list), verb, err)
	}
	return list[n-1]
}

func TestEditsBehindTheLogAreLocated(t *testing.T) {
	for _, edit := range []struct {
		name string
		do   func(t *testing.T, b *bench)
		want func(t *testing.T, b *bench) string // part of the first finding
	}{
		{"a milestone's date is changed", func(t *testing.T, b *bench) {
			b.exec(t, "UPDATE milestones SET day = '2006-01-21' WHERE code = 'transmitted_to_state'")
		}, func(t *testing.T, b *bench) string {
			return fmt.Sprintf("last written by entry %d, is not what", b.seqOf(t, "milestone.log", 2))
		}},
		{"a milestone is deleted", func(t *testing.T, b *bench) {
			b.exec(t, "DELETE FROM deadlines")
			b.exec(t, "DELETE FROM milestones WHERE code = 'transmitted_to_state'")
		}, func(t *testing.T, b *bench) string {
			return fmt.Sprintf("last written by entry %d, is missing", b.seqOf(t, "milestone.log", 2))
		}},
		{"a milestone is added", func(t *testing.T, b *bench) {
			b.exec(t, "INSERT INTO milestones (id, matter_id, seq, code, day, victim, verification, as_it_happened, void, recorded_at) SELECT ?, matter_id, 99, code, day, victim, verification, as_it_happened, void, recorded_at FROM milestones WHERE code = 'transmitted_to_state'", make16(9))
		}, func(t *testing.T, b *bench) string { return "was added behind the log's back" }},
		{"two milestones swap their days", func(t *testing.T, b *bench) {
			b.exec(t, "UPDATE milestones SET day = CASE day WHEN '2004-02-10' THEN '2005-12-21' ELSE '2004-02-10' END WHERE day IN ('2004-02-10', '2005-12-21')")
		}, func(t *testing.T, b *bench) string {
			return fmt.Sprintf("last written by entry %d, is not what", b.seqOf(t, "milestone.log", 1))
		}},
		{"a matter becomes another's", func(t *testing.T, b *bench) {
			b.exec(t, "UPDATE matters SET standing = 'followed'")
		}, func(t *testing.T, b *bench) string {
			return fmt.Sprintf("last written by entry %d, is not what", b.seqOf(t, "matter.create", 1))
		}},
		{"an entry is changed", func(t *testing.T, b *bench) {
			b.exec(t, "UPDATE audit_entries SET at = at + 1 WHERE seq = 5")
		}, func(t *testing.T, b *bench) string { return "entry 5 is not what was written" }},
		{"an entry is deleted", func(t *testing.T, b *bench) {
			b.exec(t, "DELETE FROM audit_rows WHERE seq = 5")
			b.exec(t, "DELETE FROM audit_entries WHERE seq = 5")
		}, func(t *testing.T, b *bench) string { return "entry 5 is missing" }},
		{"two entries are swapped", func(t *testing.T, b *bench) {
			b.exec(t, "DELETE FROM audit_rows WHERE seq IN (5, 6)")
			b.exec(t, "UPDATE audit_entries SET seq = -1 WHERE seq = 5")
			b.exec(t, "UPDATE audit_entries SET seq = 5 WHERE seq = 6")
			b.exec(t, "UPDATE audit_entries SET seq = 6 WHERE seq = -1")
		}, func(t *testing.T, b *bench) string { return "entry 5 is not what was written" }},
		{"an entry's row digest is changed to fit a changed row", func(t *testing.T, b *bench) {
			b.exec(t, "UPDATE audit_rows SET digest = salt WHERE seq = 6")
		}, func(t *testing.T, b *bench) string { return "entry 6 is not what was written" }},
		{"the tail is cut, and the head with it", func(t *testing.T, b *bench) { b.cutTail(t, 1) },
			func(t *testing.T, b *bench) string { return "the kept head knows them" }},
		{"an entry is added at the end", func(t *testing.T, b *bench) {
			b.exec(t, "INSERT INTO audit_entries (seq, at, verb, detail, leaf) SELECT max(seq) + 1, 0, 'milestone.log', '', ? FROM audit_entries", make32(1))
		}, func(t *testing.T, b *bench) string { return "is not what was written" }},
		{"a deadline is taken out of the lists", func(t *testing.T, b *bench) {
			b.exec(t, "UPDATE deadlines SET closed = '2005-12-22' WHERE rule = 'state_admiss'")
		}, func(t *testing.T, b *bench) string { return "shows in lists other stages or dates" }},
		{"the mark of what a matter was folded with is changed", func(t *testing.T, b *bench) {
			b.exec(t, "UPDATE matters SET definition = salt FROM (SELECT salt FROM audit_rows LIMIT 1) AS s")
		}, func(t *testing.T, b *bench) string { return "shows in lists other stages or dates" }},
		{"a stage is changed in the lists", func(t *testing.T, b *bench) {
			b.exec(t, "UPDATE positions SET stage = 'archived' WHERE stage = 'admissibility'")
		}, func(t *testing.T, b *bench) string { return "shows in lists other stages or dates" }},
		{"the head is set back", func(t *testing.T, b *bench) {
			b.exec(t, "UPDATE audit_head SET size = size - 1")
		}, func(t *testing.T, b *bench) string { return "does not fit it" }},
	} {
		t.Run(edit.name, func(t *testing.T) {
			b, kept := filled(t)
			want := ""
			if !strings.Contains(edit.name, "entr") {
				want = edit.want(t, b)
			}
			b.unguard(t)
			edit.do(t, b)
			if want == "" {
				want = edit.want(t, b)
			}
			var found []string
			if _, err := b.VerifyAudit(b.ctx, []string{kept}, func(f cases.Finding) { found = append(found, f.String()) }); err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 || !strings.Contains(found[0], want) {
				t.Errorf("the first finding is %q, want one with %q", found, want)
			}
		})
	}
}

// cutTail removes the last n entries with what they wrote, and makes a head that fits the rest, as
// only somebody with the signing key could.
func (b *bench) cutTail(t *testing.T, n int) {
	t.Helper()
	if err := b.RewriteForTest(b.ctx, n); err != nil {
		t.Fatal(err)
	}
}

func make16(x byte) []byte { b := make([]byte, 16); b[0] = x; return b }
func make32(x byte) []byte { b := make([]byte, 32); b[0] = x; return b }

func TestARewrittenLogIsFoundByAKeptHead(t *testing.T) {
	b, kept := filled(t)
	b.unguard(t)
	b.exec(t, "UPDATE audit_entries SET at = at + 1 WHERE seq = 5")
	if err := b.RewriteForTest(b.ctx, 0); err != nil { // every leaf and the head made anew
		t.Fatal(err)
	}
	b.whole(t) // without a kept head nothing shows
	var found []string
	if _, err := b.VerifyAudit(b.ctx, []string{kept}, func(f cases.Finding) { found = append(found, f.String()) }); err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Error("a log written anew passed against a head kept before")
	}
}

func TestAForeignHeadIsRefused(t *testing.T) {
	b, _ := filled(t)
	_, other := filled(t)
	if _, err := b.VerifyAudit(b.ctx, []string{other}, func(cases.Finding) {}); err == nil {
		t.Error("a head of another registry was taken")
	}
}

func TestEveryChangeLeavesOneEntryAndFits(t *testing.T) {
	b, _ := filled(t)
	before := b.entries(t)
	ref := b.matter(t)
	seq := b.log(t, ref, "petition_lodged", "2004-02-10")
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, b.at("2006-06-30").AsOf, cases.NewMilestone{
		Code: "petition_lodged", Day: b.at("2004-02-11").AsOf, Corrects: seq, Reason: "se leyó mal el sello", Confirmed: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.OpenMatter(b.ctx, b.coordinator, ref, b.at("2006-06-30")); err != nil {
		t.Fatal(err)
	}
	if got := b.entries(t) - before; got != 4 {
		t.Errorf("opening, logging, correcting and viewing left %d entries, want 4", got)
	}
	b.whole(t)
}

func TestARefusedChangeLeavesNothing(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	before := b.entries(t)
	if _, err := b.LogMilestone(b.ctx, b.member, ref, b.at("2006-06-30").AsOf, cases.NewMilestone{Code: "petition_lodged", Day: b.at("2004-02-10").AsOf}); err == nil {
		t.Fatal("a stranger logged a milestone")
	}
	if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, b.at("2006-06-30").AsOf, cases.NewMilestone{Code: "judgment", Day: b.at("2004-02-10").AsOf}); err == nil {
		t.Fatal("a judgment was logged on a draft")
	}
	if got := b.entries(t); got != before {
		t.Errorf("refusals left %d entries", got-before)
	}
	var n int64
	b.DB.Read.Model(&models.Milestone{}).Count(&n)
	if n != 0 {
		t.Errorf("refusals left %d milestones", n)
	}
}
