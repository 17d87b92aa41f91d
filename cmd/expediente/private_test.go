package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestOthersOnThisMachineReadNothing: the folder was there before, open to all, as mkdir makes it.
func TestOthersOnThisMachineReadNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions there are the parent folder's")
	}
	folder := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	out := start(t, "serve", "--address", "localhost:0", "--data", folder, "--keys", folder+"-keys")
	if _, err := out.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{folder, folder + "-keys"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err == nil && info.Mode().Perm()&0o077 != 0 {
				t.Errorf("others can reach %s (%v)", path, info.Mode())
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
