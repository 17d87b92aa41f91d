package cases

import (
	"context"
	"strconv"
	"strings"

	"expediente/cases/access"
	"expediente/cases/procedure"
	"expediente/models"
)

// History is a matter with what is already known of it, taken in one change. Its milestones are
// never refused: what the procedure would not allow is marked by the fold.
type History struct {
	NewMatter
	Milestones []NewMilestone
	Parties    []NewParty
	Rights     []string
	Visit      *models.Visit
	Told       []models.Recommendation
}

// NewParty is a person or organisation in a role.
type NewParty struct {
	Role        string // victim or petitioner
	Name        string
	Nationality string
}

// ImportMatter opens a file with its history and lets the members in. It returns the reference.
func (r *Registry) ImportMatter(ctx context.Context, by Actor, h History, members map[models.ID]models.Role) (ref string, err error) {
	if err := h.NewMatter.Validate(r.Procedures); err != nil {
		return "", err
	}
	id := r.newID()
	if err := r.newKey(id); err != nil {
		return "", err
	}
	err = r.change(ctx, by, access.ImportMatter, "", func(c *Change) error {
		if ref, err = c.insertMatter(id, h.NewMatter); err != nil {
			return err
		}
		for user, role := range members {
			if err := c.admit(user, role); err != nil {
				return err
			}
		}
		return c.history(h)
	})
	return ref, err
}

func (c *Change) history(h History) error {
	var facts []procedure.Milestone
	for _, n := range h.Milestones {
		m := c.milestone(n, nil)
		if err := c.Insert(&m); err != nil {
			return err
		}
		facts = append(facts, procedure.Milestone{Ref: string(m.ID[:]), Code: procedure.Code(n.Code), Day: n.Day, Until: n.Until,
			Victim: n.Victim, Decision: n.Decision, Seq: m.Seq})
	}
	if err := c.parties(h.Parties); err != nil {
		return err
	}
	for _, code := range h.Rights {
		if err := c.Insert(&models.MatterRight{ID: c.r.newID(), MatterID: c.Matter.ID, Code: code, RecordedAt: c.At, RecordedBy: c.by.ID}); err != nil {
			return err
		}
	}
	if err := c.visit(h); err != nil {
		return err
	}
	return c.project([]procedure.Milestone{}, facts)
}

// parties writes the people under their codes: V-1, V-2 for victims, P-1 for petitioners.
func (c *Change) parties(list []NewParty) error {
	numbers := map[string]int{}
	for seq, n := range list {
		numbers[n.Role]++
		p := models.Party{ID: c.r.newID(), MatterID: c.Matter.ID, Seq: seq + 1, Role: n.Role, Nationality: n.Nationality,
			Code: strings.ToUpper(n.Role[:1]) + "-" + strconv.Itoa(numbers[n.Role]), RecordedAt: c.At, RecordedBy: c.by.ID}
		p.Name = c.Seal(n.Name, p.Where("name"))
		if err := c.Insert(&p); err != nil {
			return err
		}
	}
	return nil
}

func (c *Change) visit(h History) error {
	if h.Visit != nil {
		v := *h.Visit
		v.ID, v.MatterID, v.RecordedAt, v.RecordedBy = c.r.newID(), c.Matter.ID, c.At, c.by.ID
		if err := c.Insert(&v); err != nil {
			return err
		}
	}
	for seq, t := range h.Told {
		t.ID, t.MatterID, t.Seq, t.RecordedAt, t.RecordedBy = c.r.newID(), c.Matter.ID, seq+1, c.At, c.by.ID
		if err := c.Insert(&t); err != nil {
			return err
		}
	}
	return nil
}
