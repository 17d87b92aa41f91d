package procedure

import "expediente/models/day"

// fold is one folding under way.
type fold struct {
	d       *Definition
	in      *Input
	state   *StateRecord
	facts   day.Day // the earliest fact, not later than the lodging; zero where unknown
	entries []entry // what counts by AsOf, in order
	seen    codeSet
	rank    int        // of the present stage
	asked   *Milestone // the one that Check asks about
	refused *Refusal
	gap     gap
	reasons []Reason // room for those of the next deadlines
	res     Result
}

// entry is a milestone that counts.
type entry struct {
	*Milestone
	def *MilestoneDef // nil where the procedure does not know the code
	on  day.Day       // its place in time; of a granted date without a letter, the clock's trigger
}

// Fold works out where the matter stands on in.AsOf. It takes any milestones in any order and
// refuses none: what the procedure does not provide for becomes a warning.
func (d *Definition) Fold(in Input) Result {
	f := fold{d: d, in: &in}
	f.begin()
	f.walk()
	f.deadlines()
	f.allow()
	f.res.Steps = f.steps()
	return f.res
}

// walk goes through the milestones and moves from stage to stage.
func (f *fold) walk() {
	f.res.Spans = append(make([]Span, 0, 8), Span{Stage: f.d.Stages[0].ID})
	f.warnState()
	for i := range f.entries {
		f.take(&f.entries[i])
	}
	f.warnGap()
	last := f.res.Spans[len(f.res.Spans)-1]
	f.res.Stage, f.res.Since = last.Stage, last.From
}

func (f *fold) take(e *entry) {
	if e.Day.Last().After(f.in.AsOf) && !e.Day.After(f.in.AsOf) {
		f.warn("reasons.warning.partial_now", "name", f.name(e), "day", e.Day)
	}
	switch def := e.def; {
	case def == nil:
		if !e.Code.IsFact() {
			f.warn("reasons.warning.unknown_code", "code", string(e.Code), "day", e.Day)
			f.refuse(e, "reasons.refusal.unknown_code", "", "code", string(e.Code))
		}
		return
	case !f.holds(def.Requires, e.on):
		f.warn("reasons.warning.not_for_state_"+string(def.Requires), "name", def.Names, "day", e.Day, "state", f.stateName())
		f.refuse(e, "reasons.refusal.not_for_state_"+string(def.Requires), def.Article, "name", def.Names, "state", f.stateName(), "article", def.Article)
		e.def = nil // it opens and closes nothing here
		return
	case def.Event:
	case def.lawful.has(f.rank) && f.prepared(def):
		f.move(e)
	case def.stays.has(f.rank):
	default:
		f.irregular(e)
	}
	f.seen.add(e.def.pos)
}

// prepared tells whether what a milestone needs in the present stage has happened.
func (f *fold) prepared(def *MilestoneDef) bool {
	if def.needs == nil {
		return true
	}
	n := &def.needs[f.rank]
	return *n == codeSet{} || f.seen.meets(n)
}

// holds tells whether the State meets a condition on the day of a step. Of a State that the
// table does not know, nothing holds.
func (f *fold) holds(c Condition, on day.Day) bool {
	if c == NoCondition {
		return true
	}
	if f.state == nil {
		return false
	}
	party := f.state.Convention.Holds(on, f.facts)
	switch c {
	case RequiresParty:
		return party
	case RequiresCourt:
		return party && f.state.Court.Holds(on, f.facts)
	}
	return !party
}

// move applies a lawful milestone.
func (f *fold) move(e *entry) {
	switch {
	case e.def.Resumes:
		f.open(f.before(), e.on)
	case e.def.opens >= 0 && !e.def.Parallel:
		f.open(e.def.opens, e.on)
	}
}

// open enters a stage. A stage that is entered again while it lasts keeps its first day; the one
// where every matter begins has none until something opens it.
func (f *fold) open(rank int, on day.Day) {
	last := &f.res.Spans[len(f.res.Spans)-1]
	if rank == f.rank {
		if last.From.IsZero() {
			last.From = on
		}
		return
	}
	last.To, f.rank = on, rank
	f.res.Spans = append(f.res.Spans, Span{Stage: f.d.Stages[rank].ID, From: on})
}

// before is the stage where the matter was before the present one.
func (f *fold) before() int {
	for i := len(f.res.Spans) - 2; i >= 0; i-- {
		s := f.d.index.byStage[f.res.Spans[i].Stage]
		if s.Rank != f.rank && !s.Terminal {
			return s.Rank
		}
	}
	return f.rank
}

// irregular takes what the procedure does not provide for in the present stage. It is history
// all the same: it may move the matter forward, never back, and out of an end only by reopening.
func (f *fold) irregular(e *entry) {
	stage := f.d.Stages[f.rank]
	if e.AsItHappened {
		f.warn("reasons.warning.as_it_happened", "name", e.def.Names, "day", e.Day, "stage", stage.Names)
	} else {
		f.warnIrregular(e, stage)
	}
	key := "reasons.refusal.not_lawful"
	if e.def.Article == "" {
		key = "reasons.refusal.not_lawful_unnumbered"
	}
	f.refuse(e, key, e.def.Article, "name", e.def.Names, "stage", stage.Names, "article", e.def.Article)
	switch {
	case e.def.Parallel:
	case e.def.Resumes && stage.Terminal:
		f.open(f.before(), e.on)
	case e.def.opens > f.rank && !stage.Terminal:
		f.open(e.def.opens, e.on)
	}
}

// refuse remembers, for Check, why the milestone it asks about is not allowed.
func (f *fold) refuse(e *entry, key, rule string, args ...any) {
	if f.asked == nil || e.Milestone != f.asked {
		return
	}
	f.refused = &Refusal{Reason: Reason{Key: key, Args: args}, Rule: rule, Stage: f.d.Stages[f.rank].ID}
}

func (f *fold) warn(key string, args ...any) {
	f.res.Warnings = append(f.res.Warnings, Reason{Key: key, Args: args})
}

// warnState says once what the table of States means for this matter.
func (f *fold) warnState() {
	switch {
	case !f.d.index.conditions:
	case f.state == nil:
		f.warn("reasons.warning.state_unknown", "state", f.in.State)
	case f.facts.IsZero():
	case f.state.Convention.Since.After(f.facts):
		f.warn("reasons.warning.facts_before_convention", "state", f.state.Names, "facts", f.facts, "since", f.state.Convention.Since)
	case f.state.Court.Since.After(f.facts):
		f.warn("reasons.warning.facts_before_court", "state", f.state.Names, "facts", f.facts, "since", f.state.Court.Since)
	case !f.state.Convention.Until.IsZero() && !f.facts.Before(f.state.Convention.Until):
		f.warn("reasons.warning.facts_after_denunciation", "state", f.state.Names, "facts", f.facts, "until", f.state.Convention.Until)
	}
}

func (f *fold) stateName() any {
	if f.state != nil {
		return f.state.Names
	}
	return f.in.State
}

func (f *fold) name(e *entry) any { return f.d.named(e.Code) }

// named is the name of a code, or the code itself where the procedure does not know it.
func (d *Definition) named(c Code) any {
	if m := d.index.byCode[c]; m != nil {
		return m.Names
	}
	return string(c)
}
