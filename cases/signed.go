package cases

import (
	"context"

	"expediente/models"
)

// sign names who recorded each entry and who received each item.
func (r *Registry) sign(ctx context.Context, c *Case) error {
	var users []models.ID
	for _, l := range c.Log {
		users = append(users, l.RecordedBy)
	}
	for _, e := range c.Evidence {
		users = append(users, e.ReceivedBy)
	}
	names, err := r.names(ctx, users)
	if err != nil {
		return err
	}
	for i := range c.Log {
		c.Log[i].ByName = names[c.Log[i].RecordedBy]
	}
	for i := range c.Evidence {
		c.Evidence[i].ByName = names[c.Evidence[i].ReceivedBy]
	}
	return nil
}
