package cases

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"expediente/cases/access"
	"expediente/cases/audit"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/blob"
	"expediente/models/day"
	"expediente/models/disk"
	"expediente/models/seal"
)

// Registry is one network's registry, open: its database, its keys, its files and its rules. Clock
// and randomness are fields so that tests can replace them.
type Registry struct {
	DB         *models.DB
	Keys       *seal.Keyring
	Files      *blob.Sealed
	Procedures *procedure.Library
	Now        func() time.Time
	Random     io.Reader
	Warn       func(error) // hears what went wrong without stopping the work

	id          models.ID
	keyringPath string
	own         *seal.Key // seals what belongs to no matter
	signer      *audit.Signer
	views       chan view
	closed      chan struct{}
	closing     sync.Once
	limits      limiter
	decoyHash   func() string
}

// Options say where a registry lies.
type Options struct {
	Data   string   // the data folder; made when absent
	DSN    string   // PostgreSQL data-source name; empty: a SQLite file in the data folder
	Keys   string   // folder of the keyring; empty: the user's configuration folder
	Copies []string // folders that get a sealed copy of the keyring at each change
	Now    func() time.Time
	Random io.Reader
	Warn   func(error) // nil: the standard log
}

// Open opens the registry in a data folder, and makes it when the folder is empty.
func Open(ctx context.Context, o Options) (*Registry, error) {
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	dsn := o.DSN
	if dsn == "" {
		dsn = filepath.Join(o.Data, "expediente.db")
	}
	db, err := models.Open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	r := &Registry{DB: db, Now: o.Now, Random: o.Random, Warn: o.Warn, views: make(chan view), closed: make(chan struct{})}
	if err := r.start(ctx, o); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	go r.writeViews()
	debug.FreeOSMemory() // what reading rules and keys took; a registry sits idle most of the day
	return r, nil
}

func (r *Registry) start(ctx context.Context, o Options) (err error) {
	if r.Now == nil {
		r.Now = time.Now
	}
	if r.Warn == nil {
		r.Warn = func(err error) { slog.Warn(err.Error()) }
	}
	if r.Random == nil {
		r.Random = rand.Reader
	}
	if r.Procedures, err = procedure.Load(os.DirFS(filepath.Join(o.Data, "definitions"))); err != nil {
		return err
	}
	store, err := blob.NewDisk(filepath.Join(o.Data, "files"), disk.OS{})
	if err != nil {
		return err
	}
	r.Files = blob.NewSealed(store)
	r.limits = limiter{every: rate.Every(12 * time.Second), burst: 5}
	r.decoyHash = sync.OnceValue(func() string { return hashPassword("nobody has this password") })
	record, err := r.record(ctx)
	if errors.Is(err, models.ErrNotFound) {
		return r.create(ctx, o)
	}
	if err != nil {
		return err
	}
	if err := r.unlock(record, o); err != nil {
		return err
	}
	return r.missingKeys(ctx)
}

// record is the one row about the registry.
func (r *Registry) record(ctx context.Context) (models.RegistryRecord, error) {
	return models.One[models.RegistryRecord](ctx, r.DB.Read, "1 = 1")
}

// create makes the keyring first and the row after it: a key without a registry is harmless, a
// registry without its key is lost.
func (r *Registry) create(ctx context.Context, o Options) error {
	id, err := models.NewID(r.Now(), r.Random)
	if err != nil {
		return err
	}
	folder, err := keyFolder(o, id)
	if err != nil {
		return err
	}
	if err := createKeyring(folder, o.Copies, id); err != nil {
		return err
	}
	record := models.RegistryRecord{ID: id, CreatedAt: models.At(r.Now())}
	if err := r.unlock(record, o); err != nil {
		return err
	}
	return r.change(ctx, System, access.SetUp, "", func(c *Change) error { return c.Insert(&record) })
}

