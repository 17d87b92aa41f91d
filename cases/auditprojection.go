package cases

import (
	"bytes"
	"slices"

	"expediente/models"
	"expediente/models/seal"
)

// projections folds every matter anew and compares what lists read with it: a deadline taken out
// of a list behind the log's back would be missed by people before anybody verified anything.
func (v *verification) projections() error {
	after := models.ID{}
	for {
		batch, err := models.All[models.Matter](v.ctx, v.db.Limit(200), "id", "id > ?", after[:])
		if err != nil || len(batch) == 0 {
			return err
		}
		if err := v.projectionsOf(batch); err != nil {
			return err
		}
		after = batch[len(batch)-1].ID
	}
}

func (v *verification) projectionsOf(batch []models.Matter) error {
	ids := make([]models.ID, len(batch))
	for i, m := range batch {
		ids[i] = m.ID
	}
	milestones, err := models.All[models.Milestone](v.ctx, v.db, "matter_id, seq", "matter_id IN ?", ids)
	if err != nil {
		return err
	}
	positions, err := models.All[models.Position](v.ctx, v.db, "matter_id, seq", "matter_id IN ?", ids)
	if err != nil {
		return err
	}
	deadlines, err := models.All[models.Deadline](v.ctx, v.db, "matter_id", "matter_id IN ?", ids)
	if err != nil {
		return err
	}
	for _, m := range batch {
		have := projection{
			Positions: of(positions, m.ID, func(p models.Position) models.ID { return p.MatterID }),
			Deadlines: of(deadlines, m.ID, func(d models.Deadline) models.ID { return d.MatterID }),
		}
		fits, err := v.fits(m, of(milestones, m.ID, func(s models.Milestone) models.ID { return s.MatterID }), have)
		if err != nil {
			return err
		}
		if !fits {
			v.tell(Finding{Seq: -1, Row: "matter " + m.Reference, What: "projection"})
		}
	}
	return nil
}

// of are the records of one matter.
func of[T any](list []T, matter models.ID, id func(T) models.ID) []T {
	return slices.DeleteFunc(slices.Clone(list), func(r T) bool { return id(r) != matter })
}

// fits compares a matter's projections, and its count of milestones, with a fold made now. One whose
// texts do not open is named by its row's digest.
func (v *verification) fits(m models.Matter, milestones []models.Milestone, have projection) (bool, error) {
	d, ok := v.r.Procedures.Get(m.Procedure)
	if !ok || len(milestones) != m.MilestoneCount || !bytes.Equal(foldedWith(d), m.Definition) {
		return false, nil
	}
	key, err := v.r.Keys.Key(seal.ID(m.ID))
	if err != nil {
		return false, err
	}
	log, err := openMilestones(key, milestones)
	if err != nil {
		return true, nil
	}
	want := Project(d, m, standing(log))
	return slices.Equal(want.Positions, have.Positions) && sameDeadlines(want.Deadlines, have.Deadlines), nil
}

func sameDeadlines(a, b []models.Deadline) bool {
	seen := make(map[models.Deadline]int, len(a))
	for _, d := range a {
		seen[d]++
	}
	for _, d := range b {
		if seen[d]--; seen[d] < 0 {
			return false
		}
	}
	return len(a) == len(b)
}
