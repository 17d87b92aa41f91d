package seal

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"expediente/models/disk"

	"filippo.io/age"
)

// Recovery is what a recovery copy holds: all that opens the registry's data.
type Recovery struct {
	Master *Master
	Ring   []byte // the keyring file
}

const (
	recoveryReadme = "README.txt"
	recoveryMaster = "master.key"
	recoveryRing   = "keyring"

	recoveryText = `Copia de recuperación de Expediente: la clave maestra (master.key) y el llavero (keyring).
Con ambos y la carpeta de datos se abre todo el registro: guárdela fuera de la oficina y destrúyala cuando haga una nueva.
Recovery copy of Expediente: the master key (master.key) and the keyring (keyring).
Together with the data folder they open the whole registry: keep it away from the office, and destroy it when you make a new one.
`
	recoveryWork = 18 // scrypt: 2^18 rounds, 256 MiB, about a second
)

// WriteRecovery writes a recovery copy of the ring as it lies on the disk: a tar archive sealed by age
// under a passphrase of 15 characters or more (else ErrWeak). Also "age -d | tar x" opens it. The copy is
// opened again and compared before a byte goes to w.
func WriteRecovery(w io.Writer, ring *Keyring, passphrase string) error {
	return writeRecovery(w, ring, passphrase, recoveryWork)
}

func writeRecovery(w io.Writer, ring *Keyring, passphrase string, work int) error {
	content, master, err := ring.snapshot()
	if err != nil {
		return fmt.Errorf("recovery copy: %w", err)
	}
	var sealed bytes.Buffer
	if err := sealRecovery(&sealed, Recovery{master, content}, passphrase, work); err != nil {
		return fmt.Errorf("recovery copy: %w", err)
	}
	back, err := ReadRecovery(bytes.NewReader(sealed.Bytes()), passphrase)
	if err == nil && !(back.Master.same(master) && bytes.Equal(back.Ring, content)) {
		err = ErrSealed
	}
	if err != nil {
		return fmt.Errorf("recovery copy: it was not written, since it does not open again: %w", err)
	}
	_, err = sealed.WriteTo(w)
	return err
}

// snapshot is the keyring as far as it is whole, and the master key it belongs to.
func (r *Keyring) snapshot() ([]byte, *Master, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	content, err := disk.ReadFile(r.on, r.path)
	if err == nil {
		err = r.follow(content)
	}
	if err != nil {
		return nil, nil, err
	}
	return append(content[:r.size], flatten(r.owed)...), r.master, nil
}

func sealRecovery(w io.Writer, rec Recovery, passphrase string, work int) error {
	passphrase, err := strongEnough(passphrase)
	if err != nil {
		return err
	}
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return err
	}
	recipient.SetWorkFactor(work)
	sealed, err := age.Encrypt(w, recipient)
	if err != nil {
		return err
	}
	return errors.Join(rec.archive(sealed), sealed.Close())
}

func (rec Recovery) archive(w io.Writer) error {
	archive := tar.NewWriter(w)
	for _, file := range []struct {
		name    string
		content []byte
	}{
		{recoveryReadme, []byte(recoveryText)},
		{recoveryMaster, []byte(rec.Master.text() + "\n")},
		{recoveryRing, rec.Ring},
	} {
		header := tar.Header{Name: file.name, Mode: 0o600, Size: int64(len(file.content))}
		if err := archive.WriteHeader(&header); err != nil {
			return err
		}
		if _, err := archive.Write(file.content); err != nil {
			return err
		}
	}
	return archive.Close()
}

// ReadRecovery opens a recovery copy. ErrSealed for a wrong passphrase or altered bytes.
func ReadRecovery(src io.Reader, passphrase string) (*Recovery, error) {
	passphrase, err := strongEnough(passphrase)
	if err != nil {
		return nil, err
	}
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	watched := &watchedReader{r: src}
	plain, err := age.Decrypt(watched, identity)
	if err != nil {
		return nil, watched.blame(err)
	}
	rec, err := unpack(&openReader{plain, watched})
	if err != nil {
		return nil, err
	}
	if err := checkHeader(rec.Ring, rec.Master); err != nil {
		return nil, err
	}
	return rec, nil
}

func unpack(r io.Reader) (*Recovery, error) {
	files := map[string][]byte{}
	archive := tar.NewReader(r)
	for {
		header, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if files[header.Name], err = io.ReadAll(archive); err != nil {
			return nil, err
		}
	}
	if _, err := io.Copy(io.Discard, r); err != nil { // to the end, which age authenticates
		return nil, err
	}
	master, err := MasterFromEnv(string(files[recoveryMaster]))
	return &Recovery{master, files[recoveryRing]}, err
}

// Restore writes the keyring and its key file, durably, where neither is yet. The key file is written
// last: where it lies, the keyring lies too.
func (rec *Recovery) Restore(ringPath, masterPath string) error {
	for _, path := range []string{ringPath, masterPath} {
		if _, err := (disk.OS{}).Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("seal: %s is already there and is not overwritten", path)
		}
	}
	if err := writeRing(disk.OS{}, ringPath, rec.Ring); err != nil {
		return err
	}
	return rec.Master.save(disk.OS{}, masterPath)
}
