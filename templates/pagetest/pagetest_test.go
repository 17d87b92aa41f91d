package pagetest

import (
	"strings"
	"testing"
)

func TestFaults(t *testing.T) {
	for _, row := range []struct{ name, page, want string }{
		{"a sound page", `<p>Hola<br><a href="/">Casos</a></p>`, ""},
		{"words missing", `<p>⟦cases.title⟧</p>`, "words are missing"},
		{"a tag left open", `<div><p>x</p>`, "left open: div"},
		{"tags crossed", `<b><i>x</b></i>`, "</b> closes b i"},
		{"a style attribute", `<p style="color:red">x</p>`, "has the attribute style"},
		{"an event attribute", `<p onclick="x()">x</p>`, "has the attribute onclick"},
		{"an inline script", `<script>x()</script>`, "an inline script"},
		{"a style element", `<style>p{}</style>`, "a style element"},
		{"an address the escaper refused", `<a href="#ZgotmplZ">x</a>`, "refused by the escaper"},
		{"a field without label", `<input name="q">`, "input q has no label"},
		{"a field inside its label", `<label>Q <input name="q"></label>`, ""},
		{"a picture without alt", `<img src="/x">`, "a picture without alt"},
		{"an id twice", `<p id="a">x</p><p id="a">y</p>`, "occurs twice"},
		{"a description that is not there", `<input aria-label="x" aria-describedby="h">`, "missing id h"},
		{"a form without token", `<form method="POST" action="/x"></form>`, "the form to /x carries no token"},
		{"a silent button", `<button><svg></svg></button>`, "button says nothing"},
	} {
		got := strings.Join(Faults(row.page), "; ")
		if (row.want == "") != (got == "") || !strings.Contains(got, row.want) {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}
