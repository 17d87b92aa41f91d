package models

import "expediente/models/day"

// Dossier is the record of a document printed: its digest, and the head of the log it states.
type Dossier struct {
	ID        ID     `gorm:"primaryKey"`
	Code      string // "7Q4F-K2MD", printed on every page
	Kind      string // case or progress
	MatterID  ID
	AsOf      day.Day
	Language  string
	Paper     string // A4 or Letter
	Audience  string // internal
	SHA256    []byte `gorm:"column:sha256"` // of the PDF
	Size      int64
	Pages     int
	TreeSize  int64
	TreeRoot  []byte
	PrintedAt Instant
	PrintedBy ID
}
