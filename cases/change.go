package cases

import (
	"context"
	"errors"
	"fmt"
	"io"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"expediente/cases/access"
	"expediente/cases/audit"
	"expediente/models"
	"expediente/models/seal"
)

// Change is a change under way: one transaction, one matter (or none), one entry of the log.
type Change struct {
	Matter models.Matter // locked; empty when the change concerns no matter
	At     models.Instant

	r     *Registry
	ctx   context.Context
	tx    *gorm.DB
	by    Actor
	role  access.Role // in the matter
	key   *seal.Key   // of the matter
	entry audit.Entry
	rows  []models.AuditRow
}

// change is the door for writing. In one transaction it locks the matter, checks that by may do
// the verb, runs fn, appends the entry to the log and, last, moves the log's head. If the entry
// cannot be written, nothing is.
func (r *Registry) change(ctx context.Context, by Actor, verb access.Verb, ref string, fn func(*Change) error) error {
	err := r.DB.Write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		c := &Change{r: r, ctx: ctx, tx: tx, by: by, At: models.At(r.Now())}
		c.entry = audit.Entry{At: int64(c.At), By: idBytes(by.ID), Verb: string(verb)}
		if err := c.enter(verb, ref); err != nil {
			return err
		}
		if err := fn(c); err != nil {
			return err
		}
		return r.appendEntries(ctx, tx, []pending{{c.entry, c.rows}})
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return fmt.Errorf("%w: %s", models.ErrConflict, verb)
	}
	return err
}

// enter locks the matter, and the membership that lets the reader in, and asks the policy: a right
// withdrawn while this waited does not count.
func (c *Change) enter(verb access.Verb, ref string) (err error) {
	if ref == "" {
		if access.Of(verb) != access.OfRegistry || !access.Allows(verb, c.by.Role) {
			return models.ErrDenied
		}
		return nil
	}
	if c.Matter, c.role, err = c.r.find(c.ctx, c.tx.Clauses(clause.Locking{Strength: "UPDATE"}), c.by, ref); err != nil {
		return err
	}
	if !c.may(verb) {
		return models.ErrDenied
	}
	c.entry.Matter = idBytes(c.Matter.ID)
	c.key, err = c.r.Keys.Key(seal.ID(c.Matter.ID))
	return err
}

// may tells whether who acts may do another verb to the same matter.
func (c *Change) may(verb access.Verb) bool {
	return access.Of(verb) == access.OfMatter && access.Allows(verb, c.role)
}

// found is a matter with the membership of who asks.
type found struct {
	models.Matter
	MemberRole string
}

// find gives a matter to someone who may see it. A hidden matter and a missing one are the same
// answer.
func (r *Registry) find(ctx context.Context, db *gorm.DB, by Actor, ref string) (models.Matter, access.Role, error) {
	var f found
	q := db.WithContext(ctx).Table("matters").Where("matters.reference = ?", ref).Limit(1)
	if by.Role == access.System {
		q = q.Select("matters.*")
	} else {
		q = q.Select("matters.*, memberships.role AS member_role").
			Joins("JOIN memberships ON memberships.matter_id = matters.id AND memberships.user_id = ? AND memberships.ended_at IS NULL", by.ID)
	}
	result := q.Scan(&f)
	if result.Error != nil {
		return f.Matter, "", result.Error
	}
	role := access.Role(f.MemberRole)
	if by.Role == access.System {
		role = access.System
	}
	if result.RowsAffected == 0 || !access.Allows(access.OpenMatter, role) {
		return models.Matter{}, "", models.ErrNotFound
	}
	return f.Matter, role, nil
}

// Insert writes a new row of record and notes its digest for the log.
func (c *Change) Insert(record any) error {
	if err := c.tx.Create(record).Error; err != nil {
		return err
	}
	return c.digest(record)
}

