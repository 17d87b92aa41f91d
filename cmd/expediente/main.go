// Command expediente is the case registry of a network that defends migrants' rights.
//
//	expediente demo         a registry with real public cases, to look at and to try
//	expediente serve        the network's own registry
//	expediente timeline     where the matters of a file stand, and what is due
//	expediente procedures   the rules, as prose a lawyer can review
//	expediente user         accounts and passwords
//	expediente admit        somebody into a matter
//	expediente dismiss      somebody from a matter
//	expediente keys         a recovery copy of the keys
//	expediente plan         the network's strategic plan
//	expediente audit        the log: its head, and whether it is still what was written
//	expediente verify       every stored file against its digest
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"expediente/models"
	"expediente/templates/locale"
)

// CLI is the command line.
type CLI struct {
	Demo       DemoCmd       `cmd:"" help:"Start a registry with real public cases of others, used as samples."`
	Serve      ServeCmd      `cmd:"" help:"Start the network's registry."`
	Timeline   TimelineCmd   `cmd:"" help:"Tell where the matters of a file stand and what is due."`
	Procedures ProceduresCmd `cmd:"" help:"Print the procedures as prose that a lawyer can review."`
	User       UserCmd       `cmd:"" help:"Make and close accounts, and replace passwords."`
	Admit      AdmitCmd      `cmd:"" help:"Let somebody into a matter."`
	Dismiss    DismissCmd    `cmd:"" help:"End somebody's access to a matter."`
	Keys       KeysCmd       `cmd:"" help:"Write a recovery copy of the keys."`
	Plan       PlanCmd       `cmd:"" help:"Keep the network's strategic plan."`
	Audit      AuditCmd      `cmd:"" help:"Read the log's head, and verify the log."`
	Verify     VerifyCmd     `cmd:"" help:"Read every stored file again and compare its digest."`
	Reproject  ReprojectCmd  `cmd:"" help:"Fold every matter anew from its milestones, as after damage that audit verify found in the lists."`
	Policy     PolicyCmd     `cmd:"" help:"Print who may do what."`
}

// Streams are where a command reads and writes, so that tests run it as it is.
type Streams struct{ Out, Err io.Writer }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], Streams{os.Stdout, os.Stderr}))
}

// run is main for a given command line; it returns the exit status.
func run(ctx context.Context, args []string, s Streams) int {
	exit := -1
	parser, err := kong.New(&CLI{}, kong.Name("expediente"), kong.Writers(s.Out, s.Err),
		kong.Description("The case registry of a network that defends migrants' rights."),
		kong.UsageOnError(), kong.Exit(func(code int) { exit = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(s))
	if err != nil {
		fmt.Fprintln(s.Err, "expediente:", err)
		return 2
	}
	command, err := parser.Parse(args)
	if exit >= 0 { // --help was answered
		return exit
	}
	if err != nil {
		fmt.Fprintln(s.Err, "expediente:", err)
		return 2
	}
	if err := command.Run(); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(s.Err, "expediente:", faultInWords(err))
		return 1
	}
	return 0
}

// faultInWords is an error as a person reads it: input that cannot be taken says why, field by field.
func faultInWords(err error) string {
	var invalid models.Invalid
	words, loading := locale.Load()
	if !errors.As(err, &invalid) || loading != nil {
		return err.Error()
	}
	var lines []string
	for field, m := range invalid {
		lines = append(lines, field+": "+words.For("en").Say(m.Key, m.Args...))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
