package cases

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"slices"

	"gorm.io/gorm/clause"

	"expediente/cases/access"
	"expediente/cases/deadline"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
)

// horizon is a day after every known one: projections hold spans, whole, and what is late is
// derived from them when somebody reads.
var horizon = day.MustParse("9999-12-31")

// foldVersion is raised when this program folds the same milestones by the same rules to other
// rows than before; every matter is then folded anew at the next start.
const foldVersion = "1"

// foldedWith is what a matter's projections depend on besides its milestones: the definition, and
// this program's way of folding.
func foldedWith(d *procedure.Definition) []byte {
	sum := sha256.Sum256([]byte(foldVersion + " " + d.Digest))
	return sum[:]
}

// project brings the matter's projections from the milestones before to those after a change. The
// fold is a pure function, so what the rows hold now is known without reading them, and only what
// differs is written.
func (c *Change) project(before, after []procedure.Milestone) error {
	d, ok := c.r.Procedures.Get(c.Matter.Procedure)
	if !ok {
		return errors.New("a matter names a procedure that is no longer defined")
	}
	digest := foldedWith(d)
	var old projection
	switch {
	case c.Matter.Version == 0: // new: it has no rows yet
	case bytes.Equal(c.Matter.Definition, digest):
		old = Project(d, c.Matter, before)
	default: // folded with other rules: what the rows hold is not known
		if err := c.forget(); err != nil {
			return err
		}
	}
	fresh := Project(d, c.Matter, after)
	if err := c.writePositions(old.Positions, fresh.Positions); err != nil {
		return err
	}
	if err := c.writeDeadlines(old.Deadlines, fresh.Deadlines); err != nil {
		return err
	}
	return c.writeMatter(digest)
}

// projection is what lists read of a matter.
type projection struct {
	Positions []models.Position
	Deadlines []models.Deadline
}

// ours tells whether a deadline is of interest in a matter of the standing. A habit of the body that
// falls on the petitioner, like archiving after long inactivity, is an alarm for who can act: in a
// matter that others bring, the inactivity is not the network's, and nothing it could do is overdue.
// The fold does not know the standing, so what is shown and listed is chosen here.
func ours(standing models.Standing, r *procedure.Rule) bool {
	return standing == models.Brought || !r.Practice || !slices.Contains(r.Bound, procedure.Petitioner)
}

// Periods are the deadlines that the matter's page and its dossier show.
func (c Case) Periods() []procedure.Deadline {
	list := make([]procedure.Deadline, 0, len(c.Result.Deadlines))
	for _, d := range c.Result.Deadlines {
		if ours(c.Standing, d.Rule) {
			list = append(list, d)
		}
	}
	return list
}

// Project folds a matter's milestones into the rows that lists read.
func Project(d *procedure.Definition, m models.Matter, milestones []procedure.Milestone) (p projection) {
	result := d.Fold(procedure.Input{State: m.State, Milestones: milestones, AsOf: horizon})
	p.Positions = positions(m, result)
	for _, due := range result.Deadlines {
		if due.Due.IsZero() || due.Estimate && due.TriggerRef == "" || !ours(m.Standing, due.Rule) {
			continue
		}
		p.Deadlines = append(p.Deadlines, deadlineRow(m, due))
	}
	return p
}

func positions(m models.Matter, result procedure.Result) []models.Position {
	spans := result.Spans
	if len(spans) == 0 {
		spans = []procedure.Span{{Stage: result.Stage, From: m.OpenedOn}}
	}
	list := make([]models.Position, 0, len(spans)+1)
	add := func(s procedure.Span) {
		list = append(list, models.Position{
			MatterID: m.ID, Seq: len(list) + 1, Kind: m.Kind, State: m.State, Standing: m.Standing, Reference: m.Reference,
			Stage: string(s.Stage), FromDay: s.From.First(), ToDay: s.To.First(),
		})
	}
	for _, s := range spans {
		if s.From.IsZero() { // the first stage begins when the file was opened
			s.From = m.OpenedOn
		}
		add(s)
	}
	return list
}

