package plan

import (
	_ "embed"
	"github.com/goccy/go-yaml"

	"expediente/models/day"
)

// Reason is a sentence as a key of the catalogue and its arguments, names and values alternating.
type Reason struct {
	Key  string
	Args []any
}

func say(key string, args ...any) Reason { return Reason{key, args} }

// Reason is the pace in a word: `plan.pace.*`.
func (p Pace) Reason() Reason { return say("plan.pace." + string(p)) }

// Word is where p stands in a word: the pace, or that the target is met.
func (p Progress) Word() Reason {
	switch {
	case p.Pace == Ended && p.Met:
		return say("plan.pace.met")
	case p.Pace == Ended:
		return say("plan.pace.not_met")
	case p.Met && p.Pace != NotStarted:
		return say("plan.pace.reached")
	}
	return p.Pace.Reason()
}

// Definition is what counts, in one sentence.
func (u Unit) Definition() Reason { return say("plan.definition." + string(u)) }

func (p Progress) sentences() []Reason {
	out := []Reason{p.standing()}
	if p.Preparing > 0 && p.Pace != Ended {
		out = append(out, say("plan.preparing", "n", p.Preparing))
	}
	return append(out, p.paceSentence(), p.outlook())
}

// standing is "2 of 3 presented", in the unit's own words.
func (p Progress) standing() Reason {
	if p.Value == 0 {
		return say("plan.standing."+string(p.Unit)+"_none", "target", p.Target)
	}
	return say("plan.standing."+string(p.Unit), "n", p.Value, "target", p.Target)
}

func (p Progress) paceSentence() Reason {
	switch {
	case p.Pace == NotStarted:
		return say("plan.pace_sentence.not_started", "start", p.Start)
	case p.Pace == Ended && p.Met:
		return say("plan.pace_sentence.met", "end", p.End)
	case p.Pace == Ended:
		return say("plan.pace_sentence.not_met", "end", p.End, "n", p.Target-p.Value)
	case p.Met:
		return say("plan.pace_sentence.reached", "end", p.End)
	}
	return say("plan.pace_sentence."+string(p.Pace), "percent", p.DaysGone*100/p.Days, "expected", tenth(p.Expected))
}

func (p Progress) outlook() Reason {
	f := p.Forecast
	switch {
	case !f.Known:
		return f.Why
	case f.Low == f.High:
		return say("plan.outlook.settled", "low", f.Low, "end", p.End)
	case p.Met:
		return say("plan.outlook.reached", "low", f.Low, "high", f.High, "end", p.End)
	case f.Enough:
		return say("plan.outlook.enough", "low", f.Low, "high", f.High, "end", p.End, "percent", Percent(f.Likelihood))
	}
	return say("plan.outlook.few_"+string(f.Chance), "low", f.Low, "high", f.High, "end", p.End)
}

// Percent is a probability in whole percent, never 0 or 100: a forecast is never sure.
func Percent(p float64) int { return min(max(int(p*100+0.5), 1), 99) }

func (p Progress) assumptions() []Reason {
	out := []Reason{
		say("plan.assume.own_rate", "n", p.Value, "days", p.DaysGone, "start", p.Start),
		say("plan.assume.steady"),
		say("plan.assume.prior", "n", p.Target),
		say("plan.assume.interval", "n", int(p.Level*100+0.5)),
	}
	if p.Value < MinEvents {
		out = append(out, say("plan.assume.few", "n", p.Value, "least", MinEvents))
	}
	if p.Preparing > 0 {
		out = append(out, say("plan.assume.preparing", "n", p.Preparing))
	}
	if p.Unit == Petitions {
		out = append(out, say("plan.assume.filings"), say("plan.assume.survivors"))
		out = append(out, p.breaks()...)
	}
	return out
}

//go:embed breaks.yaml
var breaksFile []byte

// breakPoint is a day on which the Commission's rules or practice changed.
type breakPoint struct {
	ID     string  `yaml:"id"`
	On     day.Day `yaml:"on"`
	Source string  `yaml:"source"`
}

var breakPoints = mustBreaks(breaksFile)

func mustBreaks(b []byte) (out []breakPoint) {
	if err := yaml.UnmarshalWithOptions(b, &out, yaml.Strict()); err != nil {
		panic("plan: breaks.yaml: " + err.Error())
	}
	return out
}

// breaks are the changes between the start of the plan and AsOf: the rate before one need not
// hold after it.
func (p Progress) breaks() (out []Reason) {
	for _, b := range breakPoints {
		if b.On.After(p.Start) && !b.On.After(p.AsOf) {
			out = append(out, say("plan.break."+b.ID, "on", b.On))
		}
	}
	return out
}
