package procedure

import (
	"fmt"
	"slices"
)

// check finds what is wrong with a definition that decodes: names missing in a language, rules
// without a source, stages that nothing opens or that lead nowhere.
func (d *Definition) check(f *findings) {
	f.names(d.Names, "$.names")
	f.names(d.Short, "$.short")
	f.oneOf(d.Kind, "$.kind", KindPetition, KindMeasures, KindHearing, KindCourt, KindVisit, KindCommunication, KindTreaty)
	f.oneOf(d.Roll, "$.roll", "none", "next_working_day")
	f.condition(d.Requires, "$.requires")
	for i, n := range d.Notes {
		f.note(n, "$.notes[%d]", i)
	}
	if d.Lodging != "" && d.index.lodging == nil {
		f.add("no such milestone: "+string(d.Lodging), "$.lodging")
	}
	d.checkSources(f)
	d.checkLists(f)
	d.checkStages(f)
	d.checkTracks(f)
	for i, m := range d.Milestones {
		if !m.Included {
			d.checkMilestone(m, i, f)
		}
	}
	for i, r := range d.Rules {
		if !r.Included {
			d.checkRule(r, i, f)
		}
	}
}

func (d *Definition) checkSources(f *findings) {
	seen := map[int]bool{}
	for i, s := range d.Sources {
		if seen[s.N] {
			f.add("a source of this number exists already", "$.sources[%d].n", i)
		}
		seen[s.N] = true
		if s.Name == "" && s.URL == "" {
			f.add("a source has a name or an address", "$.sources[%d]", i)
		}
	}
}

func (d *Definition) checkLists(f *findings) {
	for i, s := range d.Suspensions {
		f.names(s.Names, "$.suspensions[%d].names", i)
		f.basis(s.Mark, d.cite(s.Sources, f, fmt.Sprintf("$.suspensions[%d].sources", i)), "$.suspensions[%d]", i)
		if s.From.IsZero() || s.To.IsZero() || s.To.Before(s.From) {
			f.add("a suspension has a beginning and a later end", "$.suspensions[%d]", i)
		}
	}
	for i, b := range d.Bodies {
		f.names(b.Names, "$.bodies[%d].names", i)
		f.note(b.Note, "$.bodies[%d].note", i)
		f.basis(b.Mark, d.cite(b.Sources, f, fmt.Sprintf("$.bodies[%d].sources", i)), "$.bodies[%d]", i)
	}
}

// checkStages finds dead stages: ones that no milestone opens, and ones that nothing leads out of
// although they do not end the matter.
func (d *Definition) checkStages(f *findings) {
	for i, s := range d.Stages {
		f.names(s.Names, "$.stages[%d].names", i)
		f.note(s.Note, "$.stages[%d].note", i)
		f.basis(s.Mark, d.cite(s.Sources, f, fmt.Sprintf("$.stages[%d].sources", i)), "$.stages[%d]", i)
		if len(s.Short) > 0 {
			f.names(s.Short, "$.stages[%d].short", i)
		}
		opened := i == 0
		left := s.Terminal
		for _, m := range d.Milestones {
			opened = opened || m.opens == i && m.lawful&^(1<<i) != 0
			left = left || m.lawful.has(i) && (m.opens >= 0 && m.opens != i || m.Resumes)
		}
		if !opened {
			f.add("dead stage: no milestone opens it", "$.stages[%d].id", i)
		}
		if !left {
			f.add("dead stage: no milestone leads out of it, and it is not terminal", "$.stages[%d].id", i)
		}
	}
}

func (d *Definition) checkTracks(f *findings) {
	if len(d.Tracks) == 0 || d.Tracks[len(d.Tracks)-1].Requires != NoCondition {
		f.add("the last track must hold for every State", "$.tracks")
	}
	for i, t := range d.Tracks {
		f.condition(t.Requires, "$.tracks[%d].requires", i)
		for j, id := range t.Stages {
			if d.index.byStage[id] == nil {
				f.add("no such stage: "+string(id), "$.tracks[%d].stages[%d]", i, j)
			}
		}
	}
}

func (d *Definition) checkMilestone(m *MilestoneDef, i int, f *findings) {
	f.names(m.Names, "$.milestones[%d].names", i)
	f.note(m.Note, "$.milestones[%d].note", i)
	f.condition(m.Requires, "$.milestones[%d].requires", i)
	if m.Code == "" || m.Code.IsFact() {
		f.add("a code is wanted, and event_ is kept for facts", "$.milestones[%d].code", i)
	}
	for j, c := range m.Carries {
		f.oneOf(c, fmt.Sprintf("$.milestones[%d].carries[%d]", i, j), "until", "due", "victim", "decision")
	}
	for j, c := range m.After {
		if d.index.byCode[c] == nil {
			f.add("no such milestone: "+string(c), "$.milestones[%d].after[%d]", i, j)
		}
	}
	switch {
	case m.Opens != "" && (m.Event || m.Parallel || m.Resumes):
		f.add("context, parallel and resuming milestones open no stage", "$.milestones[%d].opens", i)
	case !m.Event && m.lawful|m.stays == 0:
		f.add("it is lawful nowhere", "$.milestones[%d].from", i)
	}
}

