package procedure

import (
	"time"

	"expediente/cases/deadline"
	"expediente/models/day"
)

// Definition is the rules of one mechanism, as read from its file.
type Definition struct {
	ID          string            `yaml:"id"`        // e.g. iachr_petition
	Mechanism   string            `yaml:"mechanism"` // iachr, iacourt, oas, un or treaty
	Kind        Kind              `yaml:"kind"`
	Names       Names             `yaml:"names"`
	Short       Names             `yaml:"short"`    // for menus and tracks
	Zone        *time.Location    `yaml:"-"`        // whose "today" counts, from zone
	ZoneName    string            `yaml:"zone"`     // e.g. America/New_York
	Roll        Roll              `yaml:"roll"`     // what a weekend does, unless a rule says otherwise
	Requires    Condition         `yaml:"requires"` // of the State, for every milestone that moves the stage
	Lodging     Code              `yaml:"lodging"`  // the milestone that presents the matter; facts are not later
	Include     []*Include        `yaml:"include"`  // milestones and rules shared with another procedure
	Digest      string            `yaml:"-"`        // sha256 of the file's bytes and of what it draws on, hex
	Notes       []Note            `yaml:"notes"`    // for the lawyer who reviews
	Bodies      []*Body           `yaml:"bodies"`   // the committees that share this procedure
	Suspensions []*Suspension     `yaml:"suspensions"`
	Stages      []*Stage          `yaml:"stages"` // in rank order; the first is where a matter begins
	Tracks      []*Track          `yaml:"tracks"` // the first whose condition holds is drawn
	Track       []StageID         `yaml:"-"`      // the stages of the last, unconditional track
	Groups      map[string][]Code `yaml:"groups"` // lists of codes that rules name as "@group"
	Milestones  []*MilestoneDef   `yaml:"milestones"`
	Rules       []*Rule           `yaml:"rules"`
	Sources     []Source          `yaml:"sources"`

	index index
}

// Include names a procedure whose milestones and rules this one shares. Either its stages stand
// for stages here, or all of it runs beside this procedure and moves nothing.
type Include struct {
	ID       string              `yaml:"id"`
	Parallel bool                `yaml:"parallel"`
	Where    []StageID           `yaml:"where"`  // of a parallel one: lawful in these stages; empty: in any
	Only     []Code              `yaml:"only"`   // just these; empty: all
	Stages   map[StageID]StageID `yaml:"stages"` // there → here
	From     map[Code][]StageID  `yaml:"from"`   // where an included milestone is lawful besides
}

// Note is a remark in Spanish and English at least.
type Note = Names

// Source is where something was read.
type Source struct {
	N      int    `yaml:"n"`
	Name   string `yaml:"name"`
	URL    string `yaml:"url"`
	Unseen bool   `yaml:"unseen"` // knowledge, not a text that was read
}

// Body is a committee that follows the procedure; a disabled one is not yet competent.
type Body struct {
	Code    string `yaml:"code"`
	Names   Names  `yaml:"names"`
	Enabled bool   `yaml:"enabled"`
	Note    Note   `yaml:"note"`
	Mark    Mark   `yaml:"mark"`
	Sources []int  `yaml:"sources"`
}

// Version is one text of an instrument and the time it was in force.
type Version struct {
	Code     string  `yaml:"code"` // e.g. ROP2000
	Names    Names   `yaml:"names"`
	From     day.Day `yaml:"from"`      // zero: since ever
	Until    day.Day `yaml:"until"`     // last day; zero: still in force
	ChosenBy Code    `yaml:"chosen_by"` // the milestone whose date chooses; empty: the rule's trigger
	Note     Note    `yaml:"note"`
	Mark     Mark    `yaml:"mark"`
	Sources  []int   `yaml:"sources"`
}

// Suspension is a time during which periods did not run.
type Suspension struct {
	Code    string      `yaml:"code"`
	Names   Names       `yaml:"names"`
	From    day.Day     `yaml:"from"`
	To      day.Day     `yaml:"to"` // last day
	Except  []Exception `yaml:"except"`
	Mark    Mark        `yaml:"mark"`
	Sources []int       `yaml:"sources"`
}

// Exception is a rule that a suspension does not touch.
type Exception struct {
	Rule string `yaml:"rule"`
	Note Note   `yaml:"note"`
}

// Stage is where a matter may stand.
type Stage struct {
	ID       StageID `yaml:"id"`
	Names    Names   `yaml:"names"`
	Short    Names   `yaml:"short"`
	Article  string  `yaml:"article"`
	Terminal bool    `yaml:"terminal"` // nothing but a reopening leads out
	Quiet    bool    `yaml:"quiet"`    // often not public: that nothing recorded opened it is not pointed out
	Note     Note    `yaml:"note"`
	Mark     Mark    `yaml:"mark"`
	Sources  []int   `yaml:"sources"`
	Rank     int     `yaml:"-"` // its place in the list, from 0
}

// Track is the stages drawn for States of which the condition holds.
type Track struct {
	Requires Condition `yaml:"requires"`
	Stages   []StageID `yaml:"stages"`
}

