package cases

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"expediente/models"
	"expediente/models/seal"
)

// The files of a folder of keys.
const (
	MasterFile  = "master.key"
	KeyringFile = "keyring"
)

// keyFolder is where a registry's keys lie: outside its data folder, so that a copy of the data
// opens nothing.
func keyFolder(o Options, id models.ID) (string, error) {
	if o.Keys != "" {
		return o.Keys, nil
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return "", errors.New("there is no configuration folder for the keys here; name a folder with --keys")
	}
	return filepath.Join(config, "expediente", id.String()), nil
}

// copyFolders are where copies of the keyring go: those that were named, or one beside the keyring,
// which at least survives a damaged file.
func copyFolders(folder string, named []string) ([]string, error) {
	if len(named) == 0 {
		named = []string{filepath.Join(folder, "copy")}
	}
	for _, c := range named {
		if err := os.MkdirAll(c, 0o700); err != nil {
			return nil, fmt.Errorf("making the folder for copies of the keys: %w", err)
		}
	}
	return named, nil
}

func createKeyring(folder string, named []string, id models.ID) error {
	copies, err := copyFolders(folder, named)
	if err != nil {
		return err
	}
	master, err := seal.NewMaster(filepath.Join(folder, MasterFile))
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the folder %s already holds the keys of another registry; name another with --keys", folder)
	}
	if err != nil {
		return err
	}
	_, err = seal.Create(filepath.Join(folder, KeyringFile), master, seal.ID(id), seal.Copies(copies...))
	return err
}

func openKeyring(folder string, named []string) (*seal.Keyring, error) {
	master, err := seal.LoadMaster(filepath.Join(folder, MasterFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the registry's keys are not in %s; name their folder with --keys, or bring them back from the recovery copy", folder)
	}
	if err != nil {
		return nil, err
	}
	copies, err := copyFolders(folder, named)
	if err != nil {
		return nil, err
	}
	return seal.OpenKeyring(filepath.Join(folder, KeyringFile), master, seal.Copies(copies...))
}

// newKey makes the keys of matters, with one flush. A copy that could not be written does not stop the work: the keyring
// itself is durable, and the next change writes the copy whole.
func (r *Registry) newKey(matters ...models.ID) error {
	ids := make([]seal.ID, len(matters))
	for i, id := range matters {
		ids[i] = seal.ID(id)
	}
	err := r.Keys.New(ids...)
	var failed *seal.CopyError
	if errors.As(err, &failed) {
		r.Warn(failed)
		return nil
	}
	return err
}
