package locale

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Number writes a number of any Go type with the language's signs, and at most two decimals.
// Thousands are parted from five digits on, so that a year stays a year.
func (w *Words) Number(v any) string {
	switch v := v.(type) {
	case int:
		return w.whole(strconv.Itoa(v))
	case float64:
		return w.float(v, 2)
	case float32:
		return w.float(float64(v), 2)
	}
	return w.whole(fmt.Sprint(v))
}

func (w *Words) float(f float64, decimals int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return w.none
	}
	text := strconv.FormatFloat(f, 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	fraction = strings.TrimRight(fraction, "0")
	if fraction == "" {
		return w.whole(whole)
	}
	return w.whole(whole) + w.decimal + fraction
}

// whole parts the thousands of a number already written in digits.
func (w *Words) whole(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "−", digits[1:]
	}
	if len(digits) < 5 {
		return sign + digits
	}
	first := len(digits) % 3
	if first == 0 {
		first = 3
	}
	var b strings.Builder
	b.WriteString(sign + digits[:first])
	for i := first; i < len(digits); i += 3 {
		b.WriteString(w.group + digits[i:i+3])
	}
	return b.String()
}

// Percent writes a fraction (0.125) as a percentage ("12,5 %"), with at most one decimal.
func (w *Words) Percent(fraction float64) string {
	return strings.Replace(w.percent, "N", w.float(fraction*100, 1), 1)
}

// Bytes writes a size in decimal units: "4,2 MB".
func (w *Words) Bytes(n int64) string {
	const nbsp = "\u00a0"
	if n < 1000 {
		return w.Number(int(n)) + nbsp + "B"
	}
	size, unit := float64(n), 0
	for size >= 999.5 && unit < len("kMGTP") {
		size, unit = size/1000, unit+1
	}
	decimals := 1
	if size >= 100 {
		decimals = 0
	}
	return w.float(size, decimals) + nbsp + "kMGTP"[unit-1:unit] + "B"
}

// Join writes a list as in a sentence: "a, b y c"; in Spanish "y" is "e" before the sound i.
func (w *Words) Join(list []string) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return list[0]
	}
	last := len(list) - 1
	and := w.and
	if soundsI(list[last]) {
		and = w.andVowel
	}
	return strings.Join(list[:last], ", ") + " " + and + " " + list[last]
}

// soundsI tells whether a Spanish word begins with the vowel i: Italia, hijos; but not hierro or
// hiato, where it is the first half of a diphthong.
func soundsI(word string) bool {
	s := strings.ToLower(word)
	s = strings.TrimPrefix(s, "h")
	for _, i := range []string{"í", "i"} {
		if rest, ok := strings.CutPrefix(s, i); ok {
			return i == "í" || rest == "" || !strings.ContainsRune("aeo", rune(rest[0]))
		}
	}
	return false
}
