package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestServeTidiesAtItsStart: a machine that is switched off every evening never sees the hour's tidying.
func TestServeTidiesAtItsStart(t *testing.T) {
	data := filepath.Join(t.TempDir(), "demo")
	out, stop := launch([]string{"demo", "--json", "--data", data})
	if _, err := out.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	orphan := filepath.Join(data, "files", "ab", "abcdefghijk.0000")
	if err := os.MkdirAll(filepath.Dir(orphan), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(orphan, []byte("x"), 0o400); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(orphan, time.Time{}, time.Now().AddDate(0, 0, -3)); err != nil {
		t.Fatal(err)
	}
	if _, err := start(t, "demo", "--json", "--data", data).ReadString(0x0a); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for present(orphan) && ctx.Err() == nil {
		time.Sleep(20 * time.Millisecond)
	}
	if ctx.Err() != nil {
		t.Error("an upload that was cut off three days ago is still there")
	}
}
