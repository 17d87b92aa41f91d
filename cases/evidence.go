package cases

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"expediente/cases/access"
	"expediente/models"
	"expediente/models/blob"
	"expediente/models/seal"
)

// MaxEvidence is the largest single file taken, in bytes.
const MaxEvidence = 2 << 30

// MaxUpload is how long one upload may take in all. What another process may remove as an orphan
// (see SweepFiles) is older than that.
const MaxUpload = 20 * time.Hour

const orphanAge = MaxUpload + 4*time.Hour

// Item is an item of evidence with its texts opened.
type Item struct {
	models.Evidence
	Title, Filename, Note, SHA256 string
	Reference                     string // of its matter
	ByName                        string // who received it
}

// NewEvidence is what attaching a file asks for.
type NewEvidence struct {
	Title     string // empty: the file's name
	Filename  string
	Note      string
	Milestone int // number of the milestone it proves; 0 for none
}

func (n NewEvidence) validate() error {
	bad := models.Invalid{}
	checkText(bad, "title", n.Title, MaxTitle)
	checkText(bad, "note", n.Note, MaxText)
	return bad.OrNil()
}

// AttachEvidence streams a file into a matter: hashed, sealed and durable before the row that
// names it is written, so that a row without bytes cannot exist. It returns the item's code.
func (r *Registry) AttachEvidence(ctx context.Context, by Actor, ref string, n NewEvidence, body io.Reader) (code string, err error) {
	if err := n.validate(); err != nil {
		return "", err
	}
	m, role, err := r.find(ctx, r.DB.Read, by, ref)
	if err != nil {
		return "", err
	}
	if !access.Allows(access.AttachEvidence, role) {
		return "", models.ErrDenied
	}
	key, err := r.Keys.Key(seal.ID(m.ID))
	if err != nil {
		return "", err
	}
	name := strings.ToLower(r.code(32))
	defer r.Files.Hold(name)() // until the row is there, the bytes look like an orphan's
	receipt, err := r.Files.Write(ctx, key, name, &hurried{body, r.Now, r.Now().Add(MaxUpload)}, MaxEvidence)
	if err != nil {
		return "", err
	}
	if receipt.Size == 0 {
		err = models.Invalid{"file": {Key: "errors.file_empty"}}
	} else {
		err = r.change(ctx, by, access.AttachEvidence, ref, func(c *Change) error {
			if err := r.Files.Check(ctx, name, receipt.Segments); err != nil {
				return err
			}
			code, err = c.attach(name, n, receipt)
			return err
		})
	}
	if err != nil {
		return "", errors.Join(err, r.Files.Remove(context.WithoutCancel(ctx), name, receipt.Segments))
	}
	return code, nil
}

// hurried is a body that has to end by a time.
type hurried struct {
	io.Reader
	now   func() time.Time
	until time.Time
}

func (h *hurried) Read(p []byte) (int, error) {
	if h.now().After(h.until) {
		return 0, models.Invalid{"file": {Key: "errors.file_slow", Args: []any{"n", int(MaxUpload.Hours())}}}
	}
	return h.Reader.Read(p)
}

