package models

import "expediente/models/seal"

// Party is a person or organisation in a role in a matter, under a code that is the same in every
// page and document of that matter; the name is sealed.
type Party struct {
	ID          ID `gorm:"primaryKey"`
	MatterID    ID
	Seq         int
	Code        string // "V-1", "P-2"
	Role        string // victim or petitioner
	Name        seal.Text
	Nationality string // ISO 3166-1 alpha-2 or empty
	RecordedAt  Instant
	RecordedBy  ID
}

// Where is the place of a sealed column of this party.
func (p Party) Where(column string) seal.Place { return place("parties", column, p.ID) }
