package handlers

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
)

// TestPrintedDossiersAreOnRecord: a PDF, its digest in the list, for whoever may print.
func TestPrintedDossiersAreOnRecord(t *testing.T) {
	s := newSite(t)
	for _, print := range []struct{ who, path, name string }{
		{"coordinator", "/matters/" + s.matter + "/dossier", "expediente-" + s.matter},
		{"member", "/matters/" + s.matter + "/dossier", "expediente-" + s.matter},
		{"leadership", "/plan/dossier", "avance-2006-06-30"},
	} {
		for _, paper := range []string{"A4", "Letter"} {
			b := s.as(print.who)
			a := b.post(print.path, fields("language", "en", "paper", paper))
			if a.Code != http.StatusOK || a.Header().Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(a.Body.Bytes(), []byte("%PDF-")) {
				t.Fatalf("%s prints %s: %d %s", print.who, print.path, a.Code, a.Header().Get("Content-Type"))
			}
			if got := a.Header().Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="`+print.name) {
				t.Errorf("the dossier is called %s", got)
			}
			sum := sha256.Sum256(a.Body.Bytes())
			list := b.get("/dossiers")
			sound(t, list)
			if !said(list.text, hex.EncodeToString(sum[:])) {
				t.Errorf("%s does not find the digest in the list", print.who)
			}
		}
	}
	for who, path := range map[string]string{"leadership": "/matters/" + s.matter + "/dossier", "stranger": "/matters/" + s.matter + "/dossier"} {
		if a := s.as(who).post(path, nil); a.Code != http.StatusNotFound {
			t.Errorf("%s prints a case: %d", who, a.Code)
		}
	}
	if a := s.as("member").post("/plan/dossier", nil); a.Code != http.StatusForbidden {
		t.Errorf("a member prints the progress: %d", a.Code)
	}
	if list := s.as("stranger").get("/dossiers"); said(list.text, s.matter) {
		t.Error("a stranger learns of a printed case")
	}
}

// TestThePlanCountsWithoutTelling: the count is the same for all who read it, the references are not.
func TestThePlanCountsWithoutTelling(t *testing.T) {
	s := newSite(t)
	if a := s.as("stranger").post("/matters/"+s.hidden+"/milestones", fields("code", "petition_lodged", "day", "2006-01-10")); a.Code != http.StatusSeeOther {
		t.Fatal(a.Code)
	}
	for who, mine := range map[string]string{"coordinator": s.matter, "stranger": s.hidden} {
		a := s.as(who).get("/plan")
		sound(t, a)
		other := map[string]string{s.matter: s.hidden, s.hidden: s.matter}[mine]
		if !said(a.text, "Se han presentado 2 de los 3") || !said(a.text, mine) || said(a.text, other) {
			t.Errorf("%s does not read two of three, or learns of another's matter", who)
		}
	}
	if a := s.as("member").get("/plan"); a.Code != http.StatusForbidden {
		t.Errorf("a member reads the plan: %d", a.Code)
	}
}

func TestWithoutAPlanThePageTeaches(t *testing.T) {
	s := newSite(t)
	s.must(s.registry.DB.Write.Exec("DELETE FROM indicators").Error)
	s.must(s.registry.DB.Write.Exec("DELETE FROM plans").Error)
	a := s.as("leadership").get("/plan")
	sound(t, a)
	if a.Code != http.StatusOK || !said(a.text, "Todavía no hay plan") {
		t.Errorf("answered %d", a.Code)
	}
}