func (d *Definition) checkRule(r *Rule, i int, f *findings) {
	f.names(r.Names, "$.rules[%d].names", i)
	f.note(r.Note, "$.rules[%d].note", i)
	f.condition(r.Requires, "$.rules[%d].requires", i)
	f.oneOf(r.Repeat, fmt.Sprintf("$.rules[%d].repeat", i), RepeatEach, RepeatLatest, RepeatFirst)
	f.oneOf(r.Roll, fmt.Sprintf("$.rules[%d].roll", i), "none", "next_working_day")
	if slices.IndexFunc(d.Rules, func(x *Rule) bool { return x.Code == r.Code }) != i {
		f.add("a rule of this code exists already", "$.rules[%d].code", i)
	}
	if len(r.Bound) == 0 {
		f.add("a rule binds someone", "$.rules[%d].bound", i)
	}
	for j, b := range r.Bound {
		f.oneOf(b, fmt.Sprintf("$.rules[%d].bound[%d]", i, j), Petitioner, State, Commission, Court,
			Representatives, Parties, Beneficiaries, MandateHolder, Committee, Anyone)
	}
	f.oneOf(r.Waits, fmt.Sprintf("$.rules[%d].waits", i), "", WaitsAlways, WaitsWithoutCourt)
	if r.SameAs != "" && !slices.ContainsFunc(d.Rules, func(x *Rule) bool { return x.Code == r.SameAs }) {
		f.add("no such rule: "+r.SameAs, "$.rules[%d].same_as", i)
	}
	if len(r.Versions) == 0 {
		f.add("a rule has at least one version", "$.rules[%d].versions", i)
	}
	for _, v := range r.Versions {
		d.checkVersion(r, v, i, f)
	}
}

func (d *Definition) checkVersion(r *Rule, v *RuleVersion, i int, f *findings) {
	at := fmt.Sprintf("$.rules[%d].versions", i)
	name := v.Instrument.Code + ": "
	f.basis(v.Mark, v.Cited, "%s", at)
	f.note(v.Note, "%s", at)
	switch {
	case v.Article == "":
		f.add(name+`an article is wanted ("?" where its number was not seen)`, "%s", at)
	case v.Length.IsZero() == (r.SameAs == ""):
		f.add(name+"a length is wanted (months, days, before, by_letter, no_limit, next_session), or same_as", "%s", at)
	case len(r.Trigger) == 0 && (v.Length.Computable() || v.Length.ByLetter):
		f.add(name+"a period needs a trigger", "%s", at)
	case !v.Cap.IsZero() && v.Cap.Months == 0 && v.Cap.Days == 0:
		f.add(name+"a cap is months or days", "%s", at)
	}
	if e := v.Extension; e != nil {
		f.oneOf(e.By, at, "none", "request", "letter", "suspension", "body")
		f.note(e.Note, "%s", at)
	}
}

// names wants a name in each of the four languages.
func (f *findings) names(n Names, path string, args ...any) {
	for _, lang := range []string{"es", "en", "pt", "fr"} {
		if n[lang] == "" {
			f.add("the name is missing in "+lang, path, args...)
		}
	}
}

// note wants Spanish and English where there is a remark at all.
func (f *findings) note(n Note, path string, args ...any) {
	if len(n) > 0 && (n["es"] == "" || n["en"] == "") {
		f.add("a note is written in es and en at least", path, args...)
	}
}

// basis wants a mark and a source, and for "verified" a source that was read.
func (f *findings) basis(m Mark, cited []Source, path string, args ...any) {
	if _, ok := doubt[m]; !ok {
		f.add(fmt.Sprintf("no such mark: %q", m), path, args...)
	}
	if len(cited) == 0 {
		f.add("a source is wanted", path, args...)
	}
	if m == Verified && !slices.ContainsFunc(cited, func(s Source) bool { return !s.Unseen }) {
		f.add("only a source that was read can verify", path, args...)
	}
}

func (f *findings) bond(b Bond, sources []Source, path string, args ...any) {
	if b.Since.IsZero() {
		return
	}
	f.basis(b.Mark, pick(sources, b.Sources), path, args...)
	f.note(b.Note, path, args...)
}

func (f *findings) condition(c Condition, path string, args ...any) {
	f.oneOf(c, fmt.Sprintf(path, args...), NoCondition, RequiresParty, RequiresCourt, NotParty)
}

// oneOf wants one of the allowed words.
func (f *findings) oneOf(got any, path string, allowed ...any) {
	for _, a := range allowed {
		if fmt.Sprint(a) == fmt.Sprint(got) {
			return
		}
	}
	f.add(fmt.Sprintf("%q is none of %v", got, allowed), "%s", path)
}
