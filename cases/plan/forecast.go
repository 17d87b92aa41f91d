package plan

import (
	"math"

	"expediente/models/day"
)

// DefaultLevel is the share of outcomes an interval is made to hold unless Input says otherwise.
const DefaultLevel = 0.90

// MinEvents is how many events a forecast needs before it may speak in percentages.
const MinEvents = 5

// Model names the count model in files and on pages.
const Model = "gamma_poisson"

// Forecast says how many events there may be by the end of the period.
//
// The model: events come one by one at a steady unknown rate. Before anything has happened the
// rate is taken to be the target's own, with the weight of one event; each event and each day
// since the start of the plan then speaks for itself. In symbols, with N days in the period, n of
// them gone, k events and a target T, the rate is Gamma(1+k, N/T+n), and the events of the
// remaining N−n days follow the negative-binomial distribution that results.
type Forecast struct {
	Known       bool    // false before the period, after it, and for a plan without days
	Why         Reason  // why there is none, when not Known
	Low, High   int     // the interval of the final count: equal tails outside it
	Median      int     // as many outcomes below as above
	Mean        float64 // expected final count
	Level       float64 // share of outcomes the interval is made to hold, e.g. 0.90
	Model       string  // Model
	Enough      bool    // at least MinEvents events: Likelihood may be shown
	Likelihood  float64 // probability that the target is reached; 0 unless Enough
	Chance      Chance  // the same in a word, always
	Assumptions []Reason
	Course      []Outlook // how the interval opens between AsOf and the end of the period
}

// Outlook is the interval of the count by one coming day.
type Outlook struct {
	On                day.Day
	Low, Median, High int
}

// Chance is how likely the target is, in a word.
type Chance string

// The chances, from certain to remote. The limits are 0.9, 0.66, 0.33 and 0.1, those of the
// calibrated language of the IPCC guidance note on uncertainty (2010).
const (
	Reached      Chance = "reached"
	VeryLikely   Chance = "very_likely"
	Likely       Chance = "likely"
	Even         Chance = "even"
	Unlikely     Chance = "unlikely"
	VeryUnlikely Chance = "very_unlikely"
)

// Reason is the words' key of `plan.chance.*`.
func (c Chance) Reason() Reason { return say("plan.chance." + string(c)) }

// courseSteps is how many points the course of a forecast has: enough for a smooth band.
const courseSteps = 48

func (p Progress) forecast() Forecast {
	f := Forecast{Level: p.Level, Model: Model, Low: p.Value, High: p.Value, Median: p.Value, Mean: float64(p.Value)}
	switch p.Pace {
	case NotStarted:
		f.Why = say("plan.forecast.not_started", "start", p.Start)
		return f
	case Ended:
		f.Why = say("plan.forecast.ended", "end", p.End)
		return f
	}
	f.Known, f.Enough = true, p.Value >= MinEvents
	f.Assumptions = p.assumptions()
	p.look(&f, p.Days-p.DaysGone)
	return f
}

// look fills f in with what is to be expected within days from AsOf.
func (p Progress) look(f *Forecast, days int) {
	d := p.predict(days)
	f.Low, f.Median, f.High = p.interval(d)
	f.Mean = float64(p.Value) + d.mean()
	f.Course = p.course(days)
	chance := d.atLeast(p.Target - p.Value)
	f.Chance = inWords(chance, p.Met)
	if f.Enough {
		f.Likelihood = chance
	}
}

// predict is the distribution of further events within days from now.
func (p Progress) predict(days int) predictive {
	prior := float64(p.Days) / float64(max(p.Target, 1))
	return predictive{size: 1 + float64(p.Value), exposure: prior + float64(p.DaysGone), ahead: float64(days)}
}

func (p Progress) interval(d predictive) (low, median, high int) {
	tail := (1 - p.Level) / 2
	q := d.quantiles(tail, 0.5, 1-tail)
	return p.Value + q[0], p.Value + q[1], p.Value + q[2]
}

func (p Progress) course(left int) []Outlook {
	steps := min(left, courseSteps)
	course := make([]Outlook, 0, steps+1)
	course = append(course, Outlook{p.AsOf, p.Value, p.Value, p.Value})
	for i := 1; i <= steps; i++ {
		days := left * i / steps
		low, median, high := p.interval(p.predict(days))
		course = append(course, Outlook{p.Start.AddDays(p.DaysGone + days - 1), low, median, high})
	}
	return course
}

func inWords(chance float64, met bool) Chance {
	switch {
	case met:
		return Reached
	case chance >= 0.9:
		return VeryLikely
	case chance >= 0.66:
		return Likely
	case chance >= 0.33:
		return Even
	case chance >= 0.1:
		return Unlikely
	}
	return VeryUnlikely
}

// predictive is a negative-binomial distribution: a Poisson count over ahead days whose rate is
// Gamma(size, exposure).
type predictive struct{ size, exposure, ahead float64 }

func (d predictive) mean() float64 { return d.size * d.ahead / d.exposure }

// each calls f with the probability of at most n events for n = 0, 1, … until f returns false.
// Terms are carried as logarithms so that hundreds of events do not underflow.
func (d predictive) each(f func(n int, cumulative float64) bool) {
	if d.ahead <= 0 {
		f(0, 1)
		return
	}
	logp := d.size * math.Log(d.exposure/(d.exposure+d.ahead))
	logq := math.Log(d.ahead / (d.exposure + d.ahead))
	// Rounding may keep the sum a hair below one: no count beyond this bound has any weight.
	bound := 200 + 60*int(math.Ceil(d.mean()+math.Sqrt(d.mean()*(1+d.ahead/d.exposure))))
	for n, sum := 0, 0.0; n <= bound; n++ {
		sum = math.Min(sum+math.Exp(logp), 1)
		if !f(n, sum) {
			return
		}
		logp += logq + math.Log((float64(n)+d.size)/float64(n+1))
	}
}

// quantiles returns, for each probability in rising order, the smallest count whose cumulative
// probability reaches it.
func (d predictive) quantiles(at ...float64) []int {
	out := make([]int, 0, len(at))
	last := 0
	d.each(func(n int, sum float64) bool {
		last = n
		for len(out) < len(at) && sum >= at[len(out)] {
			out = append(out, n)
		}
		return len(out) < len(at)
	})
	for len(out) < len(at) {
		out = append(out, last)
	}
	return out
}

// atLeast is the probability of n or more further events.
func (d predictive) atLeast(n int) float64 {
	if n <= 0 {
		return 1
	}
	below := 0.0
	d.each(func(i int, sum float64) bool {
		if i < n {
			below = sum
		}
		return i+1 < n
	})
	return 1 - below
}
