package cases

import (
	"context"
	"strings"

	"expediente/cases/access"
	"expediente/models"
	"expediente/models/seal"
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

// Admitted is a history and who may open it.
type Admitted struct {
	History
	Members map[models.ID]models.Role
}

// ImportMatter opens a file with its history and lets the members in. It returns the reference.
func (r *Registry) ImportMatter(ctx context.Context, by Actor, h History, members map[models.ID]models.Role) (ref string, err error) {
	if !access.Allows(access.ImportMatter, by.Role) {
		return "", models.ErrDenied
	}
	b := &bulk{r: r, ctx: ctx, by: by, taken: map[string]bool{}}
	if err := b.make([]Admitted{{h, members}}); err != nil {
		return "", err
	}
	return b.matters[0].Reference, b.commit()
}

// makeMatter makes the row of a new matter, where nothing has happened yet.
func (c *Change) makeMatter(id models.ID, ref string, n NewMatter) error {
	key, err := c.r.Keys.Key(seal.ID(id))
	if err != nil {
		return err
	}
	d, _ := c.r.Procedures.Get(n.Procedure)
	m := models.Matter{
		ID: id, Reference: ref, Kind: kindOf(d), Procedure: d.ID, State: n.State, Standing: n.Standing,
		Language: n.Language, OpenedOn: n.OpenedOn, CreatedAt: c.At, CreatedBy: c.by.ID,
	}
	m.Title = key.Seal(strings.TrimSpace(n.Title), m.Where("title"))
	m.Numbers = key.Seal(strings.TrimSpace(n.Numbers), m.Where("numbers"))
	m.Summary = key.Seal(n.Summary, m.Where("summary"))
	c.Matter, c.key, c.entry.Matter = m, key, idBytes(id)
	return nil
}

// membership makes the row that lets a user into the matter.
func (c *Change) membership(user models.ID, role models.Role) models.Membership {
	return models.Membership{ID: c.r.newID(), MatterID: c.Matter.ID, UserID: user, Role: role, GrantedAt: c.At, GrantedBy: c.by.ID}
}

// visit makes the row of what only a country visit has.
func (c *Change) visit(v models.Visit) models.Visit {
	v.ID, v.MatterID, v.RecordedAt, v.RecordedBy = c.r.newID(), c.Matter.ID, c.At, c.by.ID
	return v
}
