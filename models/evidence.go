package models

import "expediente/models/seal"

// Evidence is one sealed file of a matter and where it came from.
type Evidence struct {
	ID          ID `gorm:"primaryKey"`
	MatterID    ID
	MilestoneID ID     // the milestone it proves, if one was named
	Code        string // "E-7Q4FM2KD": random, for addresses and pages
	Title       seal.Text
	Filename    seal.Text // as given; only data
	Note        seal.Text
	Mime        string    // by content
	Size        int64     // bytes
	SHA256      seal.Text `gorm:"column:sha256"` // hex, of the bytes as received
	Blob        string    // random name in the store
	Segments    int
	ReceivedAt  Instant
	ReceivedBy  ID
}

// TableName is the plural that is also the singular.
func (Evidence) TableName() string { return "evidence" }

// Where is the place of a sealed column of this item.
func (e Evidence) Where(column string) seal.Place { return place("evidence", column, e.ID) }

// CustodyEvent is what happened to an item, and by whose hand. Append-only.
type CustodyEvent struct {
	ID         ID `gorm:"primaryKey"`
	EvidenceID ID
	MatterID   ID
	Event      string // received, downloaded
	At         Instant
	ByUser     ID
	Detail     seal.Text
}
