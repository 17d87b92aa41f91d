package cases

import (
	"context"
	"errors"
	"slices"
	"strings"

	"expediente/cases/access"
	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
	"expediente/models/seal"
)

// Longest texts, in characters, of what people type.
const (
	MaxTitle = 300
	MaxText  = 20_000
)

// NewMatter is what opening a matter asks for.
type NewMatter struct {
	Procedure string // id of a definition
	State     string // ISO2; may be empty where the procedure concerns no State
	Standing  models.Standing
	Language  string
	Title     string
	Numbers   string
	Summary   string
	OpenedOn  day.Day
}

// Validate says what is missing or too long, field by field.
func (n NewMatter) Validate(rules *procedure.Library) error {
	bad := models.Invalid{}
	if _, ok := rules.Get(n.Procedure); !ok {
		bad.Add("procedure", "errors.choose")
	}
	if _, ok := rules.States().Get(n.State); !ok {
		bad.Add("state", "errors.choose")
	}
	if !slices.Contains([]models.Standing{models.Brought, models.Supported, models.Followed}, n.Standing) {
		bad.Add("standing", "errors.choose")
	}
	checkText(bad, "title", n.Title, MaxTitle)
	checkText(bad, "numbers", n.Numbers, MaxTitle)
	checkText(bad, "summary", n.Summary, MaxText)
	if strings.TrimSpace(n.Title) == "" {
		bad.Add("title", "errors.required")
	}
	if n.OpenedOn.IsZero() {
		bad.Add("opened_on", "errors.date_required")
	}
	return bad.OrNil()
}

func checkText(bad models.Invalid, field, text string, most int) {
	if n := len([]rune(text)); n > most {
		bad.Add(field, "errors.too_long", "n", n-most, "most", most)
	}
}

// CreateMatter opens a file. Who opens it becomes its coordinator. It returns the reference.
func (r *Registry) CreateMatter(ctx context.Context, by Actor, n NewMatter) (ref string, err error) {
	if !access.Allows(access.CreateMatter, by.Role) {
		return "", models.ErrDenied
	}
	if err := n.Validate(r.Procedures); err != nil {
		return "", err
	}
	id := r.newID()
	if err := r.newKey(id); err != nil { // the key first: a key without a matter is harmless
		return "", err
	}
	err = r.change(ctx, by, access.CreateMatter, "", func(c *Change) error {
		if ref, err = c.insertMatter(id, n); err != nil || by.Role == access.System {
			return err
		}
		return c.admit(by.ID, models.Coordinator)
	})
	return ref, err
}

// insertMatter writes the matter and where it stands: at the beginning.
func (c *Change) insertMatter(id models.ID, n NewMatter) (string, error) {
	if err := c.makeMatter(id, n.State+"-"+c.r.code(5), n); err != nil {
		return "", err
	}
	m := c.Matter
	if err := c.Insert(&m); err != nil {
		return "", err
	}
	return m.Reference, c.project(nil, nil)
}

// kindOf groups the procedures as pages do: visits, and everything else a case.
func kindOf(d *procedure.Definition) string {
	if d.Kind == procedure.KindVisit {
		return models.KindVisit
	}
	return models.KindCase
}

// admit lets a user into the matter.
func (c *Change) admit(user models.ID, role models.Role) error {
	row := c.membership(user, role)
	return c.Insert(&row)
}

// Case is a matter as its page shows it: opened texts, and where it stands.
type Case struct {
	models.Matter
	Title     string
	Numbers   string
	Summary   string
	Rules     *procedure.Definition
	StateName procedure.Names
	At        At
	Result    procedure.Result
	Log       []Logged // newest first, superseded ones included
	Evidence  []Item
	Parties   []Person
	Rights    []string
	Visit     *models.Visit
	Told      []models.Recommendation

	role access.Role
}

// May tells whether the reader may do a verb to this matter; pages show no button that refuses.
func (c Case) May(verb access.Verb) bool {
	return access.Of(verb) == access.OfMatter && access.Allows(verb, c.role)
}

// CanLog tells whether the reader may log milestones here.
func (c Case) CanLog() bool { return c.May(access.LogMilestone) }

// CanAttach tells whether the reader may attach evidence here.
func (c Case) CanAttach() bool { return c.May(access.AttachEvidence) }

