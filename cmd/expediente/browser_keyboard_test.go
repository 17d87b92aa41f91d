package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"expediente/models"
)

// From the sign-in to a milestone in the log without a mouse, and never with the focus out of sight.
func TestBrowserKeyboardAlone(t *testing.T) {
	address, people := startDemo(t)
	who := people[models.Coordinator]
	b := open(t, address)
	b.visit("/signin", 200)
	b.wantFocus(`[name=email]`) // it stands there from the start
	b.keys(who.Email + kb.Tab)
	b.wantFocus(`[name=password]`)
	b.keys(who.Password)
	b.enter()

	b.tabTo(`nav a[href="/cases"]`)
	b.enter()
	b.skip()
	b.tabTo(`main a[href^="/matters/PA-"]`)
	b.enter()
	b.skip()
	b.tabTo(`main a[href$="/milestones/new"]`)
	b.enter()
	b.skip()
	b.tabTo(`[name=code]`)
	b.arrowTo("our_filing") // it may be logged at any time, as often as it happens
	b.tabTo(`[name="day"]`)
	b.keys("29/6/2006")
	b.enter()
	if !strings.Contains(b.path(), "?logged=") || !b.shows(`main time[datetime="2006-06-29"]`) {
		t.Errorf("the milestone typed by keyboard is not in the log at %s: %s", b.path(), b.text("[role=alert]"))
	}
}

// keys presses keys, one after the other.
func (b *tab) keys(keys string) {
	b.t.Helper()
	do(b, "typing", chromedp.KeyEvent(keys))
}

// enter presses Enter and waits for the page that follows.
func (b *tab) enter() {
	b.t.Helper()
	b.follow("pressing Enter", chromedp.KeyEvent(kb.Enter))
}

// skip takes the link that leads past the menu: it is the first stop of every page.
func (b *tab) skip() {
	b.t.Helper()
	b.keys(kb.Tab)
	b.wantFocus(`a[href="#main"]`)
	b.keys(kb.Enter)
}

// arrowTo presses the down arrow in a list until the value is chosen.
func (b *tab) arrowTo(value string) {
	b.t.Helper()
	for range 80 {
		b.keys(kb.ArrowDown)
		if ask[string](b, `document.activeElement.value`) == value {
			return
		}
	}
	b.t.Fatalf("the arrow does not lead to %s", value)
}

func (b *tab) wantFocus(selector string) {
	b.t.Helper()
	if !ask[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
		b.t.Errorf("at %s the focus is on %s, want %s", b.path(), b.focused(), selector)
	}
}

// focused describes the element that has the focus.
func (b *tab) focused() string {
	b.t.Helper()
	return ask[string](b, `document.activeElement.cloneNode().outerHTML`)
}

// lit tells of the element with the focus whether it lies in the window and is marked.
const lit = `(() => {
	const e = document.activeElement, box = e.getBoundingClientRect()
	const marked = [e, e.closest("label"), e.closest(".drop")].some(x => x &&
		(getComputedStyle(x).outlineStyle !== "none" || getComputedStyle(x).boxShadow !== "none"))
	return marked && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
})()`

// tabTo presses Tab until the selector has the focus, and wants to see the focus all the way.
func (b *tab) tabTo(selector string) {
	b.t.Helper()
	var way []string
	for range 80 {
		b.keys(kb.Tab)
		way = append(way, b.focused())
		if !ask[bool](b, lit) {
			b.t.Errorf("at %s the focus cannot be seen on %s", b.path(), way[len(way)-1])
		}
		if ask[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	b.t.Fatalf("at %s Tab does not lead to %s, but to\n%s", b.path(), selector, strings.Join(way, "\n"))
}
