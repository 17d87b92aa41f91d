package handlers

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"expediente/cases"
	"expediente/models"
	"expediente/models/day"
)

var linked = regexp.MustCompile(`<a class="clamp" href="/matters/([A-Z]{2}-[A-Z0-9]{5})">`)

// listed are the references of a list's rows, in order.
func listed(page string) (refs []string) {
	for _, m := range linked.FindAllStringSubmatch(page, -1) {
		refs = append(refs, m[1])
	}
	return refs
}

// TestListsPageWithoutGapsOrRepeats follows "next page" to the end, in each order.
func TestListsPageWithoutGapsOrRepeats(t *testing.T) {
	s := newSite(t)
	for i := range cases.PageSize + 15 {
		s.open("coordinator", "iachr_petition", []string{"PA", "SV", "MX"}[i%3], fmt.Sprintf("Asunto %d", i))
	}
	total := cases.PageSize + 16
	b := s.as("coordinator")
	for _, order := range []string{"", "newest", "oldest", "reference", "; DROP TABLE matters"} {
		seen, path := map[string]bool{}, "/cases?sort="+strings.ReplaceAll(order, " ", "+")
		for pages := 0; path != "" && pages < 5; pages++ {
			a := b.get(path)
			if a.Code != http.StatusOK {
				t.Fatalf("%s answers %d", path, a.Code)
			}
			sound(t, a)
			if !said(a.text, fmt.Sprint(total, " resultados")) {
				t.Errorf("%s does not say how many there are", path)
			}
			for _, ref := range listed(a.text) {
				if seen[ref] {
					t.Errorf("%s lists %s twice", path, ref)
				}
				seen[ref] = true
			}
			path = ""
			if m := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(a.text); m != nil {
				path = strings.ReplaceAll(m[1], "&amp;", "&")
			}
		}
		if len(seen) != total {
			t.Errorf("in the order %q, %d of %d were listed", order, len(seen), total)
		}
	}
	byReference := listed(b.get("/cases?sort=reference").text)
	for i := 1; i < len(byReference); i++ {
		if byReference[i] < byReference[i-1] {
			t.Error("the references are out of order")
		}
	}
	if a := b.get("/cases?cursor=nonsense"); a.Code != http.StatusOK || len(listed(a.text)) != cases.PageSize {
		t.Errorf("a cursor of nonsense is answered %d", a.Code)
	}
}

func TestFiltersNarrow(t *testing.T) {
	s := newSite(t)
	ref := s.open("coordinator", "iachr_precautionary", "MX", "Un albergue")
	b := s.as("coordinator")
	for query, want := range map[string][]string{
		"state=MX":                      {ref},
		"state=PA":                      {s.matter},
		"state=all&stage=admissibility": {s.matter},
		"stage=admissibility&state=MX":  {},
		"standing=followed":             {},
		"standing=everything":           {s.matter, ref},
		"state=ZZ":                      {},
	} {
		a := b.get("/cases?" + query)
		if got := listed(a.text); len(got) != len(want) || len(want) == 1 && got[0] != want[0] {
			t.Errorf("%s lists %v, want %v", query, got, want)
		}
		if len(want) == 0 && !said(a.text, "Nada cumple esos filtros") {
			t.Errorf("%s does not say that nothing fits", query)
		}
		sound(t, a)
	}
	if visits := listed(b.get("/visits").text); len(visits) != 1 || visits[0] == s.matter {
		t.Errorf("the visits are %v", visits)
	}
}

// TestAHiddenMatterIsAbsent: the same bytes, but for the address that was asked for.
func TestAHiddenMatterIsAbsent(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{"coordinator", "leadership", "member"} {
		b := s.as(who)
		absent := "SV-ZZZZZ"
		for _, path := range []string{"/matters/%s", "/matters/%s/milestones/new", "/matters/%s/milestones/1/correct", "/matters/%s/evidence/new"} {
			x, y := b.get(fmt.Sprintf(path, s.hidden)), b.get(fmt.Sprintf(path, absent))
			if x.Code != http.StatusNotFound || x.text != strings.ReplaceAll(y.text, absent, s.hidden) {
				t.Errorf("%s: %s answers a hidden matter %d, and not as an absent one", who, path, x.Code)
			}
		}
		x, y := b.post("/matters/"+s.hidden+"/dossier", nil), b.post("/matters/"+absent+"/dossier", nil)
		if x.Code != http.StatusNotFound || x.text != strings.ReplaceAll(y.text, absent, s.hidden) {
			t.Errorf("%s: printing a hidden matter is answered %d", who, x.Code)
		}
	}
}

