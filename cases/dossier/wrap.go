package dossier

import (
	"strings"
	"unicode"
)

// piece is a stretch of one style and face in a line; x is from the line's left end.
type piece struct {
	style style
	text  string
	link  string
	x, w  float64
}

// line is one line of set text.
type line struct {
	pieces []piece
	width  float64 // without the space at its end
}

// word is what a line cannot break: its pieces, the space after it, and whether a new line must
// follow.
type word struct {
	pieces []piece
	width  float64
	space  float64
	forced bool
}

// set breaks runs into lines no wider than width. There is always at least one line.
func set(st style, runs []Run, width float64) []line {
	return fill(words(st, runs), width)
}

func plain(text string) []Run { return []Run{{Text: text}} }

// words cuts cleaned runs into words. A word may change style inside.
func words(st style, runs []Run) []word {
	var all []word
	var current word
	for _, run := range runs {
		in := st.in(run.Tone)
		if link := safeLink(run.Link); link != "" {
			run.Link = link
			if run.Tone == Plain {
				in.ink = anil
			}
		} else {
			run.Link = ""
		}
		rest := clean(run.Text)
		for rest != "" {
			cut, kind := nextBreak(rest)
			current.add(in, rest[:cut], run.Link)
			rest = rest[cut:]
			if kind == noBreak {
				continue
			}
			if kind != softBreak {
				rest = rest[1:]
			}
			if kind == spaceBreak {
				current.space = in.width(" ")
			}
			current.forced = kind == lineBreak
			all, current = append(all, current), word{}
		}
	}
	return append(all, current)
}

type breakKind uint8

const (
	noBreak    breakKind = iota // the text ends without one
	spaceBreak                  // at a space
	softBreak                   // after a hyphen, dash or slash
	lineBreak                   // a new line is asked for
)

// nextBreak is where the text may first be broken, and how.
func nextBreak(text string) (int, breakKind) {
	for i, r := range text {
		switch r {
		case ' ':
			return i, spaceBreak
		case '\n':
			return i, lineBreak
		case '-', '–', '—', '/', '\u200b':
			if end := i + len(string(r)); end < len(text) && breaksAfter(r, text[:i], text[end:]) {
				return end, softBreak
			}
		}
	}
	return len(text), noBreak
}

// breaksAfter keeps "46-1", "2003–2008" and "—dijo" together: a sign breaks only between letters.
func breaksAfter(sign rune, before, after string) bool {
	if sign == '\u200b' {
		return true
	}
	last, next := lastRune(before), firstRune(after)
	return unicode.IsLetter(last) && unicode.IsLetter(next)
}

func firstRune(text string) rune {
	for _, r := range text {
		return r
	}
	return 0
}

func lastRune(text string) rune {
	r := []rune(text[max(0, len(text)-4):])
	if len(r) == 0 {
		return 0
	}
	return r[len(r)-1]
}

// add appends text to the word, changing face where the style's own lacks a letter.
func (w *word) add(st style, text, link string) {
	for text != "" {
		f, head, rest := sameFace(st.face, text)
		in := st
		in.face = f
		width := in.width(head)
		w.pieces = append(w.pieces, piece{in, head, link, w.width, width})
		w.width += width
		text = rest
	}
}

// sameFace cuts off the longest beginning of text that one face shows.
func sameFace(own face, text string) (face, string, string) {
	var f face
	var head strings.Builder
	for i, r := range text {
		showing, ok := own.showing(r)
		if i > 0 && showing != f {
			return f, head.String(), text[i:]
		}
		f = showing
		switch {
		case r == '\u200b':
		case ok:
			head.WriteRune(r)
		default:
			head.WriteRune(missing)
		}
	}
	return f, head.String(), ""
}

// fill packs words into lines.
func fill(all []word, width float64) []line {
	lines := []line{{}}
	gap := 0.0
	for _, w := range all {
		last := &lines[len(lines)-1]
		if len(last.pieces) > 0 && last.width+gap+w.width > width {
			lines = append(lines, line{})
			last, gap = &lines[len(lines)-1], 0
		}
		if w.width > width {
			lines = w.chop(lines, width)
		} else {
			last.take(w, gap)
		}
		if gap = w.space; w.forced {
			lines, gap = append(lines, line{}), 0
		}
	}
	return lines
}

// take puts the word behind what the line holds, after a gap.
func (l *line) take(w word, gap float64) {
	for _, p := range w.pieces {
		l.put(p, gap)
		gap = 0
	}
}

// put adds one piece, joining it to the one before where both look the same.
func (l *line) put(p piece, gap float64) {
	if n := len(l.pieces); n > 0 {
		last := &l.pieces[n-1]
		if last.style == p.style && last.link == p.link {
			if gap > 0 {
				last.text += " "
			}
			last.text += p.text
			last.w += gap + p.w
			l.width += gap + p.w
			return
		}
	}
	p.x = l.width + gap
	l.pieces = append(l.pieces, p)
	l.width = p.x + p.w
}

// chop sets a word wider than the line over as many lines as it needs: a long digest or address.
func (w word) chop(lines []line, width float64) []line {
	if len(lines[len(lines)-1].pieces) > 0 {
		lines = append(lines, line{})
	}
	for _, p := range w.pieces {
		for _, r := range p.text {
			part := p
			part.text, part.w = string(r), p.style.width(string(r))
			last := &lines[len(lines)-1]
			if len(last.pieces) > 0 && last.width+part.w > width && !unicode.Is(unicode.Mn, r) {
				lines = append(lines, line{})
				last = &lines[len(lines)-1]
			}
			last.put(part, 0)
		}
	}
	return lines
}

// clip keeps the first n lines of a label too long for its place, with an ellipsis.
func clip(lines []line, n int) []line {
	if len(lines) <= n {
		return lines
	}
	lines = lines[:n]
	if k := len(lines[n-1].pieces); k > 0 {
		last := &lines[n-1].pieces[k-1]
		runes := []rune(last.text)
		last.text = strings.TrimRight(string(runes[:max(0, len(runes)-2)]), " ") + "…"
	}
	return lines
}

// shorten cuts a text to one line of the given width, with an ellipsis.
func (st style) shorten(text string, width float64) string {
	text = cleanLine(text)
	if st.width(text) <= width {
		return text
	}
	room := width - st.width("…")
	for i, r := range text {
		if room -= st.width(string(r)); room < 0 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}
