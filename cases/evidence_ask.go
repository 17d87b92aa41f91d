package cases

import (
	"context"

	"expediente/models"
)

// AskEvidence opens a matter for the form that attaches a file to it.
func (r *Registry) AskEvidence(ctx context.Context, by Actor, ref string, at At) (Case, error) {
	c, _, err := r.open(ctx, by, ref, at)
	if err != nil {
		return Case{}, err
	}
	if !c.CanAttach() {
		return Case{}, models.ErrDenied
	}
	return c, nil
}
