package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"expediente/cases"
)

// DataFlags say where a registry lies.
type DataFlags struct {
	Data      string   `default:"expediente-data" type:"path" env:"EXPEDIENTE_DATA" help:"Data folder."`
	DSN       string   `env:"EXPEDIENTE_DSN" help:"PostgreSQL data-source name (postgres://…); without it, a SQLite file in the data folder."`
	Keys      string   `type:"path" env:"EXPEDIENTE_KEYS" help:"Folder of the keys; without it, one in the user's configuration folder."`
	KeyCopies []string `name:"key-copy" type:"path" env:"EXPEDIENTE_KEY_COPIES" help:"Folder that gets a sealed copy of the keyring at each change; may be given several times."`
}

func (f DataFlags) options() cases.Options {
	keys := f.Keys
	if _, err := os.Stat(f.Data + "-keys"); keys == "" && err == nil { // where a demonstration has them
		keys = f.Data + "-keys"
	}
	return cases.Options{Data: f.Data, DSN: f.DSN, Keys: keys, Copies: f.KeyCopies}
}

// private takes a data folder that others on this machine can look into away from them.
func private(folder string) error {
	info, err := os.Stat(folder)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return err
	}
	return os.Chmod(folder, 0o700)
}

// databaseFile is the SQLite file in a data folder.
const databaseFile = "expediente.db"

// open opens a registry that exists; a command that only reads must not make one.
func (f DataFlags) open(ctx context.Context) (*cases.Registry, error) {
	holds := f.Data
	if f.DSN == "" {
		holds = filepath.Join(f.Data, databaseFile)
	}
	if _, err := os.Stat(holds); err != nil {
		return nil, fmt.Errorf("there is no registry in %s; name its data folder with --data", f.Data)
	}
	return cases.Open(ctx, f.options())
}
