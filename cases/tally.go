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
}

// menuCap is where counting for the menu stops: it is done for every page.
const menuCap = 99

// Tally counts for the menu.
func (r *Registry) Tally(ctx context.Context, by Actor, at At) (t Tally, err error) {
	v, err := r.reach(ctx, by)
	if err != nil {
		return t, err
	}
	read := r.DB.Read.WithContext(ctx)
	for kind, n := range map[string]*Count{models.KindCase: &t.Cases, models.KindVisit: &t.Visits} {
		q := Filter{Kind: kind}.narrow(v.of(read.Model(&models.Position{}), "positions.matter_id"), at.AsOf)
		if *n, err = countUpTo(q.Session(&gorm.Session{}), menuCap); err != nil {
			return t, err
		}
	}
	items := v.of(read.Model(&models.Evidence{}), "evidence.matter_id").Where("evidence.received_at <= ?", at.known())
	if t.Evidence, err = countUpTo(items.Session(&gorm.Session{}), menuCap); err != nil {
		return t, err
	}
	late := openOn(v.of(read.Model(&models.Deadline{}), "deadlines.matter_id"), at.AsOf).Where("deadlines.due < ?", at.AsOf)
	t.Past, err = countUpTo(late.Session(&gorm.Session{}), menuCap)
	return t, err
}
