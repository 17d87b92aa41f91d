package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
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
		if err := cmd.clear(ctx); err != nil {
			return err
		}
	}
	if err := cmd.mark(); err != nil {
		return err
	}
	r, err := cases.Open(ctx, cases.Options{Data: cmd.Data, Keys: cmd.Data + "-keys"})
	if err != nil {
		return err
	}
	defer r.Close()
	if err := private(cmd.Data); err != nil {
		return err
	}
	users, err := cmd.prepare(ctx, r, asOf, s)
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
func (cmd DemoCmd) clear(ctx context.Context) error {
	if _, err := os.Stat(cmd.Data); os.IsNotExist(err) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(cmd.Data+"-keys", demoMark)); err != nil {
		return fmt.Errorf("%s does not look like a demonstration; it was left as it is", cmd.Data)
	}
	if err := cmd.look(ctx); err != nil {
		return fmt.Errorf("%s was left as it is: %w", cmd.Data, err)
	}
	if err := os.RemoveAll(cmd.Data); err != nil {
		return err
	}
	return os.RemoveAll(cmd.Data + "-keys")
}

// look refuses a registry that lies where a demonstration was begun and is none.
func (cmd DemoCmd) look(ctx context.Context) error {
	if !present(filepath.Join(cmd.Data, databaseFile)) {
		return nil
	}
	r, err := cases.Open(ctx, cases.Options{Data: cmd.Data, Keys: cmd.Data + "-keys"})
	if err != nil {
		return err
	}
	_, err = r.DemoMade(ctx)
	if errors.Is(err, cases.ErrHalfDemo) {
		err = nil
	}
	return errors.Join(err, r.Close())
}

const demoMark = "demonstration"

// mark marks a new demonstration, before its registry is made. Where there is a registry, or keys,
// without the mark, they are somebody's, and nothing is written.
func (cmd DemoCmd) mark() error {
	keys := cmd.Data + "-keys"
	marked, data, master := present(filepath.Join(keys, demoMark)), present(filepath.Join(cmd.Data, databaseFile)), present(filepath.Join(keys, cases.MasterFile))
	if marked {
		return nil
	}
	if data || master {
		return fmt.Errorf("%s: %w", cmd.Data, cases.ErrNotDemo)
	}
	if err := os.MkdirAll(keys, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(keys, demoMark), nil, 0o600)
}

// present is true also for what cannot be looked at: it is not ours to write over.
func present(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// prepare loads the samples into an empty registry, and gives the three people new passwords.
func (cmd DemoCmd) prepare(ctx context.Context, r *cases.Registry, asOf day.Day, s Streams) ([]Signin, error) {
	users := make([]Signin, len(models.Roles))
	for i, role := range models.Roles {
		users[i] = Signin{role, string(role) + "@example.org", r.NewPassword()}
	}
	made, err := r.DemoMade(ctx)
	if err != nil {
		return nil, err
	}
	if !made {
		return users, loadDemo(ctx, r, users, asOf)
	}
	if err := refold(ctx, r, s); err != nil {
		return nil, err
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
