// Package access answers: who may do what?
//
// The policy is one table: a verb, where it is asked, and who may. A verb asked of a matter looks
// at the person's role in that matter; a verb asked of the registry looks at the person's role in
// the network. What is not in the table is refused. Who is in no matter is not told that it
// exists: the registry answers "not found" before the table is asked.
package access

import "slices"

// Role is a person's role in the network, or in one matter.
type Role string

// The roles. System is the program itself at its own command line.
const (
	Coordinator Role = "coordinator"
	Member      Role = "member"
	Leadership  Role = "leadership"
	System      Role = "system"
)

// Verb is something that may be done.
type Verb string

// The verbs.
const (
	OpenMatter       Verb = "matter.open"
	ImportMatter     Verb = "matter.import"
	CreateMatter     Verb = "matter.create"
	LogMilestone     Verb = "milestone.log"
	OverrideRule     Verb = "milestone.override"
	CorrectMilestone Verb = "milestone.correct"
	Reproject        Verb = "matter.reproject" // folds it anew after a correction of the rules
	AttachEvidence   Verb = "evidence.attach"
	DownloadEvidence Verb = "evidence.download"
	PrintCase        Verb = "dossier.print_case"
	ReadProgress     Verb = "progress.read"
	PrintProgress    Verb = "dossier.print_progress"
	ReadAudit        Verb = "audit.read"
	ReadAllAudit     Verb = "audit.read_all"
	CreateUser       Verb = "user.create"
	SetPassword      Verb = "user.set_password"
	Deactivate       Verb = "user.deactivate"
	Admit            Verb = "matter.admit" // lets a user in
	Dismiss          Verb = "matter.dismiss"
	CopyKeys         Verb = "registry.copy_keys"
	SetUp            Verb = "registry.setup"
	KeepPlan         Verb = "plan.keep"
	SignIn           Verb = "session.sign_in"
	RefuseSignIn     Verb = "session.refuse"
	SignOut          Verb = "session.sign_out"
)

// Place is where a verb is asked.
type Place string

// The places.
const (
	OfMatter   Place = "matter"   // the role is the person's role in the matter
	OfRegistry Place = "registry" // the role is the person's role in the network
)

// Line is one line of the policy.
type Line struct {
	Verb  Verb
	Place Place
	Who   []Role
}

// Table is a policy, line by line.
type Table []Line

// Policy is the whole table.
var Policy = Table{
	{OpenMatter, OfMatter, []Role{Coordinator, Member, System}},
	{LogMilestone, OfMatter, []Role{Coordinator, System}},
	{OverrideRule, OfMatter, []Role{Coordinator, System}},
	{CorrectMilestone, OfMatter, []Role{Coordinator, System}},
	{Admit, OfMatter, []Role{System}},
	{Dismiss, OfMatter, []Role{System}},
	{Reproject, OfMatter, []Role{System}},
	{AttachEvidence, OfMatter, []Role{Coordinator, Member, System}},
	{DownloadEvidence, OfMatter, []Role{Coordinator, Member}},
	{PrintCase, OfMatter, []Role{Coordinator, Member}},

	{CreateMatter, OfRegistry, []Role{Coordinator, System}},
	{ImportMatter, OfRegistry, []Role{System}},
	{ReadProgress, OfRegistry, []Role{Coordinator, Leadership, System}},
	{PrintProgress, OfRegistry, []Role{Coordinator, Leadership}},
	{ReadAudit, OfRegistry, []Role{Coordinator, Leadership}},
	{ReadAllAudit, OfRegistry, []Role{Leadership, System}},
	{CreateUser, OfRegistry, []Role{System}},
	{SetPassword, OfRegistry, []Role{System}},
	{Deactivate, OfRegistry, []Role{System}},
	{SetUp, OfRegistry, []Role{System}},
	{CopyKeys, OfRegistry, []Role{System}},
	{KeepPlan, OfRegistry, []Role{System}},
	{SignIn, OfRegistry, []Role{Coordinator, Member, Leadership}},
	{RefuseSignIn, OfRegistry, []Role{System}},
	{SignOut, OfRegistry, []Role{Coordinator, Member, Leadership}},
}

var byVerb = func() map[Verb]Line {
	m := map[Verb]Line{}
	for _, line := range Policy {
		m[line.Verb] = line
	}
	return m
}()

// Who lists the roles that may do the verb, for conditions in a database.
func (Table) Who(v Verb) []Role { return byVerb[v].Who }

// Of is the place where a verb is asked; the empty place for a verb that is not in the table.
func Of(v Verb) Place { return byVerb[v].Place }

// Allows tells whether a person of the role may do the verb at its place.
func Allows(v Verb, role Role) bool { return slices.Contains(byVerb[v].Who, role) }
