package rights

import (
	"strconv"
	"strings"
)

// split reads a code without asking whether the right exists.
func split(s string) (r Right, err error) {
	instrument, rest, ok := strings.Cut(strings.ToUpper(strings.TrimSpace(s)), "-")
	parts := strings.Split(rest, ".")
	if !ok || instrument == "" || len(parts) > 3 || !article(parts[0]) {
		return r, ErrSyntax
	}
	r.Instrument, r.Article = instrument, parts[0]
	if len(parts) > 1 {
		if !number(parts[1]) {
			return Right{}, ErrSyntax
		}
		r.Paragraph, _ = strconv.Atoi(parts[1])
	}
	if len(parts) > 2 {
		if r.Letter = strings.ToLower(parts[2]); len(r.Letter) != 1 || r.Letter < "a" || r.Letter > "z" {
			return Right{}, ErrSyntax
		}
	}
	return r, nil
}

func article(s string) bool {
	_, roman := FromRoman(s)
	return roman || number(s)
}

// number is a positive whole number of up to three digits without leading zeros.
func number(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && n < 1000 && strconv.Itoa(n) == s
}

// Code writes r as Parse reads it.
func (r Right) Code() Code {
	var b strings.Builder
	b.WriteString(r.Instrument + "-" + r.Article)
	if r.Paragraph > 0 {
		b.WriteString("." + strconv.Itoa(r.Paragraph))
	}
	if r.Letter != "" {
		b.WriteString("." + r.Letter)
	}
	return Code(b.String())
}

// Cite writes article, paragraph and letter the way the Court and the Commission do: "8(2)(b)" in
// English, "8.2.b" in the other languages.
func (r Right) Cite(lang string) string {
	if lang != "en" {
		_, rest, _ := strings.Cut(string(r.Code()), "-")
		return rest
	}
	s := r.Article
	if r.Paragraph > 0 {
		s += "(" + strconv.Itoa(r.Paragraph) + ")"
	}
	if r.Letter != "" {
		s += "(" + r.Letter + ")"
	}
	return s
}

var romans = []struct {
	sign  string
	value int
}{{"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1}}

// Roman writes n, from 1 to 399, as a Roman numeral; "" for any other number.
func Roman(n int) string {
	if n < 1 || n > 399 {
		return ""
	}
	var b strings.Builder
	for _, r := range romans {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}

// FromRoman reads a Roman numeral in capitals. Only the regular form counts: IIII and VX are none.
func FromRoman(s string) (int, bool) {
	n, rest := 0, s
	for _, r := range romans {
		for strings.HasPrefix(rest, r.sign) {
			n, rest = n+r.value, rest[len(r.sign):]
		}
	}
	return n, s != "" && rest == "" && Roman(n) == s
}
