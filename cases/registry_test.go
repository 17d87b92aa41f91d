package cases_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/models"
	"expediente/models/day"
	"expediente/models/modelstest"
)

func TestMain(m *testing.M) {
	cases.PasswordCost = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	os.Exit(m.Run())
}

// clock is a clock that tests move. It goes on by a millisecond each time it is read, so that what
// happens later is later.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Millisecond)
	return c.at
}

// bench is a registry with three people and a matter of one of them.
type bench struct {
	*cases.Registry
	ctx                       context.Context
	clock                     *clock
	data, keys                string
	coordinator, member, lead cases.Actor
}

func open(t testing.TB) *bench {
	t.Helper()
	b := &bench{ctx: context.Background(), clock: &clock{at: time.Date(2006, 6, 30, 15, 0, 0, 0, time.UTC)}, data: t.TempDir(), keys: t.TempDir()}
	o := cases.Options{Data: b.data, Keys: filepath.Join(b.keys, "k"), Now: b.clock.now}
	if modelstest.Postgres() {
		o.DSN = modelstest.DSN(t)
	}
	r, err := cases.Open(b.ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	b.Registry = r
	b.coordinator, b.member, b.lead = b.person(t, models.Coordinator, "ana"), b.person(t, models.Member, "beto"), b.person(t, models.Leadership, "carla")
	return b
}

func (b *bench) person(t testing.TB, role models.Role, name string) cases.Actor {
	t.Helper()
	id, err := b.CreateUser(b.ctx, cases.System, cases.NewUser{Name: name, Email: name + "@example.org", Role: role, Language: "es", Password: "una frase bien larga"})
	if err != nil {
		t.Fatal(err)
	}
	return cases.Actor{ID: id, Role: access.Role(role), Name: name, Language: "es"}
}

func (b *bench) at(asOf string) cases.At { return cases.At{AsOf: day.MustParse(asOf)} }

func petition(title string) cases.NewMatter {
	return cases.NewMatter{Procedure: "iachr_petition", State: "PA", Standing: models.Brought, Language: "es", Title: title, OpenedOn: day.MustParse("2003-10-01")}
}

// matter opens a petition of the coordinator's.
func (b *bench) matter(t testing.TB) string {
	t.Helper()
	ref, err := b.CreateMatter(b.ctx, b.coordinator, petition("Asunto de prueba"))
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func (b *bench) log(t testing.TB, ref, code, on string) int {
	t.Helper()
	seq, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{Code: code, Day: day.MustParse(on), Confirmed: true})
	if err != nil {
		t.Fatalf("logging %s on %s: %v", code, on, err)
	}
	return seq
}

func (b *bench) whole(t testing.TB) {
	t.Helper()
	_, err := b.VerifyAudit(b.ctx, nil, func(f cases.Finding) { t.Errorf("the log does not fit: %v", f) })
	if err != nil {
		t.Fatal(err)
	}
}

func (b *bench) entries(t testing.TB) int64 {
	t.Helper()
	h, err := b.Head(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	return h.Size
}

func TestARegistryOpensAgainAndNotWithoutItsKeys(t *testing.T) {
	b := open(t)
	if modelstest.Postgres() {
		t.Log("the folder is asked of SQLite only; keys are opened the same on both")
	}
	ref := b.matter(t)
	b.Close()
	o := cases.Options{Data: b.data, Keys: filepath.Join(b.keys, "k"), Now: b.clock.now}
	if modelstest.Postgres() {
		return
	}
	r, err := cases.Open(b.ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.OpenMatter(b.ctx, b.coordinator, ref, b.at("2006-06-30"))
	if err != nil || c.Title != "Asunto de prueba" {
		t.Errorf("the matter opens as %q (%v)", c.Title, err)
	}
	r.Close()
	o.Keys = t.TempDir()
	if _, err := cases.Open(b.ctx, o); err == nil || !strings.Contains(err.Error(), "--keys") {
		t.Errorf("without its keys the registry says %v", err)
	}
}

// TestNothingTypedLiesInTheDatabase: canaries in every free text, then a search of every file.
func TestNothingTypedLiesInTheDatabase(t *testing.T) {
	b := open(t)
	const canary = "CanarioAmarillo"
	n := petition(canary + "Titulo")
	n.Numbers, n.Summary = canary+"Numero", canary+"Resumen"
	ref, err := b.CreateMatter(b.ctx, b.coordinator, n)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{Code: "petition_lodged", Day: day.MustParse("2004-02-10"),
		Document: canary + "Doc", Note: canary + "Nota", Source: canary + "Fuente", Decision: canary + "Decision", Reason: canary + "Razon", Confirmed: true})
	if err != nil {
		t.Fatal(err)
	}
	body := strings.NewReader(strings.Repeat(canary+"Bytes ", 1000))
	if _, err := b.AttachEvidence(b.ctx, b.coordinator, ref, cases.NewEvidence{Title: canary + "Prueba", Filename: canary + ".txt", Note: canary}, body); err != nil {
		t.Fatal(err)
	}
	b.person(t, models.Member, strings.ToLower(canary))
	b.Close()
	err = filepath.WalkDir(b.data, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(strings.ToLower(string(content)+path), strings.ToLower(canary)) {
			t.Errorf("%s holds what was typed", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAnothersKeysAreRefused: a registry opened with the keys of another would sign its log with
// them, and read nothing.
func TestAnothersKeysAreRefused(t *testing.T) {
	if modelstest.Postgres() {
		t.Log("the keys are opened the same on both databases: asked of SQLite only")
		return
	}
	a, b := open(t), open(t)
	before := a.entries(t)
	a.Close()
	if _, err := cases.Open(a.ctx, cases.Options{Data: a.data, Keys: filepath.Join(b.keys, "k")}); err == nil || !strings.Contains(err.Error(), "--keys") {
		t.Fatalf("opening with another's keys gave %v", err)
	}
	r, err := cases.Open(a.ctx, cases.Options{Data: a.data, Keys: filepath.Join(a.keys, "k")})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if h, err := r.Head(a.ctx); err != nil || h.Size != before {
		t.Errorf("the log has %d entries, it had %d (%v)", h.Size, before, err)
	}
}

// TestOldKeysOpenWhatTheyCan: an old recovery copy lacks the keys of later matters. The registry says
// so and goes on; those matters are listed without their titles.
func TestOldKeysOpenWhatTheyCan(t *testing.T) {
	if modelstest.Postgres() {
		t.Log("the keys are opened the same on both databases: asked of SQLite only")
		return
	}
	b := open(t)
	first := b.matter(t)
	old := t.TempDir()
	for _, name := range []string{cases.MasterFile, cases.KeyringFile} {
		content, err := os.ReadFile(filepath.Join(b.keys, "k", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(old, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	later := b.matter(t)
	b.Close()
	var told []string
	r, err := cases.Open(b.ctx, cases.Options{Data: b.data, Keys: old, Warn: func(err error) { told = append(told, err.Error()) }})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if len(told) != 1 || !strings.Contains(told[0], later) || strings.Contains(told[0], first) {
		t.Errorf("told: %v, want a word about %s alone", told, later)
	}
	l, err := r.ListMatters(b.ctx, b.coordinator, cases.Filter{Kind: models.KindCase}, b.at("2006-06-30"))
	if err != nil || len(l.Rows) != 2 {
		t.Fatalf("%d matters are listed (%v)", len(l.Rows), err)
	}
	for _, row := range l.Rows {
		if (row.Title != "") != (row.Reference == first) {
			t.Errorf("%s is listed as %q", row.Reference, row.Title)
		}
	}
}