// Update writes the named columns of an existing row and notes its new digest.
func (c *Change) Update(record any, columns ...string) error {
	result := c.tx.Model(record).Select(columns).Updates(record)
	if result.Error != nil {
		return result.Error
	}
	if result.RowsAffected != 1 {
		return models.ErrConflict
	}
	return c.digest(record)
}

func (c *Change) digest(record any) error {
	table, id, canonical, err := models.Canonical(c.ctx, record)
	if err != nil {
		return err
	}
	salt := make([]byte, 16)
	if _, err := io.ReadFull(c.r.Random, salt); err != nil {
		return err
	}
	digest := audit.RowDigest(salt, canonical)
	c.rows = append(c.rows, models.AuditRow{Ordinal: len(c.rows), Table: table, RowID: id, Salt: salt, Digest: digest})
	c.entry.Rows = append(c.entry.Rows, audit.Row{Table: table, ID: idBytes(id), Digest: digest})
	return nil
}

// Detail notes a plain fact in the entry. It is never personal text.
func (c *Change) Detail(format string, args ...any) { c.entry.Detail = fmt.Sprintf(format, args...) }

// Seal seals a text of the matter for its column.
func (c *Change) Seal(plain string, where seal.Place) seal.Text { return c.key.Seal(plain, where) }

func idBytes(id models.ID) []byte {
	if id.IsZero() {
		return nil
	}
	return id[:]
}

// pending is an entry that has no number yet, with the rows it wrote.
type pending struct {
	entry audit.Entry
	rows  []models.AuditRow
}

// appendEntries numbers the entries, writes them and moves the head. It is the last thing a
// transaction does, so the head is held for the shortest time.
func (r *Registry) appendEntries(ctx context.Context, tx *gorm.DB, list []pending) error {
	head, fresh, err := lockHead(ctx, tx)
	if err != nil {
		return err
	}
	tree, err := audit.NewTree(head.Size, head.Frontier)
	if err != nil {
		return err
	}
	entries, rows := make([]models.AuditEntry, len(list)), []models.AuditRow{}
	for i, p := range list {
		p.entry.Seq = tree.Size()
		leaf, err := p.entry.Leaf()
		if err != nil {
			return err
		}
		entries[i] = entryRecord(p.entry, leaf[:])
		for _, row := range p.rows {
			row.Seq = p.entry.Seq
			rows = append(rows, row)
		}
		if err := tree.Append(leaf); err != nil {
			return err
		}
	}
	if err := tx.CreateInBatches(entries, 100).Error; err != nil {
		return err
	}
	if len(rows) > 0 {
		if err := tx.CreateInBatches(rows, 100).Error; err != nil {
			return err
		}
	}
	return r.moveHead(tx, tree, fresh)
}

func entryRecord(e audit.Entry, leaf []byte) models.AuditEntry {
	record := models.AuditEntry{Seq: e.Seq, At: models.Instant(e.At), Verb: e.Verb, Detail: e.Detail, Leaf: leaf}
	copy(record.ByUser[:], e.By)
	copy(record.MatterID[:], e.Matter)
	return record
}

// lockHead reads the head for update; a registry without one starts at size 0.
func lockHead(ctx context.Context, tx *gorm.DB) (head models.AuditHead, fresh bool, err error) {
	head, err = models.One[models.AuditHead](ctx, tx.Clauses(clause.Locking{Strength: "UPDATE"}), "id = 1")
	if errors.Is(err, models.ErrNotFound) {
		return models.AuditHead{ID: 1}, true, nil
	}
	return head, false, err
}

func (r *Registry) moveHead(tx *gorm.DB, tree *audit.Tree, fresh bool) error {
	root, err := tree.Root()
	if err != nil {
		return err
	}
	signed, err := r.signer.Sign(audit.Head{Size: tree.Size(), Root: root})
	if err != nil {
		return err
	}
	head := models.AuditHead{ID: 1, Size: tree.Size(), Frontier: tree.Frontier(), Note: signed}
	if fresh {
		return tx.Create(&head).Error
	}
	return tx.Model(&head).Select("size", "frontier", "note").Updates(&head).Error
}
