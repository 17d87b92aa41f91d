// Package locale answers: how is it said, in the reader's language?
//
// Everything a person reads is looked up here by a key. The words lie in one folder a language,
// one YAML file an area (es/reasons.yaml), and the area is the first part of every key
// (reasons.length). A language is added by adding its folder: month names, list words and
// number signs are words too and lie in common.yaml.
//
// A message may hold places for values, written {{.name}}. A day can be set in its sentence by
// {{on .name}} ("el 21 de febrero de 2006", "en febrero de 2006"), {{the .name}} ("el 21 de
// febrero de 2006", "febrero de 2006") and {{short .name}} ("21 feb 2006"). A message that
// depends on a count has the plural forms of its language (one, many, other), chosen by the
// value named n.
//
// # Decisions
//
// Messages without values are plain strings found in one map look-up; the others are cut into
// pieces when the catalogue is loaded, and never parsed again. go-i18n is asked which plural
// form a count takes, because its tables know that Spanish says "un millón de días" (many) and
// those of x/text do not. Its template engine is not used: a sentence needs places, not a
// programming language. A key without words is shown as ⟦key⟧ rather than in another language,
// so that it is seen and mended.
package locale

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Default is the language of who says nothing about theirs.
const Default = "es"

//go:embed */*.yaml
var files embed.FS

// Catalogue holds the words of every language. It does not change once loaded.
type Catalogue struct {
	langs   []string // Default first, the others by name
	words   map[string]*Words
	matcher language.Matcher
}

// Load reads the embedded words of every language. It fails on a file that is not understood,
// with the file and the key in the error.
func Load() (*Catalogue, error) { return load(files) }

func load(source fs.FS) (*Catalogue, error) {
	folders, err := fs.ReadDir(source, ".")
	if err != nil {
		return nil, err
	}
	c := &Catalogue{words: map[string]*Words{}}
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		w, err := loadWords(source, folder.Name())
		if err != nil {
			return nil, err
		}
		c.words[w.lang], c.langs = w, append(c.langs, w.lang)
	}
	if c.words[Default] == nil {
		return nil, fmt.Errorf("locale: no words in %q", Default)
	}
	slices.SortFunc(c.langs, defaultFirst)
	tags := make([]language.Tag, len(c.langs))
	for i, lang := range c.langs {
		tags[i] = c.words[lang].tag
	}
	c.matcher = language.NewMatcher(tags)
	return c, nil
}

func defaultFirst(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == Default:
		return -1
	case b == Default:
		return 1
	}
	return strings.Compare(a, b)
}

func loadWords(source fs.FS, lang string) (*Words, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("locale: folder %q: %w", lang, err)
	}
	w := &Words{lang: lang, tag: tag, plain: map[string]string{}, messages: map[string]*message{}}
	names, err := fs.Glob(source, lang+"/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(source, name)
		if err != nil {
			return nil, err
		}
		area := strings.TrimSuffix(path.Base(name), ".yaml")
		if err := w.read(area, text); err != nil {
			return nil, fmt.Errorf("locale: %s: %w", name, err)
		}
	}
	if w.forms, err = newForms(tag); err != nil {
		return nil, err
	}
	w.learn()
	return w, nil
}

// Languages lists the languages there are words for, Default first.
func (c *Catalogue) Languages() []string { return slices.Clone(c.langs) }

// For gives the words of a language ("es", "en"), and those of Default for any other.
func (c *Catalogue) For(lang string) *Words {
	if w := c.words[lang]; w != nil {
		return w
	}
	return c.words[Default]
}

// Match chooses a language by a browser's Accept-Language header; Default when none fits.
func (c *Catalogue) Match(acceptLanguage string) string {
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return Default
	}
	_, i, sure := c.matcher.Match(wanted...)
	if sure == language.No {
		return Default
	}
	return c.langs[i]
}
