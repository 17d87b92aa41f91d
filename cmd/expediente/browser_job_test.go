package main

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"expediente/models"
	"expediente/models/modelstest"
)

const (
	title = "Familias de la frontera y otros"
	sworn = "Declaración jurada"
)

// The main job in a browser: from a new case to the target that moves, with its evidence and its
// dossiers, and nothing left behind for who comes after.
func TestBrowserMainJob(t *testing.T) {
	address, people := startDemo(t)
	b := open(t, address)

	b.signIn(people[models.Coordinator])
	if day := ask[string](b, `document.querySelector("[name=asof]").value`); day != "2006-06-30" {
		t.Errorf("the demonstration opens on %s, want 2006-06-30", day)
	}
	b.wantTarget(2)
	reference := b.openCase(title)
	b.wantTarget(2) // a case in preparation does not count
	b.logNext(reference, "petition_lodged", "2006-06-15")
	b.wantTarget(3)
	wantLinked(b, reference)

	b.evidence(reference)
	b.visit("/matters/"+reference, http.StatusOK)
	stage := b.text(`[aria-current=step] b`)
	b.dossier("/matters/"+reference+"/dossier", reference, stage)
	b.visit("/plan", http.StatusOK)
	b.dossier("/plan/dossier", reference)

	b.correct(reference)
	b.wantTarget(2)

	b.signOut()
	wantNothingLeft(b, title, sworn)
	b.signIn(people[models.Member])
	wantNoLogging(b, reference)
	b.signOut()
	b.signIn(people[models.Leadership])
	wantPlanOnly(b, reference)
}

// wantLinked wants the case among those that the road counts.
func wantLinked(b *tab, reference string) {
	b.t.Helper()
	if !strings.Contains(b.text("figure table"), reference) {
		b.t.Errorf("%s counts, and the road's table does not name it", reference)
	}
}

// evidence attaches a file, compares the digest on the page with the file's, and takes it back.
func (b *tab) evidence(reference string) {
	b.t.Helper()
	content := make([]byte, 300_000)
	rand.Read(content)
	path := filepath.Join(b.t.TempDir(), "declaración jurada.bin")
	b.must(os.WriteFile(path, content, 0o600))
	b.attach(reference, sworn, path)
	if at := b.path(); !strings.HasPrefix(at, "/matters/"+reference) {
		b.t.Fatalf("attaching led to %s: %s", at, b.text("main"))
	}
	sum := sha256.Sum256(content)
	if digest := hex.EncodeToString(sum[:]); !strings.Contains(b.text("main"), digest) {
		b.t.Errorf("the page does not show the file's digest %s", digest)
	}
	for range 2 { // a second time without opening the page again, once a double press is ruled out
		do(b, "waiting until it may be sent", chromedp.Poll[bool](`!document.querySelector("form[data-sent]")`))
		name, back := b.download(`form[action^="/evidence/"][action$="/download"] button`)
		if name != filepath.Base(path) {
			b.t.Errorf("the file comes back as %q", name)
		}
		if !bytes.Equal(back, content) {
			b.t.Errorf("%d bytes went in, other %d came back", len(content), len(back))
		}
	}
}

// dossier prints from the form that is on the page, and wants a sound PDF that says all words, and
// whose digest the list of dossiers shows.
func (b *tab) dossier(action string, words ...string) {
	b.t.Helper()
	name, pdf := b.download(fmt.Sprintf(`form[action="%s"] button`, action))
	if !strings.HasSuffix(name, ".pdf") || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		b.t.Fatalf("%s hands out %q, which begins with %q", action, name, pdf[:min(20, len(pdf))])
	}
	b.t.Run("printed "+name, func(t *testing.T) { wantSound(t, pdf, words) })
	b.visit("/dossiers", http.StatusOK)
	sum := sha256.Sum256(pdf)
	if !strings.Contains(b.text("main"), hex.EncodeToString(sum[:])) {
		b.t.Errorf("the list of dossiers does not show the digest of %s", name)
	}
}

