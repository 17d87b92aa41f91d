package rights

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func taxonomy(t testing.TB) *Taxonomy {
	t.Helper()
	all, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestParse(t *testing.T) {
	all := taxonomy(t)
	for _, c := range []struct {
		code, en, es, name string
		petition           bool
	}{
		{"ACHR-22.8", "22(8)", "22.8", "No devolución", true},
		{"ACHR-8.2.b", "8(2)(b)", "8.2.b", "Comunicación previa y detallada de la acusación", true},
		{" achr-8.2.B ", "8(2)(b)", "8.2.b", "Comunicación previa y detallada de la acusación", true},
		{"ACHR-25.2.c", "25(2)(c)", "25.2.c", "Protección judicial", true},
		{"ACHR-7", "7", "7", "Derecho a la libertad personal", true},
		{"ADRDM-XVIII", "XVIII", "XVIII", "Justicia", true},
		{"PSS-13", "13", "13", "Derecho a la educación", true},
		{"PSS-10", "10", "10", "Derecho a la salud", false},
		{"PSS-8.1.a", "8(1)(a)", "8.1.a", "Organizar sindicatos y afiliarse", true},
		{"CBDP-9", "9", "9", "Especial vulnerabilidad", false},
		{"ICRMW-22", "22", "22", "Prohibición de la expulsión colectiva y decisión individual", false},
	} {
		r, err := all.Parse(c.code)
		if err != nil {
			t.Error(err)
			continue
		}
		p, _ := all.Provision(r)
		if r.Cite("en") != c.en || r.Cite("es") != c.es || p.Names().In("es") != c.name || all.Petitionable(r) != c.petition {
			t.Errorf("%s: %s, %s, %s, petition %v", c.code, r.Cite("en"), r.Cite("es"), p.ES, all.Petitionable(r))
		}
	}
	if r, err := all.Parse("IAP-80"); err != nil || r.Cite("es") != "80" {
		t.Errorf("principle 80: %v, %v", r, err)
	}
}

func TestParseRefuses(t *testing.T) {
	all := taxonomy(t)
	for code, want := range map[string]error{
		"":             ErrSyntax,
		"ACHR":         ErrSyntax,
		"ACHR-":        ErrSyntax,
		"ACHR-8.2.b.c": ErrSyntax,
		"ACHR-08":      ErrSyntax,
		"ACHR-8.0":     ErrSyntax,
		"ACHR-8.2.bb":  ErrSyntax,
		"ADRDM-IIII":   ErrSyntax,
		"ADRDM-VX":     ErrSyntax,
		"XYZ-1":        ErrInstrument,
		"ACHR-44":      ErrArticle,
		"ACHR-VIII":    ErrArticle,
		"ADRDM-18":     ErrArticle,
		"ADRDM-XXXIX":  ErrArticle,
		"ACHR-22.10":   ErrParagraph,
		"ACHR-8.2.i":   ErrParagraph,
		"ACHR-7.1.a":   ErrParagraph,
		"ACHR-24.1":    ErrParagraph,
		"IAP-81":       ErrArticle,
	} {
		if _, err := all.Parse(code); !errors.Is(err, want) {
			t.Errorf("Parse(%q) = %v, want %v", code, err, want)
		}
	}
}

func TestCodesReadBack(t *testing.T) {
	all := taxonomy(t)
	n := 0
	for _, i := range all.Instruments() {
		for _, p := range i.Provisions {
			n++
			if r, err := all.Parse(string(p.Code)); err != nil || r.Code() != p.Code {
				t.Errorf("%s reads back as %s (%v)", p.Code, r.Code(), err)
			}
		}
	}
	if n < 170 {
		t.Errorf("%d provisions, want the whole taxonomy", n)
	}
}

func TestRomanNumerals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 399).Draw(t, "n")
		if back, ok := FromRoman(Roman(n)); !ok || back != n {
			t.Fatalf("%d is written %s and reads back as %d", n, Roman(n), back)
		}
	})
	for _, s := range []string{"", "IIII", "VX", "IC", "xviii", "XVIIII", "IIX", "A"} {
		if n, ok := FromRoman(s); ok {
			t.Errorf("%q was read as %d", s, n)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("ACHR-8.2.b")
	f.Add("ADRDM-XVIII")
	all := taxonomy(f)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := all.Parse(s)
		if err != nil {
			return
		}
		if back, err := all.Parse(string(r.Code())); err != nil || back != r {
			t.Errorf("%q reads back as %v (%v)", s, back, err)
		}
	})
}
