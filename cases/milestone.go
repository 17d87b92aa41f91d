package cases

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"gorm.io/gorm"

	"expediente/cases/access"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
	"expediente/models/seal"
)

// Logged is a milestone with its texts opened.
type Logged struct {
	models.Milestone
	Decision, Document, Note, Source, Reason string
	SupersededBy                             *Logged // the entry that corrects or withdraws it, if known
	ByName                                   string  // who recorded it; empty where nobody asked
}

// Ref is the entry's number inside its matter, as addresses carry it.
func (l Logged) Ref() int { return l.Seq }

// milestones loads a matter's entries as known at a moment, newest recorded first within a day.
func (r *Registry) milestones(ctx context.Context, key *seal.Key, m models.Matter, at At) ([]Logged, error) {
	records, err := models.All[models.Milestone](ctx, r.DB.Read, "seq", "matter_id = ? AND recorded_at <= ?", m.ID, at.known())
	if err != nil {
		return nil, err
	}
	return openMilestones(key, records)
}

func openMilestones(key *seal.Key, records []models.Milestone) ([]Logged, error) {
	o, list := opener{key: key}, make([]Logged, len(records))
	byID := make(map[models.ID]*Logged, len(records))
	for i, m := range records {
		list[i] = Logged{Milestone: m,
			Decision: o.text(m.Decision, m.Where("decision")), Document: o.text(m.Document, m.Where("document")),
			Note: o.text(m.Note, m.Where("note")), Source: o.text(m.Source, m.Where("source")), Reason: o.text(m.Reason, m.Where("reason"))}
		byID[m.ID] = &list[i]
	}
	if o.err != nil {
		return nil, o.err
	}
	for i := range list {
		if old := byID[list[i].Supersedes]; old != nil && !list[i].Supersedes.IsZero() {
			old.SupersededBy = &list[i]
		}
	}
	return list, nil
}

// standing are the entries that count: neither superseded nor void.
func standing(log []Logged) []procedure.Milestone {
	list := make([]procedure.Milestone, 0, len(log))
	for _, l := range log {
		if l.SupersededBy == nil && !l.Void {
			list = append(list, l.fact())
		}
	}
	return list
}

func (l Logged) fact() procedure.Milestone {
	return procedure.Milestone{
		Ref: string(l.ID[:]), Code: procedure.Code(l.Code), Day: l.Day, Until: l.Until, Victim: l.Victim,
		Decision: l.Decision, AsItHappened: l.AsItHappened, Seq: l.Seq,
	}
}

// NewMilestone is what logging a milestone asks for.
type NewMilestone struct {
	Code         string
	Day          day.Day
	Until        day.Day
	Victim       string
	Decision     string
	Document     string
	Note         string
	Source       string
	Verification string // empty: the network's own record
	AsItHappened bool   // the procedure does not allow it, it happened all the same
	Reason       string // why, when AsItHappened or correcting
	Confirmed    bool   // odd dates were shown and confirmed
	Corrects     int    // number of the entry it supersedes; 0 for none
	Withdraws    bool   // the entry it supersedes never happened
	Version      int    // of the matter when the form was drawn; 0 does not ask
}

// Refused is a milestone that was not logged, with what the person can do.
type Refused struct {
	Refusal *procedure.Refusal // the procedure does not allow it
	Odd     []procedure.Reason // to be confirmed
}

// Error is for logs; pages read the fields.
func (*Refused) Error() string {
	return "the milestone was not logged: the procedure's answer is shown to the person"
}

// A person is named by code, never by name: codes lie plain, so that lists can tell people apart.
var (
	personCode    = regexp.MustCompile(`^\p{Lu}{1,3}-\d{1,4}$`)
	milestoneCode = regexp.MustCompile(`^[a-z][a-z0-9_]{1,60}$`)
	verifications = []string{"", "own", "verified", "derived", "knowledge"}
)

func (n NewMilestone) validate() error {
	bad := models.Invalid{}
	if n.Withdraws && n.Corrects == 0 {
		bad.Add("corrects", "errors.choose")
	}
	if n.Code != "" && !milestoneCode.MatchString(n.Code) {
		bad.Add("code", "errors.choose")
	}
	if n.Victim != "" && !personCode.MatchString(n.Victim) {
		bad.Add("victim", "errors.person_code")
	}
	if !slices.Contains(verifications, n.Verification) {
		bad.Add("verification", "errors.choose")
	}
	if !n.Withdraws && n.Code == "" {
		bad.Add("code", "errors.choose")
	}
	if !n.Withdraws && n.Day.IsZero() {
		bad.Add("day", "errors.date_required")
	}
	if (n.AsItHappened || n.Corrects != 0) && strings.TrimSpace(n.Reason) == "" {
		bad.Add("reason", "errors.reason_required")
	}
	checkText(bad, "decision", n.Decision, MaxTitle)
	checkText(bad, "document", n.Document, MaxTitle)
	checkText(bad, "source", n.Source, 2000)
	checkText(bad, "note", n.Note, MaxText)
	checkText(bad, "reason", n.Reason, 2000)
	return bad.OrNil()
}

// LogMilestone records a dated fact of a matter. What the procedure does not allow is refused with
// the rule and what would be allowed, unless a coordinator records it as it happened, with a
// reason; odd dates are confirmed, not refused. It returns the entry's number.
func (r *Registry) LogMilestone(ctx context.Context, by Actor, ref string, asOf day.Day, n NewMilestone) (seq int, err error) {
	if err := n.validate(); err != nil {
		return 0, err
	}
	verb := access.LogMilestone
	if n.Corrects != 0 {
		verb = access.CorrectMilestone
	}
	err = r.change(ctx, by, verb, ref, func(c *Change) error {
		if n.Version != 0 && n.Version != c.Matter.Version {
			return models.ErrConflict
		}
		seq, err = c.logMilestone(asOf, n)
		return err
	})
	return seq, err
}

