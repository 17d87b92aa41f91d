package cases

import (
	"context"

	"expediente/cases/access"
	"expediente/cases/procedure"
	"expediente/models"
)

// NewVisit is what opening the file of a country visit asks for.
type NewVisit struct {
	NewMatter
	Holder     string // the mandate holder
	Invitation string
	Places     string
}

func (n NewVisit) validate(rules *procedure.Library) error {
	bad := models.Invalid{}
	if d, ok := rules.Get(n.Procedure); ok && d.Kind != procedure.KindVisit {
		bad.Add("procedure", "errors.choose")
	}
	checkText(bad, "holder", n.Holder, MaxTitle)
	checkText(bad, "invitation", n.Invitation, MaxTitle)
	checkText(bad, "places", n.Places, 2000)
	if found, ok := n.Validate(rules).(models.Invalid); ok {
		for field, message := range found {
			bad.Add(field, message.Key, message.Args...)
		}
	}
	return bad.OrNil()
}

// CreateVisit opens the file of a country visit. Who opens it becomes its coordinator. It returns
// the reference.
func (r *Registry) CreateVisit(ctx context.Context, by Actor, n NewVisit) (ref string, err error) {
	if !access.Allows(access.CreateMatter, by.Role) {
		return "", models.ErrDenied
	}
	if err := n.validate(r.Procedures); err != nil {
		return "", err
	}
	id := r.newID()
	if err := r.newKey(id); err != nil {
		return "", err
	}
	d, _ := r.Procedures.Get(n.Procedure)
	detail := models.Visit{Mandate: d.Short.In(n.Language), Holder: n.Holder, Invitation: n.Invitation, Places: n.Places}
	err = r.change(ctx, by, access.CreateMatter, "", func(c *Change) error {
		if ref, err = c.insertMatter(id, n.NewMatter); err != nil {
			return err
		}
		row := c.visit(detail)
		if err := c.Insert(&row); err != nil || by.Role == access.System {
			return err
		}
		return c.admit(by.ID, models.Coordinator)
	})
	return ref, err
}
