package locale

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Civil is a calendar day known to the day, the month or the year: what is not known is 0.
type Civil interface {
	Civil() (year, month, day int)
}

// Named is a thing with a name of its own in each language.
type Named interface {
	In(lang string) string
}

// Words says things in one language. It is safe for use by several goroutines.
type Words struct {
	lang     string
	tag      language.Tag
	plain    map[string]string
	messages map[string]*message
	forms    *forms

	long, on, the, short    datePattern
	months, abbreviated     [13]string
	group, decimal, percent string
	and, andVowel, none     string
}

// Lang is the language's code: "es".
func (w *Words) Lang() string { return w.lang }

// Has tells whether key has words.
func (w *Words) Has(key string) bool {
	_, ok := w.plain[key]
	return ok || w.messages[key] != nil
}

// Keys lists every key, sorted.
func (w *Words) Keys() []string {
	return slices.Sorted(func(yield func(string) bool) {
		for k := range maps.Keys(w.plain) {
			if !yield(k) {
				return
			}
		}
		for k := range maps.Keys(w.messages) {
			if !yield(k) {
				return
			}
		}
	})
}

// Say gives the words of key with its values set in. The args alternate name and value:
// Say("common.due.late", "n", 3). A value may be a text, a number, a day, a list of texts or a
// Named thing; the one named n chooses the plural. Unknown keys and values come out as ⟦name⟧.
func (w *Words) Say(key string, args ...any) string {
	if text, ok := w.plain[key]; ok {
		return text
	}
	m := w.messages[key]
	if m == nil {
		return "⟦" + key + "⟧"
	}
	var b strings.Builder
	for _, p := range m.choose(w, args) {
		if p.arg == "" {
			b.WriteString(p.text)
			continue
		}
		if v, ok := lookUp(args, p.arg); ok {
			b.WriteString(w.value(v, p.verb))
		} else {
			b.WriteString("⟦" + p.arg + "⟧")
		}
	}
	return b.String()
}

// choose picks the plural form by n; a form that was not written falls to "other".
func (m *message) choose(w *Words, args []any) []piece {
	if m.plural {
		if n, ok := lookUp(args, "n"); ok {
			if pieces := m.forms[w.forms.of(count(n))]; pieces != nil {
				return pieces
			}
		}
	}
	return m.forms[other]
}

func lookUp(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

// count reads a whole number out of v; 2 (no singular) for what is none.
func count(v any) int {
	if n, ok := v.(int); ok {
		return n
	}
	switch r := reflect.ValueOf(v); {
	case r.CanInt():
		return int(r.Int())
	case r.CanUint():
		return int(r.Uint())
	}
	return 2
}

// value writes one value as it stands in a sentence.
func (w *Words) value(v any, verb string) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return w.Number(v)
	case Civil:
		return w.dayAs(v, verb)
	case Named:
		return v.In(w.lang)
	case []string:
		return w.Join(v)
	case time.Time:
		return w.Instant(v, nil)
	case fmt.Stringer:
		return v.String()
	}
	switch r := reflect.ValueOf(v); {
	case r.Kind() == reflect.String:
		return r.String()
	case r.CanInt(), r.CanUint(), r.CanFloat():
		return w.Number(v)
	}
	return fmt.Sprint(v)
}

// Value writes any value that Say accepts as Say would.
func (w *Words) Value(v any) string { return w.value(v, "") }
