package procedure

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"expediente/models/day"
)

// States says since when each State is bound by the Convention and by the Court.
type States struct {
	Sources []Source       `yaml:"sources"`
	List    []*StateRecord `yaml:"states"`
	Digest  string         `yaml:"-"` // sha256 of the file's bytes, hex

	byCode map[string]*StateRecord
}

// StateRecord is one State's bonds.
type StateRecord struct {
	ISO2       string `yaml:"iso2"`
	Names      Names  `yaml:"names"`
	Convention Bond   `yaml:"convention"`
	Court      Bond   `yaml:"court"`
	Notes      []Note `yaml:"notes"`
}

// Bond is a time for which a State is bound; the zero Bond is "never".
type Bond struct {
	Since   day.Day `yaml:"since"`
	Until   day.Day `yaml:"until"` // the day a denunciation takes effect
	Mark    Mark    `yaml:"mark"`
	Sources []int   `yaml:"sources"`
	Note    Note    `yaml:"note"`
}

// readStates decodes and checks the table of States.
func readStates(name string, text []byte) (*States, error) {
	s := &States{byCode: map[string]*StateRecord{}}
	if err := decode(name, text, s); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	s.Digest = hex.EncodeToString(sum[:])
	var f findings
	if filled(&f, s.List, "$.states"); len(f) > 0 {
		return nil, f.err(name, text)
	}
	for i, r := range s.List {
		if len(r.ISO2) != 2 || s.byCode[r.ISO2] != nil {
			f.add(fmt.Sprintf("not a new two-letter code: %q", r.ISO2), "$.states[%d].iso2", i)
		}
		s.byCode[r.ISO2] = r
		f.names(r.Names, "$.states[%d].names", i)
		for j, n := range r.Notes {
			f.note(n, "$.states[%d].notes[%d]", i, j)
		}
		f.bond(r.Convention, s.Sources, "$.states[%d].convention", i)
		f.bond(r.Court, s.Sources, "$.states[%d].court", i)
	}
	return s, f.err(name, text)
}

// Get returns the State of the ISO 3166 code.
func (s *States) Get(iso2 string) (*StateRecord, bool) {
	r, ok := s.byCode[iso2]
	return r, ok
}

// Holds tells whether the bond is in force on the day of a step. After a denunciation it still
// holds for facts before its effect.
func (b Bond) Holds(step, facts day.Day) bool {
	if b.Since.IsZero() || step.Last().Before(b.Since) {
		return false
	}
	return b.Until.IsZero() || step.Before(b.Until) || !facts.IsZero() && facts.Before(b.Until)
}
