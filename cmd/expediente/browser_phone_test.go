package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"expediente/models"
)

// On the narrowest phone nothing scrolls sideways, in either language, whatever people type.
func TestBrowserPhone(t *testing.T) {
	address, people := startDemo(t)
	b := open(t, address)
	b.signIn(people[models.Coordinator])
	endless := strings.Repeat("Ñ", 200)
	reference := b.openCase(endless)
	b.logNext(reference, "petition_lodged", "2006-06-15")
	path := filepath.Join(t.TempDir(), strings.Repeat("n", 200)+".txt")
	b.must(os.WriteFile(path, []byte("once"), 0o600))
	b.attach(reference, endless, path)
	b.visit("/plan", 200)
	b.download(`form[action="/plan/dossier"] button`)

	pages := b.pages(reference)
	do(b, "taking a phone", chromedp.EmulateViewport(375, 812, chromedp.EmulateMobile, chromedp.EmulateTouch))
	for _, lang := range []string{"es", "en"} {
		b.visit("/", 200)
		b.speak(lang)
		for _, page := range pages {
			b.visit(page, 200)
			b.wantNarrow(lang)
		}
	}
}

// pages are those of the menu and of the manual, of a case and of a visit, and all forms.
func (b *tab) pages(reference string) []string {
	b.t.Helper()
	links := func(at, prefix string) []string {
		b.visit(at, 200)
		return ask[[]string](b, fmt.Sprintf(`[...document.querySelectorAll('a[href^="%s"]')].map(a => a.getAttribute("href"))`, prefix))
	}
	menu := links("/", "/")
	menu = slices.DeleteFunc(menu, func(href string) bool { return strings.HasPrefix(href, "/matters/") })
	visit := links("/visits", "/matters/")[0]
	at := "/matters/" + reference
	pages := append(slices.Concat(menu, links("/help", "/help/")), visit, at, "/cases/new", "/visits/new",
		at+"/milestones/new", at+"/milestones/1/correct", at+"/evidence/new")
	slices.Sort(pages)
	return slices.Compact(pages)
}

// speak chooses the language, behind the menu's last item.
func (b *tab) speak(lang string) {
	b.t.Helper()
	if ask[string](b, "document.documentElement.lang") == lang {
		return
	}
	do(b, "opening the menu", chromedp.Click(seen("nav details > summary")))
	b.press(fmt.Sprintf(`form[action="/language"] button[value="%s"]`, lang))
}

// sideways names what reaches over the edge of the window; nothing where the page fits.
const sideways = `(() => {
	const page = document.documentElement
	if (page.scrollWidth <= page.clientWidth && page.clientWidth === 375) return ""
	const out = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > 376)
	return page.scrollWidth + " of " + page.clientWidth + ": " + out.slice(0, 4).map(e => e.cloneNode().outerHTML).join(" ")
})()`

// wantNarrow wants the page to fit, with everything folded and with everything open.
func (b *tab) wantNarrow(lang string) {
	b.t.Helper()
	for _, state := range []string{"folded", "unfolded"} {
		if over := ask[string](b, sideways); over != "" {
			b.t.Errorf("%s in %s scrolls sideways when %s, %s", b.path(), lang, state, over)
		}
		ask[int](b, `document.querySelectorAll("main details").forEach(d => { d.open = true }) ?? 0`)
	}
}
