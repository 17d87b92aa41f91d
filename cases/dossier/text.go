package dossier

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// missing stands for a character that no face can show.
const missing = '□'

// clean makes text safe to draw: composed accents (a Mac writes "ñ" as two characters, and they
// would print beside each other), no invisible characters, nothing beyond the basic plane, which
// the PDF writer cannot hold. Line breaks stay.
func clean(text string) string {
	if plainASCII(text) {
		return text
	}
	text = norm.NFC.String(strings.ToValidUTF8(text, string(missing)))
	return strings.Map(cleanRune, text)
}

// cleanLine is clean for text that must stay on one line.
func cleanLine(text string) string {
	return strings.Join(strings.FieldsFunc(clean(text), func(r rune) bool { return r == '\n' || r == ' ' }), " ")
}

func plainASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if b := text[i]; b >= 0x7f || b < ' ' && b != '\n' {
			return false
		}
	}
	return true
}

func cleanRune(r rune) rune {
	switch {
	case r == '\n', r == '\u00a0', r == '\u202f', r == '\u200b':
		return r // kept: breaks, spaces that do not break, and places where a word may break
	case r == '\t', r == '\u2028', r == '\u2029':
		return ' '
	case unicode.Is(unicode.Zs, r):
		return ' '
	case invisible(r):
		return -1
	case r > 0xffff, r == '\ufffd', unicode.Is(unicode.Co, r):
		return missing
	}
	return r
}

// invisible tells the characters that would print as nothing, as a stray hyphen, or turn the
// reading direction of what follows: controls, soft hyphen, joiners, marks of direction, byte
// order mark, selectors of an emoji's look.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		0x1f3fb <= r && r <= 0x1f3ff || r == 0xfffe || r == 0xffff
}
