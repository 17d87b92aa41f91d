package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"expediente/cases"
	"expediente/models"
	"expediente/models/day"
)

// DemoCmd starts the demonstration.
type DemoCmd struct {
	Data    string `default:"expediente-demo" type:"path" env:"EXPEDIENTE_DEMO_DATA" help:"Data folder. The demonstration's keys lie beside it, in a folder of the same name with -keys."`
	Address string `default:"localhost:0" help:"Address to listen on; port 0 takes a free one."`
	AsOf    string `name:"as-of" default:"2006-06-30" help:"Day to look at: 2006-06-30, or today."`
	Fresh   bool   `help:"Delete the demonstration's data and start over."`
	JSON    bool   `name:"json" help:"Print the start line as one JSON object: address, users (role, email, password), data."`
}

// Signin is a way into the demonstration.
type Signin struct {
	Role     models.Role `json:"role"`
	Email    string      `json:"email"`
	Password string      `json:"password"`
}

// Started is what the demonstration prints.
type Started struct {
	Address string   `json:"address"`
	Users   []Signin `json:"users"`
	Data    string   `json:"data"`
}

// Run opens the demonstration's registry, making it if it is not there, gives its three people new
// passwords, and serves.
func (cmd DemoCmd) Run(ctx context.Context, s Streams) error {
	asOf, err := cmd.day()
	if err != nil {
		return err
	}
	site := ListenFlags{Address: cmd.Address}
	if err := site.check(); err != nil { // before a registry is made
		return err
	}
	if cmd.Fresh {
		if err := cmd.clear(); err != nil {
			return err
		}
	}
	r, err := cases.Open(ctx, cases.Options{Data: cmd.Data, Keys: cmd.Data + "-keys"})
	if err != nil {
		return err
	}
	defer r.Close()
	users, err := cmd.prepare(ctx, r, asOf)
	if err != nil {
		return err
	}
	return site.listen(ctx, r, s, func(address string) error {
		return cmd.announce(s, Started{address, users, cmd.Data})
	})
}

func (cmd DemoCmd) day() (day.Day, error) {
	if cmd.AsOf == "today" {
		return day.Day{}, nil
	}
	d, err := day.Parse(cmd.AsOf)
	if err != nil || d.Precision() != day.Exact {
		return day.Day{}, fmt.Errorf(`--as-of is a day such as 2006-06-30, or "today"; %q is neither`, cmd.AsOf)
	}
	return d, nil
}

// clear deletes a demonstration and nothing else: a folder that holds something else is left alone.
func (cmd DemoCmd) clear() error {
	if _, err := os.Stat(cmd.Data); os.IsNotExist(err) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(cmd.Data+"-keys", demoMark)); err != nil {
		return fmt.Errorf("%s does not look like a demonstration; it was left as it is", cmd.Data)
	}
	if err := os.RemoveAll(cmd.Data); err != nil {
		return err
	}
	return os.RemoveAll(cmd.Data + "-keys")
}

const demoMark = "demonstration"

// prepare loads the samples into an empty registry, and gives the three people new passwords.
func (cmd DemoCmd) prepare(ctx context.Context, r *cases.Registry, asOf day.Day) ([]Signin, error) {
	users := make([]Signin, len(models.Roles))
	for i, role := range models.Roles {
		users[i] = Signin{role, string(role) + "@example.org", r.NewPassword()}
	}
	open, err := r.SetupOpen(ctx)
	if err != nil {
		return nil, err
	}
	if open {
		if err := os.WriteFile(filepath.Join(cmd.Data+"-keys", demoMark), nil, 0o600); err != nil {
			return nil, err
		}
		err := loadDemo(ctx, r, users, asOf)
		if errors.Is(err, models.ErrConflict) {
			return nil, errors.New("the demonstration was cut off while it was being made; start it again with --fresh")
		}
		return users, err
	}
	if err := r.ReopenDemo(ctx, asOf); err != nil {
		return nil, err
	}
	for _, u := range users {
		if err := r.SetPassword(ctx, cases.System, u.Email, u.Password); err != nil {
			return nil, err
		}
	}
	return users, nil
}

func (cmd DemoCmd) announce(s Streams, started Started) error {
	if cmd.JSON {
		return json.NewEncoder(s.Out).Encode(started)
	}
	fmt.Fprintf(s.Out, "Expediente, a demonstration, is at %s\n\n", started.Address)
	for _, u := range started.Users {
		fmt.Fprintf(s.Out, "  %-12s %-26s %s\n", u.Role, u.Email, u.Password)
	}
	fmt.Fprintf(s.Out, "\nIt holds ten public cases and eight public visits of others, as samples; three of the cases are\nmarked as the network's own, so that the target has something to show. The passwords are new at\neach start. Data: %s. Ctrl-C stops it.\n", started.Data)
	return nil
}
