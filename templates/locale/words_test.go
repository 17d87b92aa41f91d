package locale

import (
	"testing"
	"time"
)

type civil [3]int

func (c civil) Civil() (int, int, int) { return c[0], c[1], c[2] }

type names map[string]string

func (n names) In(lang string) string { return n[lang] }

func words(t testing.TB, lang string) *Words {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c.For(lang)
}

func TestWrites(t *testing.T) {
	es, en := words(t, "es"), words(t, "en")
	zone := time.FixedZone("", -6*3600)
	at := time.Date(2006, 2, 21, 20, 5, 0, 0, time.UTC)
	for _, row := range []struct{ got, want string }{
		{es.Day(civil{2006, 2, 21}), "21 de febrero de 2006"},
		{es.Day(civil{2006, 2, 0}), "febrero de 2006"},
		{es.Day(civil{2006, 0, 0}), "2006"},
		{es.Day(civil{}), "—"},
		{es.Day(nil), "—"},
		{en.Day(civil{2006, 2, 21}), "21 February 2006"},
		{en.Day(civil{2006, 2, 0}), "February 2006"},
		{es.ShortDay(civil{2006, 2, 21}), "21 feb 2006"},
		{en.ShortDay(civil{2006, 2, 0}), "Feb 2006"},
		{es.OnDay(civil{2006, 2, 21}), "el 21 de febrero de 2006"},
		{es.OnDay(civil{2006, 2, 0}), "en febrero de 2006"},
		{en.OnDay(civil{2006, 0, 0}), "in 2006"},
		{es.Instant(at, zone), "21 de febrero de 2006, 14:05"},
		{en.Instant(at, nil), "21 February 2006, 20:05 UTC"},
		{es.Number(2006), "2006"},
		{es.Number(12345), "12\u202f345"},
		{en.Number(-1234567), "−1,234,567"},
		{es.Number(2.5), "2,5"},
		{es.Percent(0.125), "12,5\u00a0%"},
		{en.Percent(0.46), "46%"},
		{es.Bytes(4200000), "4,2\u00a0MB"},
		{es.Bytes(999999), "1\u00a0MB"},
		{en.Bytes(12), "12\u00a0B"},
		{es.Join([]string{"Ana", "Luis", "Inés"}), "Ana, Luis e Inés"},
		{es.Join([]string{"nieve", "hielo"}), "nieve y hielo"},
		{es.Join([]string{"padres", "hijos"}), "padres e hijos"},
		{es.Join([]string{"a", "b", "c"}), "a, b y c"},
		{en.Join([]string{"a", "India"}), "a and India"},
		{en.Join(nil), ""},
	} {
		if row.got != row.want {
			t.Errorf("got %q, want %q", row.got, row.want)
		}
	}
}

func TestSay(t *testing.T) {
	es := words(t, "es")
	for _, row := range []struct {
		key  string
		args []any
		want string
	}{
		{"common.action.save", nil, "Guardar"},
		{"common.due.late", []any{"n", 1}, "1 día de retraso"},
		{"common.due.late", []any{"n", int64(3)}, "3 días de retraso"},
		{"common.due.late", []any{"n", 1000000}, "1\u202f000\u202f000 de días de retraso"},
		{"common.due.met_on", []any{"day", civil{2006, 3, 0}}, "cumplido en marzo de 2006"},
		{"common.due.bound", []any{"who", names{"es": "las peticionarias"}}, "Obliga a: las peticionarias"},
		{"common.due.bound", []any{"who", []string{"A", "B"}}, "Obliga a: A y B"},
		{"common.due.bound", nil, "Obliga a: ⟦who⟧"},
		{"no.such", nil, "⟦no.such⟧"},
	} {
		if got := es.Say(row.key, row.args...); got != row.want {
			t.Errorf("%s %v: got %q, want %q", row.key, row.args, got, row.want)
		}
	}
}

func TestMatch(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"": "es", "en-GB,en;q=0.8": "en", "es-SV": "es", "ja": "es", "ca,en;q=0.5": "en", "garbage;;;": "es",
	} {
		if got := c.Match(header); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

func BenchmarkSay(b *testing.B) {
	es := words(b, "es")
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			es.Say("common.action.save")
		}
	})
	b.Run("plural", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			es.Say("common.due.late", "n", 3)
		}
	})
	b.Run("day", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			es.Say("common.due.met_on", "day", civil{2006, 3, 4})
		}
	})
}
