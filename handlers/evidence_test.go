package handlers

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"expediente/cases"
)

// attach attaches a file and gives its code.
func (b *browser) attach(filename string, content []byte, pairs ...string) string {
	b.t.Helper()
	pairs = append([]string{"csrf", b.token()}, pairs...)
	a := b.upload("/matters/"+b.matter+"/evidence", "file", filename, content, pairs...)
	_, code, ok := strings.Cut(a.location(), "?attached=")
	if a.Code != http.StatusSeeOther || !ok {
		b.t.Fatalf("attaching %q is answered %d\n%s", filename, a.Code, between(a.text, "<main", "</main>"))
	}
	return code
}

// TestBytesComeBackAsTheyWereSent: attached, listed with their digest, downloaded, equal.
func TestBytesComeBackAsTheyWereSent(t *testing.T) {
	s := newSite(t)
	b := s.as("member")
	for name, content := range map[string][]byte{
		"acta niñez \"7\".pdf":  append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte{0, 1, 2, 254, 255}, 40_000)...),
		"<script>alert(1).html": []byte("<script>alert(1)</script>"),
		"one":                   {0},
	} {
		code := b.attach(name, content, "title", "Prueba "+name, "note", "De la familia", "milestone", "1")
		sum := sha256.Sum256(content)
		digest := hex.EncodeToString(sum[:])
		page := b.get("/matters/" + s.matter + "?attached=" + code)
		sound(t, page)
		if !said(between(page.text, `role="status"`, "</div>"), digest) {
			t.Errorf("%q: the notice does not give the digest", name)
		}
		a := b.post("/evidence/"+code+"/download", nil)
		if a.Code != http.StatusOK || !bytes.Equal(a.Body.Bytes(), content) {
			t.Fatalf("%q came back as %d bytes of %d, status %d", name, a.Body.Len(), len(content), a.Code)
		}
		h := a.Header()
		_, values, err := mime.ParseMediaType(h.Get("Content-Disposition"))
		if err != nil || values["filename"] != safeName(name, code) {
			t.Errorf("%q: Content-Disposition is %q", name, h.Get("Content-Disposition"))
		}
		if !strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Length") != fmt.Sprint(len(content)) {
			t.Errorf("%q: headers %v", name, h)
		}
		if kind := h.Get("Content-Type"); kind != "application/pdf" && kind != "application/octet-stream" {
			t.Errorf("%q is handed out as %s", name, kind)
		}
	}
	list := b.get("/evidence")
	sound(t, list)
	if strings.Count(list.text, `class="exhibit"`) != 3 || said(list.text, "<script>alert") || !said(list.text, s.matter) {
		t.Error("the list of evidence does not show the three items as text")
	}
	if got, want := s.audited("evidence.attach"), 3; got != want {
		t.Errorf("%d attachments in the log, want %d", got, want)
	}
	if got := s.audited("evidence.download"); got != 3 {
		t.Errorf("%d downloads in the log, want 3", got)
	}
}

func TestARefusedFileKeepsTheTexts(t *testing.T) {
	s := newSite(t)
	b, to := s.as("member"), "/matters/"+s.matter+"/evidence"
	texts := []string{"csrf", b.token(), "title", "Un título tecleado", "note", "Una nota tecleada", "milestone", "1"}
	t.Run("an empty file", func(t *testing.T) {
		a := b.upload(to, "file", "vacío.txt", nil, texts...)
		refusedAt(t, a, http.StatusUnprocessableEntity, "f-file-error")
	})
	t.Run("no file", func(t *testing.T) {
		refusedAt(t, b.upload(to, "file", "", nil, texts...), http.StatusUnprocessableEntity, "f-file-error")
		refusedAt(t, b.upload(to, "", "", nil, texts...), http.StatusUnprocessableEntity, "f-file-error")
	})
	t.Run("a title that is too long", func(t *testing.T) {
		long := append([]string{}, texts...)
		long[3] += strings.Repeat("x", cases.MaxTitle)
		refusedAt(t, b.upload(to, "file", "a.txt", []byte("a"), long...), http.StatusUnprocessableEntity, "f-title-error")
	})
	t.Run("a file that is too large", func(t *testing.T) {
		var body strings.Builder
		for i := 0; i < len(texts); i += 2 {
			fmt.Fprintf(&body, "--b\r\nContent-Disposition: form-data; name=%q\r\n\r\n%s\r\n", texts[i], texts[i+1])
		}
		body.WriteString("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\na")
		r := httptest.NewRequest(http.MethodPost, to, strings.NewReader(body.String()))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		r.ContentLength = cases.MaxEvidence + 2*maxForm
		a := b.do(r)
		refusedAt(t, a, http.StatusRequestEntityTooLarge, "f-file-error")
		if !said(a.text, "2,1") {
			t.Error("the refusal does not say how large a file may be")
		}
	})
	if n := len(s.milestones(s.matter).Evidence); n != 0 {
		t.Errorf("%d items were kept", n)
	}
	if left := stored(t, s); left != 0 {
		t.Errorf("%d files were left behind", left)
	}
}

