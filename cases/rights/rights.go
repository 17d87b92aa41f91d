// Package rights answers: which protected right is meant, and how is it cited?
//
// The taxonomy is a file a lawyer can read and correct (rights.yaml): instruments and those of
// their provisions that migrants' cases touch. A right is kept as instrument, article, paragraph
// and letter; its code (ACHR-8.2.b) is the network's own, because no body publishes one.
//
// # Decisions
//
// A citation below a listed article is accepted where the article has that paragraph and letter,
// even if the file gives it no name of its own: it then carries the article's name. Articles the
// file does not list are refused, so that a slip of the keyboard does not become a right.
//
// Roman numerals are checked strictly (IIII and VX are refused). Published reports mix up some
// numerals of the American Declaration (XVII and XVIII); the number in the source is kept as it
// stands there, and this package only makes sure that it is a number of the Declaration.
package rights

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml"

	"expediente/models/day"
)

// Names is a text in several languages.
type Names map[string]string

// In is the text in lang, else in Spanish, else in English.
func (n Names) In(lang string) string {
	for _, l := range []string{lang, "es", "en"} {
		if s := n[l]; s != "" {
			return s
		}
	}
	return ""
}

// Petition says whether the Inter-American Commission receives petitions on an instrument.
type Petition string

// The answers.
const (
	PetitionFull Petition = "full" // on every provision
	PetitionSome Petition = "some" // on the provisions marked
	PetitionNone Petition = "none" // it interprets other rights
)

// Instrument is a treaty, a declaration or a set of principles.
type Instrument struct {
	Code       string       `yaml:"code"` // ACHR
	Names      Names        `yaml:"names"`
	Petition   Petition     `yaml:"petition"`
	Roman      bool         `yaml:"roman"`    // articles are Roman numerals
	Year       int          `yaml:"year"`     // of adoption
	InForce    day.Day      `yaml:"in_force"` // zero where not recorded
	Note       Names        `yaml:"note"`
	Verified   bool         `yaml:"verified"`
	Whole      int          `yaml:"whole"` // every article from 1 to Whole may be cited
	Provisions []*Provision `yaml:"provisions"`
}

// Provision is one line of the taxonomy.
type Provision struct {
	Code       Code           `yaml:"code"`
	ES         string         `yaml:"es"`
	EN         string         `yaml:"en"`
	PT         string         `yaml:"pt"`
	FR         string         `yaml:"fr"`
	Relevance  Names          `yaml:"relevance"`  // for migrants
	Petition   bool           `yaml:"petition"`   // where the instrument says some
	Paragraphs int            `yaml:"paragraphs"` // how many the article has; 0: not recorded or none
	Letters    map[int]string `yaml:"letters"`    // the last letter of a paragraph
	Verified   bool           `yaml:"verified"`
}

// Names is the provision's name in the languages it is recorded in.
func (p *Provision) Names() Names { return Names{"es": p.ES, "en": p.EN, "pt": p.PT, "fr": p.FR} }

// Code is the written form of a right: ACHR-22.8, ACHR-8.2.b, ADRDM-XVIII.
type Code string

// Right is one protected right.
type Right struct {
	Instrument string // ACHR
	Article    string // "22", or "XVIII"
	Paragraph  int    // 0: the whole article
	Letter     string // "b", or ""
}

// The ways a code can be wrong. Parse wraps them with the code.
var (
	ErrSyntax     = errors.New("a right is written ACHR-22.8, ACHR-8.2.b or ADRDM-XVIII")
	ErrInstrument = errors.New("no such instrument")
	ErrArticle    = errors.New("the instrument has no such article here")
	ErrParagraph  = errors.New("the article has no such paragraph or letter")
)

//go:embed rights.yaml
var file []byte

// Taxonomy is the instruments in the order of the file, and their provisions by code.
type Taxonomy struct {
	instruments []*Instrument
	byCode      map[string]*Instrument
	provisions  map[Code]*Provision
}

// Load reads the embedded taxonomy and checks it.
func Load() (*Taxonomy, error) { return read(file) }

func read(text []byte) (*Taxonomy, error) {
	t := &Taxonomy{byCode: map[string]*Instrument{}, provisions: map[Code]*Provision{}}
	if err := yaml.UnmarshalWithOptions(text, &t.instruments, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("rights.yaml: %w", err)
	}
	for _, i := range t.instruments {
		if t.byCode[i.Code] != nil || i.Names["es"] == "" || i.Names["en"] == "" {
			return nil, fmt.Errorf("rights.yaml: %s: written twice or without a name", i.Code)
		}
		t.byCode[i.Code] = i
		for _, p := range i.Provisions {
			if t.provisions[p.Code] != nil || p.ES == "" || p.EN == "" {
				return nil, fmt.Errorf("rights.yaml: %s: written twice or without a name", p.Code)
			}
			t.provisions[p.Code] = p
		}
	}
	for code := range t.provisions {
		if _, err := t.Parse(string(code)); err != nil {
			return nil, fmt.Errorf("rights.yaml: %w", err)
		}
	}
	return t, nil
}

// Instruments lists the instruments in the order of the file.
func (t *Taxonomy) Instruments() []*Instrument { return t.instruments }

// Instrument finds an instrument by its abbreviation.
func (t *Taxonomy) Instrument(code string) (*Instrument, bool) {
	i, ok := t.byCode[code]
	return i, ok
}

// Provision finds the line of the taxonomy that names r: its own, else its article's.
func (t *Taxonomy) Provision(r Right) (*Provision, bool) {
	for _, wider := range []Right{r, {Instrument: r.Instrument, Article: r.Article, Paragraph: r.Paragraph}, {Instrument: r.Instrument, Article: r.Article}} {
		if p := t.provisions[wider.Code()]; p != nil {
			return p, true
		}
	}
	return nil, false
}

// Petitionable tells whether the Inter-American Commission receives petitions on r.
func (t *Taxonomy) Petitionable(r Right) bool {
	i := t.byCode[r.Instrument]
	if i == nil || i.Petition != PetitionSome {
		return i != nil && i.Petition == PetitionFull
	}
	p, ok := t.Provision(r)
	return ok && p.Petition
}

// Parse reads a code and checks that the right exists. Case and surrounding space do not matter.
func (t *Taxonomy) Parse(s string) (Right, error) {
	r, err := split(s)
	if err == nil {
		err = t.check(r)
	}
	if err != nil {
		return Right{}, fmt.Errorf("%q: %w", s, err)
	}
	return r, nil
}

func (t *Taxonomy) check(r Right) error {
	i := t.byCode[r.Instrument]
	if i == nil {
		return ErrInstrument
	}
	if _, roman := FromRoman(r.Article); roman != i.Roman {
		return ErrArticle
	}
	if n, err := strconv.Atoi(r.Article); err == nil && n <= i.Whole {
		return nil
	}
	if t.provisions[r.Code()] != nil {
		return nil
	}
	p := t.provisions[Right{Instrument: r.Instrument, Article: r.Article}.Code()]
	if p == nil {
		return ErrArticle
	}
	if r.Paragraph > p.Paragraphs || r.Letter > p.Letters[r.Paragraph] {
		return ErrParagraph
	}
	return nil
}
