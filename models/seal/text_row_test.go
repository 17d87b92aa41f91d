package seal

import (
	"bytes"
	"database/sql"
	"testing"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	_ "modernc.org/sqlite"
)

type row struct {
	ID    int
	Title Text
	Note  Text
}

// A row holds ciphertext or NULL by every way gorm writes: create, save, one column, a map.
func TestRowsHoldCiphertext(t *testing.T) {
	conn, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetMaxOpenConns(1)
	db, err := gorm.Open(sqlite.New(sqlite.Config{Conn: conn}), &gorm.Config{})
	if err != nil {
		t.Fatal(err)
	}
	k := testKey(1)
	one := row{ID: 1, Title: k.Seal(canary, here)}
	if err := db.AutoMigrate(&row{}); err != nil {
		t.Fatal(err)
	}
	if err := db.Create(&one).Error; err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func() error{
		"create": func() error { return nil },
		"save":   func() error { return db.Save(&one).Error },
		"column": func() error { return db.Model(&one).Update("title", k.Seal(canary, here)).Error },
		"map":    func() error { return db.Model(&one).Updates(map[string]any{"title": k.Seal(canary, here)}).Error },
	} {
		if err := write(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var title []byte
		var kind, note string
		query := "SELECT title, typeof(title), typeof(note) FROM rows"
		if err := conn.QueryRow(query).Scan(&title, &kind, &note); err != nil {
			t.Fatal(err)
		}
		if kind != "blob" || note != "null" || bytes.Contains(title, []byte("Socorro")) {
			t.Errorf("%s: stored as %s and %s: %q", name, kind, note, title)
		}
		var back row
		if err := db.First(&back).Error; err != nil {
			t.Fatal(err)
		}
		if got, err := k.Open(back.Title, here); err != nil || got != canary || back.Note != nil {
			t.Errorf("%s: read back %q, %v", name, got, err)
		}
	}
}
