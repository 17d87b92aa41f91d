package procedure

import (
	"slices"

	"expediente/models/day"
)

// Check tells, before m is logged, whether the procedure allows it at its place in time; in
// holds what is recorded already. A refusal names the rule and what would be allowed. Odd is
// what to have confirmed: it stands against nothing, but is often a slip.
func (d *Definition) Check(in Input, m Milestone) (refusal *Refusal, odd []Reason) {
	if m.Day.IsZero() {
		return &Refusal{Reason: Reason{Key: "reasons.refusal.undated", Args: []any{"name", d.named(m.Code)}}}, nil
	}
	before := in
	if before.AsOf.Before(m.Day) {
		before.AsOf = m.Day.First()
	}
	refusal = d.refuses(before, m)
	if refusal == nil {
		return nil, d.odd(in, m)
	}
	if on := d.mayBe(before, m); !on.IsZero() {
		return nil, append(d.odd(in, m), Reason{Key: "reasons.odd.partial_place", Args: []any{"day", m.Day, "on", on}})
	}
	refusal.Allowed = d.allowedOn(in, m.Day)
	return refusal, nil
}

// refuses walks through what is recorded with m among it, and tells why m is not allowed there.
func (d *Definition) refuses(in Input, m Milestone) *Refusal {
	in.Milestones = append(slices.Clip(in.Milestones), m)
	f := fold{d: d, in: &in, asked: &in.Milestones[len(in.Milestones)-1]}
	f.begin()
	f.walk()
	return f.refused
}

// mayBe is the first day that a partial date may mean on which m would be allowed; zero for none.
// What is allowed changes only on days when something happened, so those are tried, and the last.
func (d *Definition) mayBe(in Input, m Milestone) day.Day {
	if m.Day.Precision() == day.Exact {
		return day.Day{}
	}
	days := []day.Day{m.Day.Last()}
	for _, x := range in.Milestones {
		for _, on := range []day.Day{x.Day.First(), x.Day.First().AddDays(1)} {
			if on.After(m.Day) && !on.After(m.Day.Last()) {
				days = append(days, on)
			}
		}
	}
	slices.SortFunc(days, day.Day.Compare)
	for _, on := range slices.Compact(days) {
		try := m
		if try.Day = on; in.AsOf.Before(on) {
			in.AsOf = on
		}
		if d.refuses(in, try) == nil {
			return on
		}
	}
	return day.Day{}
}

// allowedOn is what would have been allowed on a day, knowing what came before it.
func (d *Definition) allowedOn(in Input, on day.Day) []Code {
	in.AsOf = on.Last()
	return d.Fold(in).Allowed
}

// odd gathers what to have confirmed about a milestone that is allowed.
func (d *Definition) odd(in Input, m Milestone) (odd []Reason) {
	def := d.index.byCode[m.Code]
	say := func(key string, args ...any) {
		odd = append(odd, Reason{Key: key, Args: append([]any{"name", d.named(m.Code), "day", m.Day}, args...)})
	}
	if m.Day.After(in.AsOf) && !(def != nil && len(def.grants) > 0 && m.Until.IsZero()) {
		say("reasons.odd.future")
	}
	if m.Day.Precision() != day.Exact {
		say("reasons.odd.partial")
	}
	oddAgain(in, m, def, say)
	if def == nil || def.Event {
		return odd
	}
	d.oddPlace(in, m, def, say)
	if m.Until.IsZero() && (def.Has("until") || def.Has("due")) && len(def.grants) == 0 {
		say("reasons.odd.no_date_carried")
	}
	d.oddGrant(in, m, def, say)
	return odd
}

// oddPlace finds a date before the present stage began, or before the matter was presented.
func (d *Definition) oddPlace(in Input, m Milestone, def *MilestoneDef, say func(string, ...any)) {
	now := d.Fold(in)
	if !now.Since.IsZero() && m.Day.Last().Before(now.Since) && !def.Parallel && !def.lawful.has(0) {
		stage := d.index.byStage[now.Stage]
		say("reasons.odd.before_stage", "stage", stage.Names, "since", now.Since)
	}
	if d.index.lodging == nil || def.lawful.has(0) || def == d.index.lodging {
		return
	}
	for _, x := range in.Milestones {
		if x.Code == d.Lodging && m.Day.Last().Before(x.Day) {
			say("reasons.odd.before_lodging", "lodged", x.Day)
			return
		}
	}
}

// oddAgain finds the same, of the same victim and decision, recorded already: on what may be the
// same day, or on any day where it normally happens once.
func oddAgain(in Input, m Milestone, def *MilestoneDef, say func(string, ...any)) {
	once := def != nil && !def.Event && (!def.Repeatable || def.Once)
	key, on := "", day.Day{}
	for _, x := range in.Milestones {
		switch {
		case x.Code != m.Code || x.Victim != m.Victim || x.Decision != m.Decision:
		case !x.Day.After(m.Day.Last()) && !m.Day.After(x.Day.Last()):
			say("reasons.odd.again", "on", x.Day)
			return
		case once:
			key, on = "reasons.odd.twice", x.Day
		}
	}
	if key != "" {
		say(key, "on", on)
	}
}

// oddGrant finds a granted date beyond what the rule allows.
func (d *Definition) oddGrant(in Input, m Milestone, def *MilestoneDef, say func(string, ...any)) {
	granted := m.Until
	if granted.IsZero() {
		granted = m.Day
	}
	if len(def.grants) == 0 {
		return
	}
	in.Milestones = append(slices.Clip(in.Milestones), m)
	if in.AsOf.Before(m.Day) && !m.Until.IsZero() {
		in.AsOf = m.Day.First()
	}
	for _, dl := range d.Fold(in).Deadlines {
		if dl.Granted == granted && !dl.Cap.IsZero() && granted.After(dl.Cap) {
			say("reasons.odd.beyond_cap", "rule", dl.Rule.Names, "granted", granted, "cap", dl.Cap)
		}
	}
}
