package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
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
	if made, err := stopped(); err == nil {
		os.RemoveAll(filepath.Dir(made.folder))
	}
	return code
}

// TestScripts runs the command line as people type it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"registry": copyRegistry, "spoil": spoil,
			"served": serveOnce, "snapshot": keep, "unchanged": compare},
	})
}

// copyRegistry puts a demonstration that has stopped into a folder, its keys beside it. One of its
// cases has a file, and its reference is $REFERENCE from then on:
//
//	registry FOLDER
func copyRegistry(ts *testscript.TestScript, neg bool, args []string) {
	made, err := stopped()
	ts.Check(err)
	folder := ts.MkAbs(args[0])
	ts.Check(os.CopyFS(folder, os.DirFS(made.folder)))
	ts.Check(os.CopyFS(folder+"-keys", os.DirFS(made.folder+"-keys")))
	ts.Check(filepath.WalkDir(folder+"-keys", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return os.Chmod(path, 0o600) // keys that others can read are not used
	}))
	ts.Setenv("REFERENCE", made.reference)
}

// stopped is a demonstration made once for all scripts.
var stopped = sync.OnceValues(func() (made struct{ folder, reference string }, err error) {
	parent, err := os.MkdirTemp("", "expediente-scripts-")
	if err != nil {
		return made, err
	}
	made.folder = filepath.Join(parent, "demo")
	out, stop := launch([]string{"demo", "--json", "--data", made.folder})
	err = json.NewDecoder(out).Decode(new(Started))
	if err := errors.Join(err, stop()); err != nil {
		return made, err
	}
	made.reference, err = attach(made.folder, "Nobody else has this\n")
	return made, err
})

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
