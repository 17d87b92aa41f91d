package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	chromelog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"expediente/models/modelstest"
)

// patience is how long a page may take before a test gives up on it.
const patience = 20 * time.Second

// chromium is one browser for all tests, started by the first that opens a tab.
var chromium struct {
	once sync.Once
	ctx  context.Context
	stop func()
	err  error
}

func startChromium(path string) {
	folder, err := os.MkdirTemp("", "expediente-browser-") // its profile, and what it would leave lying about
	if err != nil {
		chromium.err = err
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(filepath.Join(folder, "profile")), chromedp.Env("TMPDIR="+folder))
	for _, name := range []string{"disable-quic", "disable-component-update", "disable-domain-reliability", "no-pings"} {
		options = append(options, chromedp.Flag(name, true))
	}
	options = append(options, chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE localhost")) // it reaches this machine alone
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocator)
	chromium.ctx, chromium.err = ctx, chromedp.Do(ctx)
	chromium.stop = func() {
		end()
		stop()
		for range 50 { // its last processes may still be writing
			if os.RemoveAll(folder) == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
}

// tab is a browser of its own: its cookies and its history are nobody else's. It watches every page
// it opens: an error on the console, a breach of the content policy, a dialog, or a request to any
// other host is a fault, told when the test ends.
type tab struct {
	t     *testing.T
	ctx   context.Context
	site  string
	saved string // folder of downloads

	mu      sync.Mutex
	faults  []string
	refused map[string]bool // addresses that were expected to refuse
	asked   []string        // addresses of all requests
}

// open opens a tab on the site at address, as wide as a desk's screen.
func open(t *testing.T, address string) *tab {
	t.Helper()
	path, found := browserPath()
	modelstest.Need(t, found, "there is no Chromium here, so the pages cannot be tried in a browser")
	chromium.once.Do(func() { startChromium(path) })
	if chromium.err != nil {
		t.Fatal("Chromium does not start: ", chromium.err)
	}
	b := &tab{t: t, site: address, saved: t.TempDir(), refused: map[string]bool{}}
	ctx, end := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(b.watch))
	b.ctx = ctx
	t.Cleanup(func() { end(); b.tell() })
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	call(b, audits.Enable, cdp.Empty{})
	_, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: b.saved, EventsEnabled: new(true),
		BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
	})
	b.must(err)
	return b
}

func browserPath() (string, bool) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, true
		}
	}
	return "", false
}

// watch notes what goes wrong. It runs while the browser waits, so it only notes.
func (b *tab) watch(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	fault := func(format string, args ...any) { b.faults = append(b.faults, fmt.Sprintf(format, args...)) }
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.asked = append(b.asked, e.Request.URL)
		if !strings.HasPrefix(e.Request.URL, b.site+"/") && !strings.HasPrefix(e.Request.URL, "data:") {
			fault("a request left the site: %s", e.Request.URL)
		}
	case *runtime.EventConsoleAPICalled:
		fault("a script wrote on the console: %v", e.Type)
	case *runtime.EventExceptionThrown:
		fault("a script failed: %s, %s line %d", e.ExceptionDetails.Text, e.ExceptionDetails.URL, e.ExceptionDetails.LineNumber+1)
	case *chromelog.EventEntryAdded:
		expected := e.Entry.Source == chromelog.EntrySourceNetwork && b.refused[e.Entry.URL]
		if level := e.Entry.Level; (level == chromelog.EntryLevelError || level == chromelog.EntryLevelWarning) && !expected {
			fault("the browser says of %s: %s", e.Entry.URL, e.Entry.Text)
		}
	case *audits.EventIssueAdded:
		if d := e.Issue.Details.ContentSecurityPolicyIssueDetails; d != nil {
			fault("against the content policy: %s %s", d.ViolatedDirective, d.BlockedURL)
		}
	case *page.EventJavascriptDialogOpening:
		fault("a dialog opened: %s", e.Message)
	}
}

func (b *tab) tell() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, fault := range b.faults {
		b.t.Error(fault)
	}
}

func (b *tab) must(err error) {
	b.t.Helper()
	if err != nil {
		at, _ := chromedp.Run(b.ctx, chromedp.Location())
		b.t.Fatalf("at %s: %v", at, err)
	}
}

// do runs an action and returns its value; it gives up after a while.
func do[T any](b *tab, what string, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, patience)
	defer end()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		b.must(fmt.Errorf("%s: %w", what, err))
	}
	return v
}

func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	r, err := chromedp.Call(b.ctx, command, params)
	b.must(err)
	return r
}

