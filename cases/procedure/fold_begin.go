package procedure

import (
	"cmp"
	"slices"
	"strings"

	"expediente/models/day"
)

// begin gathers what counts and orders it: by the earliest day, then as the procedure runs, then
// as recorded.
func (f *fold) begin() {
	f.state = f.d.index.states.byCode[f.in.State]
	f.entries = make([]entry, 0, len(f.in.Milestones))
	granted := false
	for i := range f.in.Milestones {
		m := &f.in.Milestones[i]
		def := f.d.index.byCode[m.Code]
		switch {
		case m.Day.IsZero():
			f.warn("reasons.warning.undated", "code", f.d.named(m.Code))
		case def != nil && len(def.grants) > 0 && m.Until.IsZero():
			granted = true
		case !m.Day.After(f.in.AsOf):
			f.entries = append(f.entries, entry{m, def, m.Day})
		}
	}
	slices.SortFunc(f.entries, inOrder)
	if granted {
		f.placeGrants()
	}
	f.findFacts()
}

// placeGrants puts granted dates whose letter is not dated beside the trigger of the clock that
// they extend. Nothing else places them: the date they bear lies ahead, and the day of the
// letter is unknown. A date that extends no clock is a plain event on its own day.
func (f *fold) placeGrants() {
	known := len(f.entries)
	for i := range f.in.Milestones {
		m := &f.in.Milestones[i]
		def := f.d.index.byCode[m.Code]
		if m.Day.IsZero() || def == nil || len(def.grants) == 0 || !m.Until.IsZero() {
			continue
		}
		if t := f.extends(def, m.Day, f.entries[:known]); t >= 0 {
			f.entries = append(f.entries, entry{m, def, f.entries[t].Day})
		} else if !m.Day.After(f.in.AsOf) {
			f.entries = append(f.entries, entry{m, def, m.Day})
		}
	}
	slices.SortFunc(f.entries, inOrder)
}

// extends finds the entry that triggered the clock which a granted date extends: the last
// trigger, of any rule that the code may extend, up to the reference day. -1 for none.
func (f *fold) extends(def *MilestoneDef, reference day.Day, entries []entry) int {
	for i := len(entries) - 1; i >= 0; i-- {
		e := &entries[i]
		if e.def == nil || e.Day.After(reference.Last()) {
			continue
		}
		for _, r := range def.grants {
			if r.trigger.has(e.def.pos) || r.fallback.has(e.def.pos) {
				return i
			}
		}
	}
	return -1
}

func inOrder(a, b entry) int {
	if c := order(a.on, b.on); c != 0 {
		return c
	}
	return cmp.Or(
		place(a)-place(b),
		strings.Compare(string(a.Code), string(b.Code)),
		a.Seq-b.Seq,
		a.Day.Compare(b.Day),
		a.Until.Compare(b.Until),
		strings.Compare(a.Victim, b.Victim),
		strings.Compare(a.Decision, b.Decision),
		strings.Compare(a.Ref, b.Ref),
	)
}

// order compares the earliest days; how sharply they are known plays no part.
func order(a, b day.Day) int {
	switch {
	case a.Before(b):
		return -1
	case a.After(b):
		return 1
	}
	return 0
}

func place(e entry) int {
	if e.def == nil {
		return codeSetSize * stageSetSize
	}
	return e.def.order
}

// findFacts takes the earliest fact, or the lodging where no earlier fact is recorded.
func (f *fold) findFacts() {
	for i := range f.entries {
		e := &f.entries[i]
		if e.Code.IsFact() || e.def != nil && e.def == f.d.index.lodging {
			f.facts = e.Day
			return
		}
	}
}
