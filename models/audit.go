package models

// AuditEntry is one leaf of the log: who did what, when, to which matter. It never holds personal
// text; the rows it wrote are represented by salted digests.
type AuditEntry struct {
	Seq      int64 `gorm:"primaryKey;autoIncrement:false"` // from 0
	At       Instant
	ByUser   ID
	Verb     string
	MatterID ID
	Detail   string // plain facts only: a code, a count, a reason's kind
	Leaf     []byte // RFC 6962 leaf hash of the entry and its rows
}

// AuditRow is the salted digest of one row that an entry wrote.
type AuditRow struct {
	Seq     int64  `gorm:"primaryKey;autoIncrement:false"`
	Ordinal int    `gorm:"primaryKey;autoIncrement:false"`
	Table   string `gorm:"column:table_name"`
	RowID   ID
	Salt    []byte
	Digest  []byte
}

// AuditHead is the signed head of the log.
type AuditHead struct {
	ID       int `gorm:"primaryKey;autoIncrement:false"`
	Size     int64
	Frontier []byte // the hashes that the next leaf needs, and that make up the root
	Note     string // the head as a signed note
}

// TableName of the one row.
func (AuditHead) TableName() string { return "audit_head" }