// MilestoneDef says what one kind of milestone means in this procedure.
type MilestoneDef struct {
	Code       Code               `yaml:"code"`
	Names      Names              `yaml:"names"`
	Opens      StageID            `yaml:"opens"`      // the stage it opens, if any
	Resumes    bool               `yaml:"resumes"`    // goes back to the stage before the present one
	From       []StageID          `yaml:"from"`       // stages where it is lawful; any = every one, open = every one not terminal
	Stays      []StageID          `yaml:"stays"`      // lawful here too, but the stage does not change
	Needs      map[StageID][]Code `yaml:"needs"`      // lawful in that stage only after one of these
	After      []Code             `yaml:"after"`      // offered only once one of these was recorded
	Requires   Condition          `yaml:"requires"`   // of the State
	Carries    []string           `yaml:"carries"`    // until, due, victim, decision
	Event      bool               `yaml:"event"`      // context, not a step of procedure
	Parallel   bool               `yaml:"parallel"`   // never changes the stage
	Repeatable bool               `yaml:"repeatable"` // may happen again
	Once       bool               `yaml:"once"`       // repeatable only where several petitions join: asked about and offered last
	Article    string             `yaml:"article"`    // of the latest version
	Note       Note               `yaml:"note"`

	Included bool `yaml:"-"` // shared from another procedure

	pos    int // its place in the definition
	order  int // its place among milestones of one day
	opens  int // rank of Opens, -1 for none
	lawful stageSet
	stays  stageSet
	needs  []codeSet // by rank; nil where Needs is empty
	after  codeSet
	grants []*Rule // the rules whose date it may fix
}

// Has tells whether the milestone carries the field: until, due, victim or decision.
func (m *MilestoneDef) Has(field string) bool {
	for _, c := range m.Carries {
		if c == field {
			return true
		}
	}
	return false
}

// Rule is one period: who is bound, what opens and closes it, and its length by version.
type Rule struct {
	Code        string         `yaml:"code"` // e.g. state_admiss
	Names       Names          `yaml:"names"`
	Bound       []Bound        `yaml:"bound"`
	Trigger     []Code         `yaml:"trigger"`
	Fallback    []Code         `yaml:"fallback"` // stands in for a missing trigger, as an estimate
	MetBy       []Code         `yaml:"met_by"`
	MetBefore   bool           `yaml:"met_before"` // an earlier one meets it too
	ByVictim    bool           `yaml:"by_victim"`  // one that names a victim meets that victim's only
	ClosedBy    []Code         `yaml:"closed_by"`  // the procedure moved on
	GrantedBy   []Code         `yaml:"granted_by"` // carries the granted date
	RestartedBy []Code         `yaml:"restarted_by"`
	SoftenedBy  []Code         `yaml:"softened_by"` // turns it into a prudent date
	Requires    Condition      `yaml:"requires"`
	Repeat      Repeat         `yaml:"repeat"`
	Practice    bool           `yaml:"practice"`  // a habit of the body, not a text
	Letter      bool           `yaml:"letter"`    // a date that the trigger carries goes before the length
	Optional    bool           `yaml:"optional"`  // a right; letting it pass is no default
	Waits       Waits          `yaml:"waits"`     // a time that must run, not one to act in
	SameAs      string         `yaml:"same_as"`   // ends with this other rule and has no date of its own
	ShowFrom    Length         `yaml:"show_from"` // said nothing of before this much has run
	Roll        Roll           `yaml:"roll"`
	Note        Note           `yaml:"note"`
	Versions    []*RuleVersion `yaml:"versions"`

	Included bool `yaml:"-"` // shared from another procedure

	pos      int
	prudent  bool // reckoned from the earliest day: someone else than the State is bound
	trigger  codeSet
	fallback codeSet
	metBy    codeSet
	closedBy codeSet
	granted  codeSet
	restart  codeSet
	soften   codeSet
	pauses   []deadline.Pause
}

// computable tells whether some version of the rule gives a date.
func (r *Rule) computable() bool {
	for _, v := range r.Versions {
		if v.Length.Computable() {
			return true
		}
	}
	return false
}

// Waits says for which States a period is a time that must run before the next step, rather
// than one within which to act.
type Waits string

// The kinds of waiting; the empty one never waits.
const (
	WaitsAlways       Waits = "always"
	WaitsWithoutCourt Waits = "without_court" // where the Court cannot be seized
)

// RuleVersion is a rule as one or more versions of an instrument had it.
type RuleVersion struct {
	Version   VersionCodes `yaml:"version"`
	Article   string       `yaml:"article"` // e.g. 30.3; "?" where the number was not seen
	Length    Length       `yaml:"length"`
	Extension *Extension   `yaml:"extension"`
	Cap       Length       `yaml:"cap"` // from the first request
	Note      Note         `yaml:"note"`
	Mark      Mark         `yaml:"mark"`
	Sources   []int        `yaml:"sources"`

	Instrument *Version `yaml:"-"` // the version this entry stands for
	Cited      []Source `yaml:"-"` // the sources themselves

	cites any // Cites, as reasons hold it
}

// Cites is the article as it is shown.
func (v *RuleVersion) Cites() Citation { return Citation(v.Article) }

// VersionCodes is one code or several in a file; after loading it is exactly one.
type VersionCodes []string

// Extension says how the period may grow.
type Extension struct {
	By     string `yaml:"by"` // none, request, letter, suspension, body
	Length Length `yaml:"length"`
	Mark   Mark   `yaml:"mark"` // of the extension and the cap, where it differs from the rule's
	Note   Note   `yaml:"note"`
}
