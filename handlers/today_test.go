package handlers

import (
	"net/http"
	"strings"
	"testing"

	"expediente/cases"
	"expediente/models/day"
)

func TestToday(t *testing.T) {
	s := newSite(t)
	_, err := s.registry.LogMilestone(t.Context(), s.actor("stranger"), s.hidden, day.MustParse("2006-06-30"),
		cases.NewMilestone{Code: "petition_lodged", Day: day.MustParse("2005-05-05"), Confirmed: true})
	s.must(err)
	for _, try := range []struct {
		who    string
		says   []string
		silent []string
	}{
		{"coordinator", []string{"Ruiz and others", s.matter, `class="road"`, "2 de los 3", "Otro caso de la red", "venció"}, []string{"Something hidden", s.hidden}},
		{"member", []string{"Ruiz and others", s.matter}, []string{"Something hidden", s.hidden, `class="road"`, `href="/plan"`, `href="/audit"`, "/cases/new"}},
		{"leadership", []string{`class="road"`, "2 de los 3", s.matter, s.hidden}, []string{"Ruiz and others", "Something hidden", `href="/matters/`, `href="/cases"`}},
		{"stranger", []string{"Something hidden", s.hidden}, []string{"Ruiz and others", s.matter}},
	} {
		a := s.as(try.who).get("/")
		if a.Code != http.StatusOK {
			t.Fatalf("%s: %d\n%s", try.who, a.Code, s.log)
		}
		for _, text := range try.says {
			if !strings.Contains(a.text, text) {
				t.Errorf("Today does not say %q to %s", text, try.who)
			}
		}
		for _, text := range try.silent {
			if strings.Contains(a.text, text) {
				t.Errorf("Today says %q to %s", text, try.who)
			}
		}
	}
}

func TestAuditShowsToEachWhatTheyMaySee(t *testing.T) {
	s := newSite(t)
	s.as("coordinator").get("/matters/" + s.matter)
	if a := s.as("member").get("/audit"); a.Code != http.StatusForbidden {
		t.Errorf("a member is answered %d", a.Code)
	}
	a := s.as("coordinator").get("/audit")
	if !strings.Contains(a.text, `href="/matters/`+s.matter+`"`) || strings.Contains(a.text, s.hidden) || !strings.Contains(a.text, "Abrió y leyó el asunto") {
		t.Error("a coordinator is shown too much or too little")
	}
	head, err := s.registry.Head(t.Context())
	s.must(err)
	if !strings.Contains(a.text, head.Short()) {
		t.Error("the head's short code is not shown")
	}
	a = s.as("leadership").get("/audit")
	if !strings.Contains(a.text, s.hidden) || strings.Contains(a.text, `href="/matters/`) {
		t.Error("leadership is shown too little, or links that lead nowhere")
	}
	for range 60 {
		s.as("coordinator").get("/help")
	}
	b := s.as("leadership")
	_, after, found := strings.Cut(b.get("/audit").text, `href="/audit?cursor=`)
	if !found {
		t.Fatal("a long log has one page")
	}
	cursor, _, _ := strings.Cut(after, `"`)
	if older := b.get("/audit?cursor=" + cursor); older.Code != http.StatusOK || !strings.Contains(older.text, "Volver a las más nuevas") {
		t.Errorf("the page after answers %d", older.Code)
	}
}

func TestThePolicyIsPrintedFromItself(t *testing.T) {
	s := newSite(t)
	page := s.as("member").get("/help/roles").text
	for _, place := range policy(s.server.catalogue.For("es")) {
		for _, line := range place.Lines {
			if !strings.Contains(page, line.Verb) {
				t.Errorf("the manual does not say who may do %q", line.Verb)
			}
		}
	}
}
