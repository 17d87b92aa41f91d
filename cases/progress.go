package cases

import (
	"context"
	"errors"

	"expediente/cases/access"
	"expediente/cases/plan"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
)

// PlanView is the plan as its page, its dossier and Today show it: one struct, so the numbers
// cannot disagree.
type PlanView struct {
	models.Plan
	At         At
	Indicators []IndicatorView
	Lines      []CaseLine // the matters the network brought that the reader may know of
}

// IndicatorView is an indicator and where it stands.
type IndicatorView struct {
	models.Indicator
	Progress plan.Progress
	Rules    *procedure.Definition
}

// CaseLine is one matter in the progress report: plain columns only, no title.
type CaseLine struct {
	Reference string
	State     string
	StateName procedure.Names
	Stage     *procedure.Stage
	Since     day.Day
	Next      models.Deadline
	NextRule  *procedure.Rule
	Counted   []day.Day // when it counted toward the target
	Rules     *procedure.Definition
}

// ErrNoPlan says that no plan was recorded yet.
var ErrNoPlan = errors.New("no plan was recorded yet")

// Progress measures the plan that runs on the day looked at, else the latest before it.
func (r *Registry) Progress(ctx context.Context, by Actor, at At) (PlanView, error) {
	if !access.Allows(access.ReadProgress, by.Role) {
		return PlanView{}, models.ErrDenied
	}
	scope, err := r.reach(ctx, by)
	if err != nil {
		return PlanView{}, err
	}
	if by.Role == access.Leadership {
		scope = reach{all: true} // every line, and no door: leadership opens no matter
	}
	v, err := r.progress(ctx, scope, at)
	if err != nil {
		return v, err
	}
	return v, r.lines(ctx, scope, &v)
}

// progress is the plan with its indicators measured, without lines. The count is the same for all;
// a matter outside the scope counts without its reference.
func (r *Registry) progress(ctx context.Context, scope reach, at At) (PlanView, error) {
	v := PlanView{At: at}
	plans, err := models.All[models.Plan](ctx, r.DB.Read.Limit(1), "(starts <= '"+at.AsOf.First().String()+"') DESC, starts DESC", "recorded_at <= ?", at.known())
	if err != nil {
		return v, err
	}
	if len(plans) == 0 {
		return v, ErrNoPlan
	}
	v.Plan = plans[0]
	indicators, err := models.All[models.Indicator](ctx, r.DB.Read, "seq", "plan_id = ?", v.ID)
	if err != nil {
		return v, err
	}
	for _, i := range indicators {
		measured, err := r.measure(ctx, scope, v.Plan, i, at)
		if err != nil {
			return v, err
		}
		v.Indicators = append(v.Indicators, measured)
	}
	return v, nil
}

// counted is one milestone that counts toward an indicator.
type counted struct {
	MatterID  models.ID
	Reference string
	Day       day.Day
}

// measure counts an indicator: the milestones of its code inside the plan's period, known and not
// superseded, of the matters in its standing and procedure.
func (r *Registry) measure(ctx context.Context, scope reach, p models.Plan, i models.Indicator, at At) (IndicatorView, error) {
	v := IndicatorView{Indicator: i}
	v.Rules, _ = r.Procedures.Get(i.Procedure)
	events, err := r.counted(ctx, p, i, at)
	if err != nil {
		return v, err
	}
	in := plan.Input{Start: p.Starts, End: p.Ends, AsOf: at.AsOf, Target: i.Target}
	known, err := r.within(ctx, scope, events)
	if err != nil {
		return v, err
	}
	for _, e := range events {
		event := plan.Event{On: e.Day, Ref: e.Reference} // a matter counts once, however many petitions it joins
		if known[e.MatterID] {
			event.Label = e.Reference
		}
		in.Events = append(in.Events, event)
	}
	if in.Preparing, err = r.preparing(ctx, i, v.Rules, at); err != nil {
		return v, err
	}
	v.Progress = plan.Measure(in)
	return v, nil
}

// countedSQL goes from the few matters the network brought to their milestones: CROSS JOIN keeps
// SQLite from starting at the milestones, of which there are many.
const countedSQL = `
SELECT matters.id AS matter_id, matters.reference, m.day
FROM matters CROSS JOIN milestones m
WHERE m.matter_id = matters.id AND matters.kind = ? AND matters.standing = ? AND matters.procedure = ?
  AND m.code = ? AND m.day >= ? AND m.day <= ? AND m.recorded_at <= ? AND NOT m.void
  AND NOT EXISTS (SELECT 1 FROM milestones s WHERE s.supersedes = m.id AND s.recorded_at <= ?)
ORDER BY m.day, m.seq, matters.reference`

