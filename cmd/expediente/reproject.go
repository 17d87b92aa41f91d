package main

import (
	"context"
	"fmt"
)

// ReprojectCmd folds every matter anew.
type ReprojectCmd struct{ DataFlags }

// Run writes again, from the milestones, what lists read.
func (cmd ReprojectCmd) Run(ctx context.Context, s Streams) error {
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	n, err := r.Reproject(ctx, true)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%d matters were folded anew from their milestones.\n", n)
	return nil
}
