package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A watch that sees nothing would let every page pass: here is a page with each of the faults.
func TestBrowserWatchSeesFaults(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "script-src 'self'")
		if strings.HasSuffix(r.URL.Path, ".js") {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, `console.error("one"); throw new Error("two")`)
			return
		}
		fmt.Fprint(w, `<!doctype html><title>Faults</title><meta name="viewport" content="width=device-width">
			<script src="/bad.js"></script><script>inline</script><img src="http://elsewhere.example/x.png">
			<p style="width: 500px">wide</p>`)
	}))
	defer site.Close()
	b := open(t, strings.Replace(site.URL, "127.0.0.1", "localhost", 1))
	do(b, "taking a phone", chromedp.EmulateViewport(375, 812, chromedp.EmulateMobile))
	b.visit("/", 200)
	if over := ask[string](b, sideways); !strings.Contains(over, "500px") {
		t.Errorf("a page too wide is not seen: %q", over)
	}
	for _, want := range []string{"a script wrote on the console", "a script failed", "against the content policy", "a request left the site: http://elsewhere.example"} {
		b.wantFault(want)
	}
	b.mu.Lock()
	b.faults = nil
	b.mu.Unlock()
}

// wantFault waits a moment for a fault: the browser tells of some only after the page is there.
func (b *tab) wantFault(text string) {
	b.t.Helper()
	for range 50 {
		b.mu.Lock()
		seen := slices.ContainsFunc(b.faults, func(f string) bool { return strings.Contains(f, text) })
		b.mu.Unlock()
		if seen {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.t.Errorf("not seen: %s", text)
}
