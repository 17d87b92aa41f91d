package procedure

import (
	"bytes"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

var loaded = sync.OnceValues(func() (*Library, error) { return Load(nil) })

// library is the embedded definitions; tests only read them.
func library(t testing.TB) *Library {
	t.Helper()
	l, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestEveryProcedureLoads(t *testing.T) {
	l := library(t)
	for i, id := range menu {
		if d, ok := l.Get(id); !ok || l.All()[i] != d {
			t.Errorf("%s is not number %d of the menu", id, i)
		}
	}
}

// edited is an embedded file with one text replaced by another, as an overriding folder.
func edited(t *testing.T, name, old, new string) fs.FS {
	t.Helper()
	text, err := embedded.ReadFile("definitions/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(old)) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	return fstest.MapFS{name: {Data: bytes.Replace(text, []byte(old), []byte(new), 1)}}
}

func TestAnOverrideReplacesAndMovesTheDigest(t *testing.T) {
	l, err := Load(edited(t, "iachr_petition.yaml", `article: "30.3", length: {months: 3}`, `article: "30.3", length: {months: 5}`))
	if err != nil {
		t.Fatal(err)
	}
	d, _ := l.Get("iachr_petition")
	dl := find(t, d.Fold(matter("PA", "2015-01-01", "petition_lodged 2014-01-01", "transmitted_to_state 2014-02-01")), "state_admiss")
	if dl.Due.String() != "2014-07-01" {
		t.Errorf("due %v: the correction did not take", dl.Due)
	}
	if d.Digest == petition(t).Digest || len(d.Digest) != 64 {
		t.Errorf("digest %s", d.Digest)
	}
}

func TestACorrectionOfTheCourtReachesThePetition(t *testing.T) {
	l, err := Load(edited(t, "iacourt_case.yaml", `article: "40", length: {months: 2}`, `article: "40", length: {months: 3}`))
	if err != nil {
		t.Fatal(err)
	}
	d, _ := l.Get("iachr_petition")
	if d.Digest == petition(t).Digest {
		t.Error("the digest of the petition does not cover what it includes")
	}
}

func TestStrictLoadingNamesFileLineAndField(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, want string }{
		{"an unknown field", "un_visit.yaml", "mechanism: un", "mechanism: un\nmechanisms: un", `un_visit.yaml:5: unknown field "mechanisms"`},
		{"a field twice", "un_visit.yaml", "mechanism: un", "mechanism: un\nmechanism: un", "un_visit.yaml:5:"},
		{"a wrong type", "un_visit.yaml", "repeatable: true}", "repeatable: often}", "un_visit.yaml:"},
		{"a date that is none", "instruments.yaml", "2001-05-01", "2001-05-32", "instruments.yaml:"},
		{"broken YAML", "un_visit.yaml", "kind: visit", "kind: [visit", "un_visit.yaml:"},
		{"a name missing in French", "un_visit.yaml", `, fr: "Visite ONU"`, "", "un_visit.yaml:7: short: the name is missing in fr"},
		{"an unknown stage", "un_visit.yaml", "opens: invited, from: [proposed", "opens: invted, from: [proposed", "opens: no such stage: invted"},
		{"an unknown stage in from", "un_visit.yaml", "from: [proposed, visit_requested, refused, cancelled], repeatable", "from: [propsed, visit_requested, refused, cancelled], repeatable", "no such stage: propsed"},
		{"an unknown trigger", "un_visit.yaml", "trigger: [cso_call_for_input]", "trigger: [cso_call]", "rules[0].trigger: no such milestone: cso_call"},
		{"an unknown met_by", "un_visit.yaml", "met_by: [submission_sent]", "met_by: [submission]", "rules[0].met_by: no such milestone: submission"},
		{"a rule without a source", "un_visit.yaml", "length: by_letter, mark: knowledge_low, sources: [100]", "length: by_letter, mark: knowledge_low", "rules[0].versions: a source is wanted"},
		{"an unknown source", "un_visit.yaml", "length: by_letter, mark: knowledge_low, sources: [100]", "length: by_letter, mark: knowledge_low, sources: [7]", "no such source: 7"},
		{"verified from knowledge only", "un_visit.yaml", "length: by_letter, mark: knowledge_low, sources: [100]", "length: by_letter, mark: verified, sources: [100]", "only a source that was read can verify"},
		{"an unknown mark", "un_visit.yaml", "length: by_letter, mark: knowledge_low", "length: by_letter, mark: sure", `no such mark: "sure"`},
		{"an unknown version", "un_visit.yaml", "version: UN_PRACTICE", "version: UN_HABIT", "no such version in instruments.yaml: UN_HABIT"},
		{"a word that is no length", "un_visit.yaml", "length: by_letter", "length: soon", "un_visit.yaml:"},
		{"a dead stage", "un_visit.yaml", "tracks:", "  - {id: limbo, names: {es: a, en: a, pt: a, fr: a}, mark: knowledge_mid, sources: [100]}\ntracks:", "dead stage: no milestone opens it"},
		{"a stage without a way out", "un_visit.yaml", `fr: "Suivi des recommandations"}, terminal: true`, `fr: "Suivi des recommandations"}`, "dead stage: no milestone leads out"},
		{"an included definition that is not there", "iachr_petition.yaml", "id: iacourt_case", "id: iacourt", "no such definition"},
		{"a stage of the Court without a place", "iachr_petition.yaml", "      esap: court\n", "", "no stage stands for esap"},
		{"an unknown group", "iachr_petition.yaml", `"@decided", "@ended", merits`, `"@decidd", "@ended", merits`, "no such group: decidd"},
		{"a State twice", "states.yaml", `iso2: "AR"`, `iso2: "BB"`, "not a new two-letter code"},
		{"a file under another id", "un_visit.yaml", "id: un_visit", "id: visit_un", `the id must be the file's name, "un_visit"`},
		{"no such time zone", "un_visit.yaml", "Europe/Zurich", "Europe/Geneva", `zone: no such time zone: "Europe/Geneva"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(edited(t, c.file, c.old, c.new))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.file+":") {
				t.Errorf("%v\ndoes not say %s", err, c.want)
			}
		})
	}
}

// FuzzDefinitions feeds whatever comes to the reader: it may refuse, not panic.
func FuzzDefinitions(f *testing.F) {
	for _, name := range []string{"un_visit.yaml", "iachr_hearing.yaml", "iachr_petition.yaml"} {
		text, err := embedded.ReadFile("definitions/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("id: fuzz\nstages: [{id: a}]\ntracks: [{stages: [b]}]\nmilestones: [{code: c, opens: a, from: [any]}]\n"))
	l, err := loaded()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s := &source{name: "fuzz.yaml", text: text}
		if decode(s.name, s.text, &s.d) != nil {
			return
		}
		own := &Library{byID: map[string]*Definition{"iacourt_case": l.byID["iacourt_case"]}, states: l.states, instruments: l.instruments}
		if own.add(s) == nil {
			s.d.Fold(matter("PA", "2020-01-01", "petition_lodged 2010-01-01"))
		}
	})
}

func TestACitationIsInOneLanguage(t *testing.T) {
	for _, c := range []struct{ text, es, en string }{
		{"30.3", "30.3", "30.3"}, {"43.2; CADH/ACHR 50", "43.2; CADH 50", "43.2; ACHR 50"},
		{"51.1; Reglamento/Rules 46-47", "51.1; Reglamento 46-47", "51.1; Rules 46-47"}, {"48.1.f, 49/50", "48.1.f, 49/50", "48.1.f, 49/50"},
	} {
		if es, en := Citation(c.text).In("es"), Citation(c.text).In("en"); es != c.es || en != c.en {
			t.Errorf("%s: %s, %s", c.text, es, en)
		}
	}
}
