package main

import (
	"context"
	"errors"
	"fmt"

	"expediente/cases"
	"expediente/models"
)

// UserCmd is about accounts, for whoever runs the machine.
type UserCmd struct {
	Add        UserAddCmd        `cmd:"" help:"Make an account, and print its first password."`
	Password   UserPasswordCmd   `cmd:"" help:"Give an account a new password, print it, and end the account's sessions."`
	Deactivate UserDeactivateCmd `cmd:"" help:"Close an account and end its sessions; what it did stays recorded under its name."`
}

// UserAddCmd makes an account.
type UserAddCmd struct {
	DataFlags
	Email    string      `arg:"" help:"E-mail to sign in with."`
	Name     string      `required:"" help:"Name, as colleagues read it."`
	Role     models.Role `required:"" enum:"coordinator,member,leadership" help:"coordinator opens matters and logs milestones; member attaches evidence; leadership reads progress."`
	Language string      `default:"es" enum:"es,en" help:"Language of the pages."`
}

// Run makes the account with a password that nobody chose.
func (cmd UserAddCmd) Run(ctx context.Context, s Streams) error {
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	password := r.NewPassword()
	_, err = r.CreateUser(ctx, cases.System, cases.NewUser{Name: cmd.Name, Email: cmd.Email, Role: cmd.Role, Language: cmd.Language, Password: password})
	if errors.Is(err, models.ErrConflict) {
		return fmt.Errorf("%s has an account already; nothing was changed", cmd.Email)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%s can sign in with the password %s\nHand it over by word of mouth, not by mail.\n", cmd.Email, password)
	return nil
}

// UserPasswordCmd replaces a password.
type UserPasswordCmd struct {
	DataFlags
	Email string `arg:"" help:"E-mail of the account."`
}

// Run replaces it.
func (cmd UserPasswordCmd) Run(ctx context.Context, s Streams) error {
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	password := r.NewPassword()
	err = r.SetPassword(ctx, cases.System, cmd.Email, password)
	if errors.Is(err, models.ErrNotFound) {
		return fmt.Errorf("nobody signs in as %s", cmd.Email)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%s signs in with the password %s from now on; the sessions that were open have ended.\n", cmd.Email, password)
	return nil
}

// UserDeactivateCmd closes an account.
type UserDeactivateCmd struct {
	DataFlags
	Email string `arg:"" help:"E-mail of the account."`
}

// Run closes it.
func (cmd UserDeactivateCmd) Run(ctx context.Context, s Streams) error {
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	err = r.Deactivate(ctx, cases.System, cmd.Email)
	if errors.Is(err, models.ErrNotFound) {
		return fmt.Errorf("nobody signs in as %s", cmd.Email)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%s signs in no more; the sessions that were open have ended.\n", cmd.Email)
	return nil
}

// AdmitCmd lets somebody into a matter.
type AdmitCmd struct {
	DataFlags
	Reference string      `arg:"" help:"The matter's reference, such as PA-7Q4FM."`
	Email     string      `arg:"" help:"E-mail of the account."`
	Role      models.Role `default:"member" enum:"coordinator,member" help:"Role in the matter."`
}

// Run lets the account in, or gives it another role there.
func (cmd AdmitCmd) Run(ctx context.Context, s Streams) error {
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	id, err := accountOf(ctx, r, cmd.Email)
	if err != nil {
		return err
	}
	err = r.Admit(ctx, cases.System, cmd.Reference, id, cmd.Role)
	if errors.Is(err, models.ErrNotFound) {
		return fmt.Errorf("there is no matter %s", cmd.Reference)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%s is in %s as %s.\n", cmd.Email, cmd.Reference, cmd.Role)
	return nil
}

// DismissCmd ends somebody's access to a matter.
type DismissCmd struct {
	DataFlags
	Reference string `arg:"" help:"The matter's reference, such as PA-7Q4FM."`
	Email     string `arg:"" help:"E-mail of the account."`
}

// Run ends the membership.
func (cmd DismissCmd) Run(ctx context.Context, s Streams) error {
	r, err := cmd.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	id, err := accountOf(ctx, r, cmd.Email)
	if err != nil {
		return err
	}
	err = r.Dismiss(ctx, cases.System, cmd.Reference, id)
	if errors.Is(err, models.ErrNotFound) {
		return fmt.Errorf("%s is not in a matter %s", cmd.Email, cmd.Reference)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%s is no longer in %s.\n", cmd.Email, cmd.Reference)
	return nil
}

func accountOf(ctx context.Context, r *cases.Registry, email string) (models.ID, error) {
	id, err := r.UserByEmail(ctx, cases.System, email)
	if errors.Is(err, models.ErrNotFound) {
		return id, fmt.Errorf("nobody signs in as %s", email)
	}
	return id, err
}
