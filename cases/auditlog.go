package cases

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"expediente/cases/access"
	"expediente/cases/audit"
	"expediente/models"
)

// Entry is an entry of the log as its page shows it.
type Entry struct {
	models.AuditEntry
	ByName    string // empty: the program itself
	Reference string // of the matter; empty for none
}

// AuditPage is one page of the log, the newest first.
type AuditPage struct {
	Entries []Entry
	Next    string
	Size    int64  // entries in all
	Short   string // the head's short code
	Root    string // its root, base64
}

// ListAudit shows the log: leadership all of it, others the entries about matters they may see and
// their own.
func (r *Registry) ListAudit(ctx context.Context, by Actor, cursor string) (p AuditPage, err error) {
	if !access.Allows(access.ReadAudit, by.Role) {
		return p, models.ErrDenied
	}
	head, err := r.Head(ctx)
	if err != nil {
		return p, err
	}
	p.Size, p.Short, p.Root = head.Size, head.Short(), base64.StdEncoding.EncodeToString(head.Root[:])
	q, err := r.auditScope(ctx, by)
	if err != nil {
		return p, err
	}
	if before, err := strconv.ParseInt(cursor, 10, 64); err == nil {
		q = q.Where("audit_entries.seq < ?", before)
	}
	var records []models.AuditEntry
	if err := q.Order("audit_entries.seq DESC").Limit(PageSize + 1).Find(&records).Error; err != nil {
		return p, err
	}
	if len(records) > PageSize {
		records = records[:PageSize]
		p.Next = strconv.FormatInt(records[PageSize-1].Seq, 10)
	}
	p.Entries, err = r.entries(ctx, records)
	return p, err
}

func (r *Registry) auditScope(ctx context.Context, by Actor) (*gorm.DB, error) {
	q := r.DB.Read.WithContext(ctx).Model(&models.AuditEntry{})
	if access.Allows(access.ReadAllAudit, by.Role) {
		return q, nil
	}
	v, err := r.reach(ctx, by)
	if err != nil {
		return nil, err
	}
	condition, args := v.condition("audit_entries.matter_id")
	return q.Where("(audit_entries.by_user = ? OR "+condition+")", append([]any{by.ID}, args...)...), nil
}

func (r *Registry) entries(ctx context.Context, records []models.AuditEntry) ([]Entry, error) {
	var users, matters []models.ID
	for _, e := range records {
		users, matters = append(users, e.ByUser), append(matters, e.MatterID)
	}
	names, err := r.names(ctx, users)
	if err != nil {
		return nil, err
	}
	byID, err := r.mattersByID(ctx, matters)
	if err != nil {
		return nil, err
	}
	list := make([]Entry, len(records))
	for i, e := range records {
		list[i] = Entry{e, names[e.ByUser], byID[e.MatterID].Reference}
	}
	return list, nil
}

// Head is the log's present head, its signature checked.
func (r *Registry) Head(ctx context.Context) (audit.Head, error) {
	record, err := models.One[models.AuditHead](ctx, r.DB.Read, "id = 1")
	if err != nil {
		return audit.Head{}, err
	}
	return r.signer.Verify(record.Note)
}

// SignedHead is the present head as a note that may leave the machine.
func (r *Registry) SignedHead(ctx context.Context) (string, error) {
	record, err := models.One[models.AuditHead](ctx, r.DB.Read, "id = 1")
	return record.Note, err
}

// Finding is something in the log, or in the rows it answers for, that does not fit.
type Finding struct {
	Seq  int64  // the entry; -1 when no entry is to blame
	Row  string // table and id of the row; empty when the entry itself does not fit
	What string // altered, missing, added, rewritten, cut, head, projection
}

// VerifyAudit reads the whole log and every row it answers for, and calls tell with what does not
// fit, the first entry first. A head that was kept earlier, or elsewhere, also shows a log that
// was cut or written anew. It returns the number of entries read.
func (r *Registry) VerifyAudit(ctx context.Context, kept []string, tell func(Finding)) (n int64, err error) {
	heads := make([]audit.Head, 0, len(kept))
	for _, text := range kept {
		h, err := r.signer.Verify(text)
		if err != nil {
			return 0, err
		}
		heads = append(heads, h)
	}
	v := verification{r: r, ctx: ctx, tell: tell, latest: map[rowKey]seen{}}
	options := &sql.TxOptions{}
	if r.DB.Postgres {
		options = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	err = r.DB.Read.WithContext(ctx).Transaction(func(tx *gorm.DB) error { // one snapshot, while others go on writing
		v.db = tx
		if err := v.entries(heads); err != nil {
			return err
		}
		if err := v.head(); err != nil {
			return err
		}
		if err := v.rows(); err != nil {
			return err
		}
		return v.projections()
	}, options)
	return v.tree.Size(), err
}

type rowKey struct {
	table string
	id    models.ID
}

// seen is the newest digest of a row.
type seen struct {
	seq    int64
	salt   []byte
	digest []byte
	found  bool
}

type verification struct {
	r      *Registry
	ctx    context.Context
	db     *gorm.DB
	tell   func(Finding)
	tree   *audit.Tree
	latest map[rowKey]seen
}

// entries recomputes every leaf from what the entry says, and the tree from the leaves.
func (v *verification) entries(heads []audit.Head) (err error) {
	if v.tree, err = audit.NewTree(0, nil); err != nil {
		return err
	}
	for {
		from := v.tree.Size()
		batch, err := models.All[models.AuditEntry](v.ctx, v.db.Limit(2000), "seq", "seq >= ?", from)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			return v.cut(heads)
		}
		rows, err := models.All[models.AuditRow](v.ctx, v.db, "seq, ordinal", "seq >= ? AND seq <= ?", from, batch[len(batch)-1].Seq)
		if err != nil {
			return err
		}
		if stop, err := v.batch(batch, rows, heads); stop || err != nil {
			return err
		}
	}
}

