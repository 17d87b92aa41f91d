package main

import (
	"bufio"
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// serveOnce makes a registry as serve does, up to the setup it offers, its keys beside it:
//
//	served FOLDER
func serveOnce(ts *testscript.TestScript, neg bool, args []string) {
	folder := ts.MkAbs(args[0])
	out, stop := launch([]string{"serve", "--address", "localhost:0", "--data", folder, "--keys", folder + "-keys"})
	offered := false
	for lines := bufio.NewScanner(out); !offered && lines.Scan(); {
		offered = strings.Contains(lines.Text(), "/setup#")
	}
	ts.Check(stop())
	if !offered {
		ts.Fatalf("serve offered no setup")
	}
}

type contents map[string][sha256.Size]byte

// read is every file of the folders.
func read(ts *testscript.TestScript, folders []string) contents {
	found := contents{}
	for _, folder := range folders {
		ts.Check(filepath.WalkDir(ts.MkAbs(folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			found[path] = sha256.Sum256(b)
			return err
		}))
	}
	return found
}

var kept contents

// keep notes what is in the folders, for unchanged:
//
//	snapshot FOLDER...
func keep(ts *testscript.TestScript, neg bool, args []string) { kept = read(ts, args) }

// compare fails when a file of the folders was made, changed or removed since snapshot:
//
//	unchanged FOLDER...
func compare(ts *testscript.TestScript, neg bool, args []string) {
	now := read(ts, args)
	for path := range now {
		if now[path] != kept[path] {
			ts.Fatalf("%s was written", path)
		}
	}
	if len(now) != len(kept) {
		ts.Fatalf("a file is gone")
	}
}
