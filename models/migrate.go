package models

import (
	"context"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrations embed.FS

// migrate applies the numbered migrations that the database has not seen, each in a transaction.
// A migration that has been released is never edited.
func (db *DB) migrate(ctx context.Context) error {
	folder, engine := "migrations/sqlite", goose.DialectSQLite3
	if db.Postgres {
		folder, engine = "migrations/postgres", goose.DialectPostgres
	}
	files, err := fs.Sub(migrations, folder)
	if err != nil {
		return err
	}
	pool, err := db.Write.DB()
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(engine, pool, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