// attach writes the row and its first custody event.
func (c *Change) attach(name string, n NewEvidence, receipt blob.Receipt) (string, error) {
	e := models.Evidence{
		ID: c.r.newID(), MatterID: c.Matter.ID, Code: "E-" + c.r.code(8), Mime: mimetype.Detect(receipt.Head).String(),
		Size: receipt.Size, Blob: name, Segments: receipt.Segments, ReceivedAt: c.At, ReceivedBy: c.by.ID,
	}
	if n.Milestone != 0 {
		m, err := models.One[models.Milestone](c.ctx, c.tx, "matter_id = ? AND seq = ?", c.Matter.ID, n.Milestone)
		if err != nil {
			return "", err
		}
		e.MilestoneID = m.ID
	}
	filename := path.Base(strings.ReplaceAll(n.Filename, `\`, "/"))
	title := strings.TrimSpace(n.Title)
	if title == "" {
		title = filename
	}
	e.Title = c.Seal(title, e.Where("title"))
	e.Filename = c.Seal(filename, e.Where("filename"))
	e.Note = c.Seal(n.Note, e.Where("note"))
	e.SHA256 = c.Seal(hex.EncodeToString(receipt.SHA256[:]), e.Where("sha256"))
	c.Detail("%s %d bytes", e.Code, e.Size)
	if err := c.Insert(&e); err != nil {
		return "", err
	}
	return e.Code, c.custody(e, "received")
}

func (c *Change) custody(e models.Evidence, event string) error {
	return c.Insert(&models.CustodyEvent{ID: c.r.newID(), EvidenceID: e.ID, MatterID: e.MatterID, Event: event, At: c.At, ByUser: c.by.ID})
}

// items loads a matter's evidence, the first received first.
func (r *Registry) items(ctx context.Context, key *seal.Key, m models.Matter, at At) ([]Item, error) {
	records, err := models.All[models.Evidence](ctx, r.DB.Read, "received_at, id", "matter_id = ? AND received_at <= ?", m.ID, at.known())
	if err != nil {
		return nil, err
	}
	list := make([]Item, len(records))
	for i, e := range records {
		if list[i], err = openItem(key, e); err != nil {
			return nil, err
		}
		list[i].Reference = m.Reference
	}
	return list, nil
}

func openItem(key *seal.Key, e models.Evidence) (Item, error) {
	o := opener{key: key}
	return Item{
		Evidence: e, Title: o.text(e.Title, e.Where("title")), Filename: o.text(e.Filename, e.Where("filename")),
		Note: o.text(e.Note, e.Where("note")), SHA256: o.text(e.SHA256, e.Where("sha256")),
	}, o.err
}

// Download is an item's bytes on their way out.
type Download struct {
	Item
	io.ReadCloser
}

// DownloadEvidence opens an item's bytes after recording that by took them.
func (r *Registry) DownloadEvidence(ctx context.Context, by Actor, code string) (Download, error) {
	e, m, err := r.findItem(ctx, code)
	if err != nil {
		return Download{}, err
	}
	err = r.change(ctx, by, access.DownloadEvidence, m.Reference, func(c *Change) error {
		c.Detail("%s", e.Code)
		return c.custody(e, "downloaded")
	})
	if err != nil {
		return Download{}, err
	}
	key, err := r.Keys.Key(seal.ID(m.ID))
	if err != nil {
		return Download{}, err
	}
	item, err := openItem(key, e)
	if err != nil {
		return Download{}, err
	}
	body, err := r.Files.Open(ctx, key, e.Blob, e.Segments)
	return Download{item, body}, err
}

// findItem finds an item and its matter; whether the reader may see them is asked of the matter.
func (r *Registry) findItem(ctx context.Context, code string) (e models.Evidence, m models.Matter, err error) {
	if e, err = models.One[models.Evidence](ctx, r.DB.Read, "code = ?", code); err != nil {
		return e, m, err
	}
	m, err = models.One[models.Matter](ctx, r.DB.Read, "id = ?", e.MatterID)
	return e, m, err
}

// Spoiled is an item whose bytes are not what was received.
type Spoiled struct {
	Code, Reference string
	Err             error
}

// VerifyEvidence reads every stored byte again and compares its digest with the one taken when it
// was received. It calls tell for each item that does not fit, and returns how many it read.
func (r *Registry) VerifyEvidence(ctx context.Context, tell func(Spoiled)) (n int, bytes int64, err error) {
	after := models.ID{}
	for {
		records, err := models.All[models.Evidence](ctx, r.DB.Read.Limit(200), "id", "id > ?", after[:])
		if err != nil || len(records) == 0 {
			return n, bytes, err
		}
		for _, e := range records {
			if err := r.verifyItem(ctx, e); err != nil {
				if ctx.Err() != nil {
					return n, bytes, ctx.Err()
				}
				m, _ := models.One[models.Matter](ctx, r.DB.Read, "id = ?", e.MatterID)
				tell(Spoiled{e.Code, m.Reference, err})
			}
			n, bytes, after = n+1, bytes+e.Size, e.ID
		}
	}
}

func (r *Registry) verifyItem(ctx context.Context, e models.Evidence) error {
	key, err := r.Keys.Key(seal.ID(e.MatterID))
	if err != nil {
		return err
	}
	item, err := openItem(key, e)
	if err != nil {
		return err
	}
	digest, size, err := r.Files.Verify(ctx, key, e.Blob, e.Segments)
	if err != nil {
		return err
	}
	if got := hex.EncodeToString(digest[:]); got != item.SHA256 || size != e.Size {
		return fmt.Errorf("its digest is now %s over %d bytes, it was received as %s over %d bytes", got, size, item.SHA256, e.Size)
	}
	return nil
}

// SweepFiles removes stored bytes that no item names: uploads cut off before their row was written.
func (r *Registry) SweepFiles(ctx context.Context) (removed int, err error) {
	return r.Files.Sweep(ctx, func(name string) (bool, error) {
		_, err := models.One[models.Evidence](ctx, r.DB.Read, "blob = ?", name)
		if errors.Is(err, models.ErrNotFound) {
			return false, nil
		}
		return true, err
	}, r.Now().Add(-orphanAge))
}
