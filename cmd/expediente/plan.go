package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"expediente/cases"
	"expediente/models"
	"expediente/models/sample"
)

// PlanCmd is about the strategic plan.
type PlanCmd struct {
	Example PlanExampleCmd `cmd:"" help:"Print a plan's file, to start from."`
	Keep    PlanKeepCmd    `cmd:"" help:"Keep the plan of a file. A plan is never changed: another one, with another code, follows it."`
}

// PlanExampleCmd prints the demonstration's plan.
type PlanExampleCmd struct{}

// Run prints it.
func (PlanExampleCmd) Run(s Streams) error {
	content, err := sample.PlanFile()
	fmt.Fprintf(s.Out, "%s", content)
	return err
}

// PlanKeepCmd keeps a plan.
type PlanKeepCmd struct {
	DataFlags
	File string `arg:"" type:"existingfile" help:"The plan's file, as 'expediente plan example' prints one."`
}

// Run reads and keeps it.
func (cmd PlanKeepCmd) Run(ctx context.Context, s Streams) error {
	content, err := os.ReadFile(cmd.File)
	if err != nil {
		return err
	}
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	plan, err := cases.ReadPlan(content, r.Procedures)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.File, err)
	}
	err = r.KeepPlan(ctx, cases.System, plan)
	if errors.Is(err, models.ErrConflict) {
		return fmt.Errorf("a plan with the code %q is kept already; nothing was changed", plan.Plan.Code)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "The plan %s runs from %v to %v, with %d indicators.\n", plan.Plan.Code, plan.Plan.Starts, plan.Plan.Ends, len(plan.Indicators))
	return nil
}
