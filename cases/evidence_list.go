package cases

import (
	"context"

	"gorm.io/gorm"

	"expediente/models"
	"expediente/models/seal"
)

// Exhibits is one page of the files of all matters in reach.
type Exhibits struct {
	Items  []Item
	Next   string // cursor of the page after; empty at the end
	Counts Count
}

// ListEvidence lists the files of the matters that by may see, the last received first.
func (r *Registry) ListEvidence(ctx context.Context, by Actor, cursor string, at At) (l Exhibits, err error) {
	v, err := r.reach(ctx, by)
	if err != nil {
		return l, err
	}
	q := v.of(r.DB.Read.WithContext(ctx).Model(&models.Evidence{}), "evidence.matter_id").Where("evidence.received_at <= ?", at.known())
	q = q.Session(&gorm.Session{})
	if l.Counts, err = countUpTo(q, v.countCap()); err != nil {
		return l, err
	}
	if from, id, ok := readCursor(cursor); ok {
		q = q.Where("(evidence.received_at, evidence.id) < (?, ?)", models.ParseInstant(from), id)
	}
	var page []models.Evidence
	if err := q.Order("evidence.received_at DESC, evidence.id DESC").Limit(PageSize + 1).Find(&page).Error; err != nil {
		return l, err
	}
	if len(page) > PageSize {
		page = page[:PageSize]
		l.Next = writeCursor(page[PageSize-1].ReceivedAt.String(), page[PageSize-1].ID)
	}
	l.Items, err = r.itemRows(ctx, page)
	return l, err
}

// itemRows opens the items' texts, each with its own matter's key, and names who received them.
func (r *Registry) itemRows(ctx context.Context, page []models.Evidence) ([]Item, error) {
	var users, ids []models.ID
	for _, e := range page {
		users, ids = append(users, e.ReceivedBy), append(ids, e.MatterID)
	}
	names, err := r.names(ctx, users)
	if err != nil {
		return nil, err
	}
	matters, err := r.mattersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Item, len(page))
	for i, e := range page {
		key, err := r.Keys.Key(seal.ID(e.MatterID))
		if err != nil {
			return nil, err
		}
		if list[i], err = openItem(key, e); err != nil {
			return nil, err
		}
		list[i].Reference, list[i].ByName = matters[e.MatterID].Reference, names[e.ReceivedBy]
	}
	return list, nil
}