func (v *verification) batch(batch []models.AuditEntry, rows []models.AuditRow, heads []audit.Head) (stop bool, err error) {
	for _, record := range batch {
		if record.Seq != v.tree.Size() {
			v.tell(Finding{Seq: v.tree.Size(), What: "missing"})
			return true, nil // what follows cannot be placed
		}
		e := entryOf(record)
		for len(rows) > 0 && rows[0].Seq == record.Seq {
			row := rows[0]
			rows = rows[1:]
			e.Rows = append(e.Rows, audit.Row{Table: row.Table, ID: idBytes(row.RowID), Digest: row.Digest})
			v.latest[rowKey{row.Table, row.RowID}] = seen{seq: record.Seq, salt: row.Salt, digest: row.Digest}
		}
		leaf, err := e.Leaf()
		if err != nil {
			return true, err
		}
		if string(leaf[:]) != string(record.Leaf) {
			v.tell(Finding{Seq: record.Seq, What: "altered"})
		}
		if err := v.tree.Append(leaf); err != nil {
			return true, err
		}
		if err := v.against(heads); err != nil {
			return true, err
		}
	}
	return false, nil
}

func entryOf(record models.AuditEntry) audit.Entry {
	return audit.Entry{Seq: record.Seq, At: int64(record.At), By: idBytes(record.ByUser), Verb: record.Verb,
		Matter: idBytes(record.MatterID), Detail: record.Detail}
}

// against compares the tree with the kept heads of its present size.
func (v *verification) against(heads []audit.Head) error {
	for _, h := range heads {
		if h.Size != v.tree.Size() {
			continue
		}
		root, err := v.tree.Root()
		if err != nil {
			return err
		}
		if root != h.Root {
			v.tell(Finding{Seq: h.Size - 1, What: "rewritten"})
		}
	}
	return nil
}

// cut finds kept heads that are larger than the log.
func (v *verification) cut(heads []audit.Head) error {
	for _, h := range heads {
		if h.Size > v.tree.Size() {
			v.tell(Finding{Seq: v.tree.Size(), What: "cut"})
		}
	}
	return nil
}

// head compares the tree with the head in the database.
func (v *verification) head() error {
	record, err := models.One[models.AuditHead](v.ctx, v.db, "id = 1")
	if errors.Is(err, models.ErrNotFound) {
		v.tell(Finding{Seq: -1, What: "head"})
		return nil
	}
	if err != nil {
		return err
	}
	root, err := v.tree.Root()
	if err != nil {
		return err
	}
	h, err := v.r.signer.Verify(record.Note)
	if err != nil || h.Root != root || h.Size != v.tree.Size() || record.Size != h.Size || string(record.Frontier) != string(v.tree.Frontier()) {
		v.tell(Finding{Seq: v.tree.Size() - 1, What: "head"})
	}
	return nil
}

// rows compares every row that the log answers for with its newest digest.
func (v *verification) rows() error {
	for _, record := range models.Audited {
		if err := models.EachRow(v.ctx, v.db, record, v.row); err != nil {
			return err
		}
	}
	var missing []Finding
	for key, s := range v.latest {
		if !s.found {
			missing = append(missing, Finding{Seq: s.seq, Row: key.table + " " + key.id.String(), What: "missing"})
		}
	}
	sortFindings(missing)
	for _, f := range missing {
		v.tell(f)
	}
	return nil
}

func (v *verification) row(record any) error {
	table, id, canonical, err := models.Canonical(v.ctx, record)
	if err != nil {
		return err
	}
	key := rowKey{table, id}
	s, ok := v.latest[key]
	switch {
	case !ok:
		v.tell(Finding{Seq: -1, Row: table + " " + id.String(), What: "added"})
		return nil
	case string(audit.RowDigest(s.salt, canonical)) != string(s.digest):
		v.tell(Finding{Seq: s.seq, Row: table + " " + id.String(), What: "altered"})
	}
	s.found = true
	v.latest[key] = s
	return nil
}

func sortFindings(list []Finding) {
	slices.SortFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Row, b.Row))
	})
}

// String says what does not fit, for the command line.
func (f Finding) String() string {
	what := map[string]string{
		"altered": "is not what was written", "missing": "is missing", "added": "was added behind the log's back",
		"rewritten":  "and those before it are not what they were when the kept head was made",
		"projection": "shows in lists other stages or dates than its milestones give by today's rules; expediente reproject folds it anew",
		"cut":        "and those after it are missing: the kept head knows them", "head": "is the last one, and the head in the database does not fit it",
	}[f.What]
	switch {
	case f.Row != "" && f.Seq >= 0:
		return fmt.Sprintf("row %s, last written by entry %d, %s", f.Row, f.Seq, what)
	case f.Row != "":
		return fmt.Sprintf("row %s %s", f.Row, what)
	}
	return fmt.Sprintf("entry %d %s", f.Seq, what)
}
