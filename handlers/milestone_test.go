package handlers

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"expediente/cases"
	"expediente/models/day"
	"expediente/templates/pagetest"
)

// sound fails on a page that is not.
func sound(t *testing.T, a answer) {
	t.Helper()
	for _, fault := range pagetest.Faults(a.text) {
		t.Error(fault)
	}
}

// milestones is a matter with what is on record.
func (s *site) milestones(ref string) cases.Case {
	s.t.Helper()
	m, err := s.registry.OpenMatter(context.Background(), s.actor("coordinator"), ref, cases.At{AsOf: day.MustParse("2006-06-30")})
	s.must(err)
	return m
}

// audited counts the log's entries of a verb.
func (s *site) audited(verb string) (n int) {
	s.t.Helper()
	var count int64
	s.must(s.registry.DB.Read.Table("audit_entries").Where("verb = ?", verb).Count(&count).Error)
	return int(count)
}

func said(page, want string) bool { return strings.Contains(page, want) }

func TestLoggingAMilestone(t *testing.T) {
	s := newSite(t)
	ref := s.open("coordinator", "iachr_petition", "PA", "Otra familia")
	b, to := s.as("coordinator"), "/matters/"+ref+"/milestones"
	before := s.audited("milestone.log")
	a := b.post(to, fields("code", "petition_lodged", "day", "2005-06-01"))
	if a.Code != http.StatusSeeOther {
		t.Fatalf("lodging is answered %d", a.Code)
	}
	a = b.post(to, fields("code", "transmitted_to_state", "day", "10/2/2006", "source", "Carta de la CIDH", "version", ""))
	if a.Code != http.StatusSeeOther || !strings.HasPrefix(a.location(), "/matters/"+ref+"?logged=") {
		t.Fatalf("logging answers %d %s\n%s", a.Code, a.location(), a.text)
	}
	if n := s.audited("milestone.log") - before; n != 2 {
		t.Errorf("two milestones left %d entries in the log", n)
	}
	page := b.get(a.location())
	sound(t, page)
	notice := between(page.text, `role="status"`, "</div>")
	for _, want := range []string{"Se registró", "10 de febrero de 2006", "Abre: ", "10 de abril de 2006"} {
		if !said(notice, want) {
			t.Errorf("the notice %q does not say %q", notice, want)
		}
	}
	if !said(page.text, "Carta de la CIDH") || !said(page.text, "The coordinator") {
		t.Error("the entry does not say its source or who recorded it")
	}
}

func between(text, from, to string) string {
	_, rest, _ := strings.Cut(text, from)
	part, _, _ := strings.Cut(rest, to)
	return part
}

func TestPartialDatesAreConfirmedNotRefused(t *testing.T) {
	s := newSite(t)
	b, to := s.as("coordinator"), "/matters/"+s.matter+"/milestones"
	for typed, kept := range map[string]string{"2/2006": "2006-02", "2006": "2006", "2006-02": "2006-02"} {
		f := fields("code", "event_deportation", "day", typed, "note", "typed "+typed)
		a := b.post(to, f)
		if a.Code != http.StatusUnprocessableEntity || !said(a.text, `name="confirmed"`) || !said(a.text, "typed "+typed) || !said(a.text, `value="`+typed+`"`) {
			t.Fatalf("%s is answered %d without asking, or without what was typed", typed, a.Code)
		}
		sound(t, a)
		f.Set("confirmed", "yes")
		f.Set("odd", hidden(a.text, "odd"))
		if a = b.post(to, f); a.Code != http.StatusSeeOther {
			t.Fatalf("%s confirmed is answered %d", typed, a.Code)
		}
		log := s.milestones(s.matter).Log
		if got := log[len(log)-1].Day.String(); got != kept {
			t.Errorf("%s was kept as %s, want %s", typed, got, kept)
		}
	}
}

// hidden is the value of a hidden field of a page.
func hidden(page, name string) string {
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		return ""
	}
	return m[1]
}

func TestAConfirmationHoldsForWhatWasShown(t *testing.T) {
	s := newSite(t)
	b, to := s.as("coordinator"), "/matters/"+s.matter+"/milestones"
	f := fields("code", "event_deportation", "day", "2006")
	a := b.post(to, f)
	f.Set("confirmed", "yes")
	f.Set("odd", hidden(a.text, "odd"))
	f.Set("day", "2031")
	if a = b.post(to, f); a.Code != http.StatusUnprocessableEntity || !said(a.text, `name="confirmed"`) {
		t.Errorf("another odd date went through on the old confirmation: %d", a.Code)
	}
}

