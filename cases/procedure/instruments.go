package procedure

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Instruments is the versions of the texts that rules come from.
type Instruments struct {
	Sources []Source   `yaml:"sources"`
	List    []*Version `yaml:"versions"`
	Digest  string     `yaml:"-"` // sha256 of the file's bytes, hex

	byCode map[string]*Version
}

// Get returns the version with the code, e.g. ROP2000.
func (s *Instruments) Get(code string) (*Version, bool) {
	v, ok := s.byCode[code]
	return v, ok
}

// readInstruments decodes and checks the versions.
func readInstruments(name string, text []byte) (*Instruments, error) {
	s := &Instruments{byCode: map[string]*Version{}}
	if err := decode(name, text, s); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	s.Digest = hex.EncodeToString(sum[:])
	var f findings
	if filled(&f, s.List, "$.versions"); len(f) > 0 {
		return nil, f.err(name, text)
	}
	for i, v := range s.List {
		if v.Code == "" || s.byCode[v.Code] != nil {
			f.add("a new code is wanted", "$.versions[%d].code", i)
		}
		s.byCode[v.Code] = v
		f.names(v.Names, "$.versions[%d].names", i)
		f.note(v.Note, "$.versions[%d].note", i)
		f.basis(v.Mark, pick(s.Sources, v.Sources), "$.versions[%d]", i)
		if !v.Until.IsZero() && v.Until.Before(v.From) {
			f.add("it ends before it begins", "$.versions[%d].until", i)
		}
	}
	return s, f.err(name, text)
}

// pick takes the numbered sources out of a list, leaving out those it does not have.
func pick(sources []Source, numbers []int) (cited []Source) {
	for _, n := range numbers {
		if i := slices.IndexFunc(sources, func(s Source) bool { return s.N == n }); i >= 0 {
			cited = append(cited, sources[i])
		}
	}
	return cited
}
