package templates

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// pairs are the texts and grounds that the style sheet puts together, with the least contrast:
// 4.5 for text, 3 for the edges of fields and the shapes that carry a meaning.
var pairs = []struct {
	front, ground string
	least         float64
}{
	{"ink", "paper", 4.5}, {"ink", "surface", 4.5}, {"ink", "sunken", 4.5},
	{"muted", "paper", 4.5}, {"muted", "surface", 4.5}, {"muted", "sunken", 4.5},
	{"anil", "paper", 4.5}, {"anil", "surface", 4.5}, {"anil", "sunken", 4.5}, {"anil", "anil-soft", 4.5},
	{"anil-strong", "anil-soft", 4.5}, {"anil-strong", "surface", 4.5}, {"ink", "anil-soft", 4.5},
	{"on-anil", "anil", 4.5}, {"on-anil", "anil-strong", 4.5}, {"surface", "achiote", 4.5},
	{"achiote", "achiote-soft", 4.5}, {"achiote", "surface", 4.5}, {"achiote", "paper", 4.5},
	{"maiz", "maiz-soft", 4.5}, {"maiz", "surface", 4.5}, {"maiz", "paper", 4.5},
	{"ceiba", "ceiba-soft", 4.5}, {"ceiba", "surface", 4.5},
	{"edge", "surface", 3}, {"edge", "paper", 3},
}

func TestContrast(t *testing.T) {
	text, err := staticFiles.ReadFile("static/expediente.css")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile(`:root \{[^}]*\}`).FindAllString(string(text), -1)
	if len(blocks) != 3 {
		t.Fatalf("%d blocks of tokens, want light, dark and print", len(blocks))
	}
	light := tokens(blocks[0])
	for name, block := range map[string]string{"light": "", "dark": blocks[1], "print": blocks[2]} {
		colours := map[string][3]float64{}
		for key, v := range light {
			colours[key] = v
		}
		for key, v := range tokens(block) {
			colours[key] = v
		}
		for _, p := range pairs {
			if got := contrast(colours[p.front], colours[p.ground]); got < p.least {
				t.Errorf("%s: %s on %s has %.2f : 1, below %.1f", name, p.front, p.ground, got, p.least)
			}
		}
	}
}

// tokens reads the colours of a block as light intensities of red, green and blue.
func tokens(block string) map[string][3]float64 {
	found := map[string][3]float64{}
	for _, m := range regexp.MustCompile(`--([a-z-]+):\s*#([0-9a-f]{3,6})`).FindAllStringSubmatch(block, -1) {
		hex := m[2]
		if len(hex) == 3 {
			hex = strings.Repeat(hex[:1], 2) + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:], 2)
		}
		var c [3]float64
		for i := range c {
			n, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8) // the pattern lets only digits through
			c[i] = linear(float64(n) / 255)
		}
		found[m[1]] = c
	}
	return found
}

func linear(c float64) float64 {
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

// contrast is the ratio of WCAG 2: 1 for equal colours, 21 for black on white.
func contrast(a, b [3]float64) float64 {
	luminance := func(c [3]float64) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// TestNothingForeign keeps the styles and the script free of other hosts and of inline code.
func TestNothingForeign(t *testing.T) {
	for _, name := range []string{"expediente.css", "expediente.js", "icon.svg"} {
		text, err := staticFiles.ReadFile("static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"https://", "@import", "url(", "eval(", "innerHTML", "document.write"} {
			if strings.Contains(string(text), bad) {
				t.Errorf("%s contains %s", name, bad)
			}
		}
	}
}