func TestARefusalKeepsTheWordsAndShowsTheWay(t *testing.T) {
	s := newSite(t)
	b, to := s.as("coordinator"), "/matters/"+s.matter+"/milestones"
	f := fields("code", "judgment", "day", "2006-05-01", "note", "una nota <larga>", "source", "La Corte", "document", "Serie C")
	a := b.post(to, f)
	if a.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a judgment at the initial review is answered %d", a.Code)
	}
	sound(t, a)
	for _, want := range []string{"El procedimiento no permite este hito ahora", "una nota &lt;larga&gt;", "La Corte", "Serie C", `value="2006-05-01"`, `name="instead" value="`, `name="as_it_happened"`} {
		if !said(a.text, want) {
			t.Errorf("the refusal does not show %q", want)
		}
	}
	t.Run("what would be allowed is a button that sends the same words", func(t *testing.T) {
		allowed := hidden(a.text, "instead")
		f := fields("code", "judgment", "instead", allowed, "day", "2006-05-01", "note", "una nota", "confirmed", "yes")
		if a := b.post(to, f); a.Code != http.StatusSeeOther {
			t.Fatalf("%s instead is answered %d\n%s", allowed, a.Code, between(a.text, "<main", "</main>"))
		}
		log := s.milestones(s.matter).Log
		if last := log[len(log)-1]; last.Code != allowed || last.Note != "una nota" {
			t.Errorf("instead of %s, %s was logged with the note %q", allowed, last.Code, last.Note)
		}
	})
	t.Run("as it happened asks for a reason", func(t *testing.T) {
		f.Set("as_it_happened", "yes")
		a := b.post(to, f)
		if a.Code != http.StatusUnprocessableEntity || !said(a.text, `id="f-reason-error"`) || !said(a.text, "una nota") {
			t.Fatalf("without a reason it is answered %d", a.Code)
		}
		sound(t, a)
		f.Set("reason", "Así consta en la sentencia")
		f.Set("confirmed", "yes")
		if a = b.post(to, f); a.Code != http.StatusSeeOther {
			t.Fatalf("with a reason it is answered %d", a.Code)
		}
		page := b.get("/matters/" + s.matter)
		if !said(page.text, "Registrado tal como ocurrió") || !said(page.text, "Así consta en la sentencia") {
			t.Error("the page does not mark the entry, or hides the reason")
		}
	})
}

func TestWrongAnswersStandAtTheirFields(t *testing.T) {
	s := newSite(t)
	b, to := s.as("coordinator"), "/matters/"+s.matter+"/milestones"
	long := strings.Repeat("ñ", cases.MaxTitle+3)
	for name, f := range map[string]url.Values{
		"day":      fields("code", "event_detention", "day", "31/2/2006", "note", "kept"),
		"until":    fields("code", "hearing_granted", "day", "2006-01-01", "until", "mañana", "note", "kept"),
		"code":     fields("code", "", "day", "2006-01-01", "note", "kept"),
		"document": fields("code", "event_detention", "day", "2006-01-01", "document", long, "note", "kept"),
	} {
		a := b.post(to, f)
		if a.Code != http.StatusUnprocessableEntity || !said(a.text, `id="f-`+name+`-error"`) || !said(a.text, `href="#f-`+name+`"`) || !said(a.text, "kept") {
			t.Errorf("%s wrong: %d, no error at the field, or words lost", name, a.Code)
		}
		if typed := f.Get(name); typed != "" && !said(a.text, `value="`+typed+`"`) {
			t.Errorf("%s: what was typed is gone", name)
		}
		sound(t, a)
	}
	if a := b.post(to, fields("day-day", "21", "day-month", "3", "day-year", "2005", "code", "event_detention")); a.Code != http.StatusSeeOther {
		t.Errorf("a date in three parts is answered %d", a.Code)
	}
}

