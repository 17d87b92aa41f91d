package dossier

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for _, row := range []struct{ name, in, want string }{
		{"Spanish and French stay", "Ñuñoa, œuvre, “comillas”, «así» — n.º 4 €", "Ñuñoa, œuvre, “comillas”, «así» — n.º 4 €"},
		{"decomposed accents are composed", "pétition, Muñoz", "pétition, Muñoz"},
		{"soft hyphens go", "consti\u00adtución", "constitución"},
		{"an emoji is one box", "👩🏽‍⚖️ juez", "□⚖ juez"},
		{"controls and marks of direction go", "a\x00b\x1b[31m\u202ec\u2066d\ufeff", "ab[31mcd"},
		{"odd spaces are spaces", "a\tb\u2003c\u3000d", "a b c d"},
		{"spaces that do not break stay", "46\u00a0%", "46\u00a0%"},
		{"line breaks stay", "a\r\nb", "a\nb"},
		{"broken encoding is a box", "a\xffb", "a□b"},
		{"private letters are a box", "a\ue000b\ufffdc", "a□b□c"},
		{"Arabic stays for the face to judge", "سلام", "سلام"},
	} {
		if got := clean(row.in); got != row.want {
			t.Errorf("%s: %q became %q, want %q", row.name, row.in, got, row.want)
		}
	}
}

func TestLettersNoFaceHasBecomeBoxes(t *testing.T) {
	for in, want := range map[string]string{"Ahmed سلام": "Ahmed □□□□", "漢字": "□□", "● Ñandú": "● Ñandú"} {
		var got strings.Builder
		for _, p := range set(bodyStyle, plain(in), 1000)[0].pieces {
			got.WriteString(p.text)
			for _, r := range p.text {
				if r != ' ' && !p.style.face.has(r) {
					t.Errorf("%q is set in %s, which lacks %q", in, fontNames[p.style.face], r)
				}
			}
		}
		if strings.ReplaceAll(got.String(), " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%q is set as %q, want %q", in, got.String(), want)
		}
	}
}

func TestWrap(t *testing.T) {
	texts := func(lines []line) (all []string) {
		for _, l := range lines {
			s := ""
			for _, p := range l.pieces {
				if p.x > 0 && !strings.HasSuffix(s, " ") {
					s += "|"
				}
				s += p.text
			}
			all = append(all, s)
		}
		return all
	}
	for _, row := range []struct {
		in    string
		width float64
		want  string
	}{
		{"uno dos tres", 45, "uno dos / tres"},
		{"P 338-05 y 2003–2008", 50, "P 338-05 y / 2003–2008"},
		{"socio-jurídico", 45, "socio- / jurídico"},
		{"20\u00a0de junio", 45, "20\u00a0de / junio"},
		{"abcdefghij", 20, "abc / def / ghij"},
		{"a\n\nb", 100, "a /  / b"},
		{"", 10, ""},
	} {
		if got := strings.Join(texts(set(bodyStyle, plain(row.in), row.width)), " / "); got != row.want {
			t.Errorf("%q in %.0f: %q, want %q", row.in, row.width, got, row.want)
		}
	}
}

func TestOnlyHarmlessLinksAreFollowed(t *testing.T) {
	for link, want := range map[string]string{"https://cidh.example/á b": "https://cidh.example/%C3%A1%20b", "mailto:a@b.example": "mailto:a@b.example",
		"#anexos": "#anexos", "javascript:alert(1)": "", "JaVaScript:alert(1)": "", "data:text/html,x": "", "file:///etc/passwd": "", "/x": "", "": "", "http://a b\x00": ""} {
		if got := safeLink(link); got != want {
			t.Errorf("%q is followed as %q, want %q", link, got, want)
		}
	}
	doc := Document{Blocks: []Block{Table{Columns: []Column{{Title: "A"}}, Rows: [][]Cell{{{Text: "x", Link: "javascript:alert(1)"}}, {{Text: "y", Link: "https://a.example/)(\\"}}}}}}
	pdf := drawn(t, doc)
	if bytes.Contains(pdf, []byte("javascript:")) {
		t.Error("a script became a link")
	}
	run(t, pdf, "qpdf", "--check", "in.pdf")
}