func refusedAt(t *testing.T, a answer, status int, id string) {
	t.Helper()
	if a.Code != status || !said(a.text, `id="`+id+`"`) {
		t.Fatalf("answered %d without an error at %s\n%s", a.Code, id, between(a.text, "<main", "</main>"))
	}
	if !said(a.text, "Un título tecleado") || !said(a.text, "Una nota tecleada") || !said(a.text, `<option value="1" selected>`) {
		t.Error("what was typed is gone")
	}
	sound(t, a)
}

// TestAFileIsNotTakenFromAForgedForm: the token comes first, or nothing is received.
func TestAFileIsNotTakenFromAForgedForm(t *testing.T) {
	s := newSite(t)
	b, to := s.as("member"), "/matters/"+s.matter+"/evidence"
	for name, pairs := range map[string][]string{"without": {"title", "x"}, "wrong": {"csrf", "wrong", "title", "x"}} {
		if a := b.upload(to, "file", "a.txt", []byte("a"), pairs...); a.Code != http.StatusForbidden {
			t.Errorf("%s a token it is answered %d", name, a.Code)
		}
	}
	read := &counting{Reader: strings.NewReader(strings.Repeat("x", 1<<20))}
	r := httptest.NewRequest(http.MethodPost, to, io.MultiReader(strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"), read))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	if a := b.do(r); a.Code != http.StatusForbidden || read.n > 64<<10 {
		t.Errorf("a file before the token is answered %d after %d bytes", a.Code, read.n)
	}
	if n := len(s.milestones(s.matter).Evidence); n != 0 {
		t.Errorf("%d items were kept", n)
	}
}

type counting struct {
	io.Reader
	n int
}

func (c *counting) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += n
	return n, err
}

// TestAnUploadCutOffLeavesNothing: no row, no bytes.
func TestAnUploadCutOffLeavesNothing(t *testing.T) {
	s := newSite(t)
	b := s.as("member")
	body := "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + b.token() + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf of a"
	r := httptest.NewRequest(http.MethodPost, "/matters/"+s.matter+"/evidence", strings.NewReader(body))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	if a := b.do(r); a.Code != http.StatusBadRequest {
		t.Errorf("answered %d\n%s", a.Code, s.log)
	}
	if n := len(s.milestones(s.matter).Evidence); n != 0 || stored(t, s) != 0 {
		t.Errorf("%d rows and %d files are left", n, stored(t, s))
	}
}

func TestEvidenceIsForWhoIsInTheMatter(t *testing.T) {
	s := newSite(t)
	code := s.as("member").attach("a.txt", []byte("a"))
	for _, who := range []string{"stranger", "leadership"} {
		b := s.as(who)
		hidden, absent := b.post("/evidence/"+code+"/download", nil), b.post("/evidence/E-ABSENT22/download", nil)
		if hidden.Code != http.StatusNotFound || hidden.text != strings.ReplaceAll(absent.text, "E-ABSENT22", code) {
			t.Errorf("%s is answered %d, and not as for an absent item", who, hidden.Code)
		}
		if a := b.upload("/matters/"+s.matter+"/evidence", "file", "b.txt", []byte("b"), "csrf", b.token()); a.Code != http.StatusNotFound {
			t.Errorf("%s attaches: %d", who, a.Code)
		}
		if said(b.get("/evidence").text, code) {
			t.Errorf("%s finds it in the list", who)
		}
	}
	if s.audited("evidence.download") != 0 {
		t.Error("a refused download was recorded as one")
	}
}

// stored counts the files in the store, named by a row or not.
func stored(t *testing.T, s *site) (n int) {
	t.Helper()
	_, err := s.registry.Files.Sweep(t.Context(), func(string) (bool, error) { n++; return true, nil }, s.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return n
}
