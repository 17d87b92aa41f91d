package cases

import (
	"context"

	"gorm.io/gorm"

	"expediente/models"
)

// Tally is the figures beside the menu: of what the reader may see, on the day looked at.
type Tally struct {
	Cases, Visits, Evidence Count
	Past                    Count // deadlines that passed unmet
	Some                    bool  // the reader is in at least one matter
}

// menuCap is where counting for the menu stops: it is done for every page.
const menuCap = 99

// Tally counts for the menu.
func (r *Registry) Tally(ctx context.Context, by Actor, at At) (t Tally, err error) {
	v, err := r.reach(ctx, by)
	if err != nil {
		return t, err
	}
	t.Some = v.all || v.ids == nil || len(v.ids) > 0
	read := r.DB.Read.WithContext(ctx)
	// From the latest back: the old ones are mostly closed, and counting stops at the first few open.
	late := openOn(v.of(read.Model(&models.Deadline{}), "deadlines.matter_id"), at.AsOf).Where("deadlines.due < ?", at.AsOf).Order("deadlines.due DESC")
	if t.Past, err = countUpTo(late.Session(&gorm.Session{}), menuCap); err != nil || v.ids == nil {
		return t, err // who sees so many matters is told of the dates that passed, and needs no "99+"
	}
	for kind, n := range map[string]*Count{models.KindCase: &t.Cases, models.KindVisit: &t.Visits} {
		q := Filter{Kind: kind}.narrow(v.of(read.Model(&models.Position{}), "positions.matter_id"), at.AsOf)
		if *n, err = countUpTo(q.Session(&gorm.Session{}), menuCap); err != nil {
			return t, err
		}
	}
	items := v.of(read.Model(&models.Evidence{}), "evidence.matter_id").Where("evidence.received_at <= ?", at.known())
	t.Evidence, err = countUpTo(items.Session(&gorm.Session{}), menuCap)
	return t, err
}
