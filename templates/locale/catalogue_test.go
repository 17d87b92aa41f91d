package locale

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// learned are the beginnings of keys that this package itself puts together.
var learned = []string{"common.date.", "common.list.", "common.month.", "common.month_short.", "common.number."}

// vocabulary is what pages choose their buttons and states from. It is kept whole, so that two
// pages never find two words for one thing; not every word is in use at every time.
var vocabulary = []string{"common.action.", "common.status.", "common.due.", "common.word.", "common.log.", "common.filters.", "errors."}

// TestLanguagesAgree compares every language with the default one: same keys, same values set
// in, and the plural forms that each language has.
func TestLanguagesAgree(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	want := c.For(Default)
	for _, lang := range c.Languages() {
		w := c.For(lang)
		for _, key := range missing(want.Keys(), w.Keys()) {
			t.Errorf("%s lacks %s", lang, key)
		}
		for _, key := range missing(w.Keys(), want.Keys()) {
			t.Errorf("%s lacks %s", Default, key)
		}
		for _, key := range w.Keys() {
			if got, want := w.places(key), want.places(key); !slices.Equal(got, want) {
				t.Errorf("%s %s sets in %v, %s sets in %v", lang, key, got, Default, want)
			}
		}
	}
}

func missing(wanted, have []string) (list []string) {
	for _, key := range wanted {
		if _, ok := slices.BinarySearch(have, key); !ok {
			list = append(list, key)
		}
	}
	return list
}

// places lists the names of the values that a key sets in, in any of its forms.
func (w *Words) places(key string) []string {
	names := map[string]bool{}
	if m := w.messages[key]; m != nil {
		for _, form := range m.forms {
			for _, p := range form {
				if p.arg != "" {
					names[p.arg] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// TestFormsAreComplete wants the forms of counts below a thousand. The form of millions may be
// left out where nobody counts so far: it falls to "other".
func TestFormsAreComplete(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range c.Languages() {
		w := c.For(lang)
		needed, known := map[form]bool{other: true}, map[form]bool{w.forms.of(1000000): true}
		for _, f := range w.forms.small {
			needed[f], known[f] = true, true
		}
		for key, m := range w.messages {
			for f := range needed {
				if m.plural && m.forms[f] == nil {
					t.Errorf("%s %s lacks the form %q", lang, key, formNames[f])
				}
			}
			for f := range m.forms {
				if m.plural && m.forms[f] != nil && !known[form(f)] {
					t.Errorf("%s %s has the form %q, which the language does not", lang, key, formNames[f])
				}
			}
		}
		for key, text := range w.plain {
			if text == "" {
				t.Errorf("%s %s is empty", lang, key)
			}
		}
	}
}

var (
	said    = regexp.MustCompile(`(?:\bt |\(t |Say\(|Key:\s*|Add\("[a-z_]*", )"([a-z_]+\.[a-z0-9_.]*[a-z0-9])"`)
	literal = regexp.MustCompile(`\b([a-z_]+\.[a-z0-9_.]*[a-z0-9])\b`)
	started = regexp.MustCompile(`"([a-z_]+\.(?:[a-z0-9_.]*[._])?)"`)
)

// TestKeysAndUses reads the program and its pages: every key used has words, and all words are
// used. A text that ends in a point or a stroke ("plan.pace.") is the beginning of keys whose end
// is chosen while the program runs. Words are asked for their use once a page speaks of their
// area.
func TestKeysAndUses(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	w := c.For(Default)
	used, onPages := map[string]bool{}, map[string]bool{}
	built := slices.Concat(learned, vocabulary)
	areas := map[string]bool{}
	for _, key := range w.Keys() {
		areas[area(key)] = true
	}
	read(t, func(name, text string) {
		for _, m := range literal.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
		for _, m := range started.FindAllStringSubmatch(text, -1) {
			built = append(built, m[1])
		}
		for _, m := range said.FindAllStringSubmatch(text, -1) {
			onPages[area(m[1])] = onPages[area(m[1])] || strings.HasSuffix(name, ".html")
			if areas[area(m[1])] && !w.Has(m[1]) && !slices.Contains(learned, m[1][:strings.LastIndex(m[1], ".")+1]) {
				t.Errorf("%s says %s, which has no words", name, m[1])
			}
		}
	})
	for _, key := range w.Keys() {
		starts := func(prefix string) bool { return strings.HasPrefix(key, prefix) }
		if onPages[area(key)] && !used[key] && !slices.ContainsFunc(built, starts) {
			t.Errorf("nobody says %s", key)
		}
	}
}

func area(key string) string {
	first, _, _ := strings.Cut(key, ".")
	return first
}

// read hands every file that may name a key to f: code without its tests, pages, and the
// definitions of procedures.
func read(t *testing.T, f func(name, text string)) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join("..", ".."), func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := entry.Name(); entry.IsDir() {
			if base == ".git" || base == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		words := strings.Contains(filepath.ToSlash(name), "templates/locale/")
		ext := filepath.Ext(name)
		if strings.HasSuffix(name, "_test.go") || (ext == ".yaml" && words) || (ext != ".go" && ext != ".html" && ext != ".yaml") {
			return nil
		}
		text, err := os.ReadFile(name)
		f(name, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLoadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"a: [1, 2]":                "a text is wanted",
		"a: 3":                     "a text is wanted",
		`a: "x {{.n"`:              "a place is written",
		`a: {one: "1", many: "m"}`: "",
		"x: y\nx: z":               "x",
		"area: {a: b}\na: c":       "written twice",
	} {
		_, err := load(fstest.MapFS{"es/area.yaml": {Data: []byte(text)}})
		if (err == nil) != (want == "") || (err != nil && !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	if _, err := load(fstest.MapFS{"en/area.yaml": {Data: []byte("a: b")}}); err == nil {
		t.Error("a catalogue without the default language was loaded")
	}
}
