package templates

import (
	"slices"

	"expediente/templates/locale"
)

// Base is what the frame around every page needs. Page structs embed it.
type Base struct {
	Lang        string       // the page's language: "es"
	Title       string       // for the window, when the page's own "title" is too general; usually ""
	Nav         string       // the current menu item's ID: "cases"; "" for none
	Menu        []NavItem    // what this user may open, from Menu; empty before sign-in
	User        User         // who is signed in; the zero User gives the bare frame
	CSRF        string       // goes into every form that changes something, as field "csrf"
	AsOf        locale.Civil // the day looked at; nil on pages where it has no meaning
	AsOfIsToday bool         // the ordinary case: no banner
	AsOfFuture  bool         // AsOf lies after today
	AsOfValue   string       // AsOf as the form writes it: "2006-03-21"
	AsOfIsReal  bool         // of a demonstration: AsOf is the real today, not the day it opens on
	RealToday   locale.Civil // of a demonstration: the real today; else nil
	Notice      string       // what has just been done, already in words: "Hito registrado."
	Problem     string       // what could not be done, already in words
	Demo        bool         // the data are samples, and the page says so
	Path        string       // this page's address, path and query; the choices of language and day come back to it
	PathOnly    string       // the path without its query: where a list's filter sends
	Search      string       // where the search form posts; "" shows none
	Action      *Link        // the one button of the top bar, if the page wants it
}

// Frame is the base itself: base.html reads everything through it, so that a page's struct may
// have fields called User or Title without the frame noticing.
func (b Base) Frame() Base { return b }

// Elsewhere tells whether the page shows another day than the ordinary one, and has to say so. In a
// demonstration the real today is ordinary too.
func (b Base) Elsewhere() bool {
	return b.AsOf != nil && !b.AsOfIsToday && !b.AsOfIsReal
}

// Field names of the frame's own forms.
const (
	CSRFField = "csrf" // in every POST form
	AsOfField = "asof" // POST /as-of, "2006-03-21"; empty means today
	LangField = "lang" // POST /language, "es"
	BackField = "back" // POST /language and /as-of, the address to come back to
)

// User is who is signed in, as the frame shows them.
type User struct {
	Name string // "María López"
	Role string // the role's code, for common.role.<code>: "coordinator"
}

// Link is a named address. Icon is optional; Rest goes on with the text for those who hear the page,
// where the eye sees beside it what is meant.
type Link struct{ Text, Href, Icon, Rest string }

// NavItem is one entry of the menu.
type NavItem struct {
	ID    string // "cases": also the key common.nav.cases
	Href  string // "/cases"
	Icon  string
	Group string // "" for the first group, else the key's last part: "network"
	Count string // "7", "99+"; "" for none
	Late  int    // how many deadlines have passed, shown in red; 0 for none
}

// Counts are the figures of the menu, of what the reader may see. A figure above 99 is written
// "99+", so that counting may stop there.
type Counts struct{ Cases, Visits, Evidence, Late int }

var menu = []NavItem{
	{ID: "today", Href: "/", Icon: "today"},
	{ID: "cases", Href: "/cases", Icon: "cases"},
	{ID: "visits", Href: "/visits", Icon: "visits"},
	{ID: "evidence", Href: "/evidence", Icon: "evidence"},
	{ID: "deadlines", Href: "/deadlines", Icon: "deadlines"},
	{ID: "plan", Href: "/plan", Icon: "plan", Group: "network"},
	{ID: "dossiers", Href: "/dossiers", Icon: "dossiers", Group: "network"},
	{ID: "audit", Href: "/audit", Icon: "audit", Group: "system"},
	{ID: "help", Href: "/help", Icon: "help", Group: "system"},
}

// Menu lists the items that may be opened, in menu order, with their counts.
func Menu(may func(id string) bool, n Counts) []NavItem {
	var items []NavItem
	for _, item := range menu {
		if !may(item.ID) {
			continue
		}
		switch item.ID {
		case "cases":
			item.Count = capped(n.Cases)
		case "visits":
			item.Count = capped(n.Visits)
		case "evidence":
			item.Count = capped(n.Evidence)
		case "deadlines":
			item.Late = n.Late
		}
		items = append(items, item)
	}
	return items
}

// onPhone is what a phone's bottom bar shows at once; the others are under "More".
var onPhone = []string{"today", "cases", "evidence", "deadlines"}

// NavEntry is a NavItem as the page at hand shows it.
type NavEntry struct {
	NavItem
	Current bool
	Heading string // the group's key, before the first item of a named group
}

// Rail is the whole menu.
func (b Base) Rail() []NavEntry { return b.entries(func(NavItem) bool { return true }) }

// Bar is the part of the menu that a phone shows at once.
func (b Base) Bar() []NavEntry {
	bar := b.entries(func(item NavItem) bool { return slices.Contains(onPhone, item.ID) })
	slices.SortStableFunc(bar, func(x, y NavEntry) int {
		return slices.Index(onPhone, x.ID) - slices.Index(onPhone, y.ID)
	})
	return bar
}

// Rest is the part of the menu that a phone shows under "More".
func (b Base) Rest() []NavEntry {
	return b.entries(func(item NavItem) bool { return !slices.Contains(onPhone, item.ID) })
}

func (b Base) entries(wanted func(NavItem) bool) (list []NavEntry) {
	group := ""
	for _, item := range b.Menu {
		if !wanted(item) {
			continue
		}
		e := NavEntry{NavItem: item, Current: item.ID == b.Nav}
		if item.Group != group {
			group, e.Heading = item.Group, item.Group
		}
		list = append(list, e)
	}
	return list
}

// RestIsCurrent tells whether the page shown is one of Rest.
func (b Base) RestIsCurrent() bool {
	return slices.ContainsFunc(b.Rest(), func(e NavEntry) bool { return e.Current })
}

// RestLate is how many passed deadlines hide under "More".
func (b Base) RestLate() (n int) {
	for _, e := range b.Rest() {
		n += e.Late
	}
	return n
}

// Others lists the languages one may change to.
func (b Base) Others(langs []string) (others []string) {
	for _, lang := range langs {
		if lang != b.Lang {
			others = append(others, lang)
		}
	}
	return others
}
