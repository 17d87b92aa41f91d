package templates

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"expediente/templates/locale"
	"expediente/templates/pagetest"
)

var galleryDir = flag.String("gallery", "", "write the gallery's pages into this folder, to look at them")

// galleryPages are the parts in use, each page with the data that its handler would give.
func galleryPages(lang, name string) map[string]any {
	base := Base{
		Lang: lang, CSRF: "token", Path: "/cases?page=2", PathOnly: "/cases", Search: "/search",
		User: User{"María Inés Portillo", "coordinator"}, Nav: "cases",
		Menu: Menu(func(string) bool { return true }, Counts{Cases: 7, Visits: 4, Evidence: 1412, Late: 2}),
		AsOf: date{2006, 6, 20}, AsOfIsToday: true, AsOfValue: "2006-06-20", Action: &Link{"Registrar un hito", "#", "add", ""},
	}
	then, stranger := base, Base{Lang: lang, CSRF: "token", Path: "/signin", Demo: true}
	then.AsOfIsToday, then.Nav, then.Notice, then.Demo = false, "plan", "Hito registrado.", true
	return map[string]any{
		"gallery/case":   galleryCase(base, name),
		"gallery/list":   galleryList(base, name),
		"gallery/plan":   galleryPlan(then),
		"gallery/form":   galleryForm(base),
		"gallery/signin": galleryForm(stranger),
		"errors/error":   ErrorPage{Base: base, Kind: "failed", ID: "7f3a-11", Points: []string{"Guardar como borrador"}},
	}
}

// gallerySet is the real set with the gallery's pages added.
func gallerySet(t testing.TB) *Set {
	t.Helper()
	all := fstest.MapFS{}
	copyInto(t, all, pages, ".", "")
	copyInto(t, all, os.DirFS("testdata"), ".", "")
	set, err := parseSet(catalogue(t), all)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func copyInto(t testing.TB, to fstest.MapFS, from fs.FS, root, prefix string) {
	t.Helper()
	err := fs.WalkDir(from, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(from, name)
		to[prefix+name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestGallery(t *testing.T) {
	set := gallerySet(t)
	long := strings.TrimSpace(strings.Repeat("Comunidades desplazadas de la frontera y otros contra el Estado ", 3))[:190] + "abcdefghij"
	names := map[string]string{"": "Ruiz y otros contra el Estado", "-long": long, "-hostile": `<script>alert(1)</script>"'&` + strings.Repeat("x", 200)}
	for _, lang := range catalogue(t).Languages() {
		for suffix, name := range names {
			for page, data := range galleryPages(lang, name) {
				var b bytes.Buffer
				if err := set.Render(&b, lang, page, data); err != nil {
					t.Fatal(err)
				}
				for _, fault := range pagetest.Faults(b.String()) {
					t.Errorf("%s%s in %s: %s", page, suffix, lang, fault)
				}
				keep(t, set, lang+"-"+filepath.Base(page)+suffix+".html", b.Bytes())
			}
		}
	}
}

// keep writes a page where the -gallery flag says, with its static files beside it.
func keep(t testing.TB, set *Set, name string, page []byte) {
	t.Helper()
	if *galleryDir == "" {
		return
	}
	for file, a := range set.static.files {
		page = bytes.ReplaceAll(page, []byte(StaticPath+a.digest+"/"+file), []byte(file))
		if err := os.WriteFile(filepath.Join(*galleryDir, file), a.plain, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(*galleryDir, name), page, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPageWeighsLittle(t *testing.T) {
	set := gallerySet(t)
	var page bytes.Buffer
	if err := set.Render(&page, "es", "gallery/case", galleryPages("es", "Ruiz")["gallery/case"]); err != nil {
		t.Fatal(err)
	}
	first := compressed(t, page.Bytes())
	for name, limit := range map[string]int{"expediente.css": 14000, "expediente.js": 4000} {
		size := len(set.static.files[name].gzipped)
		if first += size; size > limit {
			t.Errorf("%s weighs %d bytes, above %d", name, size, limit)
		}
	}
	if then := compressed(t, page.Bytes()); then > 15000 || first > 60000 {
		t.Errorf("a page weighs %d bytes at first and %d after", first, then)
	}
}

func BenchmarkRender(b *testing.B) {
	set := gallerySet(b)
	data := galleryPages("es", "Ruiz y otros")["gallery/case"]
	b.ReportAllocs()
	for b.Loop() {
		var w bytes.Buffer
		if err := set.Render(&w, "es", "gallery/case", data); err != nil {
			b.Fatal(err)
		}
	}
}

func compressed(t testing.TB, page []byte) int {
	t.Helper()
	a, err := newAsset("page.html", page)
	if err != nil {
		t.Fatal(err)
	}
	return len(a.gzipped)
}

var _ locale.Civil = date{}
