package models

import "expediente/models/day"

// Plan is a strategic plan of the network.
type Plan struct {
	ID         ID     `gorm:"primaryKey"`
	Code       string // "2003-2008"
	Names      Names
	Starts     day.Day
	Ends       day.Day
	RecordedAt Instant
	RecordedBy ID
}

// Indicator is what a plan measures. It counts the matters of one standing and procedure that
// reached a milestone inside the plan's period.
type Indicator struct {
	ID         ID `gorm:"primaryKey"`
	PlanID     ID
	Seq        int
	Code       string // "cases_presented"
	Area       string
	Names      Names
	Target     int
	Procedure  string // "iachr_petition"
	Milestone  string // "petition_lodged"
	Standing   Standing
	RecordedAt Instant
	RecordedBy ID
}
