package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"expediente/cases/access"
	"expediente/models"
	"expediente/templates"
	"expediente/templates/locale"
)

// topics are the pages of the manual, in reading order. Each is a file of templates/help.
var topics = []string{"what", "open", "milestones", "correct", "evidence", "print", "plan", "asof", "roles", "keys", "seized", "cli"}

// helpPage is one page of the manual.
type helpPage struct {
	templates.Base
	Topic          string
	Here           string           // this page's address
	Topics         []templates.Link // all pages, in reading order
	Previous, Next *templates.Link
	Policy         []policyPlace // who may do what, printed from the policy itself
	Roles          []string      // names of the roles, in the order of the policy's columns
}

// policyPlace is the part of the policy that is asked in one place.
type policyPlace struct {
	Place string // matter or registry
	Lines []policyLine
}

// policyLine is one verb and, for each role, whether it may.
type policyLine struct {
	Verb string
	May  []bool
}

func (s *Server) showHelp(c echo.Context) error {
	topic := c.Param("topic")
	if topic == "" {
		topic = topics[0]
	}
	at := slices.Index(topics, topic)
	if at < 0 {
		return models.ErrNotFound
	}
	w := s.words(c)
	page := helpPage{Base: s.page(c, "help"), Topic: topic, Here: "/help/" + topic, Policy: policy(w)}
	for _, t := range topics {
		page.Topics = append(page.Topics, templates.Link{Text: w.Say("help.topic." + t), Href: "/help/" + t})
	}
	if at > 0 {
		page.Previous = &page.Topics[at-1]
	}
	if at+1 < len(topics) {
		page.Next = &page.Topics[at+1]
	}
	for _, role := range models.Roles {
		page.Roles = append(page.Roles, w.Say("common.role."+string(role)))
	}
	return s.render(c, http.StatusOK, "help/"+topic, page)
}

// policy is the table of cases/access in words, so that the manual cannot say otherwise. What only
// the program itself may do, at the command line, is left to the page about it.
func policy(w *locale.Words) []policyPlace {
	places := []policyPlace{{Place: string(access.OfMatter)}, {Place: string(access.OfRegistry)}}
	for _, line := range access.Policy {
		shown := policyLine{Verb: w.Say("help.may." + strings.ReplaceAll(string(line.Verb), ".", "_"))}
		for _, role := range models.Roles {
			shown.May = append(shown.May, slices.Contains(line.Who, access.Role(role)))
		}
		if !slices.Contains(shown.May, true) {
			continue
		}
		for i := range places {
			if places[i].Place == string(line.Place) {
				places[i].Lines = append(places[i].Lines, shown)
			}
		}
	}
	return places
}
