package dossier

import (
	"strconv"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// opening sets the title of the first page.
func (s *sheet) opening() {
	d := s.doc
	if kicker := cleanLine(d.Kicker); kicker != "" {
		s.prose(set(kickerStyle, plain(upper(d.Lang, kicker)), s.measure()), kickerStyle.leading)
		s.gap(2.5 * mm)
	}
	if title := cleanLine(d.Title); title != "" {
		st := titleStyle
		if len([]rune(title)) > 80 {
			st.size, st.leading = 18, 21.5
		}
		s.prose(set(st, plain(title), s.measure()), st.leading)
		s.gap(3 * mm)
	}
	Mark{d.Mark}.draw(s)
}

// frame adds what stands on every page, now that their number is known.
func (s *sheet) frame() {
	common := append(s.runningHeader(), s.runningFooter()...)
	for i := range s.pages {
		number := pageOf(s.doc.PageFormat, i+1, len(s.pages))
		page := append(page{}, common...)
		page = append(page, spans(s.right-runStyle.width(number), s.footY(), runStyle, number)...)
		s.pages[i] = append(page, s.pages[i]...)
	}
}

// footY is the baseline of the running footer.
func (s *sheet) footY() float64 { return s.height - 12*mm }

func (s *sheet) runningHeader() []mark {
	y := 9*mm + runStyle.baseline()
	right := runStyle.shorten(s.doc.RunRight, s.measure()*0.5)
	left := runStyle.shorten(s.doc.RunLeft, s.measure()-runStyle.width(right)-6*mm)
	if left == "" && right == "" {
		return nil
	}
	marks := spans(s.left, y, runStyle, left)
	marks = append(marks, spans(s.right-runStyle.width(right), y, runStyle, right)...)
	line := 9*mm + runStyle.leading + 1.5*mm
	return append(marks, rule{x1: s.left, y1: line, x2: s.right, y2: line, line: 0.3, ink: edge})
}

// runningFooter is the code and for whom the copy was printed; the page number comes on its right.
func (s *sheet) runningFooter() []mark {
	last := runStyle.width(pageOf(s.doc.PageFormat, len(s.pages), len(s.pages)))
	foot := runStyle.shorten(strings.Replace(s.doc.FootLeft, "%s", s.doc.Code, 1), s.measure()-last-8*mm)
	copyFor := strings.Trim(cleanLine(s.doc.Reader)+" · "+cleanLine(s.doc.PrintedAt), " ·")
	return append(spans(s.left, s.footY(), runStyle, foot),
		spans(s.left, s.footY()+3.6*mm, printStyle, printStyle.shorten(copyFor, s.measure()))...)
}

// spans is a one-line text with its baseline at y.
func spans(x, y float64, st style, text string) []mark {
	var marks []mark
	for _, p := range set(st, plain(text), 1e6)[0].pieces {
		marks = append(marks, glyphs{x: x + p.x, y: y, style: p.style, text: p.text})
	}
	return marks
}

// pageOf fills the format's two %d; a format without them shows only itself.
func pageOf(format string, number, count int) string {
	if format == "" {
		format = "%d / %d"
	}
	format = strings.Replace(cleanLine(format), "%d", strconv.Itoa(number), 1)
	format = strings.Replace(format, "%d", strconv.Itoa(count), 1)
	return runStyle.shorten(format, 60*mm)
}

// upper writes a text in capitals as its language does.
func upper(lang, text string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.Und
	}
	return cases.Upper(tag).String(text)
}
