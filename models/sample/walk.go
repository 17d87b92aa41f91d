package sample

import (
	"strings"

	"expediente/models/day"
)

// Least and greatest number of steps that a matter would have if it never ended: about ten on the
// average, once those that end early or are too young are counted in.
const minSteps, maxSteps = 5, 19

// walk takes lawful steps until the matter ends, the present is reached or it has enough.
func (m maker) walk(made *Made) {
	steps := minSteps + m.r.IntN(maxSteps-minSteps+1)
	for on := made.OpenedOn; len(made.Steps) < steps; {
		next, ok := m.choose(made.Steps, m.rules.Next(made.Procedure, made.State, made.Steps, on))
		if !ok {
			return
		}
		if on = on.AddDays(m.gap(next.Code)); on.After(m.Until) {
			return
		}
		made.Steps = append(made.Steps, m.step(next, on))
	}
}

// choose draws the next step: what usually follows the last one, or else the more the procedure
// expects it the likelier, times its weight.
func (m maker) choose(taken []Step, offers []Offer) (Offer, bool) {
	if o, ok := m.follower(taken, offers); ok {
		return o, true
	}
	weights, all := make([]float64, len(offers)), 0.0
	for i, o := range offers {
		weights[i] = m.likelihood(taken, o.Code) / float64(1+i)
		all += weights[i]
	}
	at := m.r.Float64() * all
	for i, o := range offers {
		if at -= weights[i]; at < 0 {
			return o, true
		}
	}
	return Offer{}, false
}

// follower draws what usually comes straight after the last step; the draw may be nothing, and it
// must be among what is offered.
func (m maker) follower(taken []Step, offers []Offer) (Offer, bool) {
	if len(taken) == 0 {
		return Offer{}, false
	}
	usual := m.Follows[taken[len(taken)-1].Code]
	at := m.r.Float64()
	for _, o := range offers {
		if at -= usual[o.Code]; at < 0 {
			return o, true
		}
	}
	return Offer{}, false
}

// likelihood is a code's weight, or that of its family ("event_"), less for each time it was taken.
func (m maker) likelihood(taken []Step, code string) float64 {
	w, listed := m.Weights[code]
	if !listed && strings.HasPrefix(code, "event_") {
		w, listed = m.Weights["event_"], true
	}
	if !listed {
		w = 1
	}
	again, listed := m.Agains[code]
	if !listed {
		again = m.Again
	}
	for _, s := range taken {
		if s.Code == code {
			w *= again
		}
	}
	return w
}

func (m maker) gap(code string) int {
	if g, ok := m.Gaps[code]; ok {
		return m.between(g)
	}
	return m.between(m.Gap)
}

// between draws a whole number of a span, most often near its middle value.
func (m maker) between(s span) int {
	bend := m.r.Float64() + m.r.Float64() - 1 // from -1 to 1, most often near 0
	if bend < 0 {
		return s[1] + int(bend*float64(s[1]-s[0]))
	}
	return s[1] + int(bend*float64(s[2]-s[1]))
}

func (m maker) step(o Offer, on day.Day) Step {
	s := Step{Code: o.Code, Day: on}
	if o.Letter {
		s.Until = on.AddDays(m.between(m.Letter))
	}
	switch m.r.IntN(4) {
	case 0:
		s.Document = one(m.r, m.Documents)
	case 1:
		s.Note = one(m.r, m.Notes)
	}
	return s
}
