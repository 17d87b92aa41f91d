package procedure

import "expediente/models/day"

// Milestone is a dated fact in a matter's life, as the engine needs it.
type Milestone struct {
	Ref          string  // the caller's id, handed back in deadlines
	Code         Code    // what happened
	Day          day.Day // when
	Until        day.Day // the date it carries, of a letter, an extension or a session
	Victim       string  // whom it concerns, where the code carries that
	Decision     string  // which decision, likewise
	AsItHappened bool    // recorded although the procedure does not provide for it
	Seq          int     // the order of recording
}

// Input is what a fold looks at.
type Input struct {
	State      string      // ISO 3166 two letters; empty where no State is concerned
	Milestones []Milestone // not superseded, in any order
	AsOf       day.Day     // the day looked at; what comes later does not count
}

// Result is where a matter stands and what is due.
type Result struct {
	Stage     StageID
	Since     day.Day // zero where nothing recorded opened the stage
	Spans     []Span
	Deadlines []Deadline // by date; those without a date last
	Allowed   []Code     // what may be logged next, the most expected first
	Warnings  []Reason
	Steps     []Step
}

// Span is a time spent in one stage.
type Span struct {
	Stage    StageID
	From, To day.Day // To is zero while it lasts
}

// StepState says how far a step of the track has come.
type StepState string

// The states of a step.
const (
	StepDone  StepState = "done"
	StepNow   StepState = "now"
	StepAhead StepState = "ahead"
)

// Step is one stage of the track as drawn for this matter.
type Step struct {
	Stage *Stage
	State StepState
	On    day.Day // when it began; zero where unknown or ahead
}

// Deadline is one period of one matter.
type Deadline struct {
	Rule       *Rule
	Version    *RuleVersion
	Trigger    Code
	TriggerRef string
	TriggerDay day.Day
	Victim     string
	Decision   string
	Estimate   bool    // reckoned from a stand-in, the real trigger is not recorded
	Computed   day.Day // what the rule gives; zero where a letter decides
	Due        day.Day // what counts: granted, else of the letter, else computed
	Cap        day.Day // the latest an extension may reach
	Granted    day.Day
	Letter     day.Day // the letter's date, where ByLetter
	ByLetter   bool    // the date is a letter's, not the rule's
	Status     Status
	MetOn      day.Day
	MetRef     string
	ClosedOn   day.Day
	Days       int  // late or missed, in calendar days
	Doubt      Mark // the least sure part of it
	Prudent    bool // kept for safety although an exception is relied on
	Reasons    []Reason
}

// Refusal says why a milestone is not allowed and what would be.
type Refusal struct {
	Reason
	Rule    string  // the article that stands against it, may be empty
	Stage   StageID // where the matter stands on that day
	Allowed []Code
}
