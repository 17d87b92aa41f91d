package models

import (
	"expediente/models/day"
	"expediente/models/seal"
)

// Milestone is a dated fact in a matter's life. It is never changed: a correction is a new
// milestone that supersedes it, and a withdrawn one is superseded by a void one. It has two
// times: the day it happened, and the instant it was recorded.
type Milestone struct {
	ID           ID `gorm:"primaryKey"`
	MatterID     ID
	Seq          int       // order of recording inside the matter, from 1
	Code         string    // "petition_lodged", a code of the matter's procedure or event_*
	Day          day.Day   // when it happened, to the day, month or year
	Until        day.Day   // a granted, ordered or set date that the step carries
	Victim       string    // pseudonym of the person it concerns, "V-1"
	Decision     seal.Text // which decision, where several may be final
	Document     seal.Text // "Report 95/06"
	Note         seal.Text
	Source       seal.Text // where the date is read
	Verification string    // verified, derived, knowledge or own
	AsItHappened bool      // recorded although the procedure does not allow it
	Reason       seal.Text // why it was so recorded, or why it supersedes
	Supersedes   ID
	Void         bool // withdraws what it supersedes, and counts for nothing itself
	RecordedAt   Instant
	RecordedBy   ID
}

// Where is the place of a sealed column of this milestone.
func (m Milestone) Where(column string) seal.Place { return place("milestones", column, m.ID) }

// Deadline is a projection: what a milestone opened, until when, and what closed it. Whether it is
// late is derived when read, so nothing goes stale at midnight.
type Deadline struct {
	MatterID    ID     `gorm:"primaryKey"`
	MilestoneID ID     `gorm:"primaryKey"` // the trigger
	Rule        string `gorm:"primaryKey"` // "state_admiss"
	Version     string // "ROP2000"
	Bound       string // who must act
	Victim      string
	Opened      day.Day
	Due         day.Day // effective: a granted or ordered date overrides the computed one
	Cap         day.Day
	Granted     day.Day
	Closed      day.Day // the day it was met or the procedure moved on; zero while open
	Outcome     string  // met, late, missed, superseded or open, at the end of the known milestones
	ByLetter    bool    // the date was set by letter; no rule fixes it
	Doubtful    bool    // the rule needs a lawyer's check
}
