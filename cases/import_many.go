package cases

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"expediente/cases/access"
	"expediente/cases/audit"
	"expediente/cases/procedure"
	"expediente/models"
)

// manyAtOnce is how many matters ImportMany writes in one transaction: enough that flushing costs
// little beside writing, few enough that other writers wait seconds and not minutes.
const manyAtOnce = 2500

// ImportMany opens many files with their histories and lets their members in, as ImportMatter does
// one by one: each has its key, its entry in the log and a digest of every row. While one
// transaction is written, the rows of the next are made. A failure leaves the transactions before
// it in place; n is how many matters those hold.
func (r *Registry) ImportMany(ctx context.Context, by Actor, list iter.Seq[Admitted]) (n int, err error) {
	if !access.Allows(access.ImportMatter, by.Role) {
		return 0, models.ErrDenied
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	batches := make(chan *bulk, 1)
	go r.makeBatches(ctx, by, list, batches)
	for b := range batches {
		if b.err != nil {
			return n, b.err
		}
		if err := b.commit(); err != nil {
			return n, err
		}
		n += len(b.matters)
	}
	return n, ctx.Err()
}

// makeBatches makes the rows of one transaction after the other and closes out at the end.
func (r *Registry) makeBatches(ctx context.Context, by Actor, list iter.Seq[Admitted], out chan<- *bulk) {
	defer close(out)
	taken, err := r.references(ctx)
	send := func(some []Admitted) bool {
		b := &bulk{r: r, ctx: ctx, by: by, taken: taken, err: err}
		if b.err == nil {
			b.err = b.make(some)
		}
		select {
		case out <- b:
			return b.err == nil
		case <-ctx.Done():
			return false
		}
	}
	some := make([]Admitted, 0, manyAtOnce)
	for a := range list {
		if some = append(some, a); len(some) < manyAtOnce {
			continue
		}
		if !send(some) {
			return
		}
		some = some[:0]
	}
	if len(some) > 0 {
		send(some)
	}
}

// references are those in use: among many matters, five random letters are bound to meet again.
func (r *Registry) references(ctx context.Context) (map[string]bool, error) {
	var list []string
	err := r.DB.Read.WithContext(ctx).Model(&models.Matter{}).Pluck("reference", &list).Error
	taken := make(map[string]bool, len(list))
	for _, ref := range list {
		taken[ref] = true
	}
	return taken, err
}

// bulk is the rows of one transaction.
type bulk struct {
	r     *Registry
	ctx   context.Context
	by    Actor
	taken map[string]bool // references in use
	err   error           // ends the import

	matters     []models.Matter
	memberships []models.Membership
	people      []models.Party
	rights      []models.MatterRight
	milestones  []models.Milestone
	visits      []models.Visit
	told        []models.Recommendation
	positions   []models.Position
	deadlines   []models.Deadline
	log         []pending
}

// make makes the keys, with one flush, and then the rows.
func (b *bulk) make(some []Admitted) error {
	ids := make([]models.ID, len(some))
	for i := range ids {
		ids[i] = b.r.newID()
	}
	if err := b.r.newKey(ids...); err != nil {
		return err
	}
	for i, a := range some {
		if err := b.add(ids[i], a); err != nil {
			return err
		}
	}
	return nil
}

// add makes the rows of one matter.
func (b *bulk) add(id models.ID, a Admitted) error {
	if err := a.NewMatter.Validate(b.r.Procedures); err != nil {
		return err
	}
	c, err := b.open(id, a.NewMatter)
	if err != nil {
		return err
	}
	for user, role := range a.Members {
		if err := keep(c, &b.memberships, c.membership(user, role)); err != nil {
			return err
		}
	}
	facts, err := b.history(c, a.History)
	if err != nil {
		return err
	}
	if err := b.project(c, facts); err != nil {
		return err
	}
	b.log = append(b.log, pending{c.entry, c.rows})
	return nil
}

// keep notes the digest of a row and puts it with the other rows of its table.
func keep[T any](c *Change, rows *[]T, row T) error {
	*rows = append(*rows, row)
	return c.digest(&row)
}

// open makes the matter and the change that its rows belong to.
func (b *bulk) open(id models.ID, n NewMatter) (*Change, error) {
	c := &Change{r: b.r, ctx: b.ctx, by: b.by, role: b.by.Role, At: models.At(b.r.Now())}
	c.entry = audit.Entry{At: int64(c.At), By: idBytes(b.by.ID), Verb: string(access.ImportMatter)}
	if err := c.makeMatter(id, b.reference(n.State), n); err != nil {
		return nil, err
	}
	c.Matter.Version = 1
	return c, c.digest(&c.Matter)
}

func (b *bulk) reference(state string) string {
	ref := state + "-" + b.r.code(5)
	for b.taken[ref] {
		ref = state + "-" + b.r.code(5)
	}
	b.taken[ref] = true
	return ref
}

// history makes the rows of what is known of the matter, and the facts to fold.
func (b *bulk) history(c *Change, h History) (facts []procedure.Milestone, err error) {
	facts = make([]procedure.Milestone, 0, len(h.Milestones))
	for _, n := range h.Milestones {
		m := c.milestone(n, nil)
		facts = append(facts, Logged{Milestone: m, Decision: n.Decision}.fact())
		if err := keep(c, &b.milestones, m); err != nil {
			return nil, err
		}
	}
	if err := b.parties(c, h.Parties); err != nil {
		return nil, err
	}
	for _, code := range h.Rights {
		right := models.MatterRight{ID: b.r.newID(), MatterID: c.Matter.ID, Code: code, RecordedAt: c.At, RecordedBy: b.by.ID}
		if err := keep(c, &b.rights, right); err != nil {
			return nil, err
		}
	}
	return facts, b.visit(c, h)
}

// parties makes the rows of the people under their codes: V-1, V-2 for victims, P-1 for petitioners.
func (b *bulk) parties(c *Change, list []NewParty) error {
	numbers := map[string]int{}
	for seq, n := range list {
		numbers[n.Role]++
		p := models.Party{ID: b.r.newID(), MatterID: c.Matter.ID, Seq: seq + 1, Role: n.Role, Nationality: n.Nationality,
			Code: strings.ToUpper(n.Role[:1]) + "-" + strconv.Itoa(numbers[n.Role]), RecordedAt: c.At, RecordedBy: b.by.ID}
		p.Name = c.Seal(n.Name, p.Where("name"))
		if err := keep(c, &b.people, p); err != nil {
			return err
		}
	}
	return nil
}

// visit makes the rows that only a country visit has.
func (b *bulk) visit(c *Change, h History) error {
	if h.Visit != nil {
		v := *h.Visit
		v.ID, v.MatterID, v.RecordedAt, v.RecordedBy = b.r.newID(), c.Matter.ID, c.At, b.by.ID
		if err := keep(c, &b.visits, v); err != nil {
			return err
		}
	}
	for seq, t := range h.Told {
		t.ID, t.MatterID, t.Seq, t.RecordedAt, t.RecordedBy = b.r.newID(), c.Matter.ID, seq+1, c.At, b.by.ID
		if err := keep(c, &b.told, t); err != nil {
			return err
		}
	}
	return nil
}

// project makes the rows that lists read, and with them the matter's row is whole.
func (b *bulk) project(c *Change, facts []procedure.Milestone) (err error) {
	d, _ := b.r.Procedures.Get(c.Matter.Procedure)
	c.Matter.Definition = foldedWith(d)
	p := Project(d, c.Matter, facts)
	b.positions = append(b.positions, p.Positions...)
	b.deadlines = append(b.deadlines, p.Deadlines...)
	b.matters = append(b.matters, c.Matter)
	return nil
}

// commit writes it all in one transaction.
func (b *bulk) commit() error {
	err := b.r.DB.Write.WithContext(b.ctx).Transaction(b.write)
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return fmt.Errorf("%w: %s", models.ErrConflict, access.ImportMatter)
	}
	return err
}

// write writes the rows, the entries and, last, the head.
func (b *bulk) write(tx *gorm.DB) error {
	tx = tx.Session(&gorm.Session{DisableNestedTransaction: true}) // one transaction, no savepoints within
	for _, err := range []error{
		insertAll(tx, b.matters), insertAll(tx, b.memberships), insertAll(tx, b.people), insertAll(tx, b.rights),
		insertAll(tx, b.milestones), insertAll(tx, b.visits), insertAll(tx, b.told), insertAll(tx, b.positions), insertAll(tx, b.deadlines),
	} {
		if err != nil {
			return err
		}
	}
	return b.r.appendEntries(b.ctx, tx, b.log)
}

// insertAll inserts rows by the hundred, the rest by tens and ones, so that few statements are
// prepared again and again.
func insertAll[T any](tx *gorm.DB, rows []T) error {
	for _, size := range []int{100, 10, 1} {
		whole := len(rows) / size * size
		if whole == 0 {
			continue
		}
		if err := tx.CreateInBatches(rows[:whole], size).Error; err != nil {
			return err
		}
		rows = rows[whole:]
	}
	return nil
}
