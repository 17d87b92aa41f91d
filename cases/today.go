package cases

import (
	"context"
	"errors"

	"expediente/cases/access"
	"expediente/models"
)

// Today is the first page: what is due, where the target stands, what happened lately.
type Today struct {
	Past, Soon           []Due // passed and still open; coming within SoonDays
	PastCount, SoonCount Count
	Plan                 *PlanView // nil for who does not read progress, or without a plan
	Recent               []Recent
	Empty                bool // the reader has no matter yet
}

// SoonDays is how far ahead Today looks, in days.
const SoonDays = 60

// Recent is a milestone that happened lately.
type Recent struct {
	models.Milestone
	Reference string
	Title     string
	Name      map[string]string
}

// Today gathers the first page of who signs in.
func (r *Registry) Today(ctx context.Context, by Actor, at At) (t Today, err error) {
	v, err := r.reach(ctx, by)
	if err != nil {
		return t, err
	}
	t.Empty = v.ids != nil && len(v.ids) == 0
	if t.PastCount, t.SoonCount, err = r.countDue(ctx, v, at.AsOf, SoonDays); err != nil {
		return t, err
	}
	if t.Past, _, err = r.listDeadlines(ctx, v, DueFilter{When: Past, Limit: 6}, at); err != nil {
		return t, err
	}
	coming, _, err := r.listDeadlines(ctx, v, DueFilter{When: Coming, Limit: 8}, at)
	if err != nil {
		return t, err
	}
	for _, d := range coming {
		if d.Days <= SoonDays {
			t.Soon = append(t.Soon, d)
		}
	}
	if t.Recent, err = r.recent(ctx, v, at); err != nil {
		return t, err
	}
	if access.Allows(access.ReadProgress, by.Role) {
		scope := v
		if by.Role == access.Leadership {
			scope = reach{all: true}
		}
		p, err := r.progress(ctx, scope, at)
		if err != nil && !errors.Is(err, ErrNoPlan) {
			return t, err
		}
		if err == nil {
			t.Plan = &p
		}
	}
	return t, nil
}

// recent are the last things that happened in the reader's matters by the day looked at.
func (r *Registry) recent(ctx context.Context, v reach, at At) ([]Recent, error) {
	var records []models.Milestone
	q := v.of(r.DB.Read.WithContext(ctx).Model(&models.Milestone{}), "milestones.matter_id").
		Where("milestones.day <= ? AND milestones.recorded_at <= ? AND NOT milestones.void", at.AsOf, at.known()).
		Where("NOT EXISTS (SELECT 1 FROM milestones s WHERE s.supersedes = milestones.id AND s.recorded_at <= ?)", at.known())
	if err := q.Order("milestones.day DESC, milestones.recorded_at DESC").Limit(8).Find(&records).Error; err != nil {
		return nil, err
	}
	ids := make([]models.ID, len(records))
	for i, m := range records {
		ids[i] = m.MatterID
	}
	matters, err := r.mattersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Recent, len(records))
	for i, record := range records {
		m := matters[record.MatterID]
		key, err := r.key(m.ID)
		if err != nil {
			return nil, err
		}
		o := opener{key: key}
		list[i] = Recent{Milestone: record, Reference: m.Reference, Title: o.text(m.Title, m.Where("title")), Name: r.milestoneName(m.Procedure, record.Code)}
		if o.err != nil {
			return nil, o.err
		}
	}
	return list, nil
}

// milestoneName is a milestone's name in the four languages; an unknown code names itself.
func (r *Registry) milestoneName(procedureID, code string) map[string]string {
	if d, ok := r.Procedures.Get(procedureID); ok {
		for _, m := range d.Milestones {
			if string(m.Code) == code {
				return m.Names
			}
		}
	}
	return map[string]string{"es": code}
}
