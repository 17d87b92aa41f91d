package procedure

import (
	"slices"
	"strings"

	"expediente/models/day"
)

// gap is the steps that a history seems to leave out. A file whose early steps nobody looked up
// has many, so they are said together.
type gap struct {
	steps       steps
	first, last *entry // before which steps are missing
}

// steps are milestones of a procedure; In names them for a reason.
type steps []*MilestoneDef

// In lists the names in lang.
func (s steps) In(lang string) string {
	names := make([]string, len(s))
	for i, m := range s {
		names[i] = m.Names.In(lang)
	}
	return strings.Join(names, "; ")
}

// warnIrregular says why an entry does not fit the stage: steps are missing before it, its date
// is too vague to tell, or it has no place there. Steps into a quiet stage are not missed.
func (f *fold) warnIrregular(e *entry, stage *Stage) {
	var missing steps
	var beside *entry
	quiet := false
	if p := f.d.missing(f.rank, e.def); p != nil {
		for _, m := range p.steps {
			switch x := f.within(e, m); {
			case x != nil:
				beside = x
			case f.d.Stages[m.opens].Quiet:
				quiet = true
			case !f.seen.has(m.pos):
				missing = append(missing, m)
			}
		}
	}
	switch {
	case len(missing) > 0:
		f.miss(e, missing)
	case beside != nil:
		f.warn("reasons.warning.partial_place", "name", e.def.Names, "day", e.Day, "other", beside.def.Names, "on", beside.Day)
	case !quiet:
		f.warn("reasons.warning.out_of_order", "name", e.def.Names, "day", e.Day, "stage", stage.Names, "article", e.def.Article)
	}
}

// within finds a step that is recorded after e, but inside the time that e's partial date may mean.
func (f *fold) within(e *entry, m *MilestoneDef) *entry {
	if e.Day.Precision() == day.Exact {
		return nil
	}
	for i := range f.entries {
		x := &f.entries[i]
		if x.def == m && x.Day.After(e.Day) && !x.Day.After(e.Day.Last()) {
			return x
		}
	}
	return nil
}

// miss adds to the gap what it does not name yet.
func (f *fold) miss(e *entry, missing steps) {
	for _, m := range missing {
		if slices.Contains(f.gap.steps, m) {
			continue
		}
		f.gap.steps = append(f.gap.steps, m)
		if f.gap.first == nil {
			f.gap.first = e
		}
		f.gap.last = e
	}
}

// warnGap names in one sentence the steps that seem to be missing.
func (f *fold) warnGap() {
	switch g := f.gap; {
	case g.first == nil:
	case g.first == g.last:
		f.warn("reasons.warning.steps_missing", "n", len(g.steps), "name", f.name(g.first), "day", g.first.Day, "steps", g.steps)
	default:
		f.warn("reasons.warning.steps_missing_since", "name", f.name(g.first), "day", g.first.Day,
			"last", f.name(g.last), "on", g.last.Day, "steps", g.steps)
	}
}
