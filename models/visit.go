package models

// Visit is what only a country visit has, beside its matter. It is public information.
type Visit struct {
	ID         ID `gorm:"primaryKey"`
	MatterID   ID
	Mandate    string // "UN SR migrants"
	Holder     string // the mandate holder
	Symbol     string // of the report, "E/CN.4/2003/85/Add.2"
	Invitation string
	Places     string
	RecordedAt Instant
	RecordedBy ID
}

// Recommendation is what a rapporteur, the Commission or the Court told a State to do.
type Recommendation struct {
	ID           ID `gorm:"primaryKey"`
	MatterID     ID
	Seq          int
	Paragraph    string // "51(a)"
	Text         string
	Language     string
	Addressee    string
	Theme        string
	Verification string
	Source       string
	RecordedAt   Instant
	RecordedBy   ID
}