func TestLeadershipSeesNoCase(t *testing.T) {
	s := newSite(t)
	b := s.as("leadership")
	for _, path := range []string{"/cases", "/visits", "/evidence", "/deadlines", "/deadlines?when=past"} {
		if a := b.get(path); a.Code != http.StatusOK || said(a.text, "Ruiz") || len(listed(a.text)) > 0 {
			t.Errorf("leadership finds something at %s (%d)", path, a.Code)
		}
	}
	if a := b.get("/matters/" + s.matter); a.Code != http.StatusNotFound {
		t.Errorf("leadership opens a matter: %d", a.Code)
	}
	if a := b.get("/cases/new"); a.Code != http.StatusForbidden {
		t.Errorf("leadership is offered to open a case: %d", a.Code)
	}
	plan := b.get("/plan")
	if !said(plan.text, s.matter) || said(plan.text, "/matters/") || said(plan.text, "Ruiz") {
		t.Error("leadership reads the plan with a way into a case, or without its lines")
	}
}

func TestOpeningACase(t *testing.T) {
	s := newSite(t)
	b := s.as("coordinator")
	title := strings.Repeat("Familia Pérez y otras personas migrantes ", 7) + "«fin»"
	f := fields("procedure", "iachr_petition", "state", "GT", "standing", "brought", "title", title, "numbers", "P-1-06",
		"summary", "Primera línea\nsegunda", "language", "es", "opened_on", "3/2006")
	a := b.post("/cases", f)
	if a.Code != http.StatusSeeOther {
		t.Fatalf("answered %d\n%s", a.Code, between(a.text, "<main", "</main>"))
	}
	page := b.get(a.location())
	sound(t, page)
	for _, want := range []string{title, "La petición está en", "marzo de 2006", "P-1-06", "Todavía no hay hitos", "Registrar «"} {
		if !said(page.text, want) {
			t.Errorf("the empty case does not show %q", want)
		}
	}
	for field, value := range map[string]string{"title": " ", "state": "ZZ", "procedure": "un_visit", "standing": "owned", "opened_on": "31/6/2006", "language": "xx", "numbers": strings.Repeat("1", 301)} {
		wrong := fields()
		for name := range f {
			wrong.Set(name, f.Get(name))
		}
		wrong.Set(field, value)
		a := b.post("/cases", wrong)
		if a.Code != http.StatusUnprocessableEntity || !said(a.text, `id="f-`+field+`-error"`) || !said(a.text, "segunda") {
			t.Errorf("%s=%q is answered %d, or words are lost", field, value, a.Code)
		}
		sound(t, a)
	}
	for _, who := range []string{"member", "leadership"} {
		if a := s.as(who).post("/cases", f); a.Code != http.StatusForbidden {
			t.Errorf("%s opens a case: %d", who, a.Code)
		}
	}
}

func TestOpeningAVisit(t *testing.T) {
	s := newSite(t)
	b := s.as("coordinator")
	f := fields("procedure", "un_visit", "state", "GT", "standing", "supported", "title", "Visita a la frontera", "language", "es",
		"opened_on", "2006-01-15", "holder", "Jorge Bustamante", "places", "Tecún Umán")
	a := b.post("/visits", f)
	if a.Code != http.StatusSeeOther {
		t.Fatalf("answered %d\n%s", a.Code, between(a.text, "<main", "</main>"))
	}
	page := b.get(a.location())
	sound(t, page)
	for _, want := range []string{"Jorge Bustamante", "Tecún Umán", "La visita está en", "Recomendaciones"} {
		if !said(page.text, want) {
			t.Errorf("the visit does not show %q", want)
		}
	}
	f.Set("procedure", "iachr_petition")
	if a := b.post("/visits", f); a.Code != http.StatusUnprocessableEntity || !said(a.text, `id="f-procedure-error"`) {
		t.Errorf("a petition is opened as a visit: %d", a.Code)
	}
}

