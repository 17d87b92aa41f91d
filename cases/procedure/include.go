package procedure

import (
	"maps"
	"slices"
)

// include takes in the milestones and rules of another procedure, so that nothing is written
// twice. Its stages are told apart no further than this procedure does: each becomes the stage
// that the file names for it, or none where it runs in parallel. What the file defines itself
// wins.
func (d *Definition) include(l *Library, in *Include, f *findings, at string) {
	other := l.byID[in.ID]
	if other == nil {
		f.add("no such definition, or it includes another itself: "+in.ID, "%s.id", at)
		return
	}
	for _, s := range other.Stages {
		if !in.Parallel && d.index.byStage[in.Stages[s.ID]] == nil {
			f.add("no stage stands for "+string(s.ID), "%s.stages", at)
		}
	}
	for _, code := range slices.AppendSeq(slices.Clone(in.Only), maps.Keys(in.From)) {
		if other.index.byCode[code] == nil {
			f.add("no such milestone there: "+string(code), "%s", at)
		}
	}
	for _, m := range other.Milestones {
		if d.index.byCode[m.Code] == nil && in.takes(m.Code) {
			d.includeMilestone(in, m, f, at)
		}
	}
	for _, r := range other.Rules {
		d.includeRule(in, r)
	}
}

// takes tells whether the code is among those to include.
func (in *Include) takes(c Code) bool { return len(in.Only) == 0 || slices.Contains(in.Only, c) }

func (d *Definition) includeMilestone(in *Include, m *MilestoneDef, f *findings, at string) {
	shared := *m
	shared.Included, shared.grants, shared.opens = true, nil, -1
	if in.Parallel {
		shared.Opens, shared.Resumes, shared.Parallel, shared.Needs = "", false, true, nil
		shared.From, shared.Stays = in.Where, nil
		if len(in.Where) == 0 {
			shared.From = []StageID{"any"}
		}
	} else {
		shared.From = append(in.stages(m.From), in.From[m.Code]...)
		shared.Stays = in.stages(m.Stays)
		shared.Opens = in.Stages[m.Opens]
	}
	if s := d.index.byStage[shared.Opens]; s != nil {
		shared.opens = s.Rank
	}
	shared.After = slices.DeleteFunc(slices.Clone(m.After), func(c Code) bool { return !in.takes(c) })
	shared.lawful = d.stageSet(shared.From, f, at+".from")
	shared.stays = d.stageSet(shared.Stays, f, at+".stages")
	d.Milestones = append(d.Milestones, &shared)
	d.index.byCode[m.Code] = &shared
}

// includeRule takes in a rule unless the file has its own, or what triggers it was left out.
func (d *Definition) includeRule(in *Include, r *Rule) {
	for _, c := range r.Trigger {
		if !in.takes(c) {
			return
		}
	}
	if slices.ContainsFunc(d.Rules, func(x *Rule) bool { return x.Code == r.Code }) {
		return
	}
	shared := *r
	shared.Included, shared.pauses = true, nil
	for _, codes := range []*[]Code{&shared.MetBy, &shared.ClosedBy, &shared.GrantedBy, &shared.RestartedBy, &shared.SoftenedBy} {
		*codes = slices.DeleteFunc(slices.Clone(*codes), func(c Code) bool { return !in.takes(c) })
	}
	d.Rules = append(d.Rules, &shared)
}

// stages maps the stages of the included procedure to those of this one.
func (in *Include) stages(ids []StageID) (own []StageID) {
	for _, id := range ids {
		to := in.Stages[id]
		if id == "any" || id == "open" {
			to = id
		}
		if to != "" && !slices.Contains(own, to) {
			own = append(own, to)
		}
	}
	return own
}
