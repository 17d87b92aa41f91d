package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"expediente/cases"
	"expediente/cases/access"
)

// AuditCmd is about the log.
type AuditCmd struct {
	Head   AuditHeadCmd   `cmd:"" help:"Print the log's signed head, to be kept elsewhere."`
	Verify AuditVerifyCmd `cmd:"" help:"Read the whole log and every row it answers for, and name what does not fit."`
}

// AuditHeadCmd prints the signed head.
type AuditHeadCmd struct{ DataFlags }

// Run prints the head as a signed note.
func (cmd AuditHeadCmd) Run(ctx context.Context, s Streams) error {
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	head, err := r.SignedHead(ctx)
	fmt.Fprint(s.Out, head)
	return err
}

// AuditVerifyCmd verifies the log.
type AuditVerifyCmd struct {
	DataFlags
	Kept []string `name:"head" type:"existingfile" help:"File with a head that was kept earlier (expediente audit head); shows a log that was cut or written anew since. May be given several times."`
}

// Run verifies and names the first entry or row that does not fit, then the others.
func (cmd AuditVerifyCmd) Run(ctx context.Context, s Streams) error {
	var kept []string
	for _, path := range cmd.Kept {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		kept = append(kept, string(b))
	}
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	found := 0
	entries, err := r.VerifyAudit(ctx, kept, func(f cases.Finding) {
		if found++; found <= 100 {
			fmt.Fprintln(s.Out, f)
		}
	})
	if err != nil {
		return err
	}
	if found > 0 {
		return fmt.Errorf("the log does not fit in %d places; %d entries were read", found, entries)
	}
	fmt.Fprintf(s.Out, "The log is whole: %d entries, and every row is as it was written.\n", entries)
	return nil
}

// VerifyCmd checks the stored files.
type VerifyCmd struct{ DataFlags }

// Run reads every file again.
func (cmd VerifyCmd) Run(ctx context.Context, s Streams) error {
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	start, spoiled := time.Now(), 0
	files, bytes, err := r.VerifyEvidence(ctx, func(f cases.Spoiled) {
		spoiled++
		fmt.Fprintf(s.Out, "%s of %s: %v\n", f.Code, f.Reference, f.Err)
	})
	if err != nil {
		return err
	}
	if spoiled > 0 {
		return fmt.Errorf("%d of %d files are not what was received", spoiled, files)
	}
	fmt.Fprintf(s.Out, "%d of %d files are intact: %d bytes read in %v.\n", files, files, bytes, time.Since(start).Round(time.Millisecond))
	return nil
}

// PolicyCmd prints the policy.
type PolicyCmd struct{}

// Run prints the table: where a verb is asked, the verb, who may.
func (PolicyCmd) Run(s Streams) error {
	for _, line := range access.Policy {
		who := make([]string, len(line.Who))
		for i, role := range line.Who {
			who[i] = string(role)
		}
		fmt.Fprintf(s.Out, "%-9s %-23s %s\n", line.Place, line.Verb, strings.Join(who, " "))
	}
	return nil
}
