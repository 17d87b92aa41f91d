package cases

import (
	"context"
	"iter"

	"expediente/cases/procedure"
	"expediente/models/day"
	"expediente/models/sample"
)

// LoadLarge fills the registry with generated matters, for measuring and for trying it at size. The
// steps of each are walked through the registry's own procedures. It returns how many matters were
// written.
func (r *Registry) LoadLarge(ctx context.Context, by Actor, l sample.Large) (int, error) {
	made, err := l.Make(sample.Rules{Known: r.known, Visit: r.isVisit, Next: r.next})
	if err != nil {
		return 0, err
	}
	return r.ImportMany(ctx, by, admitted(made))
}

func admitted(made iter.Seq[sample.Made]) iter.Seq[Admitted] {
	return func(yield func(Admitted) bool) {
		for m := range made {
			if !yield(Admitted{historyOf(m), m.Members}) {
				return
			}
		}
	}
}

func historyOf(m sample.Made) History {
	h := History{Rights: m.Rights, NewMatter: NewMatter{Procedure: m.Procedure, State: m.State, Standing: m.Standing,
		Language: m.Language, Title: m.Title, Numbers: m.Numbers, Summary: m.Summary, OpenedOn: m.OpenedOn}}
	for _, s := range m.Steps {
		h.Milestones = append(h.Milestones, NewMilestone{Code: s.Code, Day: s.Day, Until: s.Until, Document: s.Document, Note: s.Note})
	}
	for _, name := range m.Victims {
		h.Parties = append(h.Parties, NewParty{Role: "victim", Name: name})
	}
	return h
}

// known tells whether a matter of the procedure, against the State where one is named, can be.
func (r *Registry) known(id, state string) bool {
	d, ok := r.Procedures.Get(id)
	if !ok || state == "" {
		return ok
	}
	_, ok = r.Procedures.States().Get(state)
	return ok && len(d.Fold(procedure.Input{State: state, AsOf: sample.LargeSpan[0]}).Allowed) > 0
}

func (r *Registry) isVisit(id string) bool {
	d, ok := r.Procedures.Get(id)
	return ok && d.Kind == procedure.KindVisit
}

// next is what the procedure allows after the steps so far.
func (r *Registry) next(id, state string, log []sample.Step, on day.Day) []sample.Offer {
	d, _ := r.Procedures.Get(id)
	in := procedure.Input{State: state, AsOf: on, Milestones: make([]procedure.Milestone, len(log))}
	for i, s := range log {
		in.Milestones[i] = procedure.Milestone{Code: procedure.Code(s.Code), Day: s.Day, Until: s.Until, Seq: i + 1}
	}
	allowed := d.Fold(in).Allowed
	offers := make([]sample.Offer, len(allowed))
	for i, code := range allowed {
		m, _ := d.Milestone(code)
		offers[i] = sample.Offer{Code: string(code), Letter: m.Has("until") || m.Has("due")}
	}
	return offers
}
