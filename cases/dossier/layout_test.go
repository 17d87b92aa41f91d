package dossier

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// hardDossier puts long and odd things into every block.
func hardDossier() Document {
	long := strings.Repeat("Sentencia sobre la detención colectiva de trabajadores ", 4)
	word := strings.Repeat("9f2c81ad07", 30)
	doc := caseDossier()
	doc.Title, doc.Kicker, doc.Mark = long, long, long
	doc.RunLeft, doc.RunRight, doc.FootLeft, doc.Reader = long, long, long+"%s", long+word
	steps := make([]Step, 17)
	for i := range steps {
		steps[i] = Step{long[:20+i], "desde el 9 de octubre de 2006", StepState(i % 3)}
	}
	wide := Table{Columns: make([]Column, 9), Rows: [][]Cell{Row(word, long, "1", "2", "3", "4", word, long, "9", "dropped")}}
	for i := range wide.Columns {
		wide.Columns[i].Title = "Columna con título largo"
	}
	doc.Blocks = []Block{
		Lead{word}, Track{steps}, Figures{[]Figure{{word, long}, {"1", long}, {"2", word}, {"3", "x"}, {"4", "y"}, {"5", "z"}, {"6", "w"}}},
		KeyValues{[]KeyValue{{Key: long, Value: word}, {Key: word, Value: strings.Repeat(long, 60)}}},
		Heading{Level: 3, Text: long}, Heading{Level: 1, Number: word, Text: word}, Heading{Level: 9, Text: ""},
		Paragraph{Text: strings.Repeat(long, 30)}, Paragraph{Text: word + word}, Paragraph{Text: "a\n\nb"}, Paragraph{},
		Note{Title: word, Text: strings.Repeat(long, 60)}, Mono{[]string{word, long, ""}},
		wide, Table{}, Table{Columns: []Column{{Title: "A", WidthMM: 500}, {Title: "B", WidthMM: 500}}, Rows: [][]Cell{nil, Row(long, word)}},
		Table{Columns: []Column{{Title: "Vacía"}, {Title: "B"}}, Empty: "Sin hitos"},
		Table{Columns: []Column{{Title: "Larga"}, {Title: "B"}}, Rows: [][]Cell{Row(strings.Repeat(long, 80), "corta"), Row("después", word)}},
		exhibits(300), QR{Text: word + strings.Repeat(word, 20), Caption: long}, QR{Text: word, Caption: long}, QR{},
		Chart{}, Chart{Width: 10, Height: 400, Caption: long}, brokenChart(long), nil, PageBreak{}, PageBreak{},
		Heading{Level: 2, Text: "Final"}, Verification{Text: long, QR: word, HeadAs: long, Rows: []KeyValue{{Key: word, Value: word}}},
		Heading{Level: 1, Text: "Sola al final"},
	}
	return doc
}

// brokenChart has coordinates that are no numbers, or far away.
func brokenChart(label string) Chart {
	at := []ChartPoint{{math.NaN(), 5}, {math.Inf(1), math.Inf(-1)}, {-1e9, 1e300}}
	c := Chart{Width: 640, Height: 60, TextSize: math.Inf(1), Areas: []ChartPath{{at, ChartBand}, {}}, Paths: []ChartPath{{at, ChartSteps}, {at[:1], "odd"}}}
	for _, p := range at {
		c.Lines = append(c.Lines, ChartLine{p, at[0], ChartPace})
		c.Dots = append(c.Dots, ChartDot{p, ChartSteps})
		c.Texts = append(c.Texts, ChartText{p, label, AnchorEnd, ChartTick})
	}
	return c
}

