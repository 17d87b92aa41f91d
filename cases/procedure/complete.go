package procedure

import (
	"fmt"
	"slices"
	"strings"

	"expediente/cases/deadline"
)

// index is what folding looks up, made once when a definition is loaded.
type index struct {
	states     *States
	byCode     map[Code]*MilestoneDef
	byStage    map[StageID]*Stage
	next       [][]*MilestoneDef // by rank: what is lawful there, the most expected first
	paths      [][]*path         // by rank, then rank: the steps that lead from one stage to another
	lodging    *MilestoneDef
	conditions bool // something depends on the State
}

// path is the milestones that lead from one stage to another.
type path struct {
	steps []*MilestoneDef
	cost  int
}

// Stage returns the stage with the id.
func (d *Definition) Stage(id StageID) (*Stage, bool) {
	s, ok := d.index.byStage[id]
	return s, ok
}

// Milestone returns what the code means here.
func (d *Definition) Milestone(code Code) (*MilestoneDef, bool) {
	m, ok := d.index.byCode[code]
	return m, ok
}

// IsFact tells whether the code is a fact of the matter, which every procedure accepts.
func (c Code) IsFact() bool { return strings.HasPrefix(string(c), "event_") }

// empties finds the empty entries of the file's lists.
func (d *Definition) empties(f *findings) {
	filled(f, d.Include, "$.include")
	filled(f, d.Bodies, "$.bodies")
	filled(f, d.Suspensions, "$.suspensions")
	filled(f, d.Stages, "$.stages")
	filled(f, d.Tracks, "$.tracks")
	filled(f, d.Milestones, "$.milestones")
	filled(f, d.Rules, "$.rules")
	for i, r := range d.Rules {
		if r != nil {
			filled(f, r.Versions, "$.rules[%d].versions", i)
		}
	}
}

// complete resolves what the file names, takes in what it includes and makes the index.
func (d *Definition) complete(l *Library, f *findings) {
	if d.empties(f); len(*f) > 0 {
		return
	}
	d.Zone = zone(d.ZoneName, f)
	d.index = index{states: l.states, byCode: map[Code]*MilestoneDef{}, byStage: map[StageID]*Stage{}}
	if len(d.Stages) == 0 || len(d.Stages) > stageSetSize {
		f.add(fmt.Sprintf("a procedure has 1 to %d stages", stageSetSize), "$.stages")
		return
	}
	for i, s := range d.Stages {
		s.Rank = i
		if d.index.byStage[s.ID] != nil {
			f.add("a stage of this name exists already", "$.stages[%d].id", i)
		}
		d.index.byStage[s.ID] = s
	}
	d.completeMilestones(f)
	d.completeRules(l, f)
	for i, in := range d.Include {
		d.include(l, in, f, fmt.Sprintf("$.include[%d]", i))
	}
	if len(d.Milestones) > codeSetSize {
		f.add(fmt.Sprintf("a procedure has at most %d milestones", codeSetSize), "$.milestones")
		return
	}
	d.placeMilestones(f)
	for i, r := range d.Rules {
		d.connect(r, i, f)
	}
	d.placePauses(f)
	if n := len(d.Tracks); n > 0 {
		d.Track = d.Tracks[n-1].Stages
	}
	d.index.lodging = d.index.byCode[d.Lodging]
	d.layPaths()
	d.layNext()
}

// completeMilestones resolves the stages that the file's own milestones name.
func (d *Definition) completeMilestones(f *findings) {
	for i, m := range d.Milestones {
		if d.index.byCode[m.Code] != nil {
			f.add("a milestone of this code exists already", "$.milestones[%d].code", i)
		}
		d.index.byCode[m.Code] = m
		if m.Requires == NoCondition && !m.Event && !m.Parallel {
			m.Requires = d.Requires
		}
		m.lawful = d.stageSet(m.From, f, fmt.Sprintf("$.milestones[%d].from", i))
		m.stays = d.stageSet(m.Stays, f, fmt.Sprintf("$.milestones[%d].stays", i))
		m.opens = -1
		if m.Opens != "" {
			if s := d.index.byStage[m.Opens]; s != nil {
				m.opens = s.Rank
			} else {
				f.add("no such stage: "+string(m.Opens), "$.milestones[%d].opens", i)
			}
		}
	}
}

// stageSet resolves a list of stages, where "any" is all of them and "open" all that do not end
// the matter.
func (d *Definition) stageSet(ids []StageID, f *findings, path string) (set stageSet) {
	for _, id := range ids {
		switch s := d.index.byStage[id]; {
		case id == "any" || id == "open":
			for _, s := range d.Stages {
				if id == "any" || !s.Terminal {
					set |= 1 << s.Rank
				}
			}
		case s != nil:
			set |= 1 << s.Rank
		default:
			f.add("no such stage: "+string(id), "%s", path)
		}
	}
	return set
}

