package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"expediente/models/day"
)

// timelineOf runs the command on a file with the text; it returns status, output and errors.
func timelineOf(t *testing.T, text string, args ...string) (int, string, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "matters.json")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	code := run(context.Background(), append([]string{"timeline", file}, args...), Streams{&out, &errs})
	return code, out.String(), errs.String()
}

func TestTimelineRefusesNamingFileObjectAndField(t *testing.T) {
	good := `{"id": "one", "state_iso2": "PA", "milestones": [{"code": "petition_lodged", "date": "2004-02-10"}]}`
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a date that is none", `[` + good + `, {"id": "two", "milestones": [{"code": "petition_lodged", "date": "2004-02-30"}]}]`,
			[]string{"matters.json", "object 1 (two)", "milestones[0] (petition_lodged)", "field date", `"2004-02-30"`}},
		{"a date of the wrong type", `{"id": "two", "milestones": [{"code": "petition_lodged", "date": 2004}]}`,
			[]string{"object 0 (two)", "milestones[0]", "field date", "a number"}},
		{"no date", `{"id": "two", "milestones": [{"code": "petition_lodged"}]}`, []string{"object 0 (two)", "milestones[0]", "field date: missing"}},
		{"a null date", `{"id": "two", "milestones": [{"code": "petition_lodged", "date": null}]}`, []string{"field date: missing"}},
		{"no code", `{"id": "two", "milestones": [{"date": "2004"}]}`, []string{"object 0 (two)", "milestones[0]", "field code: missing"}},
		{"a code of the wrong type", `{"id": "two", "milestones": [{"code": ["x"], "date": "2004"}]}`, []string{"field code", "a list"}},
		{"milestones of the wrong type", `{"id": "two", "milestones": {"code": "x"}}`, []string{"object 0 (two)", "field milestones", "an object"}},
		{"no milestones", `{"id": "two"}`, []string{"object 0 (two)", "field milestones: missing"}},
		{"a milestone that is no object", `{"id": "two", "milestones": ["petition_lodged"]}`, []string{"object 0 (two), milestones[0]", "a text"}},
		{"an object that is none", `[` + good + `, 7]`, []string{"object 1", "a number"}},
		{"an id that is none", `{"id": 3, "milestones": []}`, []string{"object 0", "field id", "a number"}},
		{"a State that is none", `{"id": "two", "state_iso2": "PAN", "milestones": []}`, []string{"object 0 (two)", "field state_iso2"}},
		{"an until that is none", `{"id": "two", "milestones": [{"code": "x", "date": "2004", "until": "soon"}]}`, []string{"milestones[0] (x)", "field until", `"soon"`}},
		{"until and due", `{"id": "two", "milestones": [{"code": "x", "date": "2004", "until": "2005", "due": "2005"}]}`, []string{"field due"}},
		{"a flag of the wrong type", `{"id": "two", "milestones": [{"code": "x", "date": "2004", "as_it_happened": "yes"}]}`, []string{"field as_it_happened", "true or false"}},
		{"a precision that is none", `{"id": "two", "milestones": [{"code": "x", "date": "2004", "precision": "week"}]}`, []string{"field precision"}},
		{"a precision sharper than the date", `{"id": "two", "milestones": [{"code": "x", "date": "2004", "precision": "day"}]}`, []string{"field precision", "sharper"}},
		{"a procedure that is none", `{"id": "two", "procedure": "tribunal", "milestones": []}`, []string{"object 0 (two)", "field procedure", "iachr_petition"}},
		{"a visit of nobody", `{"id": "two", "mechanism": "EU", "start": "2001-01-01"}`, []string{"object 0 (two)", "field mechanism"}},
		{"a visit's date that is none", `{"id": "two", "mechanism": "UN SR migrants", "start": {"date": "2001-13"}}`, []string{"object 0 (two), start", "field date"}},
		{"JSON cut off", `[` + good + `, {"id": "two", "milestones": [{"code": "petition_lodged", "da`, []string{"matters.json", "cut off", "object 1 (two)"}},
		{"JSON gone wrong", `[` + good + `,` + "\n" + `{"id": "two" "milestones": []}]`, []string{"matters.json", "line 2", "object 1 (two)"}},
		{"something after the JSON", good + good, []string{"follows the end"}},
		{"nothing at all", "", []string{"matters.json", "cut off"}},
		{"a number", "7", []string{"an object or a list of objects is wanted"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := timelineOf(t, c.text)
			if code != 1 || out != "" {
				t.Errorf("exit %d, output %q", code, out)
			}
			for _, want := range c.want {
				if !strings.Contains(errs, want) {
					t.Errorf("%s\ndoes not say %s", errs, want)
				}
			}
		})
	}
}

