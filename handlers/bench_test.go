package handlers

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"expediente/cases"
	"expediente/models"
	"expediente/models/day"
	"expediente/models/sample"
)

// The benchmarks ask a server in a process of its own, over HTTP, on generated believable matters,
// and report the processor time that the server spent per request, and its ratio to a bare
// database/sql reading of the same rows in the same run. EXPEDIENTE_BENCH_MATTERS says how many
// matters; EXPEDIENTE_BENCH_DATA keeps the registry between runs.

// quiet keeps the log of requests out of the figures' way, as a server does that logs warnings only.
var quiet = slog.New(slog.DiscardHandler)

const benchServe = "EXPEDIENTE_BENCH_SERVE"

var systemActor = cases.System

func largeFor(n int, coordinator, member models.ID) sample.Large {
	return sample.Large{Matters: n, Seed: 1, People: []sample.Person{
		{ID: coordinator, Role: models.Coordinator, Share: 1}, {ID: member, Role: models.Member, Share: 0.001}}}
}

// benchData is what the parent tells the child, and a later run.
type benchData struct {
	References []string // of petitions with about ten milestones, as in the middle of their lives
}

func benchFolder(b *testing.B) (folder string, d benchData) {
	b.Helper()
	n := 2000
	if s := os.Getenv("EXPEDIENTE_BENCH_MATTERS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	folder = os.Getenv("EXPEDIENTE_BENCH_DATA")
	if folder == "" {
		folder = b.TempDir()
	}
	note := filepath.Join(folder, "bench.json")
	if content, err := os.ReadFile(note); err == nil {
		if err := json.Unmarshal(content, &d); err != nil {
			b.Fatal(err)
		}
		return folder, d
	}
	start := time.Now()
	d = makeBench(b, folder, n)
	b.Logf("%d matters made in %v", n, time.Since(start).Round(time.Second))
	content, _ := json.Marshal(d)
	if err := os.WriteFile(note, content, 0o600); err != nil {
		b.Fatal(err)
	}
	return folder, d
}

func benchOptions(folder string) cases.Options {
	return cases.Options{Data: filepath.Join(folder, "data"), Keys: filepath.Join(folder, "keys")}
}

func makeBench(b *testing.B, folder string, n int) (d benchData) {
	ctx := context.Background()
	r, err := cases.Open(ctx, benchOptions(folder))
	check(b, err)
	defer r.Close()
	ids := map[models.Role]models.ID{}
	for _, role := range models.Roles {
		ids[role], err = r.CreateUser(ctx, cases.System, cases.NewUser{Name: string(role), Email: string(role) + "@example.org", Role: role, Language: "es", Password: password})
		check(b, err)
	}
	_, err = r.LoadLarge(ctx, cases.System, largeFor(n, ids[models.Coordinator], ids[models.Member]))
	check(b, err)
	check(b, r.KeepPlan(ctx, cases.System, cases.NewPlan{
		Plan:       models.Plan{Code: "p", Names: models.Names{"es": "Plan"}, Starts: day.MustParse("2003-03-01"), Ends: day.MustParse("2008-02-29")},
		Indicators: []models.Indicator{{Code: "cases", Names: models.Names{"es": "Casos"}, Target: 3, Procedure: "iachr_petition", Milestone: "petition_lodged", Standing: models.Brought}}}))
	check(b, r.SetUpDemo(ctx, "Red", day.MustParse("2006-06-30")))
	check(b, r.DB.Read.Model(&models.Matter{}).Where("procedure = ? AND milestone_count BETWEEN 9 AND 12", "iachr_petition").
		Order("id").Limit(2000).Pluck("reference", &d.References).Error)
	return d
}

func check(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// serveBench is the child: it serves the folder and prints its address.
func serveBench(folder string) {
	r, err := cases.Open(context.Background(), benchOptions(folder))
	if err != nil {
		panic(err)
	}
	words, err := made()
	if err != nil {
		panic(err)
	}
	pages, err := drawn()
	if err != nil {
		panic(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("http://" + l.Addr().String())
	panic(http.Serve(l, New(Options{Registry: r, Templates: pages, Words: words, Log: quiet})))
}

// child is the server under measurement.
type child struct {
	address string
	pid     int
	started time.Duration // until it printed its address
	client  *http.Client
	token   string
}

func startChild(b *testing.B, folder string) *child {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), benchServe+"="+folder)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	check(b, err)
	start := time.Now()
	check(b, cmd.Start())
	b.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	check(b, err)
	jar, _ := cookiejar.New(nil)
	return &child{address: strings.TrimSpace(line), pid: cmd.Process.Pid, started: time.Since(start), client: &http.Client{Jar: jar}}
}

var tokenField = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

func (c *child) signIn(b *testing.B) {
	b.Helper()
	page := c.get(b, "/signin")
	c.post(b, "/signin", url.Values{"csrf": {tokenField.FindStringSubmatch(page)[1]}, "email": {"coordinator@example.org"}, "password": {password}})
	c.token = tokenField.FindStringSubmatch(c.get(b, "/"))[1]
}

func (c *child) get(b *testing.B, path string) string {
	b.Helper()
	answer, err := c.client.Get(c.address + path)
	check(b, err)
	return body(b, answer)
}

func (c *child) post(b *testing.B, path string, form url.Values) string {
	b.Helper()
	stay := *c.client
	stay.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := stay.PostForm(c.address+path, form)
	check(b, err)
	return body(b, answer)
}

func body(b *testing.B, answer *http.Response) string {
	b.Helper()
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	check(b, err)
	if answer.StatusCode >= 400 {
		b.Fatalf("%s: %d", answer.Request.URL.Path, answer.StatusCode)
	}
	return string(content)
}

// cpu is the processor time the child has used.
func (c *child) cpu(b *testing.B) time.Duration {
	b.Helper()
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.pid))
	if err != nil {
		b.Skip("processor time per process is read from /proc, which is not here")
	}
	fields := strings.Fields(string(content[strings.LastIndexByte(string(content), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond // ticks of a hundredth of a second
}

func (c *child) memory(b *testing.B) float64 {
	b.Helper()
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.pid))
	check(b, err)
	kb, _ := strconv.Atoi(regexp.MustCompile(`VmRSS:\s+(\d+)`).FindStringSubmatch(string(content))[1])
	return float64(kb) / 1024
}

func BenchmarkSite(b *testing.B) {
	folder, d := benchFolder(b)
	c := startChild(b, folder)
	time.Sleep(2 * time.Second)
	idle := c.memory(b)
	c.signIn(b)
	bare := openBare(b, folder)
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
		}
		b.ReportMetric(float64(c.started.Milliseconds()), "ms-to-start")
		b.ReportMetric(idle, "MB-idle")
	})
	for _, page := range []struct{ name, path string }{
		{"case", "/matters/" + d.References[0]},
		{"list of 50, one State, oldest first", "/cases?state=MX&sort=oldest"},
		{"list of 50, State and stage", "/cases?state=MX&stage=admissibility"},
		{"today", "/"},
		{"deadlines", "/deadlines"},
		{"plan", "/plan"},
	} {
		b.Run(page.name, func(b *testing.B) { c.page(b, bare, page.path) })
	}
	b.Run("milestone", func(b *testing.B) { c.milestone(b, bare, d.References) })
}

