package models

import (
	"expediente/models/day"
	"expediente/models/seal"
)

// Role is what a person is in the network.
type Role string

// The roles.
const (
	Coordinator Role = "coordinator" // legal coordinator: opens matters, logs milestones
	Member      Role = "member"      // working-group member: attaches evidence
	Leadership  Role = "leadership"  // reads progress, prints it
)

// Roles are all roles, in the order pages show them.
var Roles = []Role{Coordinator, Member, Leadership}

// User is a person who signs in. Name and e-mail are sealed; the e-mail is found by a keyed index.
type User struct {
	ID            ID `gorm:"primaryKey"`
	Email         seal.Text
	EmailKey      []byte
	Name          seal.Text
	Role          Role
	Language      string
	Password      string  // argon2id, encoded with its own salt and cost
	CreatedAt     Instant `gorm:"autoCreateTime:false"`
	CreatedBy     ID
	DeactivatedAt *Instant
}

// Where is the place of a sealed column of this user.
func (u User) Where(column string) seal.Place { return place("users", column, u.ID) }

// Membership lets a user into a matter, in a role of the matter's.
type Membership struct {
	ID        ID `gorm:"primaryKey"`
	MatterID  ID
	UserID    ID
	Role      Role // coordinator or member
	GrantedAt Instant
	GrantedBy ID
	EndedAt   *Instant
}

// Session is a signed-in browser. Only the hash of its token is kept.
type Session struct {
	TokenHash []byte `gorm:"primaryKey"`
	UserID    ID
	Language  string
	AsOf      day.Day // the day being looked at; zero is today
	CreatedAt Instant `gorm:"autoCreateTime:false"`
	TouchedAt Instant
	EndsAt    Instant
}

// RegistryRecord is the one row about the registry itself.
type RegistryRecord struct {
	ID            ID `gorm:"primaryKey"`
	Name          string
	Demo          bool
	DemoDay       day.Day  // the day the demonstration opens at
	SetupHash     []byte   // hash of the one-time setup code
	SetupClosedAt *Instant // setup is closed for ever from then on
	CreatedAt     Instant  `gorm:"autoCreateTime:false"`
}

// TableName of the one row.
func (RegistryRecord) TableName() string { return "registry" }