func (c *Change) logMilestone(asOf day.Day, n NewMilestone) (int, error) {
	log, err := c.log()
	if err != nil {
		return 0, err
	}
	old, err := c.superseded(log, &n)
	if err != nil {
		return 0, err
	}
	before := standing(log)
	rest := before
	if old != nil {
		rest = slices.DeleteFunc(slices.Clone(before), func(m procedure.Milestone) bool { return m.Seq == old.Seq })
	}
	record := c.milestone(n, old)
	after := rest
	if !n.Withdraws {
		fact := procedure.Milestone{Ref: string(record.ID[:]), Code: procedure.Code(n.Code), Day: n.Day, Until: n.Until,
			Victim: n.Victim, Decision: n.Decision, AsItHappened: n.AsItHappened, Seq: record.Seq}
		if err := c.allowed(asOf, n, rest, fact); err != nil {
			return 0, err
		}
		after = append(slices.Clip(rest), fact)
	}
	c.Detail("%s %d", record.Code, record.Seq)
	if err := c.Insert(&record); err != nil {
		return 0, err
	}
	return record.Seq, c.project(before, after)
}

// log loads the matter's entries inside the transaction.
func (c *Change) log() ([]Logged, error) {
	records, err := models.All[models.Milestone](c.ctx, c.tx, "seq", "matter_id = ?", c.Matter.ID)
	if err != nil {
		return nil, err
	}
	return openMilestones(c.key, records)
}

// superseded finds the entry that n corrects. A withdrawn entry keeps its code and day, so that
// the log reads without it.
func (c *Change) superseded(log []Logged, n *NewMilestone) (*Logged, error) {
	if n.Corrects == 0 {
		return nil, nil
	}
	for i := range log {
		if old := &log[i]; old.Seq == n.Corrects {
			if old.SupersededBy != nil || old.Void {
				return nil, models.ErrConflict
			}
			if n.Withdraws {
				n.Code, n.Day = old.Code, old.Day
			}
			return old, nil
		}
	}
	return nil, models.ErrNotFound
}

// allowed asks the procedure.
func (c *Change) allowed(asOf day.Day, n NewMilestone, rest []procedure.Milestone, fact procedure.Milestone) error {
	d, ok := c.r.Procedures.Get(c.Matter.Procedure)
	if !ok {
		return errors.New("a matter names a procedure that is no longer defined")
	}
	if _, known := d.Milestone(fact.Code); !known && !fact.Code.IsFact() {
		return models.Invalid{"code": {Key: "errors.choose"}} // codes lie plain: what was typed there could be a name
	}
	refusal, odd := d.Check(procedure.Input{State: c.Matter.State, Milestones: rest, AsOf: asOf}, fact)
	if refusal != nil && !(n.AsItHappened && c.may(access.OverrideRule)) {
		return &Refused{Refusal: refusal, Odd: odd}
	}
	if len(odd) > 0 && !n.Confirmed {
		return &Refused{Odd: odd}
	}
	return nil
}

// milestone makes the row.
func (c *Change) milestone(n NewMilestone, old *Logged) models.Milestone {
	m := models.Milestone{
		ID: c.r.newID(), MatterID: c.Matter.ID, Seq: c.Matter.MilestoneCount + 1, Code: n.Code, Day: n.Day, Until: n.Until,
		Victim: n.Victim, Verification: n.Verification, AsItHappened: n.AsItHappened, Void: n.Withdraws,
		RecordedAt: c.At, RecordedBy: c.by.ID,
	}
	if m.Verification == "" {
		m.Verification = "own"
	}
	if old != nil {
		m.Supersedes = old.ID
	}
	m.Decision = c.Seal(n.Decision, m.Where("decision"))
	m.Document = c.Seal(n.Document, m.Where("document"))
	m.Note = c.Seal(n.Note, m.Where("note"))
	m.Source = c.Seal(n.Source, m.Where("source"))
	m.Reason = c.Seal(n.Reason, m.Where("reason"))
	c.Matter.MilestoneCount++
	return m
}

// Asked is what the form to log a milestone shows: the matter, and the codes in a useful order.
type Asked struct {
	Case
	Corrects *Logged // the entry being corrected, if any
}

// AskMilestone opens a matter for logging, or for correcting the entry of the number.
func (r *Registry) AskMilestone(ctx context.Context, by Actor, ref string, corrects int, at At) (Asked, error) {
	c, _, err := r.open(ctx, by, ref, at)
	if err != nil {
		return Asked{}, err
	}
	if !c.May(access.LogMilestone) {
		return Asked{}, models.ErrDenied
	}
	a := Asked{Case: c}
	if corrects == 0 {
		return a, nil
	}
	for i := range c.Log {
		if c.Log[i].Seq == corrects {
			a.Corrects = &c.Log[i]
			return a, nil
		}
	}
	return Asked{}, models.ErrNotFound
}

// writeMatter keeps the matter's counters and the definition it was folded with.
func (c *Change) writeMatter(digest []byte) error {
	c.Matter.Version++
	c.Matter.Definition = digest
	return c.tx.Model(&models.Matter{}).Where("id = ?", c.Matter.ID).UpdateColumns(map[string]any{
		"version": gorm.Expr("version + 1"), "milestone_count": c.Matter.MilestoneCount, "definition": digest,
	}).Error
}

// sortLog puts entries in the order of what happened.
func sortLog(log []Logged) {
	slices.SortStableFunc(log, func(a, b Logged) int { return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Seq, b.Seq)) })
}
