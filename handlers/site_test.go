package handlers

import (
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/models"
	"expediente/models/day"
	"expediente/models/modelstest"
	"expediente/templates"
	"expediente/templates/locale"
)

// Passwords are checked at a cost that tests can pay.
func TestMain(m *testing.M) {
	cases.PasswordCost.Memory, cases.PasswordCost.Iterations = 64, 1
	if folder := os.Getenv(benchServe); folder != "" {
		serveBench(folder)
	}
	os.Exit(m.Run())
}

// clock is a clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) pass(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.now = c.now.Add(d) }

// site is the whole site over a registry of its own.
type site struct {
	t        testing.TB
	registry *cases.Registry
	clock    *clock
	server   *Server
	echo     *echo.Echo
	log      *strings.Builder
	users    map[string]models.ID
	matter   string // reference of a case that coordinator and member are in
	hidden   string // reference of a case that only the stranger is in
}

const password = "a password of tests"

// words and pages are read once: they do not change.
var made = sync.OnceValues(func() (*locale.Catalogue, error) { return locale.Load() })

var drawn = sync.OnceValues(func() (*templates.Set, error) {
	words, err := made()
	if err != nil {
		return nil, err
	}
	return templates.New(words)
})

// bareSite is a site whose registry waits for its setup.
func bareSite(t testing.TB) *site {
	t.Helper()
	s := &site{t: t, clock: &clock{now: time.Date(2006, 6, 30, 15, 0, 0, 0, time.UTC)}, log: &strings.Builder{}, users: map[string]models.ID{}}
	o := cases.Options{Data: t.TempDir(), Keys: t.TempDir(), Now: s.clock.Now}
	if modelstest.Postgres() {
		o.DSN = modelstest.DSN(t)
	}
	r, err := cases.Open(context.Background(), o)
	s.must(err)
	t.Cleanup(func() { s.must(r.Close()) })
	words, err := made()
	s.must(err)
	pages, err := drawn()
	s.must(err)
	s.registry = r
	s.server = newServer(Options{Registry: r, Templates: pages, Words: words, Log: slog.New(slog.NewTextHandler(s.log, nil))})
	s.echo = s.server.site()
	return s
}

// newSite is a site with four people, two cases, a visit and a plan. The people are coordinator,
// member, leadership and stranger, a coordinator who is in the hidden case only.
func newSite(t testing.TB) *site {
	t.Helper()
	s := bareSite(t)
	ctx := context.Background()
	for name, role := range map[string]models.Role{"coordinator": models.Coordinator, "member": models.Member, "leadership": models.Leadership, "stranger": models.Coordinator} {
		id, err := s.registry.CreateUser(ctx, cases.System, cases.NewUser{Name: "The " + name, Email: name + "@example.org", Role: role, Language: "es", Password: password})
		s.must(err)
		s.users[name] = id
	}
	s.matter = s.open("coordinator", "iachr_petition", "PA", "Ruiz and others")
	s.must(s.registry.Admit(ctx, cases.System, s.matter, s.users["member"], models.Member))
	s.hidden = s.open("stranger", "iachr_petition", "SV", "Something hidden")
	s.open("coordinator", "un_visit", "GT", "Visit to the border")
	for _, m := range [][2]string{{"petition_lodged", "2005-03-01"}, {"transmitted_to_state", "2006-02-10"}} {
		_, err := s.registry.LogMilestone(ctx, s.actor("coordinator"), s.matter, day.MustParse("2006-06-30"), cases.NewMilestone{Code: m[0], Day: day.MustParse(m[1]), Confirmed: true})
		s.must(err)
	}
	s.must(s.registry.KeepPlan(ctx, cases.System, cases.NewPlan{
		Plan: models.Plan{Code: "2003-2008", Names: models.Names{"es": "Plan", "en": "Plan"}, Starts: day.MustParse("2003-03-01"), Ends: day.MustParse("2008-02-29")},
		Indicators: []models.Indicator{{Code: "cases", Names: models.Names{"es": "Casos presentados", "en": "Cases presented"}, Target: 3,
			Procedure: "iachr_petition", Milestone: "petition_lodged", Standing: models.Brought}},
	}))
	s.must(s.registry.SetUpDemo(ctx, "A network", day.MustParse("2006-06-30")))
	return s
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) actor(name string) cases.Actor {
	roles := map[string]models.Role{"member": models.Member, "leadership": models.Leadership}
	role, ok := roles[name]
	if !ok {
		role = models.Coordinator
	}
	return cases.Actor{ID: s.users[name], Role: access.Role(role), Language: "es"}
}

func (s *site) open(name, procedure, state, title string) string {
	s.t.Helper()
	ref, err := s.registry.CreateMatter(context.Background(), s.actor(name), cases.NewMatter{
		Procedure: procedure, State: state, Standing: models.Brought, Language: "es", Title: title, OpenedOn: day.MustParse("2004-09-01")})
	s.must(err)
	return ref
}

// browser keeps cookies as a browser does.
type browser struct {
	*site
	cookies map[string]string
	header  http.Header // sent with every request
	address string
}

// anyone is a browser that nobody has signed in with.
func (s *site) anyone() *browser {
	return &browser{site: s, cookies: map[string]string{}, header: http.Header{"Accept-Language": {"es"}}, address: "192.0.2.1:40000"}
}

// as is a browser that somebody has signed in with; "" is anyone.
func (s *site) as(name string) *browser {
	s.t.Helper()
	b := s.anyone()
	if name == "" {
		return b
	}
	s.clock.pass(15 * time.Second) // nobody is slowed down for signing in often
	token, _, err := s.registry.SignIn(context.Background(), name+"@example.org", password, "")
	s.must(err)
	b.cookies[sessionCookie] = token
	return b
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	text string
}

func (a answer) location() string { return a.Header().Get("Location") }

func (b *browser) do(r *http.Request) answer {
	b.t.Helper()
	r.RemoteAddr = b.address
	for name, values := range b.header {
		r.Header[name] = values
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.echo.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if b.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return answer{w, w.Body.String()}
}

func (b *browser) get(path string) answer {
	b.t.Helper()
	return b.do(httptest.NewRequest(http.MethodGet, path, nil))
}

// token is the form token of the browser's next page.
func (b *browser) token() string {
	if c := b.cookies[sessionCookie]; c != "" {
		return tokenOf(c)
	}
	if b.cookies[visitCookie] == "" {
		b.get("/signin")
	}
	return tokenOf(b.cookies[visitCookie])
}

// fields are a form: names and values alternate.
func fields(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

// post sends a form with the right token.
func (b *browser) post(path string, f url.Values) answer {
	b.t.Helper()
	if f == nil {
		f = url.Values{}
	}
	f.Set(templates.CSRFField, b.token())
	return b.send(path, f)
}

// send sends a form as it is.
func (b *browser) send(path string, f url.Values) answer {
	b.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(f.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

// upload sends a form with a file. The fields come before the file, as on our pages.
func (b *browser) upload(path, name, filename string, content []byte, pairs ...string) answer {
	b.t.Helper()
	var body strings.Builder
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		b.must(w.WriteField(pairs[i], pairs[i+1]))
	}
	if name != "" {
		part, err := w.CreateFormFile(name, filename)
		b.must(err)
		_, err = part.Write(content)
		b.must(err)
	}
	b.must(w.Close())
	r := httptest.NewRequest(http.MethodPost, path, io.NopCloser(strings.NewReader(body.String())))
	r.ContentLength = int64(body.Len())
	r.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(r)
}
