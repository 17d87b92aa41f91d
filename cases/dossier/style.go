package dossier

// Lengths are points unless a name says otherwise.
const mm = 72 / 25.4

// ink is a colour.
type ink struct{ r, g, b uint8 }

// The palette of the pages: añil is the one accent; achiote, maíz and ceiba say late, soon and met.
var (
	black    = ink{0x1c, 0x23, 0x30}
	gray     = ink{0x5b, 0x64, 0x72}
	hairline = ink{0xd9, 0xd4, 0xc8}
	edge     = ink{0xc9, 0xc3, 0xb6}
	anil     = ink{0x27, 0x40, 0x7a}
	anilSoft = ink{0xe6, 0xea, 0xf5}
	achiote  = ink{0xa8, 0x32, 0x18}
	maiz     = ink{0x8a, 0x5a, 0x00}
	maizSoft = ink{0xfb, 0xf0, 0xd6}
	ceiba    = ink{0x25, 0x61, 0x48}
	white    = ink{0xff, 0xff, 0xff}

	achioteSoft = ink{0xfa, 0xe8, 0xe2}
	ceibaSoft   = ink{0xe2, 0xf0, 0xe9}
	sunken      = ink{0xf1, 0xee, 0xe7}
)

// style is how a text is set.
type style struct {
	face    face
	size    float64
	leading float64 // distance of baselines
	ink     ink
	track   float64 // space added after each letter
}

var (
	bodyStyle    = style{serif, 10.5, 14.9, black, 0}
	leadStyle    = style{serif, 12.5, 17.5, black, 0}
	quoteStyle   = style{serifItalic, 10.5, 14.9, black, 0}
	titleStyle   = style{serifSemi, 25, 28, black, -0.1}
	kickerStyle  = style{sansSemi, 9, 12, anil, 0.54}
	markStyle    = style{sansSemi, 8.5, 11, maiz, 0.42}
	figureStyle  = style{serifSemi, 22, 22, black, 0}
	captionStyle = style{sans, 8.5, 11.6, gray, 0}
	runStyle     = style{sans, 8, 10, gray, 0}
	printStyle   = style{sans, 6.8, 8.5, gray, 0}
	cellStyle    = style{sans, 9, 12.2, black, 0}
	headerStyle  = style{sansSemi, 9, 12.2, black, 0}
	keyStyle     = style{sans, 9, 12.6, gray, 0}
	valueStyle   = style{sans, 9, 12.6, black, 0}
	noteStyle    = style{sans, 9, 12.6, black, 0}
	monoStyle    = style{mono, 8, 11.6, black, 0}
	stepStyle    = style{sans, 7.6, 9.6, gray, 0}
	stepNowStyle = style{sansSemi, 7.6, 9.6, black, 0}
	chartStyle   = style{sans, 7.6, 9.6, gray, 0}
	codeStyle    = style{sansSemi, 11, 14, black, 0.4}
)

var headingStyles = [...]style{
	{serifSemi, 13, 16.2, black, 0},
	{sansSemi, 10.5, 13.6, black, 0},
	{sansSemi, 9.2, 12.4, gray, 0},
}

// in is the style in a tone.
func (st style) in(tone Tone) style {
	switch tone {
	case Strong:
		st.face = st.face.semibold()
	case Muted:
		st.ink = gray
	case Late:
		st.face, st.ink = st.face.semibold(), achiote
	case Soon:
		st.face, st.ink = st.face.semibold(), maiz
	case OK:
		st.face, st.ink = st.face.semibold(), ceiba
	case Digest:
		st.face, st.size = mono, st.size*0.86
	}
	return st
}

func (f face) semibold() face {
	switch f {
	case serif, serifItalic:
		return serifSemi
	case sans:
		return sansSemi
	}
	return f
}

// baseline is how far under the top of its line box a text stands.
func (st style) baseline() float64 {
	f := &fonts()[st.face]
	return (st.leading-(f.ascent+f.descent)*st.size)/2 + f.ascent*st.size
}

// width is how wide the text is on one line.
func (st style) width(text string) float64 {
	w, n := 0.0, 0
	for _, r := range text {
		f, ok := st.face.showing(r)
		if !ok {
			r = missing
		}
		w += f.width(r)
		n++
	}
	return w*st.size + float64(n)*st.track
}
