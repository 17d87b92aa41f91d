// Package modelstest gives tests a real database: SQLite, or PostgreSQL when EXPEDIENTE_TEST_DSN
// names a server where databases may be made.
package modelstest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that makes and drops the databases

	"expediente/models"
)

// Postgres tells whether tests run on PostgreSQL.
func Postgres() bool { return os.Getenv("EXPEDIENTE_TEST_DSN") != "" }

// DSN names a new empty database that goes away with the test: a file, or a PostgreSQL database.
func DSN(t testing.TB) string {
	t.Helper()
	server := os.Getenv("EXPEDIENTE_TEST_DSN")
	if server == "" {
		return filepath.Join(t.TempDir(), "expediente.db")
	}
	b := make([]byte, 8)
	rand.Read(b)
	name := "expediente_test_" + hex.EncodeToString(b)
	exec(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { exec(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal("EXPEDIENTE_TEST_DSN is not an address")
	}
	u.Path = "/" + name
	return u.String()
}

// Open opens a new empty database, its schema up to date.
func Open(t testing.TB) *models.DB {
	t.Helper()
	db, err := models.Open(context.Background(), DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func exec(t testing.TB, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// Need skips a test that wants a program this machine lacks, with a sentence; where
// EXPEDIENTE_REQUIRE is "all", as in continuous integration, it fails instead.
func Need(t testing.TB, there bool, sentence string) {
	t.Helper()
	switch {
	case there:
	case os.Getenv("EXPEDIENTE_REQUIRE") == "all":
		t.Fatal(sentence)
	default:
		t.Skip(sentence)
	}
}
