package models_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"expediente/models"
	"expediente/models/day"
	"expediente/models/modelstest"
	"expediente/models/seal"
)

// tables are all records that have a table.
var tables = append([]any{&models.Session{}, &models.Position{}, &models.Deadline{},
	&models.AuditEntry{}, &models.AuditRow{}, &models.AuditHead{}}, models.Audited...)

func TestSchemaHasTheRecordsColumnsAndNoOther(t *testing.T) {
	db := modelstest.Open(t)
	for _, record := range tables {
		s, err := models.Schema(record)
		if err != nil {
			t.Fatal(err)
		}
		types, err := db.Write.Migrator().ColumnTypes(record)
		if err != nil {
			t.Fatal(err)
		}
		var have, want []string
		for _, c := range types {
			have = append(have, c.Name())
		}
		for _, f := range s.Fields {
			want = append(want, f.DBName)
		}
		sort.Strings(have)
		sort.Strings(want)
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("table %s (-record +database):\n%s", s.Table, diff)
		}
	}
}

// TestTheTwoSchemasAreOne reads both migration folders and compares them once the words that the
// databases spell differently are made the same.
func TestTheTwoSchemasAreOne(t *testing.T) {
	same := func(folder string) []string {
		b, err := os.ReadFile("migrations/" + folder + "/00001_registry.sql")
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		for _, r := range [][2]string{{`\bBYTEA\b`, "BLOB"}, {`\bBIGINT\b`, "INTEGER"}, {` COLLATE "C"`, ""}, {`\) WITHOUT ROWID`, ")"}} {
			text = regexp.MustCompile(r[0]).ReplaceAllString(text, r[1])
		}
		return regexp.MustCompile(`(?s)CREATE (TABLE|INDEX|UNIQUE INDEX) .*?;`).FindAllString(text, -1)
	}
	if diff := cmp.Diff(same("sqlite"), same("postgres")); diff != "" {
		t.Errorf("(-sqlite +postgres):\n%s", diff)
	}
}

func TestTheReadHandleCannotWrite(t *testing.T) {
	if modelstest.Postgres() {
		t.Log("on PostgreSQL both handles are one pool: asked of SQLite only")
		return
	}
	db := modelstest.Open(t)
	if err := db.Read.Create(&models.Plan{ID: models.ID{1}, Code: "x", Starts: day.MustParse("2003"), Ends: day.MustParse("2008")}).Error; err == nil {
		t.Error("the read handle wrote a row")
	}
}

func TestConcurrentWritersAreNotRefused(t *testing.T) {
	db := modelstest.Open(t)
	var wait sync.WaitGroup
	errs := make(chan error, 200)
	for i := range 200 {
		wait.Go(func() {
			errs <- db.Write.Transaction(func(tx *gorm.DB) error {
				return tx.Create(&models.Plan{ID: models.ID{byte(i), 1}, Code: fmt.Sprint(i), Starts: day.MustParse("2003"), Ends: day.MustParse("2008")}).Error
			})
		})
	}
	wait.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	plans, err := models.All[models.Plan](context.Background(), db.Read, "id", "1 = 1")
	if err != nil || len(plans) != 200 {
		t.Errorf("%d of 200 rows are there (%v)", len(plans), err)
	}
}

func TestConstraintErrorsAreNamed(t *testing.T) {
	db := modelstest.Open(t)
	p := models.Plan{ID: models.ID{1}, Code: "x", Starts: day.MustParse("2003"), Ends: day.MustParse("2008")}
	if err := db.Write.Create(&p).Error; err != nil {
		t.Fatal(err)
	}
	p.ID = models.ID{2}
	if err := db.Write.Create(&p).Error; !errors.Is(err, gorm.ErrDuplicatedKey) {
		t.Errorf("a second plan of one code gave %v", err)
	}
	i := models.Indicator{ID: models.ID{3}, PlanID: models.ID{9}}
	if err := db.Write.Create(&i).Error; !errors.Is(err, gorm.ErrForeignKeyViolated) {
		t.Errorf("an indicator of no plan gave %v", err)
	}
}

func TestAppendOnlyTablesRefuseChange(t *testing.T) {
	db := modelstest.Open(t)
	e := models.AuditEntry{Seq: 0, Verb: "x", Leaf: []byte{1}}
	if err := db.Write.Create(&e).Error; err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"UPDATE audit_entries SET verb = 'y'", "DELETE FROM audit_entries"} {
		if err := db.Write.Exec(statement).Error; err == nil {
			t.Errorf("%s was taken", statement)
		}
	}
}

