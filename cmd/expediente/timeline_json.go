package main

import (
	"expediente/cases/procedure"
	"expediente/models/day"
	"expediente/templates/locale"
)

// timeline is where one matter stands, as --json prints it.
type timeline struct {
	ID        string             `json:"id"`
	Procedure string             `json:"procedure"`
	State     string             `json:"state"`
	AsOf      day.Day            `json:"as_of"`
	Stage     procedure.StageID  `json:"stage"`
	Since     day.Day            `json:"stage_since"`
	Steps     []timelineStep     `json:"steps"`
	Allowed   []procedure.Code   `json:"allowed"`
	Warnings  []string           `json:"warnings"`
	Deadlines []timelineDeadline `json:"deadlines"`

	title string
	stage *procedure.Stage
	next  []string
}

type timelineStep struct {
	Stage procedure.StageID   `json:"stage"`
	State procedure.StepState `json:"state"`
	On    day.Day             `json:"on"`
}

// timelineDeadline is one deadline, as --json prints it.
type timelineDeadline struct {
	Code       string            `json:"code"`
	Name       string            `json:"name"`
	Bound      []procedure.Bound `json:"bound"`
	Rule       string            `json:"rule"`
	Version    string            `json:"instrument_version"`
	Trigger    procedure.Code    `json:"trigger"`
	TriggerDay day.Day           `json:"trigger_date"`
	Due        day.Day           `json:"due"`
	Cap        day.Day           `json:"cap"`
	Granted    day.Day           `json:"granted"`
	Effective  day.Day           `json:"effective_due"`
	Status     procedure.Status  `json:"status"`
	MetOn      day.Day           `json:"met_on"`
	ClosedOn   day.Day           `json:"closed_on"`
	Days       int               `json:"days_late"`
	Estimate   bool              `json:"estimate"`
	Prudent    bool              `json:"prudent"`
	ByLetter   bool              `json:"by_letter"`
	Victim     string            `json:"victim,omitempty"`
	Decision   string            `json:"decision,omitempty"`
	Mark       procedure.Mark    `json:"mark"`
	Reasons    []string          `json:"reasons"`
}

// newTimeline puts a fold into words.
func newTimeline(m told, d *procedure.Definition, r procedure.Result, asOf day.Day, w *locale.Words) timeline {
	t := timeline{ID: m.id, Procedure: d.ID, State: m.state, AsOf: asOf, Stage: r.Stage, Since: r.Since,
		Steps: []timelineStep{}, Allowed: r.Allowed, Warnings: inWords(r.Warnings, w), Deadlines: []timelineDeadline{}, title: m.name}
	t.stage, _ = d.Stage(r.Stage)
	for _, s := range r.Steps {
		t.Steps = append(t.Steps, timelineStep{s.Stage.ID, s.State, s.On})
	}
	for _, dl := range r.Deadlines {
		t.Deadlines = append(t.Deadlines, newTimelineDeadline(dl, w))
	}
	for _, c := range r.Allowed {
		if def, ok := d.Milestone(c); ok {
			t.next = append(t.next, def.Names.In(w.Lang()))
		}
	}
	return t
}

func newTimelineDeadline(dl procedure.Deadline, w *locale.Words) timelineDeadline {
	due := dl.Computed
	if dl.ByLetter {
		due = dl.Letter
	}
	return timelineDeadline{
		Code: dl.Rule.Code, Name: dl.Rule.Names.In(w.Lang()), Bound: dl.Rule.Bound,
		Rule: dl.Version.Article, Version: dl.Version.Instrument.Code,
		Trigger: dl.Trigger, TriggerDay: dl.TriggerDay,
		Due: due, Cap: dl.Cap, Granted: dl.Granted, Effective: dl.Due,
		Status: dl.Status, MetOn: dl.MetOn, ClosedOn: dl.ClosedOn, Days: dl.Days,
		Estimate: dl.Estimate, Prudent: dl.Prudent, ByLetter: dl.ByLetter,
		Victim: dl.Victim, Decision: dl.Decision, Mark: dl.Doubt, Reasons: inWords(dl.Reasons, w),
	}
}

// inWords says reasons; never nil, so that JSON has a list.
func inWords(reasons []procedure.Reason, w *locale.Words) []string {
	texts := make([]string, len(reasons))
	for i, r := range reasons {
		texts[i] = w.Say(r.Key, r.Args...)
	}
	return texts
}
