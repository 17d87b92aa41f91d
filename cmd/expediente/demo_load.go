package main

import (
	"context"
	"slices"
	"strings"

	"expediente/cases"
	"expediente/models"
	"expediente/models/day"
	"expediente/models/sample"
)

// brought are the samples that the demonstration marks as the network's own.
var brought = []string{"velez-loor", "nadege-dorzema", "undocumented-workers"}

// supported are those it marks as another organisation's, which the network helps.
var supported = []string{"smith-armendariz", "yean-bosico"}

// loadDemo fills an empty registry with the samples. It is set up last: a start that was cut off
// begins again, and says so, rather than show half a registry.
func loadDemo(ctx context.Context, r *cases.Registry, users []Signin, asOf day.Day) error {
	ids := make([]models.ID, len(users))
	for i, u := range users {
		n := cases.NewUser{Name: demoNames[u.Role], Email: u.Email, Role: u.Role, Language: "es", Password: u.Password}
		var err error
		if ids[i], err = r.CreateUser(ctx, cases.System, n); err != nil {
			return err
		}
	}
	public, visits, err := sample.Public()
	if err != nil {
		return err
	}
	members := map[models.ID]models.Role{ids[0]: models.Coordinator, ids[1]: models.Member}
	for _, c := range public {
		if _, err := r.ImportMatter(ctx, cases.System, caseHistory(c), members); err != nil {
			return err
		}
	}
	for _, v := range visits {
		if _, err := r.ImportMatter(ctx, cases.System, visitHistory(v), members); err != nil {
			return err
		}
	}
	file, err := sample.PlanFile()
	if err != nil {
		return err
	}
	plan, err := cases.ReadPlan(file, r.Procedures)
	if err != nil {
		return err
	}
	if err := r.KeepPlan(ctx, cases.System, plan); err != nil {
		return err
	}
	return r.SetUpDemo(ctx, "Red de muestra", asOf)
}

var demoNames = map[models.Role]string{
	models.Coordinator: "Coordinación jurídica", models.Member: "Grupo de trabajo", models.Leadership: "Comité ejecutivo",
}

func caseHistory(c sample.Case) cases.History {
	h := cases.History{NewMatter: cases.NewMatter{
		Procedure: "iachr_petition", State: c.State, Standing: standingOf(c.ID), Language: "en", Title: c.Name,
		Numbers: numbers(c), Summary: strings.Join(c.Topic, "; "), OpenedOn: openedOn(c),
	}}
	for _, m := range c.Milestones {
		h.Milestones = append(h.Milestones, cases.NewMilestone{Code: m.Code, Day: m.Date, Document: m.Document,
			Note: m.Note, Source: m.Source, Verification: m.Mark()})
	}
	for _, name := range c.Victims {
		h.Parties = append(h.Parties, cases.NewParty{Role: "victim", Name: name})
	}
	for _, name := range c.Petitioners {
		h.Parties = append(h.Parties, cases.NewParty{Role: "petitioner", Name: name})
	}
	for _, right := range c.Rights {
		h.Rights = append(h.Rights, right.Instrument+"-"+right.Article)
	}
	return h
}

func standingOf(id string) models.Standing {
	switch {
	case slices.Contains(brought, id):
		return models.Brought
	case slices.Contains(supported, id):
		return models.Supported
	}
	return models.Followed
}

func numbers(c sample.Case) string {
	list := slices.Clone(c.PetitionNumbers)
	for i := range list {
		list[i] = "P-" + list[i]
	}
	if c.CaseNumber != "" {
		list = append(list, c.CaseNumber)
	}
	return strings.Join(list, ", ")
}

// openedOn is half a year before the petition was lodged, as a file is opened to prepare one: the
// samples do not tell when their petitioners began.
func openedOn(c sample.Case) day.Day {
	for _, m := range c.Milestones {
		if m.Code == "petition_lodged" {
			return m.Date.AddMonths(-6)
		}
	}
	return c.Milestones[0].Date.First()
}

func visitHistory(v sample.Visit) cases.History {
	procedure := "un_visit"
	if !strings.HasPrefix(v.Mechanism, "UN") {
		procedure = "oas_visit"
	}
	h := cases.History{
		NewMatter: cases.NewMatter{Procedure: procedure, State: v.State, Standing: models.Followed, Language: "en",
			Title: v.Mechanism + " · " + v.Start.Date.String()[:4], Numbers: v.Symbol, OpenedOn: v.Start.Date.AddMonths(-6)},
		Visit: &models.Visit{Mandate: v.Mechanism, Holder: v.Holder, Symbol: v.Symbol, Invitation: v.Invitation, Places: strings.Join(v.Places, ", ")},
	}
	for _, step := range []struct {
		code string
		sample.Dated
	}{{"visit_started", v.Start}, {"visit_ended", v.End}, {"end_of_mission_statement", v.Statement}, {"report_published", v.Report}} {
		if !step.Date.IsZero() {
			m := sample.Milestone{Verification: step.Verification}
			h.Milestones = append(h.Milestones, cases.NewMilestone{Code: step.code, Day: step.Date, Source: step.Source, Note: step.Note, Verification: m.Mark()})
		}
	}
	for _, rec := range v.Recommendations {
		h.Told = append(h.Told, models.Recommendation{Paragraph: rec.Paragraph, Text: rec.Text, Language: "en", Addressee: rec.Addressee,
			Theme: rec.Theme, Verification: sample.Milestone{Verification: rec.Verification}.Mark(), Source: rec.Source})
	}
	return h
}
