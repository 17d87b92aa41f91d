package cases

import (
	"context"
	"encoding/hex"
	"strings"

	"gorm.io/gorm"

	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
)

// Due is a deadline in a list, with its matter. What is late is derived from the day looked at.
type Due struct {
	models.Deadline
	Reference string
	Title     string
	Kind      string
	State     string
	Rules     *procedure.Definition
	Rule      *procedure.Rule
	Days      int // from the day looked at to the due day; negative when it has passed
}

// Name of the rule, in the four languages.
func (d Due) Name() procedure.Names {
	if d.Rule == nil {
		return procedure.Names{"es": d.Deadline.Rule}
	}
	return d.Rule.Names
}

// Ours tells whether the network's side is bound.
func (d Due) Ours() bool {
	switch procedure.Bound(d.Bound) {
	case procedure.State, procedure.Commission, procedure.Court, procedure.MandateHolder, procedure.Committee:
		return false
	}
	return true
}

// Passed tells whether the due day lies before the day looked at.
func (d Due) Passed() bool { return d.Days < 0 }

// When chooses deadlines by their due day.
type When string

// The choices.
const (
	Coming When = "coming" // due on the day looked at or later, the nearest first
	Past   When = "past"   // due before it and still open, the latest first
)

// DueFilter narrows a list of deadlines.
type DueFilter struct {
	When   When
	Cursor string
	Limit  int // 0: PageSize
}

// ListDeadlines lists the deadlines that are open on the day looked at, of the matters that by may
// see.
func (r *Registry) ListDeadlines(ctx context.Context, by Actor, f DueFilter, at At) (list []Due, next string, err error) {
	v, err := r.reach(ctx, by)
	if err != nil {
		return nil, "", err
	}
	return r.listDeadlines(ctx, v, f, at)
}

func (r *Registry) listDeadlines(ctx context.Context, v reach, f DueFilter, at At) (list []Due, next string, err error) {
	if f.Limit == 0 {
		f.Limit = PageSize
	}
	q := v.of(r.DB.Read.WithContext(ctx).Model(&models.Deadline{}), "deadlines.matter_id")
	var page []models.Deadline
	if err := f.narrow(q, at.AsOf).Limit(f.Limit + 1).Find(&page).Error; err != nil {
		return nil, "", err
	}
	if len(page) > f.Limit {
		page = page[:f.Limit]
		next = writeDueCursor(page[f.Limit-1])
	}
	list, err = r.dues(ctx, page, at.AsOf)
	return list, next, err
}

// dueOrder is the order of the list. One matter may have several deadlines of one day, so the rule
// and the milestone go with it: a page that ended between them would lose the second.
const dueOrder = "deadlines.due, deadlines.matter_id, deadlines.rule, deadlines.milestone_id"

func (f DueFilter) narrow(q *gorm.DB, asOf day.Day) *gorm.DB {
	q = openOn(q, asOf)
	after, order := " > ", dueOrder
	if f.When == Past {
		after, order = " < ", strings.ReplaceAll(dueOrder, ",", " DESC,")+" DESC"
		q = q.Where("deadlines.due < ?", asOf)
	} else {
		q = q.Where("deadlines.due >= ?", asOf)
	}
	if due, rule, milestone, matter, ok := readDueCursor(f.Cursor); ok {
		q = q.Where("("+dueOrder+")"+after+"(?, ?, ?, ?)", due, matter, rule, milestone)
	}
	return q.Order(order)
}

func writeDueCursor(d models.Deadline) string {
	return writeCursor(d.Due.String()+" "+d.Rule+" "+d.MilestoneID.String(), d.MatterID)
}

func readDueCursor(cursor string) (due, rule string, milestone, matter models.ID, ok bool) {
	key, matter, ok := readCursor(cursor)
	parts := strings.Split(key, " ")
	if !ok || len(parts) != 3 {
		return "", "", milestone, matter, false
	}
	b, err := hex.DecodeString(parts[2])
	if err != nil || len(b) != len(milestone) {
		return "", "", milestone, matter, false
	}
	copy(milestone[:], b)
	return parts[0], parts[1], milestone, matter, true
}

// openOn keeps the deadlines that were open on a day.
func openOn(q *gorm.DB, asOf day.Day) *gorm.DB {
	return q.Where("deadlines.opened <= ? AND (deadlines.closed IS NULL OR deadlines.closed > ?)", asOf, asOf)
}

// dues adds to deadlines what the page shows.
func (r *Registry) dues(ctx context.Context, page []models.Deadline, asOf day.Day) ([]Due, error) {
	ids := make([]models.ID, len(page))
	for i, d := range page {
		ids[i] = d.MatterID
	}
	matters, err := r.mattersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Due, len(page))
	for i, d := range page {
		m := matters[d.MatterID]
		key, err := r.key(m.ID)
		if err != nil {
			return nil, err
		}
		o := opener{key: key}
		list[i] = Due{Deadline: d, Reference: m.Reference, Title: o.text(m.Title, m.Where("title")), Kind: m.Kind, State: m.State, Days: d.Due.Sub(asOf)}
		list[i].Rules, _ = r.Procedures.Get(m.Procedure)
		list[i].Rule = ruleOf(list[i].Rules, d.Rule)
		if o.err != nil {
			return nil, o.err
		}
	}
	return list, nil
}

func ruleOf(d *procedure.Definition, code string) *procedure.Rule {
	if d == nil {
		return nil
	}
	for _, rule := range d.Rules {
		if rule.Code == code {
			return rule
		}
	}
	return nil
}

// countDue counts, up to a cap, the deadlines that passed unmet and those that come within days.
func (r *Registry) countDue(ctx context.Context, v reach, asOf day.Day, days int) (past, soon Count, err error) {
	base := openOn(v.of(r.DB.Read.WithContext(ctx).Model(&models.Deadline{}), "deadlines.matter_id"), asOf).Session(&gorm.Session{})
	if past, err = countUpTo(base.Where("deadlines.due < ?", asOf).Order("deadlines.due DESC"), 99); err != nil {
		return past, soon, err
	}
	soon, err = countUpTo(base.Where("deadlines.due >= ? AND deadlines.due <= ?", asOf, asOf.AddDays(days)), 99)
	return past, soon, err
}
