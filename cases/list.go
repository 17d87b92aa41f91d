package cases

import (
	"context"
	"encoding/base64"
	"strings"

	"gorm.io/gorm"

	"expediente/cases/access"
	"expediente/models"
	"expediente/models/day"
)

// PageSize is how many rows a list shows.
const PageSize = 50

// few is the number of matters up to which a reader's lists are driven by that reader's
// memberships, one by one; beyond it they walk the list's own order and ask for each row. Either
// is slow at the other's end.
const few = 500

// reach is which matters a reader sees, as a condition on a table's matter_id.
type reach struct {
	all  bool // the program itself
	user models.ID
	ids  []models.ID // when few; empty, not nil, for none
}

// reach asks what the reader sees, once a request: a right that was withdrawn counts on the next.
func (r *Registry) reach(ctx context.Context, by Actor) (reach, error) {
	if by.Role == access.System {
		return reach{all: true}, nil
	}
	if by.seen != nil && by.seen.asked {
		return by.seen.reach, nil
	}
	v, err := r.askReach(ctx, by.ID)
	if err == nil && by.seen != nil {
		*by.seen = memory{true, v}
	}
	return v, err
}

// memory keeps a reader's reach for the length of one request.
type memory struct {
	asked bool
	reach reach
}

func (r *Registry) askReach(ctx context.Context, user models.ID) (reach, error) {
	v := reach{user: user}
	mine := r.DB.Read.WithContext(ctx).Model(&models.Membership{}).
		Where("user_id = ? AND ended_at IS NULL AND role IN ?", user, access.Policy.Who(access.OpenMatter)).Session(&gorm.Session{})
	var beyond []int
	if err := mine.Offset(few).Limit(1).Select("1").Find(&beyond).Error; err != nil || len(beyond) > 0 {
		return v, err
	}
	v.ids = []models.ID{}
	return v, mine.Pluck("matter_id", &v.ids).Error
}

// of narrows a query to what the reader sees; column is the matter's id in it.
func (v reach) of(q *gorm.DB, column string) *gorm.DB {
	condition, args := v.condition(column)
	return q.Where(condition, args...)
}

// condition is what of asks, for queries that also show something else.
func (v reach) condition(column string) (string, []any) {
	switch {
	case v.all:
		return "1 = 1", nil
	case v.ids != nil:
		return column + " IN ?", []any{v.ids}
	}
	return "EXISTS (SELECT 1 FROM memberships WHERE memberships.user_id = ? AND memberships.matter_id = " + column +
		" AND memberships.ended_at IS NULL AND memberships.role IN ?)", []any{v.user, access.Policy.Who(access.OpenMatter)}
}

// Sort is the order of a list of matters.
type Sort string

// The orders.
const (
	Newest      Sort = "newest"    // longest in their stage last
	Oldest      Sort = "oldest"    // longest in their stage first
	ByReference Sort = "reference" // A to Z
)

// Filter narrows and orders a list of matters.
type Filter struct {
	Kind     string // case or visit
	State    string
	Stage    string
	Standing models.Standing
	Sort     Sort
	Cursor   string // where the page before ended
}

// Row is one matter in a list.
type Row struct {
	models.Position
	ID        models.ID
	Title     string
	Numbers   string
	Procedure string
	Next      models.Deadline // the earliest open one; zero for none
}

// Listing is one page of a list.
type Listing struct {
	Rows   []Row
	Next   string // cursor of the page after; empty at the end
	Counts Count  // of what the reader may see under the filter
}

// Count is capped: past the cap the exact number would cost more than the page.
type Count struct {
	N    int
	More bool // N or more
}

// countCap is where counting a list stops. Who sees many matters gets a rougher figure: each row
// counted is a row whose matter must be looked up among theirs.
func (v reach) countCap() int {
	if v.ids == nil {
		return 99
	}
	return 999
}

// ListMatters lists the matters that by may see, where they stood on the day looked at.
func (r *Registry) ListMatters(ctx context.Context, by Actor, f Filter, at At) (l Listing, err error) {
	v, err := r.reach(ctx, by)
	if err != nil {
		return l, err
	}
	q := f.narrow(v.of(r.DB.Read.WithContext(ctx).Model(&models.Position{}), "positions.matter_id"), at.AsOf)
	q = q.Session(&gorm.Session{})
	if l.Counts, err = countUpTo(q, v.countCap()); err != nil {
		return l, err
	}
	var page []models.Position
	if err := f.order(q).Limit(PageSize + 1).Find(&page).Error; err != nil {
		return l, err
	}
	if len(page) > PageSize {
		page = page[:PageSize]
		l.Next = f.cursor(page[PageSize-1])
	}
	l.Rows, err = r.rows(ctx, page, at)
	return l, err
}

