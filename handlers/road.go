package handlers

import (
	"strconv"

	"expediente/cases"
	"expediente/cases/access"
	"expediente/cases/plan"
	"expediente/templates"
	"expediente/templates/locale"
)

// roadChart is the road to an indicator's target with its table. The count is the same for all who
// read it; a matter that the reader may not know of is counted without its reference.
func roadChart(w *locale.Words, by cases.Actor, i cases.IndicatorView, id string) templates.RoadChart {
	p := i.Progress
	chart := templates.RoadChart{
		ID: id, Target: p.Target, Summary: roadSummary(w, p),
		Desk:  drawRoad(p, plan.DeskWidth, plan.DeskHeight),
		Phone: drawRoad(p, plan.PhoneWidth, plan.PhoneHeight),
	}
	if p.Forecast.Known {
		chart.Forecast = likely(w, p.Forecast)
	}
	for n, e := range p.Counted {
		row := templates.RoadRow{When: e.On, Count: n + 1, What: w.Say("plan.another")}
		if e.Label != "" {
			row.What = e.Label
			if by.Role != access.Leadership { // it reads the progress of all, and opens none
				row.Href = "/matters/" + e.Label
			}
		}
		chart.Rows = append(chart.Rows, row)
	}
	return chart
}

func drawRoad(p plan.Progress, width, height float64) plan.Road {
	road := plan.DrawRoad(p, width, height)
	for i := range road.Dots {
		if road.Dots[i].Event.Label == "" {
			road.Dots[i].Label.Shown = false
		}
	}
	return road
}

// roadSummary is the chart in words, for those who do not see it.
func roadSummary(w *locale.Words, p plan.Progress) string {
	text := w.Say("plan.chart.describe", "n", p.Value, "target", p.Target, "asof", p.AsOf, "end", p.End)
	if p.Forecast.Known {
		text += " " + w.Say("plan.chart.describe_band", "low", p.Forecast.Low, "high", p.Forecast.High)
	}
	return text
}

// likely is the forecast's range: "2 a 4", or "3" when only one count is left.
func likely(w *locale.Words, f plan.Forecast) string {
	if f.Low == f.High {
		return w.Say("plan.figure.exactly", "low", f.Low)
	}
	return w.Say("plan.figure.range", "low", f.Low, "high", f.High)
}

// planFigures are the large numbers above a road.
func planFigures(w *locale.Words, p plan.Progress) []templates.Figure {
	figures := []templates.Figure{{Value: strconv.Itoa(p.Value), Text: w.Say(figureKeys[p.Unit], "target", p.Target)}}
	if p.Preparing > 0 {
		figures = append(figures, templates.Figure{Value: w.Number(p.Preparing), Text: w.Say("plan.figure.preparing")})
	}
	if f := p.Forecast; f.Known {
		text := "plan.figure.likely_few"
		if f.Enough {
			text = "plan.figure.likely"
		}
		figures = append(figures, templates.Figure{Value: likely(w, f), Text: w.Say(text)})
	}
	return figures
}

var figureKeys = map[plan.Unit]string{
	plan.Petitions: "plan.figure.presented", plan.Visits: "plan.figure.visits", plan.Readings: "plan.figure.readings",
}
