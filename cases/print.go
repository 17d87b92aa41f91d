package cases

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"expediente/cases/access"
	"expediente/cases/audit"
	"expediente/cases/dossier"
	"expediente/models"
	"expediente/models/day"
)

// Words say things in the reader's language: a key of the catalogue and its arguments, name and
// value in turn.
type Words interface {
	Say(key string, args ...any) string
	Lang() string
}

// Printing is how a dossier is wanted.
type Printing struct {
	Words Words
	Paper dossier.Paper
	At    At
}

// Printed is a dossier on its way to the reader.
type Printed struct {
	models.Dossier
	PDF []byte
}

// PrintCase prints a matter's dossier for internal use: one reading of the matter, drawn with the
// log's head and the reader's name, its digest recorded before it is handed out.
func (r *Registry) PrintCase(ctx context.Context, by Actor, ref string, p Printing) (Printed, error) {
	c, err := r.load(ctx, by, ref, p.At)
	if err != nil {
		return Printed{}, err
	}
	if !c.CanPrint() {
		return Printed{}, models.ErrDenied
	}
	p.At = c.At
	record := models.Dossier{Kind: "case", MatterID: c.ID}
	return r.print(ctx, by, access.PrintCase, ref, p, record, func(s sheet) dossier.Document { return s.caseDocument(c) })
}

// PrintProgress prints the progress dossier from the same figures as the plan's page.
func (r *Registry) PrintProgress(ctx context.Context, by Actor, p Printing) (Printed, error) {
	if !access.Allows(access.PrintProgress, by.Role) {
		return Printed{}, models.ErrDenied
	}
	v, err := r.Progress(ctx, by, p.At)
	if err != nil {
		return Printed{}, err
	}
	record := models.Dossier{Kind: "progress"}
	return r.print(ctx, by, access.PrintProgress, "", p, record, func(s sheet) dossier.Document { return s.progressDocument(v) })
}

// print draws outside the transaction and records inside it.
func (r *Registry) print(ctx context.Context, by Actor, verb access.Verb, ref string, p Printing, d models.Dossier, content func(sheet) dossier.Document) (Printed, error) {
	note, err := r.SignedHead(ctx)
	if err != nil {
		return Printed{}, err
	}
	head, err := r.signer.Verify(note)
	if err != nil {
		return Printed{}, err
	}
	record, err := r.record(ctx)
	if err != nil {
		return Printed{}, err
	}
	s := sheet{w: p.Words, p: p, by: by, now: r.Now().UTC().Truncate(time.Second), code: r.code(4) + "-" + r.code(4), head: head, note: note, network: record.Name, registry: r}
	document := content(s)
	pdf, err := dossier.Draw(document)
	if err != nil {
		return Printed{}, err
	}
	sum := sha256.Sum256(pdf)
	d.ID, d.Code, d.AsOf, d.Language, d.Paper, d.Audience = r.newID(), s.code, p.At.AsOf, p.Words.Lang(), string(document.Paper), "internal"
	d.SHA256, d.Size, d.Pages, d.TreeSize, d.TreeRoot = sum[:], int64(len(pdf)), dossier.Pages(pdf), head.Size, head.Root[:]
	err = r.change(ctx, by, verb, ref, func(c *Change) error {
		d.PrintedAt, d.PrintedBy = c.At, by.ID
		c.Detail("%s", d.Code)
		return c.Insert(&d)
	})
	return Printed{d, pdf}, err
}

// sheet is what both dossiers share: the words, the moment, the head and the reader.
type sheet struct {
	w        Words
	p        Printing
	by       Actor
	now      time.Time
	code     string
	head     audit.Head
	note     string // the head, signed, as a reader may type it in again
	network  string
	registry *Registry
}

func (s sheet) say(key string, args ...any) string { return s.w.Say("dossiers."+key, args...) }

// long and short write a day; a dash for none.
func (s sheet) long(d day.Day) string  { return s.day("day", d) }
func (s sheet) short(d day.Day) string { return s.day("short_day", d) }

