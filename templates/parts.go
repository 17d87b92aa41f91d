package templates

import (
	"expediente/templates/locale"
)

// The structs below are what the shared pieces in _parts/ need. All texts are already in the
// reader's language; Hrefs are addresses inside the site. gallery_test.go shows each in use.

// Tone is a meaning with a colour and a sign of its own, so that colour never speaks alone.
type Tone string

// The tones.
const (
	Plain      Tone = ""           // nothing to notice
	Open       Tone = "open"       // in time
	Soon       Tone = "soon"       // due soon, or partly done
	Late       Tone = "late"       // passed, missing, off track
	Met        Tone = "met"        // done, complete, ahead
	Restricted Tone = "restricted" // reserved: not for every reader
	Superseded Tone = "superseded" // replaced by something later
)

// Pill is a word in a coloured lozenge with a sign: _pill.
type Pill struct {
	Tone Tone
	Text string
}

// Step is one stage of a track.
type Step struct {
	Name  string
	State string       // "done", "now" or "ahead"
	On    locale.Civil // when it was reached; nil or zero when it was not
	Note  string       // said instead of the date: "14 abr 2005 – 2 mar 2006"
}

// StageTrack shows where a matter stands: _track. On a phone it stands upright.
type StageTrack struct {
	Steps []Step
}

// DeadlineRow is one deadline: _deadline.
type DeadlineRow struct {
	ID       string // an anchor: "d-state_admiss"
	Due      locale.Civil
	What     string // "Observaciones sobre la respuesta del Estado"
	Href     string // the deadline or its matter; "" for none
	Matter   string // "Ruiz y otros, P-338-05"; "" inside the matter's own page
	Why      string // one line: what set it
	Marks    []Pill // what is to be known before the date is relied on: set by letter, to be checked
	Bound    string // whom it binds: "las peticionarias"; "" to leave it out
	Pill     Pill
	Estimate bool     // the date rests on an imprecise trigger
	Reasons  []string // rule, article, arithmetic, one sentence each, shown on demand
	Action   *Link    // the lawful next step, with its own name
}

// LogLine is a labelled line under a milestone: "Abre: respuesta del Estado, …".
type LogLine struct{ Label, Text, Href string }

// LogItem is one milestone of a log: _log takes a slice of them.
type LogItem struct {
	ID           string // an anchor: "m-7"
	When, Until  locale.Civil
	Name         string
	Href         string
	Text         string // a sentence of its own
	Pills        []Pill
	Lines        []LogLine
	Superseded   bool
	Replacement  string // the anchor of the milestone that corrects it
	Replaced     string // what is said of a superseded one instead of "corrected": "Retirado: no ocurrió"
	AsItHappened bool
	Recorded     string // who and when: "María López, 3 de marzo de 2006"
	Actions      []Link
}

// ExhibitRow is one exhibit or one file: _exhibit.
type ExhibitRow struct {
	Kind   string // "PDF", shown where there is no picture
	Thumb  string // address of a small picture; "" for none
	Title  string // "Anexo 7. Registro de detención"
	Href   string
	Lines  []string
	Digest string // hexadecimal, shown shortened with the whole on demand
	Pills  []Pill
}

// DigestShort is the beginning and the end of the digest: "9f2c…81ad".
func (e ExhibitRow) DigestShort() string { return shorten(e.Digest) }

func shorten(digest string) string {
	if len(digest) <= 12 {
		return digest
	}
	return digest[:6] + "…" + digest[len(digest)-4:]
}

// RoadRow is one line of a road chart's table.
type RoadRow struct {
	When  locale.Civil
	Count int
	What  string
	Href  string
}

// RoadChart is the road to a target, drawn as SVG, with the same figures as a table: _road.
// Desk and Phone are geometries with the fields of cases/plan.Road, drawn for a desk and for a
// phone; this package reads them by name and so imports nothing. Phone may be nil.
type RoadChart struct {
	ID          string // unique on the page: "road-1"
	Summary     string // the chart in one sentence, for those who do not see it
	Desk, Phone any
	Rows        []RoadRow
	Target      int
	Forecast    string // "entre 2 y 4"; "" without a forecast
}

// Spark is a small pace line: _spark. Geometry has the fields of cases/plan.Spark.
type Spark struct {
	Summary  string
	Tone     Tone
	Geometry any
}

// BarPart is one part of a Bar.
type BarPart struct {
	Tone  Tone
	Count int
	Text  string // "4 cumplidas"
}

// Bar shows shares of a whole, with its legend: _bar.
type Bar struct {
	Parts []BarPart
}

// BarPiece is a BarPart with its place in a drawing 1000 wide.
type BarPiece struct {
	BarPart
	X, Width int
}

// Pieces lays the parts side by side; parts of nothing are left out.
func (b Bar) Pieces() (pieces []BarPiece) {
	total := 0
	for _, p := range b.Parts {
		total += p.Count
	}
	done := 0
	for _, p := range b.Parts {
		if p.Count == 0 {
			continue
		}
		x := done * 1000 / total
		done += p.Count
		pieces = append(pieces, BarPiece{p, x, max(done*1000/total-x-3, 1)})
	}
	return pieces
}

// Figure is one large number with what it counts: _figures takes a slice of them.
type Figure struct{ Value, Text string }

// Pager leads through a list by cursor: _pager.
type Pager struct {
	Previous, Next string // addresses; "" at an end
	Total          int
	AtLeast        bool // there are more than Total: counting stopped there
}

// Empty stands where a list has nothing yet, and teaches: _empty.
type Empty struct {
	Icon    string
	Title   string // "Todavía no hay visitas"
	Text    string // what this is for
	Example string // "Por ejemplo: visita a Guatemala, marzo de 2008"
	Action  *Link  // the first thing to do; nil when the reader may not
}

// Crumbs is the way here, outermost first; the last has no Href: _crumbs.
type Crumbs []Link

// Message is a remark in the page: _message.
type Message struct {
	Tone  Tone
	Title string
	Text  string
}

// Hidden is a value that a form carries along.
type Hidden struct{ Name, Value string }

// Confirm asks once more before something that cannot be taken back: _confirm.
type Confirm struct {
	Post   string // where it is sent
	CSRF   string
	Title  string // the question: "¿Cerrar este caso?"
	Text   string // what will follow
	Points []string
	Button string // the deed by its name: "Cerrar el caso"
	Back   string // where "no" leads
	Danger bool
	Keep   []Hidden
	Fields []Field // what must be said, a reason for instance
}

// Summary lists what must be corrected, with links to the fields: _problems.
type Summary []Field

// Faulty is the fields that carry an error.
func (s Summary) Faulty() (faulty []Field) {
	for _, f := range s {
		if f.Error != "" {
			faulty = append(faulty, f)
		}
	}
	return faulty
}

// capped writes a count for the menu: "" for none, "99+" above 99.
func capped(n int) string {
	switch {
	case n <= 0:
		return ""
	case n > 99:
		return "99+"
	}
	return itoa(n)
}
