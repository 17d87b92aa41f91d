package templates

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// The name of the product is the same in every language, and so are names of keys and formats.
var unspoken = regexp.MustCompile(`Expediente|PDF|A4|Letter|PA-7Q4FM|sha256|SHA-256`)

// action is what the template engine replaces.
var action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// spoken are the attributes that people read or hear.
var spoken = map[string]bool{"alt": true, "title": true, "placeholder": true, "aria-label": true, "value": true}

// TestNoWordsOutsideTheCatalogue reads every page and part: between its tags, and in the attributes
// that people read, there may be actions and signs, but no letters. The manual is the exception:
// its prose lies in its pages, whole, once in each language.
func TestNoWordsOutsideTheCatalogue(t *testing.T) {
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" || strings.HasPrefix(name, "testdata/") || strings.HasPrefix(name, "help/") {
			return err
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, text := range bareTexts(string(source)) {
			if strings.ContainsFunc(unspoken.ReplaceAllString(text, ""), unicode.IsLetter) {
				t.Errorf("%s says %q, which no catalogue holds", name, strings.TrimSpace(text))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// bareTexts are the texts of a page that do not come from an action.
func bareTexts(source string) (texts []string) {
	z := html.NewTokenizer(strings.NewReader(action.ReplaceAllString(source, "")))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return texts
		case html.TextToken:
			if text := string(z.Text()); !strings.Contains(text, `=""`) { // what is left of a tag whose name is an action
				texts = append(texts, text)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			for _, a := range token.Attr {
				if spoken[a.Key] && !(a.Key == "value" && token.Data != "input") {
					texts = append(texts, visible(token, a))
				}
			}
		}
	}
}

// visible is an attribute's text where people see it: the value of a hidden field is for machines.
func visible(token html.Token, a html.Attribute) string {
	if a.Key != "value" {
		return a.Val
	}
	for _, other := range token.Attr {
		if other.Key == "type" && (other.Val == "submit" || other.Val == "button") {
			return a.Val
		}
	}
	return ""
}

// TestTheManualIsWholeInBothLanguages compares the bones of its two halves: as many paragraphs, items
// and headings in one language as in the other.
func TestTheManualIsWholeInBothLanguages(t *testing.T) {
	pages, err := fs.Glob(os.DirFS("."), "help/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages of the manual (%v)", len(pages), err)
	}
	for _, name := range pages {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, ok := strings.Cut(string(source), `{{if eq lang "es"}}`)
		if !ok {
			if strings.Contains(string(source), "<p>") {
				t.Errorf("%s does not say which language it is in", name)
			}
			continue
		}
		spanish, rest, _ := strings.Cut(rest, "{{else}}<div")
		english, _, _ := strings.Cut(rest, "{{end}}\n")
		for _, tag := range []string{"<p>", "<li>", "<h2>", "<dt>", "<code>"} {
			if a, b := strings.Count(spanish, tag), strings.Count(english, tag); a != b {
				t.Errorf("%s has %d %s in Spanish and %d in English", name, a, tag, b)
			}
		}
	}
}