// TestDeadlinesLeadToTheirReasons: each row of the list leads to the deadline on its matter's page,
// which says rule, arithmetic and source.
func TestDeadlinesLeadToTheirReasons(t *testing.T) {
	s := newSite(t)
	ref := s.open("coordinator", "iachr_petition", "PA", "Con plazos")
	b := s.as("coordinator")
	for code, on := range map[string]string{"petition_lodged": "2005-06-01"} {
		b.post("/matters/"+ref+"/milestones", fields("code", code, "day", on))
	}
	b.post("/matters/"+ref+"/milestones", fields("code", "transmitted_to_state", "day", "2006-06-01"))
	list := b.get("/deadlines")
	sound(t, list)
	if !said(list.text, "/matters/"+ref+"#d-state_admiss") || !said(list.text, "art. 30.3") {
		t.Fatal("the deadline is not in the list with its rule and the way to its reasons")
	}
	page := b.get("/matters/" + ref)
	row := between(page.text, `id="d-state_admiss"`, `class="side"`)
	for _, want := range []string{"30.3", "1 de agosto de 2006", "Fuente", "norma verificada", "Obliga a"} {
		if !said(row, want) {
			t.Errorf("the deadline does not say %q:\n%s", want, row)
		}
	}
	s.must(s.registry.LookAt(context.Background(), s.session(b), day.MustParse("2006-08-20")))
	if past := b.get("/deadlines?when=past"); !said(past.text, ref) || !said(past.text, "19 días de retraso") {
		t.Error("looked at on 20 August the deadline has not passed")
	}
	s.must(s.registry.LookAt(context.Background(), s.session(b), day.MustParse("2006-05-01")))
	if early := b.get("/matters/" + ref); said(early.text, `id="m-2"`) || !said(early.text, "posterior a la fecha de consulta") {
		t.Error("looked at before the step, the step is shown")
	}
}

func (s *site) session(b *browser) cases.Session {
	s.t.Helper()
	session, err := s.registry.Session(context.Background(), b.cookies[sessionCookie])
	s.must(err)
	return session
}

// TestAFullMatter draws sixty milestones, recommendations and hostile texts.
func TestAFullMatter(t *testing.T) {
	s := newSite(t)
	b, hostile := s.as("coordinator"), `"><script>alert('x')</script>`+"\u202e"+`{{.}}`
	for i := range 60 {
		f := fields("code", "event_detention", "day", fmt.Sprintf("2004-%02d-%02d", i%12+1, i%28+1), "note", hostile, "source", hostile, "document", hostile, "confirmed", "yes")
		if a := b.post("/matters/"+s.matter+"/milestones", f); a.Code != http.StatusSeeOther {
			t.Fatalf("milestone %d is answered %d", i, a.Code)
		}
	}
	page := b.get("/matters/" + s.matter)
	sound(t, page)
	if strings.Count(page.text, `<li id="m-`) != 62 || said(page.text, "<script>alert") {
		t.Error("the page does not show the entries as text")
	}
	visit := models.Visit{Mandate: hostile, Holder: hostile, Symbol: "E/CN.4/2003/85/Add.2"}
	told := models.Recommendation{Paragraph: "51(a)", Text: hostile, Language: "es", Addressee: "Government", Verification: "verified"}
	ref, err := s.registry.ImportMatter(context.Background(), cases.System, cases.History{
		NewMatter: cases.NewMatter{Procedure: "un_visit", State: "MX", Standing: models.Followed, Language: "es", Title: hostile, OpenedOn: day.MustParse("2002-02-01")},
		Visit:     &visit, Told: []models.Recommendation{told},
		Milestones: []cases.NewMilestone{{Code: "visit_started", Day: day.MustParse("2002-02-25")}, {Code: "visit_ended", Day: day.MustParse("2002-03-06")}},
	}, map[models.ID]models.Role{s.users["coordinator"]: models.Coordinator})
	s.must(err)
	a := b.get("/matters/" + ref)
	sound(t, a)
	if !said(a.text, "25 de febrero de 2002 – 6 de marzo de 2002") || !said(a.text, "E/CN.4/2003/85/Add.2") || said(a.text, "<script>alert") {
		t.Error("the visit does not show its dates and its report as text")
	}
}