// TestCanonicalIsTheSameAfterReadingBack: verification digests rows read from a database and
// compares them with digests of rows that were written.
func TestCanonicalIsTheSameAfterReadingBack(t *testing.T) {
	db, ctx := modelstest.Open(t), context.Background()
	at := models.At(time.Date(2006, 3, 7, 1, 2, 3, 4567, time.UTC))
	matter := models.Matter{ID: models.ID{7}, Reference: "PA-23456", Kind: "case", Procedure: "iachr_petition", State: "PA", Standing: models.Brought,
		Title: seal.Text("not really sealed"), OpenedOn: day.MustParse("2004-02"), CreatedAt: at}
	for _, record := range []any{&matter,
		&models.Milestone{ID: models.ID{8}, MatterID: matter.ID, Seq: 1, Code: "petition_lodged", Day: day.MustParse("2004"), AsItHappened: true, RecordedAt: at},
		&models.Plan{ID: models.ID{9}, Code: "p", Names: models.Names{"es": "Plan", "en": "Plan"}, Starts: day.MustParse("2003-03-01"), Ends: day.MustParse("2008-02-29")}} {
		table, _, before, err := models.Canonical(ctx, record)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Write.Create(record).Error; err != nil {
			t.Fatal(err)
		}
		err = models.EachRow(ctx, db.Read, record, func(read any) error {
			_, _, after, err := models.Canonical(ctx, read)
			if string(after) != string(before) {
				t.Errorf("%s reads back as\n%q\nit was written as\n%q", table, after, before)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestProjectionsAreNotAudited(t *testing.T) {
	ctx := context.Background()
	a, b := models.Matter{ID: models.ID{1}}, models.Matter{ID: models.ID{1}, Version: 3, MilestoneCount: 4, Definition: []byte{5}}
	_, _, x, _ := models.Canonical(ctx, &a)
	_, _, y, err := models.Canonical(ctx, &b)
	if err != nil || string(x) != string(y) {
		t.Errorf("counters of a projection change the audited row (%v)", err)
	}
	b.Standing = models.Brought
	if _, _, y, _ = models.Canonical(ctx, &b); string(x) == string(y) {
		t.Error("a matter's standing does not change the audited row")
	}
}

// TestDocNamesEverySealedColumn keeps the table in the package comment true.
func TestDocNamesEverySealedColumn(t *testing.T) {
	b, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range tables {
		s, err := models.Schema(record)
		if err != nil {
			t.Fatal(err)
		}
		line := regexp.MustCompile(`(?m)^//\s+` + s.Table + `\s+(.*)$`).FindString(string(b))
		for _, f := range s.Fields {
			if f.FieldType.String() == "seal.Text" && !strings.Contains(line, f.DBName) {
				t.Errorf("%s.%s is sealed, and the package comment does not say so", s.Table, f.DBName)
			}
		}
	}
}

func TestIDsSortByTime(t *testing.T) {
	zero := strings.NewReader(strings.Repeat("x", 64))
	a, err := models.NewID(time.UnixMilli(1_000_000), zero)
	if err != nil {
		t.Fatal(err)
	}
	b, err := models.NewID(time.UnixMilli(1_000_001), zero)
	if err != nil {
		t.Fatal(err)
	}
	if a.String() >= b.String() || a[6]>>4 != 7 || a[8]>>6 != 2 {
		t.Errorf("%v and %v are not UUIDv7 in order", a, b)
	}
}

func TestWhatWasPutOnAHandleHolds(t *testing.T) {
	db, ctx := modelstest.Open(t), context.Background()
	for i := range 5 {
		if err := db.Write.Create(&models.Plan{ID: models.ID{byte(i + 1)}, Code: fmt.Sprint(i), Starts: day.MustParse("2003"), Ends: day.MustParse("2008")}).Error; err != nil {
			t.Fatal(err)
		}
	}
	if list, err := models.All[models.Plan](ctx, db.Read.Limit(2), "id", "1 = 1"); err != nil || len(list) != 2 {
		t.Errorf("a limit of 2 gave %d rows (%v)", len(list), err)
	}
	locked := db.Write.Session(&gorm.Session{DryRun: true}).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = 1").Take(&models.AuditHead{}).Statement.SQL.String()
	if modelstest.Postgres() && !strings.HasSuffix(locked, "FOR UPDATE") {
		t.Errorf("a lock is not asked for: %s", locked)
	}
}