func TestNothingLeavesItsPage(t *testing.T) {
	for name, doc := range samples() {
		s := laid(doc)
		for i, page := range s.pages {
			for _, m := range page {
				g, ok := m.(glyphs)
				if !ok {
					continue
				}
				end := g.x + g.style.width(g.text)
				if g.x < 0 || end > s.right+1 || g.y > s.bottom+0.5 || g.y < s.top {
					t.Errorf("%s, page %d: %.40q stands at %.1f–%.1f, %.1f", name, i+1, g.text, g.x, end, g.y)
				}
			}
		}
		s.frame()
		for _, m := range s.pages[0] {
			if g, ok := m.(glyphs); ok && g.x+g.style.width(g.text) > s.right+1 {
				t.Errorf("%s: %.40q leaves the frame", name, g.text)
			}
		}
	}
}

func TestHeadingIsNeverAloneAtTheFoot(t *testing.T) {
	for lines := range 70 {
		doc := Document{Blocks: []Block{Paragraph{Text: strings.Repeat("línea\n", lines)}, Heading{Level: 1, Text: "Plazos"},
			Heading{Level: 2, Text: "Vigentes"}, deadlines()}}
		s := laid(doc)
		first, second := s.entries[0], s.entries[1]
		header := pageOfText(s, "Razones")
		if first.page != second.page || second.page != header {
			t.Fatalf("after %d lines the headings stand on pages %d and %d, the table begins on %d", lines, first.page, second.page, header)
		}
	}
}

func TestNoSingleLines(t *testing.T) {
	for lines := range 70 {
		s := laid(Document{Blocks: []Block{Paragraph{Text: strings.Repeat("línea\n", lines)}, Paragraph{Text: "uno\ndos\ntres\ncuatro\ncinco"}}})
		for _, pair := range [][2]string{{"uno", "dos"}, {"cuatro", "cinco"}} {
			if a, b := pageOfText(s, pair[0]), pageOfText(s, pair[1]); a != b {
				t.Fatalf("after %d lines %q is on page %d and %q on %d", lines, pair[0], a, pair[1], b)
			}
		}
	}
}

// pageOfText is the page where a whole piece first stands, or 0.
func pageOfText(s *sheet, text string) int {
	for i, page := range s.pages {
		for _, m := range page {
			if g, ok := m.(glyphs); ok && g.text == text {
				return i + 1
			}
		}
	}
	return 0
}

func TestLongTable(t *testing.T) {
	s := laid(Document{Blocks: []Block{exhibits(300)}})
	next := 1
	for i, page := range s.pages {
		headers := 0
		for _, m := range page {
			g, ok := m.(glyphs)
			if !ok {
				continue
			}
			if g.text == "Custodia" {
				headers++
			}
			if g.text == fmt.Sprint(next) {
				next++
			}
		}
		if headers != 1 {
			t.Errorf("page %d has %d headers", i+1, headers)
		}
	}
	if next != 301 {
		t.Errorf("rows stop before %d", next)
	}
}

func TestLastRowHasCompany(t *testing.T) {
	for n := 2; n < 60; n++ {
		s := laid(Document{Blocks: []Block{exhibits(n)}})
		if last, before := pageOfText(s, fmt.Sprint(n)), pageOfText(s, fmt.Sprint(n-1)); last != before {
			t.Fatalf("of %d rows the last stands alone on page %d", n, last)
		}
	}
}

func TestTallRowGoesOn(t *testing.T) {
	var lines []string
	for i := range 200 {
		lines = append(lines, fmt.Sprintf("renglón-%d.", i))
	}
	s := laid(Document{Blocks: []Block{Table{Columns: []Column{{Title: "Hecho"}}, Rows: [][]Cell{Row(strings.Join(lines, "\n")), Row("fin")}}}})
	before := 0
	for i, text := range append(lines, "fin") {
		page := pageOfText(s, text)
		if page < before || page == 0 {
			t.Fatalf("line %d stands on page %d after page %d", i, page, before)
		}
		before = page
	}
}

func TestDatesStayWholeBesideLongText(t *testing.T) {
	s := laid(progressDossier())
	for _, date := range []string{"10 feb. 2004", "19 ago. 2005", "14 mar. 2005", "Caso A · P 92-04"} {
		if pageOfText(s, date) == 0 {
			t.Errorf("%q is broken over lines", date)
		}
	}
}