// page measures a page, and a bare reading of the rows it read.
func (c *child) page(b *testing.B, bare *bareReader, path string) {
	c.get(b, path)
	c.get(b, path)
	before, n := c.cpu(b), 0
	for b.Loop() {
		c.get(b, path)
		n++
	}
	spent := (c.cpu(b) - before).Seconds() * 1000 / float64(n)
	b.ReportMetric(spent, "cpu-ms/op")
	read := bare.read(b, path)
	b.ReportMetric(read, "bare-ms/op")
	b.ReportMetric(spent/read, "x-bare")
}

// milestone measures logging one, each in another matter, and a bare durable insert.
func (c *child) milestone(b *testing.B, bare *bareReader, refs []string) {
	form := url.Values{"csrf": {c.token}, "code": {"event_note"}, "day": {"2006-06-01"}, "day-y": {"2006"}, "day-m": {"6"}, "day-d": {"1"}, "confirmed": {"yes"}}
	n := 0
	log := func() {
		c.post(b, "/matters/"+refs[n%len(refs)]+"/milestones", form)
		n++
	}
	log()
	before, first := c.cpu(b), n
	for b.Loop() {
		log()
	}
	spent := (c.cpu(b) - before).Seconds() * 1000 / float64(n-first)
	b.ReportMetric(spent, "cpu-ms/op")
	insert := bare.insert(b)
	b.ReportMetric(insert, "bare-ms/op")
	b.ReportMetric(spent/insert, "x-bare")
}

// bareReader is database/sql on the same file, and a site that tells which statements a page runs.
type bareReader struct {
	registry *cases.Registry
	heard    *statements
	browser  *browser
	pool     *sql.DB
	prepared map[string]*sql.Stmt
}

func openBare(b *testing.B, folder string) *bareReader {
	b.Helper()
	r, err := cases.Open(context.Background(), benchOptions(folder))
	check(b, err)
	b.Cleanup(func() { r.Close() })
	words, err := made()
	check(b, err)
	pages, err := drawn()
	check(b, err)
	server := newServer(Options{Registry: r, Templates: pages, Words: words, Log: quiet})
	s := &site{t: b, registry: r, server: server, echo: server.site()}
	token, _, err := r.SignIn(context.Background(), "coordinator@example.org", password, "")
	check(b, err)
	br := s.anyone()
	br.cookies[sessionCookie] = token
	pool, err := r.DB.Read.DB()
	check(b, err)
	return &bareReader{r, listen(b, r.DB.Read), br, pool, map[string]*sql.Stmt{}}
}

// read is the processor time of this process for reading the page's rows bare, in milliseconds.
func (r *bareReader) read(b *testing.B, path string) float64 {
	r.heard.take()
	r.browser.get(path)
	list := r.heard.take()
	const times = 200
	check(b, replay(r.pool, r.prepared, list))
	before := ownCPU(b)
	for range times {
		check(b, replay(r.pool, r.prepared, list))
	}
	return (ownCPU(b) - before).Seconds() * 1000 / times
}

// insert is the processor time of one durable insert into a table of the same shape, bare.
func (r *bareReader) insert(b *testing.B) float64 {
	pool, err := r.registry.DB.Write.DB()
	check(b, err)
	_, err = pool.Exec("CREATE TABLE IF NOT EXISTS bare (id BLOB PRIMARY KEY, matter_id BLOB, seq INTEGER, code TEXT, day TEXT, note BLOB, recorded_at INTEGER)")
	check(b, err)
	insert, err := pool.Prepare("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?)")
	check(b, err)
	const times = 300
	before := ownCPU(b)
	for i := range times {
		id := fmt.Appendf(nil, "%d %d", time.Now().UnixNano(), i)
		_, err := insert.Exec(id, id, i, "petition_lodged", "2006-06-01", make([]byte, 60), i)
		check(b, err)
	}
	spent := (ownCPU(b) - before).Seconds() * 1000 / times
	insert.Close()
	_, err = pool.Exec("DROP TABLE bare")
	check(b, err)
	return spent
}

func ownCPU(b *testing.B) time.Duration {
	return (&child{pid: os.Getpid()}).cpu(b)
}
