package templates

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
)

func TestMenuShowsWhatIsAllowed(t *testing.T) {
	may := func(id string) bool { return id != "audit" && id != "plan" }
	b := Base{Nav: "visits", Menu: Menu(may, Counts{Cases: 1200, Late: 3})}
	var ids, bar []string
	for _, e := range b.Rail() {
		ids = append(ids, e.Heading+"/"+e.ID+e.Count)
	}
	for _, e := range b.Bar() {
		bar = append(bar, e.ID)
	}
	if got := strings.Join(ids, " "); got != "/today /cases99+ /visits /evidence /deadlines network/dossiers system/help" {
		t.Errorf("the rail shows %s", got)
	}
	if got := strings.Join(bar, " "); got != "today cases evidence deadlines" {
		t.Errorf("the bar shows %s", got)
	}
	if !b.RestIsCurrent() || b.RestLate() != 0 {
		t.Error("visits is current under More, and nothing late hides there")
	}
}

// TestEveryPageIsReachable checks that the phone's bar and its sheet lead to the whole menu.
func TestEveryPageIsReachable(t *testing.T) {
	all := Base{Menu: Menu(func(string) bool { return true }, Counts{})}
	if n := len(all.Bar()) + len(all.Rest()); n != len(menu) {
		t.Errorf("%d of %d items are reachable on a phone", n, len(menu))
	}
}

func TestFrame(t *testing.T) {
	set := gallerySet(t)
	render := func(page string, data any) string {
		var b bytes.Buffer
		if err := set.Render(&b, "en", page, data); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	then := render("gallery/plan", galleryPages("en", "")["gallery/plan"])
	for _, want := range []string{`lang="en"`, `aria-current="page"`, "You are seeing the registry as it stood on 20 June 2006.", `action="/signout"`, `name="back" value="/cases?page=2"`, `class="skip"`} {
		if !strings.Contains(then, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	stranger := render("gallery/signin", galleryPages("en", "")["gallery/signin"])
	for _, never := range []string{"/signout", "/cases", `class="rail"`, "Expediente</a>"} {
		if strings.Contains(stranger, never) {
			t.Errorf("before sign-in the page shows %s", never)
		}
	}
	if set.Render(&bytes.Buffer{}, "en", "no/page", nil) == nil {
		t.Error("a missing page was rendered")
	}
	var nothing bytes.Buffer
	if set.Render(&nothing, "en", "gallery/plan", struct{ Base }{}) == nil || nothing.Len() > 0 {
		t.Error("a page without its data wrote something")
	}
}

func TestDateField(t *testing.T) {
	for _, row := range []struct{ form, want string }{
		{"when-day=3&when-month=2&when-year=2006", "2006-02-03"},
		{"when-month=11&when-year=2006", "2006-11"},
		{"when-year=+2006+", "2006"},
		{"when-day=31&when-year=2006", "2006--31"},
		{"when-day=x&when-month=2&when-year=", "-02-0x"},
		{"when=2006-02", "2006-02"},
		{"", ""},
	} {
		form, err := url.ParseQuery(row.form)
		if err != nil {
			t.Fatal(err)
		}
		if got := ReadDate(form.Get, "when"); got != row.want {
			t.Errorf("%s: got %q, want %q", row.form, got, row.want)
		}
	}
	f := NewField("when", "When", ReadDate(url.Values{"when-day": {"31"}, "when-month": {"2"}, "when-year": {"2006"}}.Get, "when"))
	if f.Year() != "2006" || f.Month() != "2" || f.Day() != "31" {
		t.Errorf("typed 31-2-2006, shown again %s-%s-%s", f.Day(), f.Month(), f.Year())
	}
}

func TestBarAddsUp(t *testing.T) {
	pieces := Bar{[]BarPart{{Met, 1, ""}, {Soon, 0, ""}, {Late, 2, ""}}}.Pieces()
	if len(pieces) != 2 || pieces[1].X+pieces[1].Width > 1000 || pieces[1].X != 333 {
		t.Errorf("got %+v", pieces)
	}
	if Bar(Bar{}).Pieces() != nil {
		t.Error("an empty bar has pieces")
	}
}

func TestWhy(t *testing.T) {
	w := catalogue(t).For("en")
	reason := struct {
		Key  string
		Args []any
	}{"common.due.late", []any{"n", 2}}
	if got, err := why(w, reason); err != nil || got != "2 days late" {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := why(w, struct{ Key string }{}); err != nil || got != "" {
		t.Errorf("no reason is said as %q, %v", got, err)
	}
	for _, bad := range []any{3, struct{ Name string }{}, struct {
		Key  string
		Args int
	}{Key: "a.b"}} {
		if _, err := why(w, bad); err == nil {
			t.Errorf("%#v was taken for a reason", bad)
		}
	}
}

// TestIconsAreDrawn keeps the drawings to path data, since they are inserted as they are.
func TestIconsAreDrawn(t *testing.T) {
	for name := range icons {
		if strings.Trim(icons[name], "MmLlHhVvAaCcSsZz0123456789.- ") != "" {
			t.Errorf("%s is not path data", name)
		}
	}
	for _, item := range menu {
		if _, ok := icons[item.Icon]; !ok {
			t.Errorf("the menu wants the icon %q", item.Icon)
		}
	}
}
