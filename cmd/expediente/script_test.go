package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
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
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true})
}
