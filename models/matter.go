package models

import (
	"expediente/models/day"
	"expediente/models/seal"
)

// Standing is what a matter is to the network. Only brought ones count for the plan's target.
type Standing string

// The standings.
const (
	Brought   Standing = "brought"   // the network is petitioner
	Supported Standing = "supported" // another organisation's, which the network helps
	Followed  Standing = "followed"  // watched only
)

// Kinds of matter, as pages group them; a procedure's definition says which it is.
const (
	KindVisit = "visit" // everything else is a case to the reader
	KindCase  = "case"
)

// Matter is anything the network pursues before a mechanism. Its title may name people and is
// sealed; lists sort and filter by the plain columns only.
type Matter struct {
	ID        ID       `gorm:"primaryKey"`
	Reference string   // "PA-7Q4FM": State and five random letters; what people say and addresses carry
	Kind      string   // case or visit
	Procedure string   // id of its definition, e.g. "iachr_petition"
	State     string   // ISO 3166-1 alpha-2, e.g. "PA"
	Standing  Standing // brought, supported or followed
	Language  string   // of the free text
	Title     seal.Text
	Numbers   seal.Text // the mechanism's own numbers, "92-04, 12.581"
	Summary   seal.Text
	OpenedOn  day.Day // the day the file was opened
	CreatedAt Instant `gorm:"autoCreateTime:false"`
	CreatedBy ID

	Version        int    `audit:"-"` // +1 at each change: two people editing are told
	MilestoneCount int    `audit:"-"` // entries ever written, superseded ones included
	Definition     []byte `audit:"-"` // digest of the definition it was last folded with
}

// Where is the place of a sealed column of this matter.
func (m Matter) Where(column string) seal.Place { return place("matters", column, m.ID) }

// Position is a span of time in which a matter stood in one stage: a projection of its milestones.
type Position struct {
	MatterID  ID  `gorm:"primaryKey"`
	Seq       int `gorm:"primaryKey"`
	Kind      string
	State     string
	Standing  Standing
	Reference string
	Stage     string
	FromDay   day.Day
	ToDay     day.Day // the day it left the stage; zero while it stands there
}

// MatterRight is a right that a matter invokes, by our code ("ACHR-22.9").
type MatterRight struct {
	ID         ID `gorm:"primaryKey"`
	MatterID   ID
	Code       string
	RecordedAt Instant
	RecordedBy ID
}

func place(table, column string, id ID) seal.Place {
	return seal.Place{Table: table, Column: column, ID: id}
}
