package handlers

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/models"
	"expediente/templates"
)

// setupPage makes the first account, in two steps on one page: take a copy of the keys away, then
// bring it back with the account.
type setupPage struct {
	templates.Base
	CopyCode, AccountCode templates.Field
	Copy, Account         []templates.Field
	Problems              templates.Summary // of the step that was refused
}

// The fields of the two steps. A page needs every name once, so the first step's differ.
var (
	copyFields    = []string{"copy_code", "copy_phrase"}
	accountFields = []string{"code", "registry_name", "name", "email", "password", "recovery", "passphrase"}
)

// setupOpen refuses everything once the first account was made: the page is then not there.
func (s *Server) setupOpen(c echo.Context) error {
	if s.visitor(c).about.SetupClosedAt != nil {
		return cases.ErrSetupClosed
	}
	return nil
}

func (s *Server) showSetup(c echo.Context) error {
	if err := s.setupOpen(c); err != nil {
		return err
	}
	return s.askSetup(c, form{}, nil, nil)
}

// askSetup shows both steps, with what was typed except for secrets, and what is wrong with it.
func (s *Server) askSetup(c echo.Context, f form, first, second error) error {
	page, status := setupPage{Base: s.page(c, "")}, http.StatusOK
	if errors.Is(first, cases.ErrTooMany) || errors.Is(second, cases.ErrTooMany) {
		page.Problem, status, first, second = s.say(c, "signin.setup.too_many"), http.StatusTooManyRequests, nil, nil
		c.Response().Header().Set("Retry-After", "60")
	}
	one, err := s.setupAnswers(c, f, first, copyFields)
	if err != nil {
		return err
	}
	two, err := s.setupAnswers(c, f, second, accountFields)
	if err != nil {
		return err
	}
	for _, a := range []answers{one, two} { // the two steps ask for the same code: once is enough to type it
		if a.get("code") == "" {
			a.typed["code"] = one.get("copy_code")
		}
		if a.get("copy_code") == "" {
			a.typed["copy_code"] = two.get("code")
		}
	}
	w, least := s.words(c), cases.MinPassword
	page.CopyCode = one.field("copy_code").Needed()
	page.Copy = []templates.Field{
		one.field("copy_phrase").Hinted(w.Say("signin.setup.phrase_least", "least", least)).As("password").Filled("new-password").Needed(),
	}
	page.AccountCode = two.field("code").Needed()
	page.Account = []templates.Field{
		two.field("registry_name").Limit(120).Needed(),
		two.field("name").Limit(120).Filled("name").Needed(),
		two.field("email").As("email").Limit(254).Filled("username").Needed(),
		two.field("password").Hinted(w.Say("signin.setup.password_least", "least", least)).As("password").Filled("new-password").Needed(),
		two.field("recovery").Files("", false).Needed(),
		two.field("passphrase").As("password").Needed(),
	}
	page.Problems = append(append(append(templates.Summary{page.CopyCode}, page.Copy...), page.AccountCode), page.Account...)
	if len(page.Problems.Faulty()) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.render(c, status, "setup/form", page)
}

// setupAnswers takes over what the registry found wrong; any other error is handed back. The
// registry's code and passphrase are the first step's copy_code and copy_phrase.
func (s *Server) setupAnswers(c echo.Context, f form, refused error, names []string) (answers, error) {
	a := typedIn(s.words(c), "signin.setup.field.", f.text, names...)
	var invalid models.Invalid
	if refused != nil && !errors.As(refused, &invalid) {
		return a, refused
	}
	for field, m := range invalid {
		if alias := map[string]string{"code": "copy_code", "passphrase": "copy_phrase"}[field]; alias != "" && names[0] == "copy_code" {
			field = alias
		}
		a.bad.Add(field, m.Key, m.Args...)
	}
	return a, nil
}

// downloadRecovery hands out the sealed copy of the keys.
func (s *Server) downloadRecovery(c echo.Context) error {
	if err := s.setupOpen(c); err != nil {
		return err
	}
	f, err := s.form(c)
	if err != nil {
		return err
	}
	sealed, err := s.registry.RecoveryCopy(c.Request().Context(), f.text("copy_code"), f.text("copy_phrase"), c.RealIP())
	if err != nil {
		return s.askSetup(c, f, err, nil)
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="expediente-recovery.age"`)
	return c.Blob(http.StatusOK, echo.MIMEOctetStream, sealed)
}

func (s *Server) setUp(c echo.Context) error {
	if err := s.setupOpen(c); err != nil {
		return err
	}
	f, err := s.form(c)
	if err != nil {
		return err
	}
	n := cases.NewRegistry{
		Code: f.text("code"), From: c.RealIP(), Name: f.text("registry_name"), Passphrase: f.text("passphrase"),
		First: cases.NewUser{Name: f.text("name"), Email: f.text("email"), Password: f.text("password"), Language: s.words(c).Lang()},
	}
	file, err := broughtBack(c)
	if err != nil {
		return err
	}
	if file != nil {
		defer file.Close()
		n.Recovery = file
	}
	if err := s.registry.SetUp(c.Request().Context(), n); err != nil {
		return s.askSetup(c, f, nil, err)
	}
	return s.redirect(c, "/signin", "signin.notice.set_up")
}

// broughtBack is the recovery copy as it was sent back; nil when none was.
func broughtBack(c echo.Context) (io.ReadCloser, error) {
	sent, err := c.FormFile("recovery")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, nil
	}
	if err != nil || sent.Size == 0 {
		return nil, err
	}
	return sent.Open()
}
