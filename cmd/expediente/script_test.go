package main

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"expediente/cases"
	"expediente/models"
)

// TestMain lets the scripts start this program by its name, and closes the browser at the end.
func TestMain(m *testing.M) {
	testscript.Main(closing{m}, map[string]func(){"expediente": main})
}

type closing struct{ *testing.M }

// Run runs the tests.
func (c closing) Run() int {
	code := c.M.Run()
	if chromium.stop != nil {
		chromium.stop()
	}
	return code
}

// TestScripts runs the command line as people type it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"registry": makeRegistry, "spoil": spoil},
	})
}

// makeRegistry makes a demonstration in a folder, stops it, and attaches a file to one of its
// cases, whose reference is $REFERENCE from then on:
//
//	registry FOLDER FILE
func makeRegistry(ts *testscript.TestScript, neg bool, args []string) {
	folder := ts.MkAbs(args[0])
	out, stop := launch([]string{"demo", "--json", "--data", folder})
	var started Started
	err := json.NewDecoder(out).Decode(&started)
	ts.Check(stop())
	ts.Check(err)
	reference, err := attach(folder, ts.ReadFile(args[1]))
	ts.Check(err)
	ts.Setenv("REFERENCE", reference)
}

// attach attaches a file to any case of a demonstration and returns the case's reference.
func attach(folder, content string) (reference string, err error) {
	ctx := context.Background()
	r, err := cases.Open(ctx, cases.Options{Data: folder, Keys: folder + "-keys"})
	if err != nil {
		return "", err
	}
	defer r.Close()
	matters, err := models.All[models.Matter](ctx, r.DB.Read.Limit(1), "reference", "1 = 1")
	if err != nil {
		return "", err
	}
	reference = matters[0].Reference
	_, err = r.AttachEvidence(ctx, cases.System, reference, cases.NewEvidence{Filename: "letter.txt"}, strings.NewReader(content))
	return reference, err
}

// spoil turns one bit in every stored file of a registry:
//
//	spoil FOLDER
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(filepath.WalkDir(filepath.Join(ts.MkAbs(args[0]), "files"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		content[len(content)/2] ^= 1
		if err := os.Chmod(path, 0o600); err != nil {
			return err
		}
		return os.WriteFile(path, content, 0o600)
	}))
}
