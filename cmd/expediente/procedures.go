package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"expediente/cases/procedure"
	"expediente/templates/locale"
)

// ProceduresCmd prints the rules as prose.
type ProceduresCmd struct {
	ID          string `arg:"" optional:"" help:"A procedure, e.g. iachr_petition, or states; all of them when left out."`
	Lang        string `enum:"es,en" default:"es" help:"Language of the prose: es or en."`
	Definitions string `type:"existingdir" help:"Folder of corrected definitions; a file replaces the built-in one of the same name."`
}

// Run prints the procedures, each with its rules by version, then the table of States.
func (cmd ProceduresCmd) Run(s Streams) error {
	library, words, err := openLibrary(cmd.Definitions, cmd.Lang)
	if err != nil {
		return err
	}
	text, err := explain(library, words, cmd.ID)
	if err != nil {
		return err
	}
	_, err = io.WriteString(s.Out, text)
	return err
}

// explain is the prose of one procedure, of the States, or of everything when id is empty.
func explain(l *procedure.Library, w procedure.Words, id string) (string, error) {
	if id == "states" {
		return l.States().Explain(w), nil
	}
	if id != "" {
		d, ok := l.Get(id)
		if !ok {
			return "", fmt.Errorf("no procedure is called %q; there are %s and states", id, strings.Join(ids(l), ", "))
		}
		return d.Explain(w), nil
	}
	var parts []string
	for _, d := range l.All() {
		parts = append(parts, d.Explain(w))
	}
	return strings.Join(append(parts, l.States().Explain(w)), "\n\n"), nil
}

func ids(l *procedure.Library) (ids []string) {
	for _, d := range l.All() {
		ids = append(ids, d.ID)
	}
	return ids
}

// openLibrary loads the definitions, with those of a folder in place of the built-in ones, and
// the words of a language.
func openLibrary(folder, lang string) (*procedure.Library, *locale.Words, error) {
	catalogue, err := locale.Load()
	if err != nil {
		return nil, nil, err
	}
	if folder == "" {
		library, err := procedure.Load(nil)
		return library, catalogue.For(lang), err
	}
	library, err := procedure.Load(os.DirFS(folder))
	return library, catalogue.For(lang), err
}
