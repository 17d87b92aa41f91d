package cases

import (
	"context"
	"net/mail"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"expediente/cases/access"
	"expediente/models"
)

// NewUser is what making an account asks for.
type NewUser struct {
	Name     string
	Email    string
	Role     models.Role
	Language string
	Password string
}

func (n NewUser) validate() error {
	bad := models.Invalid{}
	checkText(bad, "name", n.Name, 120)
	if strings.TrimSpace(n.Name) == "" {
		bad.Add("name", "errors.required")
	}
	if a, err := mail.ParseAddress(n.Email); err != nil || a.Address != n.Email || len(n.Email) > 254 {
		bad.Add("email", "errors.email")
	}
	if !slices.Contains(models.Roles, n.Role) {
		bad.Add("role", "errors.choose")
	}
	if k := len([]rune(n.Password)); k < MinPassword {
		bad.Add("password", "errors.password_short", "n", MinPassword-k, "least", MinPassword)
	} else if k > 1000 {
		bad.Add("password", "errors.too_long", "n", k-1000, "most", 1000)
	}
	return bad.OrNil()
}

func (r *Registry) emailKey(email string) []byte {
	return r.own.Token("users.email", strings.ToLower(norm.NFC.String(strings.TrimSpace(email))))
}

// CreateUser makes an account.
func (r *Registry) CreateUser(ctx context.Context, by Actor, n NewUser) (models.ID, error) {
	n.Email = strings.TrimSpace(n.Email)
	if err := n.validate(); err != nil {
		return models.ID{}, err
	}
	if !access.Allows(access.CreateUser, by.Role) {
		return models.ID{}, models.ErrDenied
	}
	id := r.newID()
	password, err := r.derivePassword(ctx, id, n.Password) // outside the transaction: it takes a quarter of a second
	if err != nil {
		return models.ID{}, err
	}
	err = r.change(ctx, by, access.CreateUser, "", func(c *Change) error { return c.insertUser(id, n, password) })
	if err != nil {
		return models.ID{}, err
	}
	return id, nil
}

func (c *Change) insertUser(id models.ID, n NewUser, password string) error {
	u := models.User{ID: id, EmailKey: c.r.emailKey(n.Email), Role: n.Role, Language: n.Language,
		Password: password, CreatedAt: c.At, CreatedBy: c.by.ID}
	u.Email = c.r.own.Seal(n.Email, u.Where("email"))
	u.Name = c.r.own.Seal(strings.TrimSpace(n.Name), u.Where("name"))
	c.Detail("%s", n.Role)
	return c.Insert(&u)
}

// UserByEmail finds an account, for the command line.
func (r *Registry) UserByEmail(ctx context.Context, by Actor, email string) (models.ID, error) {
	if !access.Allows(access.CreateUser, by.Role) {
		return models.ID{}, models.ErrDenied
	}
	u, err := models.One[models.User](ctx, r.DB.Read, "email_key = ?", r.emailKey(email))
	return u.ID, err
}

// Admit lets a user into a matter, as its coordinator or as a member of its working group. Who is
// in it already is in it in the new role: the old membership ends.
func (r *Registry) Admit(ctx context.Context, by Actor, ref string, user models.ID, role models.Role) error {
	return r.change(ctx, by, access.Admit, ref, func(c *Change) error {
		c.Detail("%s", role)
		if _, err := c.endMembership(user); err != nil {
			return err
		}
		return c.admit(user, role)
	})
}

// Dismiss ends a user's membership of a matter; it stays recorded. It is ErrNotFound for who is not
// in it.
func (r *Registry) Dismiss(ctx context.Context, by Actor, ref string, user models.ID) error {
	return r.change(ctx, by, access.Dismiss, ref, func(c *Change) error {
		ended, err := c.endMembership(user)
		if err == nil && ended == 0 {
			return models.ErrNotFound
		}
		return err
	})
}

func (c *Change) endMembership(user models.ID) (ended int, err error) {
	current, err := models.All[models.Membership](c.ctx, c.tx, "granted_at", "matter_id = ? AND user_id = ? AND ended_at IS NULL", c.Matter.ID, user)
	if err != nil {
		return 0, err
	}
	for _, m := range current {
		m.EndedAt = &c.At
		if err := c.Update(&m, "ended_at"); err != nil {
			return 0, err
		}
	}
	return len(current), nil
}

// Deactivate closes an account and ends its sessions. The account itself stays, because what it did
// is recorded under it.
func (r *Registry) Deactivate(ctx context.Context, by Actor, email string) error {
	return r.change(ctx, by, access.Deactivate, "", func(c *Change) error {
		u, err := models.One[models.User](ctx, c.tx, "email_key = ?", r.emailKey(email))
		if err != nil || u.DeactivatedAt != nil {
			return err
		}
		u.DeactivatedAt = &c.At
		if err := c.endSessions(u); err != nil {
			return err
		}
		return c.Update(&u, "deactivated_at")
	})
}

func (c *Change) endSessions(u models.User) error {
	return c.tx.Where("user_id = ?", u.ID).Delete(&models.Session{}).Error
}

// SetPassword gives an account a new password and ends its sessions.
func (r *Registry) SetPassword(ctx context.Context, by Actor, email, password string) error {
	if !access.Allows(access.SetPassword, by.Role) {
		return models.ErrDenied
	}
	u, err := models.One[models.User](ctx, r.DB.Read, "email_key = ?", r.emailKey(email))
	if err != nil {
		return err
	}
	hash, err := r.derivePassword(ctx, u.ID, password)
	if err != nil {
		return err
	}
	return r.change(ctx, by, access.SetPassword, "", func(c *Change) error {
		if u, err = models.One[models.User](ctx, c.tx, "id = ?", u.ID); err != nil {
			return err
		}
		u.Password = hash
		if err := c.endSessions(u); err != nil {
			return err
		}
		return c.Update(&u, "password")
	})
}

func (r *Registry) actor(u models.User, language string) (Actor, error) {
	o := opener{key: r.own}
	return Actor{ID: u.ID, Role: access.Role(u.Role), Name: o.text(u.Name, u.Where("name")), Language: language}, o.err
}

// names opens the names of users, for lists that say who did what.
func (r *Registry) names(ctx context.Context, ids []models.ID) (map[models.ID]string, error) {
	names := make(map[models.ID]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	users, err := models.All[models.User](ctx, r.DB.Read, "id", "id IN ?", ids)
	o := opener{key: r.own}
	for _, u := range users {
		names[u.ID] = o.text(u.Name, u.Where("name"))
	}
	if err == nil {
		err = o.err
	}
	return names, err
}