// wantSound checks a PDF with tools that are not ours.
func wantSound(t *testing.T, pdf []byte, words []string) {
	path := filepath.Join(t.TempDir(), "dossier.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	qpdf, err := exec.LookPath("qpdf")
	modelstest.Need(t, err == nil, "qpdf is not here, so the structure of a dossier cannot be checked")
	if out, err := exec.Command(qpdf, "--check", path).CombinedOutput(); err != nil {
		t.Errorf("qpdf --check: %v\n%s", err, out)
	}
	reader, err := exec.LookPath("pdftotext")
	modelstest.Need(t, err == nil, "pdftotext is not here, so a dossier cannot be read back")
	out, err := exec.Command(reader, path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range words {
		if !strings.Contains(strings.Join(strings.Fields(string(out)), " "), text) || text == "" {
			t.Errorf("the dossier does not say %q", text)
		}
	}
}

// correct moves the lodging to before the plan began; the old entry stays to be read.
func (b *tab) correct(reference string) {
	b.t.Helper()
	address, reason := "/matters/"+reference+"/milestones/1/correct", "El sello de recepción dice otra fecha"
	b.visit("/matters/"+reference, http.StatusOK)
	b.press(fmt.Sprintf(`a[href="%s"]`, address))
	b.fill("day", "2003-02-20")
	b.fill("reason", reason)
	b.send(address)
	if !strings.HasPrefix(b.path(), "/matters/"+reference+"?") {
		b.t.Fatalf("correcting led to %s: %s", b.path(), b.text("[role=alert]"))
	}
	if !b.shows(`#m-1 time[datetime="2006-06-15"]`) || !b.shows(`#m-1 a[href="#m-2"]`) || !strings.Contains(b.text("#m-1"), reason) {
		b.t.Errorf("the entry that was corrected is not shown as superseded, with its reason: %q", b.text("#m-1"))
	}
	if !b.shows(`#m-2 time[datetime="2003-02-20"]`) {
		b.t.Error("the correction is not in the log")
	}
}

// wantNothingLeft goes back after the sign-out, as the next person at the desk would.
func wantNothingLeft(b *tab, private ...string) {
	b.t.Helper()
	for range 3 {
		b.back()
		shown := ask[string](b, "document.documentElement.outerHTML")
		for _, text := range private {
			if strings.Contains(shown, text) {
				b.t.Errorf("after the sign-out, going back to %s shows %q", b.path(), text)
			}
		}
		if at := b.path(); !strings.HasPrefix(at, "/signin") {
			b.t.Errorf("after the sign-out, going back leads to %s", at)
		}
	}
}

// wantNoLogging wants that a member reads a case and logs nothing in it, by no way.
func wantNoLogging(b *tab, hidden string) {
	b.t.Helper()
	b.visit("/matters/"+hidden, http.StatusNotFound) // a member of the group, and not of this case
	b.visit("/cases", http.StatusOK)
	b.press(`main a[href^="/matters/"]`)
	at := b.path()
	if b.shows(`a[href*="/milestones/"]`) {
		b.t.Error("a member is offered to log a milestone")
	}
	b.expect(at+"/milestones", http.StatusForbidden)
	status := ask[int](b, fmt.Sprintf(`fetch("%s/milestones", {method: "POST", body: new URLSearchParams({
		csrf: document.querySelector("[name=csrf]").value, version: "1", code: "hearing_held",
		"day-day": "1", "day-month": "6", "day-year": "2006"})}).then(r => r.status)`, at))
	if status != http.StatusForbidden {
		b.t.Errorf("a member who logs a milestone all the same is answered %d", status)
	}
	b.visit(at+"/milestones/new", http.StatusForbidden)
}

// wantPlanOnly wants that leadership sees how far the plan is, prints it, and opens no case.
func wantPlanOnly(b *tab, reference string) {
	b.t.Helper()
	for _, path := range []string{"/", "/plan"} {
		b.visit(path, http.StatusOK)
		if n, of := b.target(); n != 2 || of != 3 {
			b.t.Errorf("leadership sees %d of %d at %s", n, of, path)
		}
		if shown := ask[string](b, "document.documentElement.outerHTML"); strings.Contains(shown, title) || strings.Contains(shown, `"/matters/`) {
			b.t.Errorf("leadership sees a case at %s", path)
		}
	}
	b.dossier("/plan/dossier", reference)
	b.visit("/matters/"+reference, http.StatusNotFound)
}
