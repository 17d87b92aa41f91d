package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	engine "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// DB is the open database: a handle that writes and one that only reads. On SQLite the writer is
// one connection (with more, concurrent writers are told "database is locked") and the reader
// cannot write; on PostgreSQL both are the same pool.
type DB struct {
	Write, Read *gorm.DB
	Postgres    bool
}

// Open opens a SQLite file, or a PostgreSQL database when dsn begins with postgres:// or
// postgresql://, and brings its schema up to date.
func Open(ctx context.Context, dsn string) (*DB, error) {
	db, err := open(dsn)
	if err != nil {
		return nil, fmt.Errorf("opening the registry's database: %w", err)
	}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("bringing the schema up to date: %w", err), db.Close())
	}
	return db, nil
}

func open(dsn string) (*DB, error) {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		g, err := gorm.Open(postgres.Open(dsn), config())
		if err != nil {
			return nil, errors.New("PostgreSQL did not answer, or refused the data-source name") // the name holds a password
		}
		pool, err := g.DB()
		if err != nil {
			return nil, err
		}
		pool.SetMaxOpenConns(mostConnections) // the server has a hundred for everybody
		pool.SetMaxIdleConns(mostConnections / 2)
		return &DB{Write: g, Read: g, Postgres: true}, nil
	}
	if err := closeToOthers(dsn); err != nil {
		return nil, err
	}
	write, err := openSQLite(dsn, 1, "_txlock=immediate")
	if err != nil {
		return nil, err
	}
	read, err := openSQLite(dsn, max(2, runtime.NumCPU()), "_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	return &DB{Write: write, Read: read}, nil
}

const mostConnections = 20

// closeToOthers makes the file, or takes the file there is, readable by its owner only. SQLite gives
// what it keeps beside a database the permissions of the database.
func closeToOthers(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	for _, beside := range []string{"", "-wal", "-shm"} {
		if err := os.Chmod(path+beside, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Close closes both handles.
func (db *DB) Close() error {
	var errs []error
	for _, g := range []*gorm.DB{db.Read, db.Write} {
		if pool, err := g.DB(); err == nil {
			errs = append(errs, pool.Close())
		}
		if db.Postgres {
			break
		}
	}
	return errors.Join(errs...)
}

// config keeps values out of logs (gorm's own logger prints the SQL with them) and leaves
// transactions to those who write.
func config() *gorm.Config {
	return &gorm.Config{
		Logger:                 logger.Discard,
		SkipDefaultTransaction: true,
		PrepareStmt:            true,
		TranslateError:         true,
	}
}

// notURL escapes what means something in an address but may stand in a folder's name.
var notURL = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23")

// openSQLite opens one handle. FULL: with NORMAL a power cut lost acknowledged rows.
func openSQLite(path string, connections int, extra string) (*gorm.DB, error) {
	address := "file:" + notURL.Replace(filepath.ToSlash(path)) +
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
		"&_pragma=secure_delete(1)&_pragma=busy_timeout(10000)&_pragma=cache_size(-16000)&" + extra
	pool, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return gorm.Open(dialect{sqlite.New(sqlite.Config{Conn: pool}).(*sqlite.Dialector)}, config())
}

// dialect is gorm's SQLite dialect with the errors of the pure-Go engine, which it does not know.
type dialect struct{ *sqlite.Dialector }

// Translate names the constraint an error broke.
func (d dialect) Translate(err error) error {
	var e *engine.Error
	if errors.As(err, &e) {
		switch e.Code() {
		case codes.SQLITE_CONSTRAINT_UNIQUE, codes.SQLITE_CONSTRAINT_PRIMARYKEY:
			return gorm.ErrDuplicatedKey
		case codes.SQLITE_CONSTRAINT_FOREIGNKEY:
			return gorm.ErrForeignKeyViolated
		}
	}
	return err
}

// One loads the single record that the condition describes, or answers ErrNotFound. What was put
// on db before, a lock or a limit, holds.
func One[T any](ctx context.Context, db *gorm.DB, where string, args ...any) (record T, err error) {
	err = db.WithContext(ctx).Where(where, args...).Take(&record).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return record, ErrNotFound
	}
	return record, err
}

// All loads every record that the condition describes, in the order given. What was put on db
// before, a limit say, holds. (gorm's generic chains begin anew and drop it.)
func All[T any](ctx context.Context, db *gorm.DB, order, where string, args ...any) (list []T, err error) {
	err = db.WithContext(ctx).Where(where, args...).Order(order).Find(&list).Error
	return list, err
}
