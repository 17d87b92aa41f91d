package handlers

import (
	"context"
	"database/sql"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"expediente/models/modelstest"
)

// statement is one SQL statement as it was run.
type statement struct {
	sql  string
	vars []any
}

// statements listens to what is run on a handle.
type statements struct {
	mu   sync.Mutex
	list []statement
}

func listen(t testing.TB, db *gorm.DB) *statements {
	t.Helper()
	s := &statements{}
	note := func(tx *gorm.DB) {
		if tx.DryRun { // a part of another statement
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.list = append(s.list, statement{tx.Statement.SQL.String(), append([]any{}, tx.Statement.Vars...)})
	}
	for _, err := range []error{
		db.Callback().Query().After("gorm:query").Register("test:listen", note),
		db.Callback().Row().After("gorm:row").Register("test:listen", note),
		db.Callback().Raw().After("gorm:raw").Register("test:listen", note),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// take hands over what was heard since the last time.
func (s *statements) take() []statement {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.list
	s.list = nil
	return list
}

// small are tables that hold a handful of rows however large the registry grows.
var small = []string{"registry", "plans", "indicators", "audit_head"}

// TestNoPageScansATable asks SQLite how it runs every statement of every page: each must find its
// rows by an index, for who sees few matters and for who sees many.
func TestNoPageScansATable(t *testing.T) {
	if modelstest.Postgres() {
		t.Log("asked of SQLite: on a few hundred rows PostgreSQL rightly scans")
		return
	}
	s := newSite(t)
	heard := listen(t, s.registry.DB.Read)
	for _, many := range []bool{false, true} {
		if many {
			s.fill(600)
		}
		for _, name := range []string{"coordinator", "member", "leadership"} {
			b := s.as(name)
			for _, path := range []string{"/", "/cases", "/cases?state=PA", "/cases?stage=initial_review", "/cases?state=PA&stage=initial_review", "/cases?sort=oldest",
				"/cases?sort=reference", "/cases?standing=brought", "/visits", "/evidence", "/deadlines", "/deadlines?when=past", "/plan", "/dossiers", "/audit", "/matters/" + s.matter} {
				heard.take()
				b.get(path)
				for _, st := range heard.take() {
					for _, line := range explain(t, s.registry.DB.Read, st) {
						if scans(line, st.sql) {
							t.Errorf("%s as %s (many %v): %s\n%s", path, name, many, line, st.sql)
						}
					}
				}
			}
		}
	}
}

// scans tells whether a line of a query plan walks a whole table. A walk along an index in the
// order asked for ends at the page's last row.
func scans(line, sql string) bool {
	table, ok := strings.CutPrefix(line, "SCAN ")
	if !ok {
		return false
	}
	name := strings.Fields(table)[0]
	for _, s := range append(small, "reached", "(subquery-1)", "CONSTANT", "(join") {
		if name == s || strings.HasPrefix(name, s) {
			return false
		}
	}
	if name == "audit_entries" && strings.Contains(sql, "ORDER BY audit_entries.seq DESC LIMIT") { // along its own key
		return false
	}
	return !(strings.Contains(table, "USING") && strings.Contains(table, "INDEX") && strings.Contains(sql, "LIMIT"))
}

func explain(t testing.TB, db *gorm.DB, st statement) (lines []string) {
	t.Helper()
	if !strings.HasPrefix(strings.ToUpper(strings.TrimSpace(st.sql)), "SELECT") {
		return nil
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := pool.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+st.sql, st.vars...)
	if err != nil {
		t.Fatalf("%v: %s", err, st.sql)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, detail)
	}
	return lines
}

// replay runs statements by database/sql alone and reads every value of every row: the bare
// reading that a page is measured against.
func replay(pool *sql.DB, prepared map[string]*sql.Stmt, list []statement) error {
	for _, st := range list {
		p := prepared[st.sql]
		if p == nil {
			var err error
			if p, err = pool.Prepare(st.sql); err != nil {
				return err
			}
			prepared[st.sql] = p
		}
		if err := readAll(p, st.vars); err != nil {
			return err
		}
	}
	return nil
}

func readAll(p *sql.Stmt, vars []any) error {
	rows, err := p.Query(vars...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	for i := range values {
		values[i] = new(any)
	}
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// fill gives the coordinator n more matters.
func (s *site) fill(n int) {
	s.t.Helper()
	_, err := s.registry.LoadLarge(context.Background(), systemActor, largeFor(n, s.users["coordinator"], s.users["member"]))
	s.must(err)
}