func (s sheet) day(key string, d day.Day) string {
	if d.IsZero() {
		return "—"
	}
	return s.say(key, "day", d)
}

// frame fills in what every dossier has around its content.
func (s sheet) frame(d dossier.Document) dossier.Document {
	d.Lang, d.Paper, d.Printed, d.Code = s.w.Lang(), s.p.Paper, s.now, s.code
	if d.Paper == "" {
		d.Paper = dossier.A4
	}
	d.FileTitle = d.RunLeft // the reference and what it is; the title may hold a name
	d.FootLeft, d.PageFormat = s.say("foot"), s.say("page_of")
	d.Reader, d.PrintedAt = s.by.Name, s.say("printed_at", "day", day.On(s.now), "time", s.now.Format("15:04"))
	d.Contents, d.ContentsTitle = len(d.Blocks) > 30, s.say("contents")
	d.Head = strings.Split(strings.TrimRight(s.note, "\n"), "\n")
	d.Blocks = append(d.Blocks, s.verification(d.Title)...)
	return d
}

// verification is the last section: how a reader checks the copy.
func (s sheet) verification(title string) []dossier.Block {
	return []dossier.Block{
		dossier.Heading{Level: 1, Text: s.say("verification"), ID: "verification"},
		dossier.Verification{
			Text: s.say("verification_text"), QR: "expediente " + s.code + " " + s.head.Short(), HeadAs: s.say("head"),
			Rows: []dossier.KeyValue{
				{Key: s.say("document"), Value: title},
				{Key: s.say("as_of"), Value: s.long(s.p.At.AsOf)},
				{Key: s.say("printed"), Value: s.say("printed_at", "day", day.On(s.now), "time", s.now.Format("15:04"))},
				{Key: s.say("head_short"), Value: s.head.Short()},
				{Key: s.say("head_root"), Value: base64.StdEncoding.EncodeToString(s.head.Root[:])},
			},
		},
	}
}

// ListDossiers lists what was printed that by may know of, the newest first.
func (r *Registry) ListDossiers(ctx context.Context, by Actor, cursor string) (list []PrintedRow, next string, err error) {
	v, err := r.reach(ctx, by)
	if err != nil {
		return nil, "", err
	}
	condition, args := v.condition("dossiers.matter_id")
	if access.Allows(access.ReadProgress, by.Role) {
		condition = "(dossiers.matter_id IS NULL OR " + condition + ")"
	}
	q := r.DB.Read.WithContext(ctx).Model(&models.Dossier{}).Where(condition, args...)
	if from, id, ok := readCursor(cursor); ok {
		q = q.Where("(printed_at, id) < (?, ?)", models.ParseInstant(from), id)
	}
	var page []models.Dossier
	if err := q.Order("printed_at DESC, id DESC").Limit(PageSize + 1).Find(&page).Error; err != nil {
		return nil, "", err
	}
	if len(page) > PageSize {
		page = page[:PageSize]
		next = writeCursor(page[PageSize-1].PrintedAt.String(), page[PageSize-1].ID)
	}
	list, err = r.printedRows(ctx, page)
	return list, next, err
}

// PrintedRow is a dossier in the list of what was printed.
type PrintedRow struct {
	models.Dossier
	Reference string
	ByName    string
}

func (r *Registry) printedRows(ctx context.Context, page []models.Dossier) ([]PrintedRow, error) {
	var users, matters []models.ID
	for _, d := range page {
		users, matters = append(users, d.PrintedBy), append(matters, d.MatterID)
	}
	names, err := r.names(ctx, users)
	if err != nil {
		return nil, err
	}
	byID, err := r.mattersByID(ctx, matters)
	list := make([]PrintedRow, len(page))
	for i, d := range page {
		list[i] = PrintedRow{d, byID[d.MatterID].Reference, names[d.PrintedBy]}
	}
	return list, err
}