// CanPrint tells whether the reader may print this matter's dossier.
func (c Case) CanPrint() bool { return c.May(access.PrintCase) }

// Person is a party with the name opened. Pages print the code; the name is for whoever may reveal it.
type Person struct {
	Code, Role, Name, Nationality string
}

// OpenMatter gives a matter to someone who may see it, else "not found", and records the view.
func (r *Registry) OpenMatter(ctx context.Context, by Actor, ref string, at At) (Case, error) {
	c, err := r.load(ctx, by, ref, at)
	if err != nil {
		return Case{}, err
	}
	return c, r.witness(ctx, by, access.OpenMatter, c.ID)
}

// open gives a matter to someone who may see it, with its texts and its milestones.
func (r *Registry) open(ctx context.Context, by Actor, ref string, at At) (c Case, key *seal.Key, err error) {
	c = Case{At: at}
	if c.Matter, c.role, err = r.find(ctx, r.DB.Read, by, ref); err != nil {
		return Case{}, nil, err
	}
	if key, err = r.Keys.Key(seal.ID(c.ID)); err != nil {
		return Case{}, nil, err
	}
	var ok bool
	if c.Rules, ok = r.Procedures.Get(c.Procedure); !ok {
		return Case{}, nil, errors.New("a matter names a procedure that is no longer defined")
	}
	at = at.in(c.Rules, r.Now())
	c.At = at
	if state, ok := r.Procedures.States().Get(c.State); ok {
		c.StateName = state.Names
	}
	o := opener{key: key}
	c.Title = o.text(c.Matter.Title, c.Where("title"))
	c.Numbers = o.text(c.Matter.Numbers, c.Where("numbers"))
	c.Summary = o.text(c.Matter.Summary, c.Where("summary"))
	if o.err != nil {
		return Case{}, nil, o.err
	}
	if c.Log, err = r.milestones(ctx, key, c.Matter, at); err != nil {
		return Case{}, nil, err
	}
	c.Result = c.Rules.Fold(procedure.Input{State: c.State, Milestones: standing(c.Log), AsOf: at.AsOf})
	return c, key, nil
}

// load opens a matter with all that its page and its dossier show.
func (r *Registry) load(ctx context.Context, by Actor, ref string, at At) (Case, error) {
	c, key, err := r.open(ctx, by, ref, at)
	if err != nil {
		return Case{}, err
	}
	if c.Evidence, err = r.items(ctx, key, c.Matter, at); err != nil {
		return Case{}, err
	}
	if c.Parties, err = r.people(ctx, key, c.ID); err != nil {
		return Case{}, err
	}
	if err := r.DB.Read.WithContext(ctx).Model(&models.MatterRight{}).Where("matter_id = ?", c.ID).Order("code").Pluck("code", &c.Rights).Error; err != nil {
		return Case{}, err
	}
	if c.Kind == models.KindVisit {
		if err := r.loadVisit(ctx, &c); err != nil {
			return Case{}, err
		}
	}
	return c, r.sign(ctx, &c)
}

func (r *Registry) loadVisit(ctx context.Context, c *Case) error {
	v, err := models.One[models.Visit](ctx, r.DB.Read, "matter_id = ?", c.ID)
	if err == nil {
		c.Visit = &v
	} else if !errors.Is(err, models.ErrNotFound) {
		return err
	}
	c.Told, err = models.All[models.Recommendation](ctx, r.DB.Read, "seq", "matter_id = ?", c.ID)
	return err
}

func (r *Registry) people(ctx context.Context, key *seal.Key, matter models.ID) ([]Person, error) {
	records, err := models.All[models.Party](ctx, r.DB.Read, "seq", "matter_id = ?", matter)
	if err != nil {
		return nil, err
	}
	o, list := opener{key: key}, make([]Person, len(records))
	for i, p := range records {
		list[i] = Person{p.Code, p.Role, o.text(p.Name, p.Where("name")), p.Nationality}
	}
	return list, o.err
}

// opener opens sealed texts and keeps the first failure.
type opener struct {
	key *seal.Key
	err error
}

func (o *opener) text(t seal.Text, where seal.Place) string {
	if len(t) == 0 || o.err != nil || o.key == nil {
		return ""
	}
	plain, err := o.key.Open(t, where)
	if err != nil {
		o.err = err
	}
	return plain
}
