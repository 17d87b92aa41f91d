// Package templates answers: what does the reader see?
//
// It holds the pages, the words (package locale), the styles and the one small script. A page
// is a file <noun>/<page>.html that defines "title" and "content"; base.html puts the frame
// around it, or the bare frame when nobody is signed in. Pieces shared by pages lie in _parts/
// as _name.html, each with a small struct in parts.go that says what it needs.
//
//	set, err := templates.New(catalogue)
//	err = set.Render(w, "es", "cases/list", casesList{Base: base, Rows: rows})
//
// Every page's struct embeds Base. Templates get structs, never maps.
//
// # What a page may call
//
//	t "key" "name" value …     the words of a key (locale.Words.Say)
//	say key args               the same with the args as one slice, as engines give reasons
//	why reason                 the words of any struct with fields Key and Args; "" without a key,
//	                           so (field …).Failed (why (index .Problems "title")) does for a field
//	day d, shortday d, onday d a day in full, for a column, in a sentence
//	iso d                      a day for machines: "2006-03-21", "2006-03"
//	instant at zone            a moment on the clocks of a place
//	number n, percent f, bytes n, join list, name thing (a thing with In(lang))
//	icon "print"               an inline drawing, hidden from screen readers
//	asset "expediente.css"     the address of a static file, with its digest in it
//	lang, langs                the page's language, and all there are
//
// and, to feed the parts, pill tone text; field name label value (its methods add the rest);
// options (option value text) …; crumbs (link text href) …; figures (figure value text) …;
// message tone title text; empty icon title text example; summary field ….
//
// # What a page is made of
//
// testdata/gallery holds a page of each kind, and gallery_data_test.go the data for it; package
// pagetest checks any page that a test gets hold of.
//
//	_crumbs Crumbs             the way here
//	div.head                   the h1 with one sentence on where things stand, and p.actions
//	section.card               with an h2; div.cols of two div.stack; div.halves; div.text
//	_track StageTrack          where a matter stands
//	_deadline DeadlineRow      one deadline; _dayblock (dayblock d) is its calendar leaf
//	_log []LogItem             milestones, the corrected ones struck through
//	_exhibit ExhibitRow        one piece of evidence
//	_road RoadChart            the road to a target, with its table; _spark Spark; _bar Bar
//	_figures []Figure          large numbers
//	_pill Pill                 a state in a word, a colour and a shape
//	_message Message           a remark; _empty Empty where a list has nothing yet
//	table.cards                cells named by data-label: cards on a phone. td.num, td.nowrap
//	dl.facts                   names and values
//	form.filters               over a list, by GET; _pager Pager under it
//	form.form                  _problems Summary on top, _field Field, p.actions with button.btn
//	_confirm Confirm           asks once more
//	.btn (.primary .danger .small .wide), .quiet, .muted, .small, .mono, .lead, .hidden
//
// A POST form carries {{.CSRF}} in the field csrf; one with files is multipart. The script adds
// what can be added: it shows the progress of any form with files, and reads a setup code from
// behind the # of the address into input[data-from-hash].
//
// # Decisions
//
// Everything is parsed when the program starts, once per language, with the functions bound to
// its words: a request neither parses nor clones. A page is rendered to a pooled buffer first,
// so that a failure half-way shows the error page and not half a page. The pages carry no
// style attribute and no inline script, because the content policy allows neither; charts are
// SVG with classes. Neither the browser's spelling service nor its translator is let near the
// texts, since both may send them away. Static files are served under their digest and kept by browsers for a year.
// No framework: one style sheet under 14 kB on the wire, one script that only adds comfort.
package templates

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"expediente/templates/locale"
)

//go:embed base.html */*.html
var pages embed.FS

// Set is every page in every language, parsed. It is safe for use by several goroutines.
type Set struct {
	pages   map[string]map[string]*template.Template // language → page → template
	names   []string
	buffers sync.Pool
	static  *static
}

// New parses all pages for every language of the catalogue. It fails on a page that does not
// parse, that lacks "title" or "content", or that calls a piece nobody wrote.
func New(cat *locale.Catalogue) (*Set, error) { return parseSet(cat, pages) }

func parseSet(cat *locale.Catalogue, source fs.FS) (*Set, error) {
	assets, err := newStatic()
	if err != nil {
		return nil, err
	}
	s := &Set{pages: map[string]map[string]*template.Template{}, static: assets}
	s.buffers.New = func() any { return new(bytes.Buffer) }
	if s.names, err = pageNames(source); err != nil {
		return nil, err
	}
	for _, lang := range cat.Languages() {
		if s.pages[lang], err = parseLanguage(source, s.names, cat, lang, assets); err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
	}
	return s, nil
}