func TestTimelineOfVelezLoorAsJSON(t *testing.T) {
	text, err := os.ReadFile("../../models/sample/data/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := timelineOf(t, string(text), "--json", "--as-of", "2026-11-23", "--lang", "en")
	if code != 0 {
		t.Fatal(errs)
	}
	var matters []struct {
		ID        string `json:"id"`
		Stage     string `json:"stage"`
		Since     string `json:"stage_since"`
		Warnings  []string
		Deadlines []struct {
			Code, Rule, Trigger, Due, Cap, Granted, Status string
			Version                                        string `json:"instrument_version"`
			TriggerDate                                    string `json:"trigger_date"`
			Effective                                      string `json:"effective_due"`
			MetOn                                          string `json:"met_on"`
			DaysLate                                       int    `json:"days_late"`
			Reasons                                        []string
		}
	}
	if err := json.Unmarshal([]byte(out), &matters); err != nil {
		t.Fatal(err)
	}
	if len(matters) != 10 || matters[0].ID != "velez-loor" || matters[0].Stage != "supervision" || matters[0].Since != "2013-02-13" {
		t.Fatalf("%d matters, the first %+v", len(matters), matters[0])
	}
	d := matters[0].Deadlines[0]
	got := []string{d.Code, d.Rule, d.Version, d.Trigger, d.TriggerDate, d.Due, d.Cap, d.Granted, d.Effective, d.Status, d.MetOn}
	want := "state_admiss 30.3 ROP2000 transmitted_to_state 2005-12-21 2006-02-21 2006-03-21 2006-03-06 2006-03-06 late 2006-03-07"
	if strings.Join(got, " ") != want || d.DaysLate != 1 {
		t.Errorf("%v by %d\nwant %s by 1", got, d.DaysLate, want)
	}
	for _, m := range matters {
		for _, s := range m.Warnings {
			if strings.Contains(s, "⟦") {
				t.Errorf("%s: words are missing: %s", m.ID, s)
			}
		}
		for _, d := range m.Deadlines {
			if s := strings.Join(d.Reasons, " "); s == "" || strings.Contains(s, "⟦") {
				t.Errorf("%s %s: words are missing: %s", m.ID, d.Code, s)
			}
		}
	}
}

func TestTimelineOfVisits(t *testing.T) {
	code, out, errs := timelineOf(t, `{"id": "v", "mechanism": "UN SR migrants", "country_iso2": "MX", "invitation": "yes",
		"start": {"date": "2008-03-09", "precision": "day", "source": "x"}, "end": "2008-03-15", "report_date": {"date": "2009-03", "precision": "year"}}`,
		"--json", "--as-of", "2008-03-12")
	if code != 0 || !strings.Contains(out, `"procedure": "un_visit"`) || !strings.Contains(out, `"stage": "visit"`) {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

func TestTimelineFormat(t *testing.T) {
	t.Run("one object, a missing date is null, lists are lists", func(t *testing.T) {
		code, out, _ := timelineOf(t, `{"id": "v", "milestones": [], "unknown": {"x": 1}}`, "--json", "--as-of", "2008-03-12")
		for _, want := range []string{`"stage_since": null`, `"warnings": [`, `"deadlines": []`, `"procedure": "iachr_petition"`} {
			if code != 0 || !strings.Contains(out, want) {
				t.Errorf("exit %d: no %s in %s", code, want, out)
			}
		}
	})
	t.Run("no objects", func(t *testing.T) {
		if code, out, _ := timelineOf(t, `[]`, "--json"); code != 0 || strings.TrimSpace(out) != "[]" {
			t.Errorf("exit %d: %s", code, out)
		}
	})
	t.Run("the letter's date by its two names", func(t *testing.T) {
		for _, field := range []string{"until", "due"} {
			_, out, errs := timelineOf(t, `{"id": "v", "state_iso2": "pa", "milestones": [{"code": "petition_lodged", "date": "2005"}, {"code": "transmitted_to_state", "date": "2006-01-01"},
				{"code": "state_observations_forwarded", "date": "2006-05-14", "`+field+`": "2006-06-14"}]}`, "--json", "--as-of", "2006-06-01")
			if !strings.Contains(out, `"by_letter": true`) || !strings.Contains(out, `"due": "2006-06-14"`) {
				t.Errorf("%s: %s%s", field, out, errs)
			}
		}
	})
	t.Run("prose in both languages", func(t *testing.T) {
		for lang, want := range map[string]string{"es": "Etapa: Estudio inicial", "en": "Stage: Initial review"} {
			_, out, _ := timelineOf(t, `{"id": "v", "state_iso2": "PA", "milestones": [{"code": "petition_lodged", "date": "2005-01-10"}]}`, "--lang", lang)
			if !strings.Contains(out, want) || strings.Contains(out, "⟦") {
				t.Errorf("%s: %s", lang, out)
			}
		}
	})
	t.Run("an as-of that is none", func(t *testing.T) {
		if code, _, errs := timelineOf(t, `[]`, "--as-of", "yesterday"); code == 0 || !strings.Contains(errs, "as-of") {
			t.Errorf("exit %d: %s", code, errs)
		}
		if code, _, errs := timelineOf(t, `[]`, "--as-of", "2006-03"); code == 0 || !strings.Contains(errs, "full date") {
			t.Errorf("exit %d: %s", code, errs)
		}
	})
}

func TestProceduresPrintsProse(t *testing.T) {
	for _, c := range []struct{ id, lang, want string }{
		{"", "es", "VISITA A UN PAÍS"}, {"iachr_petition", "en", "no more than 3 months from the first request"},
		{"states", "es", "denuncia con efecto el 26 de mayo de 1999"}, {"iacourt_case", "es", "2 meses; no prorrogable"},
	} {
		var out, errs bytes.Buffer
		args := []string{"procedures", "--lang", c.lang}
		if c.id != "" {
			args = append(args, c.id)
		}
		if code := run(context.Background(), args, Streams{&out, &errs}); code != 0 || !strings.Contains(out.String(), c.want) {
			t.Errorf("%v: exit %d, no %q; %s", args, code, c.want, errs.String())
		}
	}
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"procedures", "tribunal"}, Streams{&out, &errs}); code != 1 || !strings.Contains(errs.String(), "iachr_petition") {
		t.Errorf("exit %d: %s", code, errs.String())
	}
}

// FuzzTimeline feeds whatever comes to the reader and the fold: it may refuse, not panic.
func FuzzTimeline(f *testing.F) {
	f.Add([]byte(`{"id": "x", "milestones": [{"code": "petition_lodged", "date": "2004", "until": "2005-01"}]}`))
	f.Add([]byte(`[{"id": "y", "state_iso2": "US", "milestones": [{"code": "joined", "date": "2006-01-01", "precision": "year", "victim": "V-1"}]}, {}]`))
	f.Add([]byte(`[{"mechanism": "OAS", "start": {"date": "2001-11", "precision": "month"}}]`))
	library, words, err := openLibrary("", "es")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		matters, err := readTimeline(text)
		if err != nil {
			return
		}
		if _, err := foldAll(library, words, matters, day.MustParse("2026-11-23")); err != nil {
			t.Skip(err)
		}
	})
}

// TestTimelineReadsAsWritten looks for what no lawyer writes, over the samples at several days.
func TestTimelineReadsAsWritten(t *testing.T) {
	for _, file := range []string{"cases.json", "visits.json"} {
		for _, asOf := range []string{"2003-01-01", "2006-06-30", "2010-06-30", "2026-11-23"} {
			for _, lang := range []string{"es", "en"} {
				var out, errs bytes.Buffer
				args := []string{"timeline", "../../models/sample/data/" + file, "--as-of", asOf, "--lang", lang}
				if code := run(context.Background(), args, Streams{&out, &errs}); code != 0 {
					t.Fatal(errs.String())
				}
				for _, slip := range []string{" de el ", " a el ", " en el en ", " el en ", "art. ?", "Art. ?", "CADH/ACHR", "⟦", "  – el ", ". la "} {
					if i := strings.Index(out.String(), slip); i >= 0 {
						t.Errorf("%s on %s in %s: …%s", file, asOf, lang, out.String()[i:min(i+60, out.Len())])
					}
				}
			}
		}
	}
}
