package cases_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"expediente/cases"
	"expediente/models"
)

// counting gives n bytes without holding them, as an upload does.
type counting struct{ n int64 }

func (c *counting) Read(p []byte) (int, error) {
	if c.n == 0 {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), c.n))
	for i := range p[:n] {
		p[i] = byte(c.n - int64(i))
	}
	c.n -= int64(n)
	return n, nil
}

func TestEvidenceComesBackAsItWas(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	const size = 20<<20 + 17 // three segments, the last one short
	want := sha256.New()
	io.Copy(want, &counting{size})
	code, err := b.AttachEvidence(b.ctx, b.coordinator, ref, cases.NewEvidence{Filename: `C:\fotos\puesto fronterizo.jpg`, Note: "del puesto"}, &counting{size})
	if err != nil {
		t.Fatal(err)
	}
	d, err := b.DownloadEvidence(b.ctx, b.coordinator, code)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	got := sha256.New()
	if n, err := io.Copy(got, d); err != nil || n != size {
		t.Fatalf("%d bytes came back (%v)", n, err)
	}
	if sum := hex.EncodeToString(want.Sum(nil)); sum != d.SHA256 || sum != hex.EncodeToString(got.Sum(nil)) {
		t.Error("the digest kept, the digest of what was sent and of what came back are not one")
	}
	if d.Title != "puesto fronterizo.jpg" || d.Filename != "puesto fronterizo.jpg" || d.Segments != 3 {
		t.Errorf("title %q, file %q, %d segments", d.Title, d.Filename, d.Segments)
	}
	var events []string
	b.DB.Read.Model(&models.CustodyEvent{}).Order("at, id").Pluck("event", &events)
	if strings.Join(events, " ") != "received downloaded" {
		t.Errorf("custody: %v", events)
	}
	b.whole(t)
}

func TestAnUploadCutOffLeavesNothing(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	before := b.entries(t)
	cut := io.MultiReader(&counting{9 << 20}, &failing{})
	if _, err := b.AttachEvidence(b.ctx, b.coordinator, ref, cases.NewEvidence{Filename: "a"}, cut); err == nil {
		t.Fatal("an upload that was cut off was taken")
	}
	if _, err := b.AttachEvidence(b.ctx, b.coordinator, ref, cases.NewEvidence{Filename: "a"}, strings.NewReader("")); !errors.As(err, new(models.Invalid)) {
		t.Errorf("an empty file gave %v", err)
	}
	if got := b.entries(t); got != before {
		t.Errorf("%d entries were left", got-before)
	}
	if files := stored(t, b); len(files) != 0 {
		t.Errorf("files were left: %v", files)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the line dropped") }

func stored(t *testing.T, b *bench) (files []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(b.data, "files"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestVerifyNamesTheSpoiledItem(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	var codes []string
	for _, content := range []string{"uno", "dos", "tres"} {
		code, err := b.AttachEvidence(b.ctx, b.coordinator, ref, cases.NewEvidence{Filename: content}, strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, code)
	}
	var spoiled []string
	verify := func() int {
		spoiled = nil
		n, _, err := b.VerifyEvidence(b.ctx, func(s cases.Spoiled) { spoiled = append(spoiled, s.Code+" "+s.Reference) })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := verify(); n != 3 || len(spoiled) != 0 {
		t.Fatalf("of %d intact files %v are called spoiled", n, spoiled)
	}
	var names []string
	b.DB.Read.Model(&models.Evidence{}).Order("received_at, id").Pluck("blob", &names)
	for _, path := range stored(t, b) {
		if strings.Contains(path, names[1]) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			content[len(content)-1] ^= 1
			os.Chmod(path, 0o600)
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if verify(); len(spoiled) != 1 || spoiled[0] != codes[1]+" "+ref {
		t.Errorf("spoiled: %v, want %s", spoiled, codes[1])
	}
	for _, path := range stored(t, b) {
		if strings.Contains(path, names[2]) {
			os.Remove(path)
		}
	}
	if verify(); len(spoiled) != 2 {
		t.Errorf("after removing a file, spoiled: %v", spoiled)
	}
}