// pageNames lists the pages: every noun/page.html whose folder and file have no underscore first.
func pageNames(source fs.FS) ([]string, error) {
	files, err := fs.Glob(source, "*/*.html")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, file := range files {
		if !strings.HasPrefix(file, "_") && !strings.HasPrefix(path.Base(file), "_") {
			names = append(names, strings.TrimSuffix(file, ".html"))
		}
	}
	return names, nil
}

func parseLanguage(source fs.FS, names []string, cat *locale.Catalogue, lang string, assets *static) (map[string]*template.Template, error) {
	frame := template.New("base.html").Option("missingkey=error").Funcs(funcs(cat.For(lang), cat.Languages(), assets))
	frame, err := frame.ParseFS(source, "base.html", "_parts/_*.html")
	if err != nil {
		return nil, err
	}
	parsed := map[string]*template.Template{}
	for _, name := range names {
		page, err := frame.Clone()
		if err != nil {
			return nil, err
		}
		if page, err = page.ParseFS(source, own(source, name)...); err != nil {
			return nil, err
		}
		if err := complete(page); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		parsed[name] = page
	}
	return parsed, nil
}

// own lists the files of one page: itself, and the pieces of its folder.
func own(source fs.FS, name string) []string {
	pieces, err := fs.Glob(source, path.Dir(name)+"/_*.html")
	if err != nil { // only a malformed pattern fails, and this one is not
		return []string{name + ".html"}
	}
	return append(pieces, name+".html")
}

// complete checks that a page has its two halves and calls nothing that does not exist.
func complete(page *template.Template) error {
	for _, half := range []string{"title", "content"} {
		if page.Lookup(half) == nil {
			return fmt.Errorf("%q is not defined", half)
		}
	}
	for _, t := range page.Templates() {
		if t.Tree == nil {
			continue
		}
		for _, called := range calls(t.Tree.Root) {
			if page.Lookup(called) == nil {
				return fmt.Errorf("%s calls %q, which is not defined", t.Name(), called)
			}
		}
	}
	return escapes(page)
}

// escapes runs a page without data, only to have its escaping worked out now: what is wrong with
// the data is expected, what is wrong with the page is not.
func escapes(page *template.Template) error {
	var wrong *template.Error
	if err := page.ExecuteTemplate(io.Discard, "base.html", nil); errors.As(err, &wrong) {
		return wrong
	}
	return nil
}

// calls lists the templates that a list of nodes calls, at any depth.
func calls(list *parse.ListNode) (names []string) {
	if list == nil {
		return nil
	}
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.TemplateNode:
			names = append(names, n.Name)
		case *parse.IfNode:
			names = append(names, append(calls(n.List), calls(n.ElseList)...)...)
		case *parse.RangeNode:
			names = append(names, append(calls(n.List), calls(n.ElseList)...)...)
		case *parse.WithNode:
			names = append(names, append(calls(n.List), calls(n.ElseList)...)...)
		}
	}
	return names
}

// Pages lists the pages by name: "cases/list".
func (s *Set) Pages() []string { return slices.Clone(s.names) }

// Declare compares the pages there are with those a caller means to show, and tells of each
// page that is missing or that nobody shows. Call it at start.
func (s *Set) Declare(shown ...string) error {
	var errs []error
	for _, name := range shown {
		if !slices.Contains(s.names, name) {
			errs = append(errs, fmt.Errorf("templates: the page %q is missing", name))
		}
	}
	for _, name := range s.names {
		if !slices.Contains(shown, name) {
			errs = append(errs, fmt.Errorf("templates: nobody shows the page %q", name))
		}
	}
	return errors.Join(errs...)
}

// Render writes a page ("cases/list") in a language; data is the page's struct, which embeds
// Base. Nothing is written when it fails.
func (s *Set) Render(w io.Writer, lang, page string, data any) error {
	pages, ok := s.pages[lang]
	if !ok {
		pages = s.pages[locale.Default]
	}
	t := pages[page]
	if t == nil {
		return fmt.Errorf("templates: the page %q is missing", page)
	}
	b := s.buffers.Get().(*bytes.Buffer)
	defer s.buffers.Put(b)
	b.Reset()
	if err := t.ExecuteTemplate(b, "base.html", data); err != nil {
		return fmt.Errorf("templates: %s in %s: %w", page, lang, err)
	}
	_, err := w.Write(b.Bytes())
	return err
}
