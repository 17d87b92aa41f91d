package procedure

import "slices"

// aside is what a step off every track counts beside one that stays on a track: a history that
// leaves out steps rather left out the usual ones.
const aside = 4

// layPaths finds for every two stages the likeliest way from the one to the other, so that a
// warning can name the steps that a history leaves out.
func (d *Definition) layPaths() {
	d.index.paths = make([][]*path, len(d.Stages))
	for from := range d.Stages {
		d.index.paths[from] = d.pathsFrom(from)
	}
}

func (d *Definition) pathsFrom(from int) []*path {
	found := make([]*path, len(d.Stages))
	found[from] = &path{}
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if d.Stages[at].Terminal {
			continue
		}
		for _, m := range d.Milestones {
			if m.opens < 0 || !m.lawful.has(at) {
				continue
			}
			cost := found[at].cost + d.cost(m.opens)
			if old := found[m.opens]; old == nil || cost < old.cost {
				found[m.opens] = &path{append(slices.Clone(found[at].steps), m), cost}
				queue = append(queue, m.opens)
			}
		}
	}
	return found
}

// cost is what a step into the stage counts.
func (d *Definition) cost(rank int) int {
	for _, t := range d.Tracks {
		if slices.Contains(t.Stages, d.Stages[rank].ID) {
			return 1
		}
	}
	return aside
}

// missing is the likeliest way from a stage to one where the milestone is lawful; nil where
// there is none.
func (d *Definition) missing(rank int, m *MilestoneDef) (best *path) {
	lawful := m.lawful | m.stays
	for to := range d.Stages {
		p := d.index.paths[rank][to]
		if lawful.has(to) && p != nil && (best == nil || p.cost < best.cost) {
			best = p
		}
	}
	return best
}

// layNext lists for every stage what is lawful there: first what opens the next stage of a
// track, then the other steps of the stage in the order of the file, then what may happen at any
// time. Context is not offered.
func (d *Definition) layNext() {
	d.index.next = make([][]*MilestoneDef, len(d.Stages))
	for rank := range d.Stages {
		var list []*MilestoneDef
		for _, m := range d.Milestones {
			if !m.Event && (m.lawful | m.stays).has(rank) {
				list = append(list, m)
			}
		}
		slices.SortStableFunc(list, func(a, b *MilestoneDef) int {
			return d.expectation(a, rank) - d.expectation(b, rank)
		})
		d.index.next[rank] = list
	}
}

// expectation orders what is lawful in a stage: the lower, the sooner it is to be expected.
func (d *Definition) expectation(m *MilestoneDef, rank int) int {
	switch {
	case m.Parallel:
		return 5
	case !m.lawful.has(rank):
		return 4 // belongs to an earlier stage, and is lawful here for petitions that join
	case m.opens >= 0 && m.opens != rank && d.onTrack(m.opens, rank):
		return 0
	case m.opens >= 0 && d.Stages[m.opens].Terminal:
		return 3
	case len(m.From) == 1 && (m.From[0] == "any" || m.From[0] == "open"):
		return 2
	}
	return 1
}

// onTrack tells whether a track leads straight from one stage to the other.
func (d *Definition) onTrack(to, from int) bool {
	for _, t := range d.Tracks {
		i := slices.Index(t.Stages, d.Stages[from].ID)
		if i >= 0 && i+1 < len(t.Stages) && t.Stages[i+1] == d.Stages[to].ID {
			return true
		}
	}
	return false
}
