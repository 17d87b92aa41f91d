package cases_test

import (
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"expediente/cases"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
	"expediente/models/sample"
)

func (b *bench) large(n int) sample.Large {
	return sample.Large{Matters: n, Seed: 1, People: []sample.Person{
		{ID: b.coordinator.ID, Role: models.Coordinator, Share: 1}, {ID: b.member.ID, Role: models.Member, Share: 0.01}}}
}

func TestALargeSampleIsAsIfImportedOneByOne(t *testing.T) {
	b := open(t)
	before := b.entries(t)
	n, err := b.LoadLarge(b.ctx, cases.System, b.large(150))
	if err != nil || n != 150 {
		t.Fatalf("%d matters, %v", n, err)
	}
	b.whole(t)
	if got := b.entries(t) - before; got != 150 {
		t.Errorf("%d entries in the log, want one a matter", got)
	}
	matters, err := models.All[models.Matter](b.ctx, b.DB.Read, "id", "1 = 1")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range matters[:40] {
		b.lawful(t, m)
	}
	if again, err := b.Reproject(b.ctx, false); err != nil || again != 0 {
		t.Errorf("%d matters were folded with other rules (%v)", again, err)
	}
}

// lawful opens a matter as its coordinator and asks the procedure of every step in turn.
func (b *bench) lawful(t *testing.T, m models.Matter) {
	t.Helper()
	c, err := b.OpenMatter(b.ctx, b.coordinator, m.Reference, b.at("2026-06-30"))
	if err != nil || c.Title == "" {
		t.Fatalf("%s: %q, %v", m.Reference, c.Title, err)
	}
	if len(c.Log) != m.MilestoneCount {
		t.Errorf("%s: %d milestones, its row says %d", m.Reference, len(c.Log), m.MilestoneCount)
	}
	in := procedure.Input{State: m.State, AsOf: day.MustParse("2026-06-30")}
	for seq := 1; seq <= len(c.Log); seq++ {
		for _, l := range c.Log {
			if l.Seq != seq {
				continue
			}
			step := procedure.Milestone{Code: procedure.Code(l.Code), Day: l.Day, Until: l.Until, Seq: seq}
			if refusal, _ := c.Rules.Check(in, step); refusal != nil {
				t.Errorf("%s %s: %s on %v is refused: %v", m.Reference, m.Procedure, l.Code, l.Day, refusal.Reason)
			}
			in.Milestones = append(in.Milestones, step)
		}
	}
	var positions []models.Position
	if err := b.DB.Read.Where("matter_id = ?", m.ID).Order("seq").Find(&positions).Error; err != nil {
		t.Fatal(err)
	}
	want := cases.Project(c.Rules, m, in.Milestones).Positions
	if diff := cmp.Diff(want, positions, cmp.Comparer(func(a, b day.Day) bool { return a == b })); diff != "" {
		t.Errorf("%s: positions %s", m.Reference, diff)
	}
}

func TestTheSameSeedMakesTheSameMatters(t *testing.T) {
	type line struct{ Procedure, State, Code, Day string }
	read := func() (list []line) {
		b := open(t)
		if _, err := b.LoadLarge(b.ctx, cases.System, b.large(60)); err != nil {
			t.Fatal(err)
		}
		err := b.DB.Read.Raw(`SELECT procedure, state, code, day FROM matters JOIN milestones ON matter_id = matters.id
			ORDER BY procedure, state, opened_on, milestones.seq, code, day`).Scan(&list).Error
		if err != nil || len(list) == 0 {
			t.Fatalf("%d milestones, %v", len(list), err)
		}
		return list
	}
	if diff := cmp.Diff(read(), read()); diff != "" {
		t.Error(diff)
	}
}

// BenchmarkLoadLarge measures filling a registry. EXPEDIENTE_LARGE says with how many matters.
func BenchmarkLoadLarge(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("EXPEDIENTE_LARGE"))
	if err != nil {
		n = 2000
	}
	for b.Loop() {
		r := open(b)
		r.Now = time.Now // ids begin with their moment; under a standing clock they would lie in no order
		start := time.Now()
		if _, err := r.LoadLarge(r.ctx, cases.System, r.large(n)); err != nil {
			b.Fatal(err)
		}
		took := time.Since(start)
		var milestones int64
		if err := r.DB.Read.Model(&models.Milestone{}).Count(&milestones).Error; err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(milestones)/float64(n), "milestones/matter")
		b.ReportMetric(float64(milestones)/took.Seconds(), "milestones/s")
	}
}
