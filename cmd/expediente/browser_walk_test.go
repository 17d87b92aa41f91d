package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The steps that the walks through the pages share, each as a person takes it.

// signIn signs a person in and wants to arrive on Today.
func (b *tab) signIn(who Signin) {
	b.t.Helper()
	b.visit("/signin", 200)
	b.fill("email", who.Email)
	b.fill("password", who.Password)
	b.send("/signin")
	if at := b.path(); at != "/" {
		b.t.Fatalf("signing in led to %s", at)
	}
}

func (b *tab) signOut() {
	b.t.Helper()
	b.send("/signout")
	if at := b.path(); at != "/signin" {
		b.t.Fatalf("signing out led to %s", at)
	}
}

// openCase opens the file of a petition that the network brings and returns its reference.
func (b *tab) openCase(title string) (reference string) {
	b.t.Helper()
	b.visit("/cases/new", 200)
	b.choose("procedure", "iachr_petition")
	b.choose("state", "HN")
	b.fill("title", title)
	b.choose("standing", "brought")
	b.fill("opened_on", "2003-01-15")
	b.choose("language", "es")
	b.send("/cases")
	reference, found := strings.CutPrefix(b.path(), "/matters/")
	if !found {
		b.t.Fatalf("a new case led to %s: %s", b.path(), b.text("[role=alert]"))
	}
	return reference
}

// logNext logs the milestone that the case's page offers by its code.
func (b *tab) logNext(reference, code, day string) {
	b.t.Helper()
	b.visit("/matters/"+reference, 200)
	b.press(fmt.Sprintf(`main a[href="/matters/%s/milestones/new?code=%s"]`, reference, code))
	b.fill("day", day)
	b.send("/matters/" + reference + "/milestones")
}

// attach attaches a file to a case.
func (b *tab) attach(reference, title, path string) {
	b.t.Helper()
	b.visit("/matters/"+reference, 200)
	b.press(fmt.Sprintf(`main a[href="/matters/%s/evidence/new"]`, reference))
	b.fill("title", title)
	b.upload("file", path)
	b.send("/matters/" + reference + "/evidence")
}

var ofTarget = regexp.MustCompile(`(\d+) (?:de|of) (\d+)`)

// target reads from the drawn road on the page how many cases count, and of how many.
func (b *tab) target() (reached, wanted int) {
	b.t.Helper()
	label := ask[string](b, `document.querySelector("figure svg[role=img]")?.getAttribute("aria-label") ?? ""`)
	found := ofTarget.FindStringSubmatch(label)
	if found == nil {
		b.t.Fatalf("no road to the target at %s, or one that does not say how far it is: %q", b.path(), label)
	}
	reached, _ = strconv.Atoi(found[1])
	wanted, _ = strconv.Atoi(found[2])
	return reached, wanted
}

// wantTarget wants a number reached on Today and on the plan's page.
func (b *tab) wantTarget(reached int) {
	b.t.Helper()
	for _, path := range []string{"/", "/plan"} {
		b.visit(path, 200)
		if n, of := b.target(); n != reached || of != 3 {
			b.t.Errorf("%s shows %d of %d cases, want %d of 3", path, n, of, reached)
		}
	}
}
