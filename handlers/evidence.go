package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/models/day"
	"expediente/templates"
	"expediente/templates/locale"
)

// evidenceList is what was attached to the matters in reach.
type evidenceList struct {
	templates.Base
	Lead     string
	Exhibits []templates.ExhibitFile
	Pager    templates.Pager
	First    string
	Empty    templates.Empty
}

// listEvidence lists the files of all matters in reach, the newest first.
func (s *Server) listEvidence(c echo.Context) error {
	cursor := c.QueryParam("cursor")
	found, err := s.registry.ListEvidence(c.Request().Context(), s.by(c), cursor, s.at(c))
	if err != nil {
		return err
	}
	w := s.words(c)
	p := evidenceList{Base: s.page(c, "evidence"), Pager: templates.Pager{Total: found.Counts.N, AtLeast: found.Counts.More}}
	for _, item := range found.Items {
		file := exhibit(w, item, p.CSRF)
		file.Matter = &templates.Link{Text: item.Reference, Href: "/matters/" + item.Reference}
		p.Exhibits = append(p.Exhibits, file)
	}
	if found.Next != "" {
		p.Pager.Next = "/evidence?cursor=" + found.Next
	}
	if cursor != "" {
		p.First = "/evidence"
	}
	if len(p.Exhibits) > 0 {
		p.Lead = w.Say("evidence.lead", "n", found.Counts.N)
	}
	p.Empty = templates.Empty{Icon: "evidence", Title: w.Say("evidence.empty"), Text: w.Say("evidence.empty_text"), Example: w.Say("evidence.empty_example"),
		Action: &templates.Link{Text: w.Say("evidence.see_cases"), Href: "/cases", Icon: "cases"}}
	return s.render(c, http.StatusOK, "evidence/list", p)
}

// exhibits are a matter's files as its page shows them.
func exhibits(w *locale.Words, items []cases.Item, csrf string) []templates.ExhibitFile {
	list := make([]templates.ExhibitFile, len(items))
	for i, item := range items {
		list[i] = exhibit(w, item, csrf)
	}
	return list
}

// exhibit shows one file: what it is, its digest, where it came from, and the way to its bytes.
func exhibit(w *locale.Words, item cases.Item, csrf string) templates.ExhibitFile {
	f := templates.ExhibitFile{
		ID: item.Code, CSRF: csrf, Download: "/evidence/" + item.Code + "/download",
		Button: w.Say("evidence.download_named", "name", item.Title), Note: item.Note,
		ExhibitRow: templates.ExhibitRow{
			Kind: kindOfFile(item.Filename, item.Mime), Title: item.Title, Digest: item.SHA256,
			Pills: []templates.Pill{{Tone: templates.Met, Text: w.Say("common.status.sealed")}},
		},
	}
	f.Lines = append(f.Lines, w.Say("evidence.described", "code", item.Code, "mime", item.Mime, "size", w.Bytes(item.Size)))
	on := day.On(item.ReceivedAt.Time())
	if item.ByName == "" {
		f.Lines = append(f.Lines, w.Say("evidence.received", "day", on))
	} else {
		f.Lines = append(f.Lines, w.Say("evidence.received_by", "day", on, "who", item.ByName))
	}
	return f
}

// kindOfFile is the word on the thumbnail: the ending of the name when it is short, else the kind
// of its content.
func kindOfFile(name, mime string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 && len(name)-i-1 <= 4 && plainLetters(name[i+1:]) {
		return strings.ToUpper(name[i+1:])
	}
	kind, _, _ := strings.Cut(mime, "/")
	return strings.ToUpper(kind[:min(len(kind), 4)])
}

func plainLetters(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// attachedNotice says that an item was received, with the digest to keep.
func attachedNotice(w *locale.Words, m cases.Case, code, otherwise string) string {
	for _, item := range m.Evidence {
		if item.Code == code {
			return w.Say("evidence.done", "name", item.Title, "code", item.Code, "digest", item.SHA256)
		}
	}
	return otherwise
}
