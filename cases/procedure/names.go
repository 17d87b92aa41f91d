package procedure

import (
	"strings"
	"unicode"

	"expediente/cases/deadline"
)

// Code names a kind of milestone, e.g. petition_lodged. One code has one meaning in every procedure.
type Code string

// StageID names a stage of one procedure, e.g. initial_review.
type StageID string

// Names is a name in the languages of the network: es, en, pt and fr.
type Names map[string]string

// In returns the name in lang; where that is missing, in Spanish, then in English.
func (n Names) In(lang string) string {
	for _, l := range [...]string{lang, "es", "en"} {
		if s := n[l]; s != "" {
			return s
		}
	}
	return ""
}

// Kind groups the procedures for the menu.
type Kind string

// The kinds.
const (
	KindPetition      Kind = "petition"
	KindMeasures      Kind = "measures"
	KindHearing       Kind = "hearing"
	KindCourt         Kind = "court"
	KindVisit         Kind = "visit"
	KindCommunication Kind = "communication"
	KindTreaty        Kind = "treaty"
)

// Citation is the articles of a rule as a definition writes them, "43.2; CADH/ACHR 50": where an
// instrument has a Spanish and an English short name, a bar stands between them.
type Citation string

// Unknown tells whether the number is still to be checked.
func (c Citation) Unknown() bool { return c == "" || c == "?" }

// In cites in lang: the English short names in English, else the Spanish ones.
func (c Citation) In(lang string) string {
	words := strings.Split(string(c), " ")
	for i, word := range words {
		es, en, both := strings.Cut(word, "/")
		switch {
		case !both || es == "" || !unicode.IsLetter(rune(es[0])):
		case lang == "en":
			words[i] = en
		default:
			words[i] = es
		}
	}
	return strings.Join(words, " ")
}

// Mark says how far a rule, a date or a name has been checked against its source.
type Mark string

// The marks, from the surest to the least sure. A derived figure has no source of its own.
const (
	Verified      Mark = "verified"
	KnowledgeHigh Mark = "knowledge_high"
	KnowledgeMid  Mark = "knowledge_mid"
	KnowledgeLow  Mark = "knowledge_low"
	Derived       Mark = "derived"
)

// doubt orders the marks; doubtKeys says them beside a deadline.
var (
	doubt     = map[Mark]int{Verified: 0, KnowledgeHigh: 1, KnowledgeMid: 2, KnowledgeLow: 3, Derived: 4}
	doubtKeys = map[Mark]string{
		KnowledgeHigh: "reasons.doubt.knowledge_high", KnowledgeMid: "reasons.doubt.knowledge_mid",
		KnowledgeLow: "reasons.doubt.knowledge_low", Derived: "reasons.doubt.derived",
	}
)

// Doubtful tells whether a lawyer has still to check it.
func (m Mark) Doubtful() bool { return m != Verified }

// Bound says whom a period binds.
type Bound string

// Those who can be bound.
const (
	Petitioner      Bound = "petitioner"
	State           Bound = "state"
	Commission      Bound = "commission"
	Court           Bound = "court"
	Representatives Bound = "representatives"
	Parties         Bound = "parties"
	Beneficiaries   Bound = "beneficiaries"
	MandateHolder   Bound = "mandate_holder"
	Committee       Bound = "committee"
	Anyone          Bound = "anyone"
)

// Condition is what must hold of the State, on a day, for a rule or a milestone to exist.
type Condition string

// The conditions; the empty one always holds.
const (
	NoCondition   Condition = ""
	RequiresParty Condition = "party"     // bound by the American Convention
	RequiresCourt Condition = "court"     // and by the Court's contentious jurisdiction
	NotParty      Condition = "not_party" // Declaration and Statute only
)

// Repeat says what a second trigger of the same rule does.
type Repeat string

// The ways to repeat.
const (
	RepeatEach   Repeat = "each"   // every trigger opens its own deadline
	RepeatLatest Repeat = "latest" // the last trigger replaces the earlier ones
	RepeatFirst  Repeat = "first"  // only the first trigger counts
)

// The engine of dates and reasons is package deadline; these are its words.
type (
	Reason = deadline.Reason
	Length = deadline.Length
	Status = deadline.Status
	Roll   = deadline.Roll
)

// The statuses of a deadline, see package deadline.
const (
	Open       = deadline.Open
	Met        = deadline.Met
	Late       = deadline.Late
	Missed     = deadline.Missed
	Superseded = deadline.Superseded
)
