package models

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gorm.io/gorm"
)

func TestFoldersOfAnyNameHoldADatabase(t *testing.T) {
	for _, name := range []string{"a?b", "c#d", "e%41f", "g%h", "í ñ&=+", "a?mode=memory"} {
		if runtime.GOOS == "windows" && strings.Contains(name, "?") {
			continue // no folder has such a name there
		}
		parent := t.TempDir()
		folder := filepath.Join(parent, name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, "expediente.db")
		for _, want := range []int64{0, 1} { // it is found again
			db, err := Open(t.Context(), path)
			if err != nil {
				t.Fatalf("%q: %v", name, err)
			}
			var n int64
			if err := db.Read.Raw("SELECT count(*) FROM sqlite_master WHERE name = 'left_here'").Scan(&n).Error; err != nil || n != want {
				t.Errorf("%q: %d of %d tables (%v)", name, n, want, err)
			}
			if want == 0 {
				if err := db.Write.Exec("CREATE TABLE left_here (x)").Error; err != nil {
					t.Fatal(err)
				}
			}
			mode := ""
			db.Read.Raw("PRAGMA journal_mode").Scan(&mode)
			if mode != "wal" {
				t.Errorf("%q: the journal is %s", name, mode)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if others, _ := os.ReadDir(parent); len(others) != 1 {
			t.Errorf("%q: something was made beside the folder: %v", name, others)
		}
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%q: the database is not where it was asked for (%v)", name, err)
		}
	}
}

// TestOthersOnThisMachineReadNothing: of a new database, and of one that lay open before.
func TestOthersOnThisMachineReadNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions there are the folder's")
	}
	path := filepath.Join(t.TempDir(), "expediente.db")
	for _, name := range []string{"new", "open before"} {
		db, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Write.Transaction(func(tx *gorm.DB) error { return tx.Exec("UPDATE registry SET name = name").Error }); err != nil {
			t.Fatal(err)
		}
		files, _ := filepath.Glob(path + "*")
		if len(files) != 3 {
			t.Errorf("%s: %v", name, files)
		}
		for _, f := range files {
			if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %s has mode %v (%v)", name, filepath.Base(f), info.Mode(), err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
