package templates

import (
	"strings"
	"testing"
	"testing/fstest"

	"expediente/templates/locale"
)

func catalogue(t testing.TB) *locale.Catalogue {
	t.Helper()
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRefusesToStart(t *testing.T) {
	frame := `{{template "title" .}}{{template "content" .}}`
	for name, row := range map[string]struct{ page, want string }{
		"without a title":             {`{{define "content"}}{{end}}`, `"title" is not defined`},
		"without content":             {`{{define "title"}}{{end}}`, `"content" is not defined`},
		"calling a missing piece":     {`{{define "title"}}{{end}}{{define "content"}}{{if .A}}{{template "_none"}}{{end}}{{end}}`, `calls "_none"`},
		"that does not parse":         {`{{define "title"}}{{end}}{{define "content"}}{{if}}{{end}}`, `missing value for if`},
		"calling a missing function":  {`{{define "title"}}{{end}}{{define "content"}}{{nope}}{{end}}`, `"nope" not defined`},
		"whose escaping is ambiguous": {`{{define "title"}}{{end}}{{define "content"}}<a href={{if .A}}"{{end}}>{{end}}`, `{{if}} branches end in different contexts`},
	} {
		source := fstest.MapFS{
			"base.html":         {Data: []byte(frame)},
			"_parts/_pill.html": {Data: []byte(`{{define "_pill"}}{{end}}`)},
			"cases/list.html":   {Data: []byte(row.page)},
		}
		_, err := parseSet(catalogue(t), source)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("a page %s: got %v, want %s", name, err, row.want)
		}
	}
}

func TestDeclare(t *testing.T) {
	set, err := New(catalogue(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Declare(set.Pages()...); err != nil {
		t.Error(err)
	}
	err = set.Declare("cases/no_such_page")
	if err == nil || !strings.Contains(err.Error(), `"cases/no_such_page" is missing`) || !strings.Contains(err.Error(), "nobody shows") {
		t.Errorf("got %v", err)
	}
}