// naughty are strings that broke drawing or reading somewhere.
var naughty = []string{
	"", " ", "\x00", "\n\n\n", "Ñuñoa, œuvre, “comillas”", "pétition Muñoz", "👩🏽‍⚖️🇵🇦🏳️‍🌈", "مرحبا بالعالم", "שלום", "漢字かな한국어", "ทดสอบ",
	"\u202egnp.exe", "\u2066\u2069\ufeff\u200b\u200d\u00ad", "Z̴̡̛͔̪̯͍̮̰̼a̶l̷g̸o̵", "\ud7ff\ue000\uffff\U0010ffff", "\xff\xfe\x80", "(((", ")))", "\\", "\\)", "<</JS(app.alert(1))>>",
	"endstream endobj", "%PDF-1.7", "%d %s %n %%", "{{.}}", "<script>alert(1)</script>", "' OR 1=1 --", "{nb}", "ČčĊċ č\r", strings.Repeat("A", 200), strings.Repeat("\u0301", 300),
	strings.Repeat("ñ\u200b", 300), "𝕳𝖔𝖑𝖆 𝟜𝟚", "ﬁ ﷽ ㊙", "−40 °C ≤ 5 ½ № 7 ™", "a\u2028b\u2029c", "Ω≈ç√∫˜µ≤≥÷", "\u0d0a\u0a0d\u0a0a",
}

func TestNaughtyStringsEverywhere(t *testing.T) {
	for _, text := range naughty {
		pdf := drawn(t, everywhere(text))
		if bytes.Contains(pdf, []byte("/JavaScript ")) {
			t.Errorf("%q became a script", text)
		}
	}
	var all []Block
	for _, text := range naughty {
		all = append(all, everywhere(text).Blocks...)
	}
	run(t, drawn(t, Document{Title: "Cadenas", Blocks: all, Contents: true}), "qpdf", "--check", "in.pdf")
}

// everywhere puts one text into every field of a document and of every block.
func everywhere(x string) Document {
	run := []Run{{x, Late, x}, {x, Digest, "#" + x}}
	cell := Cell{x, Soon, x, run}
	return Document{
		Lang: x, Paper: Paper(x), Kicker: x, Title: x, Mark: x, RunLeft: x, RunRight: x, FootLeft: x + "%s", Code: x, PageFormat: x, Reader: x,
		PrintedAt: x, Head: []string{x, x}, Contents: true, ContentsTitle: x,
		Blocks: []Block{Lead{x}, Mark{x}, Figures{[]Figure{{x, x}, {x, x}}}, Track{[]Step{{x, x, StepDone}, {x, x, StepNow}, {x, x, 9}}},
			Heading{1, x, x, x}, Paragraph{x, ParagraphStyle(x), run}, Paragraph{x, Quote, run}, Heading{2, x, x, x},
			Table{[]Column{{x, 0, Align(x)}, {x, 20, Right}}, [][]Cell{{cell, cell}, {cell}}, x}, Heading{3, x, x, x},
			KeyValues{[]KeyValue{{x, x, Tone(x), x}}}, Note{x, x, Tone(x)}, Mono{[]string{x, x}}, QR{x, x},
			Chart{Width: 640, Height: 100, Texts: []ChartText{{ChartPoint{5, 5}, x, AnchorMiddle, ChartLabel}}, Caption: x},
			Verification{x, []KeyValue{{x, x, OK, x}}, x, x}},
	}
}

func FuzzDraw(f *testing.F) {
	for _, text := range naughty {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			t.Skip("long texts only take long")
		}
		drawn(t, everywhere(text))
		if got := clean(text); !utf8.ValidString(got) || clean(got) != got {
			t.Errorf("clean(%q) is %q, which is not clean", text, got)
		}
	})
}