func (r *Registry) counted(ctx context.Context, p models.Plan, i models.Indicator, at At) (list []counted, err error) {
	err = r.DB.Read.WithContext(ctx).Raw(countedSQL, models.KindCase, i.Standing, i.Procedure,
		i.Milestone, p.Starts.String()[:4], p.Ends, at.known(), at.known()).Scan(&list).Error
	return list, err
}

// within tells which of the counted matters lie in the reader's scope.
func (r *Registry) within(ctx context.Context, scope reach, events []counted) (map[models.ID]bool, error) {
	ids := make([]models.ID, len(events))
	for i, e := range events {
		ids[i] = e.MatterID
	}
	var mine []models.ID
	q := r.DB.Read.WithContext(ctx).Model(&models.Matter{}).Where("matters.id IN ?", ids)
	err := scope.of(q, "matters.id").Pluck("id", &mine).Error
	known := make(map[models.ID]bool, len(mine))
	for _, id := range mine {
		known[id] = true
	}
	return known, err
}

// preparing counts the matters still at their first stage on the day looked at.
func (r *Registry) preparing(ctx context.Context, i models.Indicator, d *procedure.Definition, at At) (int, error) {
	if d == nil {
		return 0, nil
	}
	var n int64
	q := Filter{Kind: models.KindCase, Stage: string(d.Stages[0].ID), Standing: i.Standing}.narrow(
		r.DB.Read.WithContext(ctx).Model(&models.Position{}), at.AsOf)
	err := q.Joins("JOIN matters ON matters.id = positions.matter_id AND matters.procedure = ?", i.Procedure).Count(&n).Error
	return int(n), err
}

// maxLines is how many matters the progress report names one by one.
const maxLines = 999

// lines lists the matters the network brought, to who may know of them.
func (r *Registry) lines(ctx context.Context, scope reach, v *PlanView) error {
	q := scope.of(r.DB.Read.WithContext(ctx).Model(&models.Position{}), "positions.matter_id")
	var page []models.Position
	q = Filter{Kind: models.KindCase, Standing: models.Brought}.narrow(q, v.At.AsOf)
	if err := q.Order("positions.from_day, positions.matter_id").Limit(maxLines).Find(&page).Error; err != nil {
		return err
	}
	return r.fillLines(ctx, page, v)
}

func (r *Registry) fillLines(ctx context.Context, page []models.Position, v *PlanView) error {
	ids := make([]models.ID, len(page))
	for i, p := range page {
		ids[i] = p.MatterID
	}
	matters, err := r.mattersByID(ctx, ids)
	if err != nil {
		return err
	}
	next, err := r.nextDeadlines(ctx, ids, v.At.AsOf)
	if err != nil {
		return err
	}
	for _, p := range page {
		line := CaseLine{Reference: p.Reference, State: p.State, Since: p.FromDay, Next: next[p.MatterID]}
		line.Rules, _ = r.Procedures.Get(matters[p.MatterID].Procedure)
		line.Stage, line.NextRule = stageOf(line.Rules, p.Stage), ruleOf(line.Rules, line.Next.Rule)
		if state, ok := r.Procedures.States().Get(p.State); ok {
			line.StateName = state.Names
		}
		for _, i := range v.Indicators {
			for _, e := range i.Progress.Counted {
				if e.Label == p.Reference {
					line.Counted = append(line.Counted, e.On)
				}
			}
		}
		v.Lines = append(v.Lines, line)
	}
	return nil
}

func stageOf(d *procedure.Definition, id string) *procedure.Stage {
	if d == nil {
		return nil
	}
	for _, s := range d.Stages {
		if string(s.ID) == id {
			return s
		}
	}
	return nil
}

// NewPlan is a plan and its indicators, to be recorded.
type NewPlan struct {
	models.Plan
	Indicators []models.Indicator
}

// KeepPlan records a plan. A plan is never changed: another one with another code follows it.
func (r *Registry) KeepPlan(ctx context.Context, by Actor, n NewPlan) error {
	return r.change(ctx, by, access.KeepPlan, "", func(c *Change) error {
		p := n.Plan
		p.ID, p.RecordedAt, p.RecordedBy = r.newID(), c.At, by.ID
		if err := c.Insert(&p); err != nil {
			return err
		}
		for seq, i := range n.Indicators {
			i.ID, i.PlanID, i.Seq, i.RecordedAt, i.RecordedBy = r.newID(), p.ID, seq+1, c.At, by.ID
			if err := c.Insert(&i); err != nil {
				return err
			}
		}
		return nil
	})
}