// completeRules gives every rule one entry a version, with its instrument and its sources.
func (d *Definition) completeRules(l *Library, f *findings) {
	for i, r := range d.Rules {
		if r.Repeat == "" {
			r.Repeat = RepeatEach
		}
		if r.Roll == "" {
			r.Roll = d.Roll
		}
		at := fmt.Sprintf("$.rules[%d]", i)
		r.Trigger = expand(r.Trigger, d.Groups, f, at+".trigger")
		r.MetBy = expand(r.MetBy, d.Groups, f, at+".met_by")
		r.ClosedBy = expand(r.ClosedBy, d.Groups, f, at+".closed_by")
		var versions []*RuleVersion
		for j, v := range r.Versions {
			versions = append(versions, d.versions(l, v, f, fmt.Sprintf("%s.versions[%d]", at, j))...)
		}
		r.Versions = versions
	}
}

// versions makes of an entry that stands for several versions one entry each.
func (d *Definition) versions(l *Library, v *RuleVersion, f *findings, at string) (each []*RuleVersion) {
	if len(v.Version) == 0 {
		f.add("a rule needs a version", "%s", at)
	}
	for _, code := range v.Version {
		instrument := l.instruments.byCode[code]
		if instrument == nil {
			f.add("no such version in "+instrumentsFile+": "+code, "%s.version", at)
			continue
		}
		one := *v
		one.Version, one.Instrument = VersionCodes{code}, instrument
		one.Cited = d.cite(v.Sources, f, at+".sources")
		one.cites = one.Cites()
		each = append(each, &one)
	}
	return each
}

// cite resolves numbers into the file's own list of sources.
func (d *Definition) cite(numbers []int, f *findings, path string) (cited []Source) {
	for _, n := range numbers {
		i := slices.IndexFunc(d.Sources, func(s Source) bool { return s.N == n })
		if i < 0 {
			f.add(fmt.Sprintf("no such source: %d", n), "%s", path)
			continue
		}
		cited = append(cited, d.Sources[i])
	}
	return cited
}

// placeMilestones numbers the milestones and orders those of one day: by the stage they open or
// first belong to, then as written.
func (d *Definition) placeMilestones(f *findings) {
	for i, m := range d.Milestones {
		m.pos = i
		rank := m.opens
		if rank < 0 {
			rank = m.lawful.first()
		}
		m.order = rank*codeSetSize + i
		if m.Requires != NoCondition {
			d.index.conditions = true
		}
	}
	for i, m := range d.Milestones {
		d.placeNeeds(m, i, f)
	}
}

// placeNeeds resolves what must have happened before a milestone is lawful in a stage, or worth
// offering.
func (d *Definition) placeNeeds(m *MilestoneDef, i int, f *findings) {
	m.needs, m.after = nil, codeSet{}
	for _, c := range m.After {
		if n := d.index.byCode[c]; n != nil {
			m.after.add(n.pos)
		}
	}
	for id, codes := range m.Needs {
		s := d.index.byStage[id]
		if s == nil {
			f.add("no such stage: "+string(id), "$.milestones[%d].needs", i)
			continue
		}
		if m.needs == nil {
			m.needs = make([]codeSet, len(d.Stages))
		}
		for _, c := range codes {
			if n := d.index.byCode[c]; n != nil {
				m.needs[s.Rank].add(n.pos)
			} else {
				f.add("no such milestone: "+string(c), "$.milestones[%d].needs", i)
			}
		}
	}
}

// connect resolves the milestones that a rule names.
func (d *Definition) connect(r *Rule, i int, f *findings) {
	r.pos = i
	r.prudent = slices.ContainsFunc(r.Bound, func(b Bound) bool { return b != State })
	for _, x := range []struct {
		codes []Code
		into  *codeSet
		field string
	}{
		{r.Trigger, &r.trigger, "trigger"}, {r.Fallback, &r.fallback, "fallback"},
		{r.MetBy, &r.metBy, "met_by"}, {r.ClosedBy, &r.closedBy, "closed_by"},
		{r.GrantedBy, &r.granted, "granted_by"}, {r.RestartedBy, &r.restart, "restarted_by"},
		{r.SoftenedBy, &r.soften, "softened_by"},
	} {
		*x.into = codeSet{}
		for _, c := range x.codes {
			m := d.index.byCode[c]
			if m == nil {
				f.add("no such milestone: "+string(c), "$.rules[%d].%s", i, x.field)
				continue
			}
			x.into.add(m.pos)
			if x.field == "granted_by" {
				m.grants = append(m.grants, r)
			}
		}
	}
	if r.Requires != NoCondition {
		d.index.conditions = true
	}
}

// placePauses hands every rule of the file itself the suspensions of the file. Included rules
// belong to another body, whose clocks these suspensions do not touch.
func (d *Definition) placePauses(f *findings) {
	for i, s := range d.Suspensions {
		for j, x := range s.Except {
			if !slices.ContainsFunc(d.Rules, func(r *Rule) bool { return r.Code == x.Rule }) {
				f.add("no such rule: "+x.Rule, "$.suspensions[%d].except[%d].rule", i, j)
			}
		}
		for _, r := range d.Rules {
			if r.Included {
				continue
			}
			exempt := slices.ContainsFunc(s.Except, func(x Exception) bool { return x.Rule == r.Code })
			r.pauses = append(r.pauses, deadline.Pause{From: s.From, To: s.To, Name: s.Names, Exempt: exempt})
		}
	}
}