// narrow keeps the positions held on the day looked at.
func (f Filter) narrow(q *gorm.DB, asOf day.Day) *gorm.DB {
	q = q.Where("positions.kind = ? AND positions.from_day <= ? AND (positions.to_day IS NULL OR positions.to_day > ?)", f.Kind, asOf, asOf)
	if f.State != "" {
		q = q.Where("positions.state = ?", f.State)
	}
	if f.Stage != "" {
		q = q.Where("positions.stage = ?", f.Stage)
	}
	if f.Standing != "" {
		q = q.Where("positions.standing = ?", f.Standing)
	}
	return q
}

func countUpTo(q *gorm.DB, most int) (c Count, err error) {
	var n int64
	err = q.Session(&gorm.Session{NewDB: true}).Table("(?) AS reached", q.Select("1").Limit(most+1)).Count(&n).Error
	return Count{min(int(n), most), int(n) > most}, err
}

func (f Filter) order(q *gorm.DB) *gorm.DB {
	from, id, ok := readCursor(f.Cursor)
	switch f.Sort {
	case ByReference:
		if ok {
			q = q.Where("positions.reference > ?", from)
		}
		return q.Order("positions.reference")
	case Oldest:
		if ok {
			q = q.Where("(positions.from_day, positions.matter_id) > (?, ?)", from, id)
		}
		return q.Order("positions.from_day, positions.matter_id")
	}
	if ok {
		q = q.Where("(positions.from_day, positions.matter_id) < (?, ?)", from, id)
	}
	return q.Order("positions.from_day DESC, positions.matter_id DESC")
}

func (f Filter) cursor(p models.Position) string {
	if f.Sort == ByReference {
		return writeCursor(p.Reference, p.MatterID)
	}
	return writeCursor(p.FromDay.String(), p.MatterID)
}

// A cursor is the last row's sort key and id. It is no secret: it names only what the page showed.
func writeCursor(key string, id models.ID) string {
	return base64.RawURLEncoding.EncodeToString(append(id[:], key...))
}

func readCursor(s string) (key string, id models.ID, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) <= len(id) {
		return "", id, false
	}
	copy(id[:], b)
	return strings.ToValidUTF8(string(b[len(id):]), ""), id, true
}

// rows adds to positions what the page shows: title, numbers, next deadline.
func (r *Registry) rows(ctx context.Context, page []models.Position, at At) ([]Row, error) {
	ids := make([]models.ID, len(page))
	for i, p := range page {
		ids[i] = p.MatterID
	}
	matters, err := r.mattersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	next, err := r.nextDeadlines(ctx, ids, at.AsOf)
	if err != nil {
		return nil, err
	}
	list := make([]Row, len(page))
	for i, p := range page {
		m := matters[p.MatterID]
		o := opener{}
		if o.key, err = r.key(m.ID); err != nil {
			return nil, err
		}
		list[i] = Row{Position: p, ID: m.ID, Procedure: m.Procedure, Next: next[m.ID],
			Title: o.text(m.Title, m.Where("title")), Numbers: o.text(m.Numbers, m.Where("numbers"))}
		if o.err != nil {
			return nil, o.err
		}
	}
	return list, nil
}

func (r *Registry) mattersByID(ctx context.Context, ids []models.ID) (map[models.ID]models.Matter, error) {
	byID := make(map[models.ID]models.Matter, len(ids))
	if len(ids) == 0 {
		return byID, nil
	}
	list, err := models.All[models.Matter](ctx, r.DB.Read, "id", "id IN ?", ids)
	for _, m := range list {
		byID[m.ID] = m
	}
	return byID, err
}

// nextDeadlines is the earliest deadline that is open on a day, by matter.
func (r *Registry) nextDeadlines(ctx context.Context, ids []models.ID, asOf day.Day) (map[models.ID]models.Deadline, error) {
	next := make(map[models.ID]models.Deadline, len(ids))
	if len(ids) == 0 {
		return next, nil
	}
	list, err := models.All[models.Deadline](ctx, r.DB.Read, "due",
		"matter_id IN ? AND opened <= ? AND (closed IS NULL OR closed > ?)", ids, asOf, asOf)
	for _, d := range list {
		if _, ok := next[d.MatterID]; !ok {
			next[d.MatterID] = d
		}
	}
	return next, err
}