func TestTwoPeopleAtOnce(t *testing.T) {
	s := newSite(t)
	b, to := s.as("coordinator"), "/matters/"+s.matter+"/milestones"
	form := b.get(to + "/new")
	mine := fields("code", "event_detention", "day", "2004-11-10", "note", "lo mío", "version", hidden(form.text, "version"), "seen", hidden(form.text, "seen"))
	if a := b.post(to, fields("code", "event_deportation", "day", "2004-12-01", "note", "lo de otra persona")); a.Code != http.StatusSeeOther {
		t.Fatal(a.Code)
	}
	a := b.post(to, mine)
	if a.Code != http.StatusConflict || !said(a.text, "lo mío") || !said(a.text, "lo de otra persona") {
		t.Fatalf("the second is answered %d, or one of the two texts is missing", a.Code)
	}
	sound(t, a)
	mine.Set("version", hidden(a.text, "version"))
	if a = b.post(to, mine); a.Code != http.StatusSeeOther {
		t.Errorf("sent again it is answered %d", a.Code)
	}
}

func TestCorrectingAndWithdrawing(t *testing.T) {
	s := newSite(t)
	b, entry := s.as("coordinator"), "/matters/"+s.matter+"/milestones/1/correct"
	form := b.get(entry)
	sound(t, form)
	if !said(form.text, `value="1/3/2005"`) || !said(form.text, `value="petition_lodged" selected`) {
		t.Fatal("the form is not filled in with the entry")
	}
	f := fields("code", "petition_lodged", "day", "2005-03-02", "source", "acuse")
	if a := b.post(entry, f); a.Code != http.StatusUnprocessableEntity || !said(a.text, `id="f-reason-error"`) || !said(a.text, "acuse") {
		t.Fatalf("a correction without a reason is answered %d", a.Code)
	}
	f.Set("reason", "El acuse dice el 2")
	f.Set("confirmed", "yes")
	if a := b.post(entry, f); a.Code != http.StatusSeeOther {
		t.Fatalf("the correction is answered %d\n%s", a.Code, between(a.text, "<main", "</main>"))
	}
	page := b.get("/matters/" + s.matter)
	sound(t, page)
	if !said(page.text, `class="superseded"`) || !said(page.text, "El acuse dice el 2") || !said(page.text, "1 de marzo de 2005") || !said(page.text, "2 de marzo de 2005") {
		t.Error("the page does not show both the old entry and the new one")
	}
	if a := b.get(entry); a.Code != http.StatusOK || !said(a.text, "Esta entrada ya fue corregida") || said(a.text, "<textarea") {
		t.Errorf("a corrected entry is offered for correction again: %d", a.Code)
	}
	if a := b.post(entry, f); a.Code != http.StatusConflict {
		t.Errorf("correcting it twice is answered %d", a.Code)
	}
	last := "/matters/" + s.matter + "/milestones/3/correct"
	withdraw := fields("withdraws", "yes", "day", "no date", "reason", "")
	if a := b.post(last, withdraw); a.Code != http.StatusUnprocessableEntity || !said(a.text, `id="f-reason-error"`) {
		t.Errorf("withdrawing without a reason is answered %d", a.Code)
	}
	withdraw.Set("reason", "Era de otro asunto")
	a := b.post(last, withdraw)
	if a.Code != http.StatusSeeOther {
		t.Fatalf("withdrawing is answered %d", a.Code)
	}
	page = b.get(a.location())
	if !said(page.text, "Se retiró") || !said(page.text, "Retirado: no ocurrió") || !said(page.text, "Era de otro asunto") {
		t.Error("the withdrawn entry is not shown with its reason")
	}
	if len(s.milestones(s.matter).Counting()) != 1 {
		t.Error("the withdrawn entry still counts")
	}
	if a := b.get("/matters/" + s.matter + "/milestones/99/correct"); a.Code != http.StatusNotFound {
		t.Errorf("an entry that is not there is answered %d", a.Code)
	}
}

func TestWhoMayLog(t *testing.T) {
	s := newSite(t)
	f := fields("code", "event_detention", "day", "2004-11-10")
	for who, want := range map[string]int{"member": http.StatusForbidden, "leadership": http.StatusNotFound, "stranger": http.StatusNotFound, "coordinator": http.StatusSeeOther} {
		before := len(s.milestones(s.matter).Log)
		if a := s.as(who).post("/matters/"+s.matter+"/milestones", f); a.Code != want {
			t.Errorf("%s is answered %d, want %d", who, a.Code, want)
		}
		if n := len(s.milestones(s.matter).Log) - before; n != map[bool]int{true: 1}[want == http.StatusSeeOther] {
			t.Errorf("%s logged %d milestones", who, n)
		}
	}
	if page := s.as("member").get("/matters/" + s.matter); said(page.text, "/milestones/") {
		t.Error("a member is offered what is refused")
	}
}