func deadlineRow(m models.Matter, d procedure.Deadline) models.Deadline {
	opened := d.TriggerDay.First()
	if !d.Rule.ShowFrom.IsZero() { // nothing is said of it before, in lists as on the matter's page
		opened = deadline.Add(opened, d.Rule.ShowFrom)
	}
	row := models.Deadline{
		MatterID: m.ID, Rule: d.Rule.Code, Victim: d.Victim, Opened: opened, Due: d.Due, Cap: d.Cap,
		Granted: d.Granted, Outcome: string(d.Status), ByLetter: d.ByLetter, Doubtful: d.Doubt.Doubtful(),
	}
	copy(row.MilestoneID[:], d.TriggerRef)
	if d.Version != nil && d.Version.Instrument != nil {
		row.Version = d.Version.Instrument.Code
	}
	if len(d.Rule.Bound) > 0 {
		row.Bound = string(d.Rule.Bound[0])
	}
	switch {
	case !d.MetOn.IsZero():
		row.Closed = d.MetOn.First()
	case !d.ClosedOn.IsZero():
		row.Closed = d.ClosedOn.First()
	}
	if row.Closed.IsZero() {
		row.Outcome = string(procedure.Open)
	}
	return row
}

func (c *Change) writePositions(old, fresh []models.Position) error {
	for i, p := range fresh {
		switch {
		case i < len(old) && old[i] == p:
		default:
			if err := c.put(&p); err != nil {
				return err
			}
		}
	}
	if len(old) > len(fresh) {
		return c.tx.Where("matter_id = ? AND seq > ?", c.Matter.ID, len(fresh)).Delete(&models.Position{}).Error
	}
	return nil
}

// put writes a projection's row, whether or not one is there: damaged projections must not keep
// anybody from logging, and are found by verifying.
func (c *Change) put(row any) error {
	return c.tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(row).Error
}

type deadlineKey struct {
	milestone models.ID
	rule      string
}

func (c *Change) writeDeadlines(old, fresh []models.Deadline) error {
	had := make(map[deadlineKey]models.Deadline, len(old))
	for _, d := range old {
		had[deadlineKey{d.MilestoneID, d.Rule}] = d
	}
	for _, d := range fresh {
		key := deadlineKey{d.MilestoneID, d.Rule}
		was, existed := had[key]
		delete(had, key)
		if existed && was == d {
			continue
		}
		if err := c.put(&d); err != nil {
			return err
		}
	}
	for key := range had {
		if err := c.tx.Where("matter_id = ? AND milestone_id = ? AND rule = ?", c.Matter.ID, key.milestone, key.rule).Delete(&models.Deadline{}).Error; err != nil {
			return err
		}
	}
	return nil
}

// forget deletes the matter's projections.
func (c *Change) forget() error {
	if err := c.tx.Where("matter_id = ?", c.Matter.ID).Delete(&models.Position{}).Error; err != nil {
		return err
	}
	return c.tx.Where("matter_id = ?", c.Matter.ID).Delete(&models.Deadline{}).Error
}

// Reproject folds anew the matters that were folded with other rules than today's, as after a
// lawyer's correction of a definition; with all, every matter, as after damage to the projections.
// It returns how many there were.
func (r *Registry) Reproject(ctx context.Context, all bool) (n int, err error) {
	for _, d := range r.Procedures.All() {
		q := r.DB.Read.WithContext(ctx).Model(&models.Matter{}).Where("procedure = ?", d.ID)
		if !all {
			q = q.Where("definition <> ?", foldedWith(d))
		}
		var refs []string
		if err := q.Pluck("reference", &refs).Error; err != nil {
			return n, err
		}
		for _, ref := range refs {
			if err := r.reproject(ctx, ref, d); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}

func (r *Registry) reproject(ctx context.Context, ref string, d *procedure.Definition) error {
	return r.change(ctx, System, access.Reproject, ref, func(c *Change) error {
		log, err := c.log()
		if err != nil {
			return err
		}
		c.Detail("%s %.8s", d.ID, d.Digest)
		c.Matter.Definition = nil // what the rows hold is not known
		return c.project(nil, standing(log))
	})
}
