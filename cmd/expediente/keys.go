package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"expediente/cases"
	"expediente/models/seal"
)

// KeysCmd is about the registry's keys.
type KeysCmd struct {
	Copy    KeysCopyCmd    `cmd:"" help:"Write a recovery copy of the keys, sealed by a passphrase."`
	Restore KeysRestoreCmd `cmd:"" help:"Bring the keys of a recovery copy back into an empty folder."`
}

// KeysCopyCmd writes a recovery copy.
type KeysCopyCmd struct {
	DataFlags
	File string `arg:"" type:"path" help:"File to write; it must not exist."`
}

// Run asks for the passphrase and writes the copy.
func (cmd KeysCopyCmd) Run(ctx context.Context, s Streams) error {
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	passphrase, err := askPassphrase(s)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(cmd.File, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(r.WriteRecovery(ctx, cases.System, file, passphrase), file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(cmd.File))
	}
	fmt.Fprintf(s.Out, "The keys of every matter until now are in %s. Keep it away from this machine; a matter opened later needs a new copy.\n", cmd.File)
	return nil
}

// KeysRestoreCmd brings keys back.
type KeysRestoreCmd struct {
	File string `arg:"" type:"existingfile" help:"The recovery copy."`
	Keys string `required:"" type:"path" help:"Folder to bring the keys into; it must hold none."`
}

// Run opens the copy and writes master key and keyring.
func (cmd KeysRestoreCmd) Run(s Streams) error {
	passphrase, err := askPassphrase(s)
	if err != nil {
		return err
	}
	file, err := os.Open(cmd.File)
	if err != nil {
		return err
	}
	defer file.Close()
	back, err := seal.ReadRecovery(file, passphrase)
	if err != nil {
		return fmt.Errorf("the copy does not open: the passphrase is another, or the file is damaged (%w)", err)
	}
	if err := os.MkdirAll(cmd.Keys, 0o700); err != nil {
		return err
	}
	if err := back.Restore(filepath.Join(cmd.Keys, cases.KeyringFile), filepath.Join(cmd.Keys, cases.MasterFile)); err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "The keys are in %s. Start with --keys %s.\n", cmd.Keys, cmd.Keys)
	return nil
}

// askPassphrase takes a passphrase from the environment, or asks for it.
func askPassphrase(s Streams) (string, error) {
	if passphrase := os.Getenv("EXPEDIENTE_PASSPHRASE"); passphrase != "" {
		return passphrase, nil
	}
	fmt.Fprint(s.Err, "Passphrase of the copy, 15 characters or more (it is shown as you type): ")
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil {
		return "", errors.New("no passphrase was given; type one, or set EXPEDIENTE_PASSPHRASE")
	}
	return strings.TrimRight(line, "\r\n"), nil
}
