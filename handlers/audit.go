package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/templates"
	"expediente/templates/locale"
)

// auditPage is the record of activity, the newest first.
type auditPage struct {
	templates.Base
	Entries     []auditLine
	Size        int64
	Short, Root string
	All         bool   // the reader sees every entry
	Older       string // address of the page after; "" at the end
	First       bool   // this is the newest page
}

// auditLine is one entry in words.
type auditLine struct {
	Seq               int64
	UTC, Local        string
	Who, What, Detail string
	Reference, Href   string
}

func (s *Server) listAudit(c echo.Context) error {
	by, w, cursor := s.by(c), s.words(c), c.QueryParam("cursor")
	p, err := s.registry.ListAudit(c.Request().Context(), by, cursor)
	if err != nil {
		return err
	}
	page := auditPage{Base: s.page(c, "audit"), Size: p.Size, Short: p.Short, Root: p.Root,
		All: access.Allows(access.ReadAllAudit, by.Role), First: cursor == ""}
	for _, e := range p.Entries {
		page.Entries = append(page.Entries, lineOf(w, by, e))
	}
	if p.Next != "" {
		page.Older = "/audit?cursor=" + url.QueryEscape(p.Next)
	}
	return s.render(c, http.StatusOK, "audit/list", page)
}

func lineOf(w *locale.Words, by cases.Actor, e cases.Entry) auditLine {
	at := e.At.Time()
	line := auditLine{Seq: e.Seq, UTC: w.Instant(at, time.UTC), Local: local(w, at), Who: e.ByName, What: deed(w, e.Verb),
		Detail: e.Detail, Reference: e.Reference}
	if line.Who == "" {
		line.Who = w.Say("audit.program")
	}
	if e.Reference != "" && by.Role != access.Leadership {
		line.Href = "/matters/" + e.Reference
	}
	return line
}

// local is the moment on the office's clocks; "" where they show UTC.
func local(w *locale.Words, at time.Time) string {
	zone := at.In(time.Local)
	if _, offset := zone.Zone(); offset == 0 {
		return ""
	}
	return w.Instant(at, time.Local) + " (" + zone.Format("-07:00") + ")"
}

// deed says what was done: "matter.open" is audit.did.matter_open. A verb of a later version names
// itself.
func deed(w *locale.Words, verb string) string {
	key := "audit.did." + strings.ReplaceAll(verb, ".", "_")
	if !w.Has(key) {
		return verb
	}
	return w.Say(key)
}
