package handlers

import (
	"mime"
	"net/textproto"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestAttachmentForAnyName: whatever a file is called, the header is one line that parses, the name
// leads out of no folder, and a sound name arrives as it was.
func TestAttachmentForAnyName(t *testing.T) {
	for name, want := range map[string]string{
		"acta.pdf":                        "acta.pdf",
		"acta de nacimiento.pdf":          "acta de nacimiento.pdf",
		"niñez ñandú.jpg":                 "niñez ñandú.jpg",
		"foto 😀.png":                      "foto 😀.png",
		`he said "yes".txt`:               `he said "yes".txt`,
		"100% seguro.txt":                 "100% seguro.txt",
		"a;b=c, d.txt":                    "a;b=c, d.txt",
		"it's.txt":                        "it's.txt",
		"line\r\nSet-Cookie: x=y.txt":     "lineSet-Cookie_ x=y.txt",
		"nul\x00byte.txt":                 "nulbyte.txt",
		"exe\u202Efdp.exe":                "exefdp.exe",
		"\u2066isolate\u2069.txt":         "isolate.txt",
		"line\u2028sep.txt":               "linesep.txt",
		"../../etc/passwd":                "_.._etc_passwd",
		`C:\Users\ana\poder.doc`:          "C__Users_ana_poder.doc",
		"...":                             "E-CODE",
		"":                                "E-CODE",
		" \t ":                            "E-CODE",
		"\xff\xfe.txt":                    "txt",
		".htaccess":                       "htaccess",
		"trailing. ":                      "trailing",
		"شهادة.pdf":                       "شهادة.pdf",
		"証拠 7.pdf":                        "証拠 7.pdf",
		"e\u0301.txt":                     "e\u0301.txt",
		strings.Repeat("a", 251) + ".pdf": strings.Repeat("a", 251) + ".pdf",
		strings.Repeat("a", 300) + ".pdf": strings.Repeat("a", 251) + ".pdf",
	} {
		header := attachment(name, "E-CODE")
		if strings.ContainsAny(header, "\r\n\x00") || textproto.TrimString(header) != header {
			t.Errorf("%q: the header is %q", name, header)
		}
		kind, values, err := mime.ParseMediaType(header)
		if err != nil || kind != "attachment" {
			t.Errorf("%q: %q does not parse: %v", name, header, err)
			continue
		}
		if values["filename"] != want {
			t.Errorf("%q arrives as %q, want %q (%s)", name, values["filename"], want, header)
		}
	}
}

func TestLongNamesKeepTheirEnding(t *testing.T) {
	for _, name := range []string{strings.Repeat("ñ", 200) + ".pdf", strings.Repeat("😀", 90) + ".jpeg", strings.Repeat("x", 255), strings.Repeat("y", 400)} {
		got := safeName(name, "E-CODE")
		ending := name[strings.LastIndexByte(name, '.')+1:]
		if len(got) > longestName || !utf8.ValidString(got) || strings.Contains(name, ".") && !strings.HasSuffix(got, "."+ending) {
			t.Errorf("%d bytes of %.8q became %d bytes, %.8q…%q", len(name), name, len(got), got, got[len(got)-5:])
		}
	}
}

func FuzzAttachment(f *testing.F) {
	f.Add("a\"b\\c%d.txt")
	f.Fuzz(func(t *testing.T, name string) {
		header := attachment(name, "E-CODE")
		for _, c := range []byte(header) {
			if c < ' ' || c > '~' {
				t.Fatalf("%q: the header %q holds the byte %x", name, header, c)
			}
		}
		if _, values, err := mime.ParseMediaType(header); err != nil || values["filename"] == "" || strings.ContainsAny(values["filename"], "/\\") {
			t.Errorf("%q: %q gives %q, %v", name, header, values["filename"], err)
		}
	})
}
