package cases

import (
	"context"

	"gorm.io/gorm"

	"expediente/cases/audit"
	"expediente/models"
)

// RewriteForTest is the attack that only a kept head finds: it drops the last n entries with the
// rows they wrote, recomputes every leaf that is left, and signs a head that fits.
func (r *Registry) RewriteForTest(ctx context.Context, n int) error {
	return r.DB.Write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		entries, err := models.All[models.AuditEntry](ctx, tx, "seq", "1 = 1")
		if err != nil {
			return err
		}
		keep := len(entries) - n
		if err := dropRows(ctx, tx, int64(keep)); err != nil {
			return err
		}
		tree, err := audit.NewTree(0, nil)
		if err != nil {
			return err
		}
		for _, record := range entries[:keep] {
			e := entryOf(record)
			rows, err := models.All[models.AuditRow](ctx, tx, "ordinal", "seq = ?", record.Seq)
			if err != nil {
				return err
			}
			for _, row := range rows {
				e.Rows = append(e.Rows, audit.Row{Table: row.Table, ID: idBytes(row.RowID), Digest: row.Digest})
			}
			leaf, err := e.Leaf()
			if err != nil {
				return err
			}
			if err := tx.Exec("UPDATE audit_entries SET leaf = ? WHERE seq = ?", leaf[:], record.Seq).Error; err != nil {
				return err
			}
			if err := tree.Append(leaf); err != nil {
				return err
			}
		}
		return r.moveHead(tx, tree, false)
	})
}

func dropRows(ctx context.Context, tx *gorm.DB, from int64) error {
	rows, err := models.All[models.AuditRow](ctx, tx, "seq DESC, ordinal DESC", "seq >= ?", from)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := tx.Exec("DELETE FROM "+row.Table+" WHERE id = ?", row.RowID).Error; err != nil {
			return err
		}
	}
	if err := tx.Exec("DELETE FROM audit_rows WHERE seq >= ?", from).Error; err != nil {
		return err
	}
	return tx.Exec("DELETE FROM audit_entries WHERE seq >= ?", from).Error
}