func (r *Registry) unlock(record models.RegistryRecord, o Options) (err error) {
	folder, err := keyFolder(o, record.ID)
	if err != nil {
		return err
	}
	if r.Keys, err = openKeyring(folder, o.Copies); err != nil {
		return err
	}
	if r.own, err = r.Keys.Key(models.ID{}); err != nil {
		return err
	}
	if models.ID(r.Keys.Registry()) != record.ID {
		return fmt.Errorf("the keys in %s are another registry's; name the right folder with --keys", folder)
	}
	r.id, r.keyringPath = record.ID, filepath.Join(folder, KeyringFile)
	if r.signer, err = audit.NewSigner("expediente-"+record.ID.String()[:8], r.own.Token("audit-signing-key", "")); err != nil {
		return err
	}
	if err := r.Keys.Copy(); err != nil {
		r.Warn(err)
	}
	return nil
}

// missingKeys tells of matters whose keys the keyring does not hold, as when an old recovery copy
// was brought back: their texts stay sealed, everything else goes on.
func (r *Registry) missingKeys(ctx context.Context) error {
	var matters int64
	if err := r.DB.Read.WithContext(ctx).Model(&models.Matter{}).Count(&matters).Error; err != nil || int(matters) < r.Keys.Len() {
		return err
	}
	var list []models.Matter
	if err := r.DB.Read.WithContext(ctx).Select("id", "reference").Find(&list).Error; err != nil {
		return err
	}
	var sealed []string
	for _, m := range list {
		if _, err := r.Keys.Key(seal.ID(m.ID)); errors.Is(err, seal.ErrNoKey) {
			sealed = append(sealed, m.Reference)
		}
	}
	if len(sealed) > 0 {
		r.Warn(fmt.Errorf("the keyring has no key for %d matters, and what they hold stays sealed: it is older than the data; bring back a newer copy of the keys. They are %s", len(sealed), strings.Join(sealed[:min(len(sealed), 20)], ", ")))
	}
	return nil
}

// key is a matter's key; nil when the keyring has none, and the matter shows without its texts.
func (r *Registry) key(matter models.ID) (*seal.Key, error) {
	key, err := r.Keys.Key(seal.ID(matter))
	if errors.Is(err, seal.ErrNoKey) {
		return nil, nil
	}
	return key, err
}

// Close ends the writing of views and closes the database.
func (r *Registry) Close() error {
	r.closing.Do(func() { close(r.closed) })
	return r.DB.Close()
}

// At is the moment a reading looks from: the day looked at, and the moment of knowledge. What was
// recorded after KnownAt is not yet known; zero knows everything.
type At struct {
	AsOf    day.Day
	KnownAt models.Instant
	Today   bool // nobody chose the day: a matter is looked at on the day it is where its mechanism sits
}

// in is the moment for one matter: "today" is Washington's before the Commission, San José's before
// the Court, Geneva's before the United Nations.
func (at At) in(d *procedure.Definition, now time.Time) At {
	if at.Today && d.Zone != nil {
		at.AsOf = day.Today(now, d.Zone)
	}
	return at
}

// known is the moment of knowledge as an SQL argument.
func (at At) known() models.Instant {
	if at.KnownAt == 0 {
		return 1 << 62
	}
	return at.KnownAt
}

// Actor is who acts. It is handed to every verb.
type Actor struct {
	ID       models.ID
	Role     access.Role
	Name     string
	Language string
	From     string // the network address, for limits; never stored with content

	seen *memory // of this request; nil outside one
}

// System is the program itself, at its own command line.
var System = Actor{Role: access.System, Name: "Expediente"}

// newID mints an id now.
func (r *Registry) newID() models.ID {
	id, err := models.NewID(r.Now(), r.Random)
	if err != nil {
		panic(err) // without randomness nothing may be written
	}
	return id
}

const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ" // without look-alikes: 0 O, 1 I L, U V

// code is a random code of n letters, for references, addresses and one-time secrets.
func (r *Registry) code(n int) string {
	out := make([]byte, 0, n)
	for b := make([]byte, 32); len(out) < n; {
		if _, err := io.ReadFull(r.Random, b); err != nil {
			panic(err)
		}
		for _, x := range b {
			if int(x) < 256/len(alphabet)*len(alphabet) && len(out) < n { // no letter likelier than another
				out = append(out, alphabet[int(x)%len(alphabet)])
			}
		}
	}
	return string(out)
}
