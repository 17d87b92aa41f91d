package handlers

import "testing"

func TestReadDay(t *testing.T) {
	for typed, want := range map[string]string{
		"2006-03-21": "2006-03-21", "2006-03": "2006-03", "2006": "2006", "21/03/2006": "2006-03-21", "21-3-2006": "2006-03-21",
		"21.3.2006": "2006-03-21", " 1/1/2006 ": "2006-01-01", "3/2006": "2006-03", "03-2006": "2006-03", "2006/3/1": "2006-03-01", "2006-3": "2006-03",
		"29/2/2004": "2004-02-29", "21 / 3 / 2006": "2006-03-21",
	} {
		if d, err := readDay(typed); err != nil || d.String() != want {
			t.Errorf("%q is read as %v (%v), want %s", typed, d, err, want)
		}
	}
	for _, typed := range []string{"31/2/2006", "29/2/2005", "3/21/2006", "21/3/06", "0/1/2006", "2006-13", "2006-00-01", "hoy", "21 de marzo", "2006-03-21x", "²/3/2006", "-1/3/2006", "10000"} {
		if d, err := readDay(typed); err == nil {
			t.Errorf("%q is read as %v, and is no date", typed, d)
		}
	}
}

// FuzzReadDay wants no panic, and dates that read back.
func FuzzReadDay(f *testing.F) {
	for _, seed := range []string{"21/3/2006", "2006-03", "..2006", "１/2/2006"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		d, err := readDay(typed)
		if err != nil {
			return
		}
		if again, err := readDay(d.String()); err != nil || again != d {
			t.Errorf("%q gave %v, which reads as %v (%v)", typed, d, again, err)
		}
	})
}
