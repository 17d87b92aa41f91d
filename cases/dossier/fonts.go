package dossier

import (
	"bytes"
	"embed"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
)

//go:embed fonts
var fontFiles embed.FS

// face is one of the embedded cuts. The zero face is the text serif.
type face uint8

const (
	serif face = iota
	serifSemi
	serifItalic
	sans
	sansSemi
	mono
	faces // how many there are
)

var fontNames = [faces]string{"serif-regular", "serif-semibold", "serif-italic", "sans-regular", "sans-semibold", "mono-regular"}

// font is what drawing needs to know of a face. It is read once and never written again.
type font struct {
	whole           []byte         // the file
	cut             func() []byte  // the same face with the usual letters only
	advance         [0x10000]int16 // thousandths of the size by rune; −1 when the face lacks it
	ascent, descent float64        // of the size, both positive
}

var fonts = sync.OnceValue(func() *[faces]font {
	var all [faces]font
	for f := range all {
		data, err := fontFiles.ReadFile("fonts/" + fontNames[f] + ".ttf")
		if err != nil {
			panic(err)
		}
		all[f].parse(data)
	}
	return &all
})

// has tells whether the face can show the rune.
func (f face) has(r rune) bool { return r <= 0xffff && fonts()[f].advance[r] >= 0 }

// width is the advance of the rune at size 1; what the face lacks has no width.
func (f face) width(r rune) float64 {
	if !f.has(r) {
		return 0
	}
	return float64(fonts()[f].advance[r]) / 1000
}

// showing is the face that shows the rune: the face itself, a sans with more signs, or none.
func (f face) showing(r rune) (face, bool) {
	if f.has(r) {
		return f, true
	}
	next := sans
	if f == serifSemi || f == sansSemi {
		next = sansSemi
	}
	return next, next.has(r)
}

// parse reads advances and line metrics of a TrueType file of 1000 units to the em, which all our
// faces are. The embedded files are ours, so a fault is a fault of the build.
func (f *font) parse(data []byte) {
	tables := tablesOf(data)
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(data[at:])) }
	if em := u16(tables["head"] + 18); em != 1000 {
		panic(fmt.Sprintf("dossier: a face has %d units to the em", em))
	}
	hhea := tables["hhea"]
	f.whole = data
	f.cut = sync.OnceValue(func() []byte { return cutTo(bytes.Clone(data), f.usual()) })
	f.ascent = float64(int16(u16(hhea+4))) / 1000
	f.descent = -float64(int16(u16(hhea+6))) / 1000
	for r := range f.advance {
		f.advance[r] = -1
	}
	metrics, hmtx := u16(hhea+34), tables["hmtx"]
	eachGlyph(u16, tables["cmap"], func(r, glyph int) {
		f.advance[r] = int16(u16(hmtx + 4*min(glyph, metrics-1)))
	})
}

// tablesOf is where each table of a TrueType file begins.
func tablesOf(data []byte) map[string]int {
	tables := map[string]int{}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		entry := data[12+16*i:]
		tables[string(entry[:4])] = int(binary.BigEndian.Uint32(entry[8:]))
	}
	return tables
}

// eachGlyph calls found for every rune of the basic plane that the character map (format 4) knows.
func eachGlyph(u16 func(int) int, cmap int, found func(r, glyph int)) {
	at := cmap
	for i := range u16(cmap + 2) {
		entry := cmap + 4 + 8*i
		if sub := cmap + u16(entry+4)<<16 + u16(entry+6); u16(sub) == 4 {
			at = sub
		}
	}
	segments := u16(at+6) / 2
	for i := range segments {
		end, start := u16(at+14+2*i), u16(at+16+2*segments+2*i)
		delta := u16(at + 16 + 4*segments + 2*i)
		offsetAt := at + 16 + 6*segments + 2*i
		for r := start; r <= end && r < 0xffff; r++ {
			glyph := (r + delta) & 0xffff
			if offset := u16(offsetAt); offset != 0 {
				if glyph = u16(offsetAt + offset + 2*(r-start)); glyph != 0 {
					glyph = (glyph + delta) & 0xffff
				}
			}
			if glyph != 0 {
				found(r, glyph)
			}
		}
	}
}

// usual are the letters a document normally has: what the languages of the Americas are written
// with, punctuation, currency, arrows and a few signs.
func usual(r rune) bool {
	return r >= ' ' && r < 0x180 || r >= 0x2010 && r <= 0x2044 || r == '€' || r == '№' || r == '™' ||
		r >= 0x2190 && r <= 0x2193 || r == '−' || r == '≤' || r == '≥' || r == missing || r == '✓' || r == '●'
}

// fileFor is the smallest file at hand that shows the runes. It is a copy: the PDF writer appends
// to slices of what it is given, and drawings run at the same time.
func (f *font) fileFor(runes map[rune]bool) []byte {
	for r := range runes {
		if !usual(r) {
			return bytes.Clone(f.whole)
		}
	}
	return bytes.Clone(f.cut())
}

// usual is the face's part of the usual letters.
func (f *font) usual() string {
	var letters strings.Builder
	for r, advance := range f.advance {
		if advance >= 0 && usual(rune(r)) {
			letters.WriteRune(rune(r))
		}
	}
	return letters.String()
}
