package sample

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"expediente/models"
	"expediente/models/day"
)

// Made is one generated matter with its history.
type Made struct {
	Procedure string
	State     string
	Standing  models.Standing
	Language  string
	Title     string
	Numbers   string
	Summary   string
	OpenedOn  day.Day
	Steps     []Step
	Rights    []string
	Victims   []string                  // invented names
	Members   map[models.ID]models.Role // who may open it
}

// Step is one generated milestone.
type Step struct {
	Code     string
	Day      day.Day
	Until    day.Day // of a letter, where the code carries one
	Document string
	Note     string
}

// Offer is a step that the procedure allows next.
type Offer struct {
	Code   string
	Letter bool // it carries a date set by letter
}

// Rules is what the generator asks of the procedures. They are handed in, because what is lawful
// is no matter of this package.
type Rules struct {
	Known func(procedure, state string) bool                            // whether a matter of this procedure against this State can be
	Visit func(procedure string) bool                                   // whether it is a country visit
	Next  func(procedure, state string, log []Step, on day.Day) []Offer // lawful next steps, the most expected first
}

// Person is let into a share of the generated matters.
type Person struct {
	ID    models.ID
	Role  models.Role
	Share float64 // 0 to 1
}

// Large says what to generate.
type Large struct {
	Matters     int
	Seed        uint64  // the same seed and rules make the same matters
	From, Until day.Day // files are opened, and steps happen, between these days
	People      []Person
}

// LargeSpan are the days between which a large sample happens, unless it says otherwise.
var LargeSpan = [2]day.Day{day.MustParse("1998-01-01"), day.MustParse("2026-06-30")}

// Make generates matters one by one. Each has a source of chance of its own, so that the n-th is the
// same however many are made.
func (l Large) Make(rules Rules) (iter.Seq[Made], error) {
	w, err := readWorld()
	if err != nil {
		return nil, err
	}
	if l.From.IsZero() {
		l.From = LargeSpan[0]
	}
	if l.Until.IsZero() {
		l.Until = LargeSpan[1]
	}
	return func(yield func(Made) bool) {
		for n := range l.Matters {
			m := maker{world: w, rules: rules, Large: l, r: rand.New(rand.NewPCG(l.Seed, uint64(n)))}
			if !yield(m.matter(n)) {
				return
			}
		}
	}, nil
}

// span is a least, a most likely and a greatest number.
type span [3]int

// world is large.yaml.
type world struct {
	Procedures map[string]float64            `yaml:"procedures"`
	States     map[string]float64            `yaml:"states"`
	Standings  map[string]float64            `yaml:"standings"`
	Languages  map[string]float64            `yaml:"languages"`
	Weights    map[string]float64            `yaml:"weights"`
	Again      float64                       `yaml:"again"`
	Agains     map[string]float64            `yaml:"agains"`
	Follows    map[string]map[string]float64 `yaml:"follows"`
	Gap        span                          `yaml:"gap"`
	Gaps       map[string]span               `yaml:"gaps"`
	Letter     span                          `yaml:"letter"`
	Titles     map[string][]string           `yaml:"titles"`
	Summaries  []string                      `yaml:"summaries"`
	Documents  []string                      `yaml:"documents"`
	Notes      []string                      `yaml:"notes"`
	Rights     []string                      `yaml:"rights"`
	Surnames   []string                      `yaml:"surnames"`
	Places     []string                      `yaml:"places"`
}

var readWorld = sync.OnceValues(func() (w world, err error) {
	strict := func(b []byte, v any) error { return yaml.UnmarshalWithOptions(b, v, yaml.Strict()) }
	return w, read("large.yaml", &w, strict)
})

// maker makes one matter.
type maker struct {
	world
	Large
	rules Rules
	r     *rand.Rand
}

func (m maker) matter(n int) Made {
	made := Made{
		Procedure: m.pick(m.Procedures, func(p string) bool { return m.rules.Known(p, "") }),
		Standing:  models.Standing(m.pick(m.Standings, nil)), Language: m.pick(m.Languages, nil),
		Members: map[models.ID]models.Role{},
	}
	made.State = m.pick(m.States, func(s string) bool { return m.rules.Known(made.Procedure, s) })
	kind := models.KindCase
	if m.rules.Visit(made.Procedure) {
		kind = models.KindVisit
	}
	made.Title, made.Summary = m.phrase(m.Titles[kind]), m.phrase(m.Summaries)
	made.OpenedOn = m.From.AddDays(m.r.IntN(max(m.Until.Sub(m.From)*9/10, 1)))
	m.walk(&made)
	y, _, _ := made.OpenedOn.Civil()
	made.Numbers = fmt.Sprintf("P-%d-%02d", n%4000+1, y%100)
	m.people(&made)
	return made
}

// people fills in who is concerned and who may open it.
func (m maker) people(made *Made) {
	for range 1 + m.r.IntN(3) {
		made.Victims = append(made.Victims, m.phrase([]string{"{surname} {other}"}))
	}
	for range 1 + m.r.IntN(3) {
		if right := one(m.r, m.Rights); !slices.Contains(made.Rights, right) {
			made.Rights = append(made.Rights, right)
		}
	}
	for _, p := range m.People {
		if m.r.Float64() < p.Share {
			made.Members[p.ID] = p.Role
		}
	}
}

// pick draws a key by its weight, among those that fit.
func (m maker) pick(weights map[string]float64, fits func(string) bool) string {
	var keys []string
	var all float64
	for key := range weights {
		if fits == nil || fits(key) {
			keys, all = append(keys, key), all+weights[key]
		}
	}
	slices.Sort(keys) // a map has no order, and chance must repeat
	at := m.r.Float64() * all
	for _, key := range keys {
		if at -= weights[key]; at < 0 {
			return key
		}
	}
	return strings.Join(keys[max(len(keys)-1, 0):], "")
}

// phrase draws a pattern and fills in its places.
func (m maker) phrase(patterns []string) string {
	return strings.NewReplacer("{surname}", one(m.r, m.Surnames), "{other}", one(m.r, m.Surnames),
		"{place}", one(m.r, m.Places), "{n}", strconv.Itoa(2+m.r.IntN(60))).Replace(one(m.r, patterns))
}

func one[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
