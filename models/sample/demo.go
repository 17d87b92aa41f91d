// Package sample answers: what does a believable registry hold?
//
// Public is the real public cases and visits of the demonstration: files of others, with the source
// of every date. Large makes registries of any size, believable in their spread, for measuring.
package sample

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"expediente/models/day"
)

//go:embed data
var data embed.FS

// Case is a public case with the dates that its public documents tell.
type Case struct {
	ID              string      `json:"id"`
	Name            string      `json:"name"`
	State           string      `json:"state_iso2"`
	PetitionNumbers []string    `json:"petition_numbers"`
	CaseNumber      string      `json:"case_number"`
	Victims         []string    `json:"victims_public"`
	Nationality     []string    `json:"victim_nationality"`
	Petitioners     []string    `json:"petitioners"`
	Topic           []string    `json:"topic"`
	Rights          []Right     `json:"rights_alleged"`
	Milestones      []Milestone `json:"milestones"`
	ExpectedStage   string      `json:"expected_stage"`
}

// Right is an article of an instrument.
type Right struct {
	Instrument string `json:"instrument"`
	Article    string `json:"article"`
}

// Milestone is a dated step and where its date is read.
type Milestone struct {
	Code         string  `json:"code"`
	Date         day.Day `json:"date"`
	Document     string  `json:"document"`
	Verification string  `json:"verification"`
	Source       string  `json:"source"`
	Note         string  `json:"note"`
}

// Mark is the verification as the registry keeps it.
func (m Milestone) Mark() string {
	switch m.Verification {
	case "VERIFIED":
		return "verified"
	case "DERIVED":
		return "derived"
	}
	return "knowledge"
}

// Visit is a public country visit and what it recommended.
type Visit struct {
	ID              string           `json:"id"`
	Mechanism       string           `json:"mechanism"`
	Holder          string           `json:"mandate_holder"`
	State           string           `json:"country_iso2"`
	Invitation      string           `json:"invitation"`
	Places          []string         `json:"places"`
	Start           Dated            `json:"start"`
	End             Dated            `json:"end"`
	Statement       Dated            `json:"end_of_mission_statement"`
	Symbol          string           `json:"report_symbol"`
	Report          Dated            `json:"report_date"`
	Recommendations []Recommendation `json:"recommendations"`
}

// Dated is a date and where it is read.
type Dated struct {
	Date         day.Day `json:"date"`
	Verification string  `json:"verification"`
	Source       string  `json:"source"`
	Note         string  `json:"note"`
}

// Recommendation is one paragraph of a visit's report.
type Recommendation struct {
	Paragraph    string `json:"paragraph"`
	Text         string `json:"text"`
	Addressee    string `json:"addressee"`
	Theme        string `json:"theme"`
	Verification string `json:"verification"`
	Source       string `json:"source"`
}

// PlanFile is the five-year plan of the demonstration, as people write one.
func PlanFile() ([]byte, error) { return data.ReadFile("data/plan.yaml") }

// plain empties a source that names none: one known without a text at hand is marked so, and where a
// date was derived the note says how.
func plain(source, note *string) {
	if how, derived := strings.CutPrefix(*source, "derived: "); derived {
		*note = strings.TrimSuffix(how+"; "+*note, "; ")
		*source = ""
	}
	if *source == "FROM KNOWLEDGE" {
		*source = ""
	}
}

func (c *Case) plain() {
	for i := range c.Milestones {
		plain(&c.Milestones[i].Source, &c.Milestones[i].Note)
	}
}

func (v *Visit) plain() {
	for _, d := range []*Dated{&v.Start, &v.End, &v.Statement, &v.Report} {
		plain(&d.Source, &d.Note)
	}
	var none string
	for i := range v.Recommendations {
		plain(&v.Recommendations[i].Source, &none)
	}
}

// Public reads the demonstration's cases and visits.
func Public() (cases []Case, visits []Visit, err error) {
	if err := read("cases.json", &cases, json.Unmarshal); err != nil {
		return nil, nil, err
	}
	if err := read("visits.json", &visits, json.Unmarshal); err != nil {
		return nil, nil, err
	}
	for i := range cases {
		cases[i].plain()
	}
	for i := range visits {
		visits[i].plain()
	}
	return cases, visits, nil
}

func read(name string, into any, decode func([]byte, any) error) error {
	b, err := data.ReadFile("data/" + name)
	if err == nil {
		err = decode(b, into)
	}
	if err != nil {
		return fmt.Errorf("reading the sample file %s: %w", name, err)
	}
	return nil
}
