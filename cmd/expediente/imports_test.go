package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"expediente/models/modelstest"
)

// may is the architecture: what each folder may import of the project, besides its own folders.
var may = map[string][]string{
	"cmd":       {"handlers", "cases", "models", "templates"},
	"handlers":  {"cases", "models", "templates"},
	"cases":     {"models"},
	"models":    {},
	"templates": {},
}

// only says who alone may import a library: the rest of the project does not know it exists.
var only = map[string][]string{
	"codeberg.org/go-pdf/fpdf":         {"expediente/cases/dossier"},
	"github.com/labstack/echo/v4":      {"expediente/handlers"},
	"gorm.io/driver/sqlite":            {"expediente/models"},
	"gorm.io/driver/postgres":          {"expediente/models"},
	"github.com/nicksnyder/go-i18n/v2": {"expediente/templates/locale"},
	"filippo.io/age":                   {"expediente/models/seal", "expediente/models/blob"},
	"github.com/alecthomas/kong":       {"expediente/cmd/expediente"},
}

// pure are packages that reach no further than values, days and reasons.
var pure = []string{"cases/procedure", "cases/deadline", "cases/plan", "cases/rights", "cases/dossier", "cases/access", "cases/audit"}

type listed struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func TestImportsGoOneWay(t *testing.T) {
	goTool, err := exec.LookPath("go")
	modelstest.Need(t, err == nil, "the go command is not here, so imports cannot be read")
	out, err := exec.Command(goTool, "list", "-json=ImportPath,Imports,TestImports,XTestImports", "expediente/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		for _, imported := range p.Imports {
			checkImport(t, p.ImportPath, imported)
		}
	}
}

func checkImport(t *testing.T, from, to string) {
	for library, owners := range only {
		if (to == library || strings.HasPrefix(to, library+"/")) && !slices.ContainsFunc(owners, func(o string) bool { return from == o || strings.HasPrefix(from, o+"/") }) {
			t.Errorf("%s imports %s, which belongs to %v", from, to, owners)
		}
	}
	inside, ok := strings.CutPrefix(to, "expediente/")
	if !ok {
		return
	}
	here := strings.TrimPrefix(from, "expediente/")
	top, target := strings.SplitN(here, "/", 2)[0], strings.SplitN(inside, "/", 2)[0]
	if top != target && !slices.Contains(may[top], target) {
		t.Errorf("%s imports %s: %s may import %v", from, to, top, may[top])
	}
	for _, engine := range pure {
		if (here == engine || strings.HasPrefix(here, engine+"/")) && (inside == "cases" || inside == "models" || inside == "models/seal" || inside == "models/blob") {
			t.Errorf("the engine %s imports %s", from, to)
		}
	}
}
