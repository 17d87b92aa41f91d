package procedure

import "expediente/models/day"

// allow lists what may be logged next: first what meets a running deadline or ends an estimate,
// then what is lawful in the stage, the most expected first, then what has happened and normally
// does not again.
func (f *fold) allow() {
	next := f.d.index.next[f.rank]
	f.res.Allowed = make([]Code, 0, len(next))
	var due codeSet
	for i := range f.res.Deadlines {
		if dl := &f.res.Deadlines[i]; dl.Status == Open || dl.Status == Missed && dl.ClosedOn.IsZero() {
			for j, word := range dl.Rule.metBy {
				due[j] |= word
			}
			for j, word := range dl.Rule.trigger {
				if dl.Estimate {
					due[j] |= word // the real trigger would end the estimate
				}
			}
		}
	}
	for _, turn := range []int{0, 1, 2} {
		for _, m := range next {
			if f.turn(m, &due) == turn && f.offers(m) {
				f.res.Allowed = append(f.res.Allowed, m.Code)
			}
		}
	}
}

// turn says with which of the three groups a milestone is offered.
func (f *fold) turn(m *MilestoneDef, due *codeSet) int {
	switch {
	case m.Once && f.seen.has(m.pos):
		return 2
	case due.has(m.pos):
		return 0
	}
	return 1
}

// offers tells whether a lawful milestone makes sense to offer: for this State, not again where
// it happens once, and not before what it answers.
func (f *fold) offers(m *MilestoneDef) bool {
	if !m.Repeatable && f.seen.has(m.pos) || !f.holds(m.Requires, f.in.AsOf) || !f.prepared(m) {
		return false
	}
	return len(m.After) == 0 || f.seen.meets(&m.after)
}

// steps draws the track of this State: the stages that were, the present one and those ahead.
// A present stage beside the track is set in where its rank says; an end cuts off what is ahead.
func (f *fold) steps() []Step {
	track, now := f.track(), f.d.Stages[f.rank]
	steps := make([]Step, 0, len(track)+1)
	behind := f.rank - 1
	if now.Terminal {
		behind = f.reached()
	}
	placed := false
	for _, id := range track {
		s := f.d.index.byStage[id]
		if s != now && s.Rank <= behind {
			steps = append(steps, Step{s, StepDone, f.entered(id)})
			continue
		}
		if !placed {
			steps, placed = append(steps, Step{now, StepNow, f.res.Since}), true
		}
		if s != now && !now.Terminal {
			steps = append(steps, Step{Stage: s, State: StepAhead})
		}
	}
	if !placed {
		steps = append(steps, Step{now, StepNow, f.res.Since})
	}
	return steps
}

// track chooses the stages to draw: of the tracks that hold for the State, the first that knows
// the present stage, else the first.
func (f *fold) track() []StageID {
	var first []StageID
	for _, t := range f.d.Tracks {
		if !f.holds(t.Requires, f.in.AsOf) {
			continue
		}
		for _, id := range t.Stages {
			if f.d.index.byStage[id].Rank == f.rank {
				return t.Stages
			}
		}
		if first == nil {
			first = t.Stages
		}
	}
	return first
}

// reached is the highest rank of the stages before the present one.
func (f *fold) reached() (rank int) {
	for _, s := range f.res.Spans[:len(f.res.Spans)-1] {
		rank = max(rank, f.d.index.byStage[s.Stage].Rank)
	}
	return rank
}

// entered is when the matter first came into a stage; zero where it is not known to have been there.
func (f *fold) entered(id StageID) day.Day {
	for _, s := range f.res.Spans {
		if s.Stage == id {
			return s.From
		}
	}
	return day.Day{}
}
