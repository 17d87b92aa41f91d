package procedure

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	_ "time/tzdata" // a machine without a time zone database must still know Washington's day
)

//go:embed definitions/*.yaml
var embedded embed.FS

// Beside the definitions lie the table of States and the versions of the instruments.
const (
	statesFile      = "states.yaml"
	instrumentsFile = "instruments.yaml"
)

// menu is the order of the procedures that the product knows; others follow by name.
var menu = []string{"iachr_petition", "iachr_precautionary", "iachr_hearing", "iacourt_case",
	"oas_visit", "un_visit", "un_communication", "treaty_petition"}

// Library is all definitions and the table of States. It does not change once loaded.
type Library struct {
	definitions []*Definition
	byID        map[string]*Definition
	states      *States
	instruments *Instruments
}

// Load reads the embedded definitions. A file of the same name at the root of overrides (the
// data folder's definitions/, may be nil) replaces an embedded one; a further .yaml file adds a
// definition. Reading is strict and checked: the error names file, line and field.
func Load(overrides fs.FS) (*Library, error) {
	files, err := gather(overrides)
	if err != nil {
		return nil, err
	}
	l := &Library{byID: map[string]*Definition{}}
	if l.states, err = readStates(statesFile, files[statesFile]); err != nil {
		return nil, err
	}
	if l.instruments, err = readInstruments(instrumentsFile, files[instrumentsFile]); err != nil {
		return nil, err
	}
	delete(files, statesFile)
	delete(files, instrumentsFile)
	if err := l.read(files); err != nil {
		return nil, err
	}
	slices.SortFunc(l.definitions, byMenu)
	return l, nil
}

// Get returns the definition with the id, e.g. iachr_petition.
func (l *Library) Get(id string) (*Definition, bool) {
	d, ok := l.byID[id]
	return d, ok
}

// All returns the definitions in menu order.
func (l *Library) All() []*Definition { return l.definitions }

// States returns the table of States.
func (l *Library) States() *States { return l.states }

// Instruments returns the versions of the instruments.
func (l *Library) Instruments() *Instruments { return l.instruments }

// gather reads the embedded files and lays the overriding ones on top.
func gather(overrides fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	own, err := fs.Sub(embedded, "definitions")
	if err != nil {
		return nil, err
	}
	for _, folder := range []fs.FS{own, overrides} {
		if folder == nil {
			continue
		}
		names, err := fs.Glob(folder, "*.yaml")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if files[name], err = fs.ReadFile(folder, name); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// read decodes the definitions, first those that include nothing, so that the others find
// what they include.
func (l *Library) read(files map[string][]byte) error {
	var including []*source
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(files)) {
		s := &source{name: name, text: files[name]}
		if err := decode(name, s.text, &s.d); err != nil {
			errs = append(errs, err)
			continue
		}
		if len(s.d.Include) > 0 {
			including = append(including, s)
			continue
		}
		errs = append(errs, l.add(s))
	}
	for _, s := range including {
		errs = append(errs, l.add(s))
	}
	return errors.Join(errs...)
}

// source is one file while it becomes a definition.
type source struct {
	name string
	text []byte
	d    Definition
	findings
}

// add checks and completes a definition and puts it into the library.
func (l *Library) add(s *source) error {
	d := &s.d
	if id := strings.TrimSuffix(s.name, ".yaml"); d.ID != id {
		s.findings.add(fmt.Sprintf("the id must be the file's name, %q", id), "$.id")
	}
	sum := sha256.New()
	sum.Write(s.text)
	sum.Write([]byte(l.instruments.Digest))
	for _, in := range d.Include {
		if other := l.byID[in.ID]; other != nil {
			sum.Write([]byte(other.Digest))
		}
	}
	d.Digest = hex.EncodeToString(sum.Sum(nil))
	d.complete(l, &s.findings)
	if len(s.findings) == 0 {
		d.check(&s.findings)
	}
	if err := s.findings.err(s.name, s.text); err != nil {
		return err
	}
	l.definitions, l.byID[d.ID] = append(l.definitions, d), d
	return nil
}

func byMenu(a, b *Definition) int {
	place := func(d *Definition) int {
		if i := slices.Index(menu, d.ID); i >= 0 {
			return i
		}
		return len(menu)
	}
	if c := place(a) - place(b); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}
