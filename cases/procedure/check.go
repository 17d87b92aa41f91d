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
	with := before
	with.Milestones = append(slices.Clip(in.Milestones), m)
	f := fold{d: d, in: &with, asked: &with.Milestones[len(in.Milestones)]}
	f.begin()
	f.walk()
	if f.refused != nil {
		f.refused.Allowed = d.allowedOn(in, m.Day)
		return f.refused, nil
	}
	return nil, d.odd(in, m, &f)
}

// allowedOn is what would have been allowed on a day, knowing what came before it.
func (d *Definition) allowedOn(in Input, on day.Day) []Code {
	in.AsOf = on.Last()
	return d.Fold(in).Allowed
}

// odd gathers what to have confirmed about a milestone that is allowed; f has walked with it.
func (d *Definition) odd(in Input, m Milestone, f *fold) (odd []Reason) {
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
	if def == nil || def.Event {
		return odd
	}
	d.oddPlace(in, m, def, say)
	if f.seen.has(def.pos) && !def.Repeatable && twice(in, m) {
		say("reasons.odd.twice")
	}
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

// twice tells whether the same is recorded already, for the same victim.
func twice(in Input, m Milestone) bool {
	return slices.ContainsFunc(in.Milestones, func(x Milestone) bool {
		return x.Code == m.Code && x.Victim == m.Victim
	})
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