// ask evaluates an expression in the page.
func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	return do(b, expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// seen is the first element of a selector that can be seen: the menu, for instance, is there twice,
// for desks and for phones.
func seen(selector string) chromedp.JSPath {
	return chromedp.JSPath(fmt.Sprintf(`[...document.querySelectorAll(%q)].find(e => e.checkVisibility())`, selector))
}

// shows tells whether an element of the selector can be seen.
func (b *tab) shows(selector string) bool {
	b.t.Helper()
	return ask[bool](b, "!!"+string(seen(selector)))
}

// text is all text of the element, what is folded away included, its white space made one.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return strings.Join(strings.Fields(ask[string](b, fmt.Sprintf("document.querySelector(%q)?.textContent ?? ''", selector))), " ")
}

// path is the address of the page without its host.
func (b *tab) path() string {
	b.t.Helper()
	return strings.TrimPrefix(do(b, "the address", chromedp.Location()), b.site)
}

// visit opens a page by its address and wants the status.
func (b *tab) visit(path string, status int64) {
	b.t.Helper()
	b.expect(path, status)
	r := do(b, "opening "+path, chromedp.NavigateResponse(b.site+path))
	if r == nil || r.Status != status {
		b.must(fmt.Errorf("%s answers %v, want %d", path, r, status))
	}
}

func (b *tab) expect(path string, status int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if status >= http.StatusBadRequest {
		b.refused[b.site+path] = true
	}
}

// press clicks on what can be seen of the selector and waits for the page that follows.
func (b *tab) press(selector string) {
	b.t.Helper()
	b.follow("pressing "+selector, chromedp.Click(seen(selector)))
}

// follow does something that leads to another page, and waits until that is there.
func (b *tab) follow(what string, action chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, patience)
	defer end()
	r, err := chromedp.RunResponse(ctx, action)
	if err == nil && r != nil && r.Status >= http.StatusBadRequest {
		err = fmt.Errorf("%s answers %d: %s", r.URL, r.Status, b.text("[role=alert]"))
	}
	if err != nil {
		b.must(fmt.Errorf("%s: %w", what, err))
	}
}

// back goes back in the history, also to a page that the browser kept as it was.
func (b *tab) back() {
	b.t.Helper()
	do(b, "going back", chromedp.WaitEvent(page.FrameNavigated, nil, chromedp.Evaluate[chromedp.Void]("history.back()")))
	for range 100 { // while one page takes the place of the other, neither answers
		ready, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`document.readyState === "complete"`))
		if err == nil && ready {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatal("going back leads nowhere")
}

// send presses the button that sends the form at action.
func (b *tab) send(action string) {
	b.t.Helper()
	b.press(fmt.Sprintf(`form[action="%s"] button:not([name]):not([tabindex="-1"])`, action))
}

// fill puts text into the field called name, in place of what was there.
func (b *tab) fill(name, text string) {
	b.t.Helper()
	field := seen(`[name="` + name + `"]`)
	do(b, "going to "+name, chromedp.Focus(field))
	do(b, "selecting "+name, chromedp.Evaluate[chromedp.Void]("document.activeElement.select()"))
	call(b, input.InsertText, input.InsertTextParams{Text: text})
}

// choose takes a value of the list, or of the radio buttons, called name.
func (b *tab) choose(name, value string) {
	b.t.Helper()
	if radio := fmt.Sprintf(`[type=radio][name="%s"][value="%s"]`, name, value); b.shows(radio) {
		do(b, "choosing "+value, chromedp.Click(seen(radio)))
		return
	}
	do(b, "choosing "+value, chromedp.SetValue(seen(`[name="`+name+`"]`), value))
}

// download presses what hands out a file, and returns the file and the name it was given.
func (b *tab) download(selector string) (name string, content []byte) {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, patience)
	defer end()
	begun, progress := chromedp.BrowserEvents(ctx, browser.DownloadWillBegin), chromedp.BrowserEvents(ctx, browser.DownloadProgress)
	b.must(chromedp.Do(ctx, chromedp.Click(seen(selector))))
	guid := ""
	for e, err := range begun {
		b.must(err)
		if strings.HasPrefix(e.URL, b.site+"/") {
			guid, name = e.GUID, e.SuggestedFilename
			break
		}
	}
	for e, err := range progress {
		b.must(err)
		if e.GUID == guid && e.State == browser.DownloadProgressStateCompleted {
			break
		}
	}
	content, err := os.ReadFile(filepath.Join(b.saved, guid))
	b.must(err)
	return name, content
}

// upload names the file that the field called name sends.
func (b *tab) upload(name, path string) {
	b.t.Helper()
	do(b, "choosing "+path, chromedp.SetUploadFiles(seen(`[type=file][name="`+name+`"]`), []string{path}))
}
