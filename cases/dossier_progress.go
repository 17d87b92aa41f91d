package cases

import (
	"strconv"
	"strings"

	"expediente/cases/dossier"
	"expediente/cases/plan"
	"expediente/models/day"
)

// progressDocument is the progress dossier: on page one the road to the target and what it means
// in sentences; then one line per case, what is at risk, and how the forecast was reckoned.
func (s sheet) progressDocument(v PlanView) dossier.Document {
	d := dossier.Document{
		Title: v.Names.In(s.w.Lang()), Kicker: s.say("progress_kicker", "day", s.p.At.AsOf), Mark: s.say("audience.internal"),
		RunLeft: s.say("progress_run"), RunRight: s.network,
	}
	for i, indicator := range v.Indicators {
		if i == 0 {
			d.Title = indicator.Names.In(s.w.Lang())
		} else {
			d.Blocks = append(d.Blocks, dossier.PageBreak{}, dossier.Heading{Level: 1, Text: indicator.Names.In(s.w.Lang())})
		}
		d.Blocks = append(d.Blocks, s.indicator(indicator, i+1)...)
	}
	d.Blocks = append(d.Blocks, s.lines(v)...)
	d.Blocks = append(d.Blocks, s.atRisk(v)...)
	for _, indicator := range v.Indicators {
		d.Blocks = append(d.Blocks, s.assumptions(indicator)...)
	}
	return s.frame(d)
}

func (s sheet) indicator(i IndicatorView, number int) []dossier.Block {
	p := i.Progress
	return []dossier.Block{
		dossier.Lead{Text: s.reasons(p.Sentences)},
		dossier.Figures{Figures: s.figures(p)},
		s.road(p, s.say("figure", "number", number, "definition", s.w.Say(p.Unit.Definition().Key, p.Unit.Definition().Args...))),
	}
}

func (s sheet) reasons(list []plan.Reason) string {
	texts := make([]string, len(list))
	for i, reason := range list {
		texts[i] = s.w.Say(reason.Key, reason.Args...)
	}
	return strings.Join(texts, " ")
}

func (s sheet) figures(p plan.Progress) []dossier.Figure {
	list := []dossier.Figure{
		{Value: s.say("of", "value", p.Value, "target", p.Target), Caption: s.say("presented")},
		{Value: strconv.Itoa(p.Preparing), Caption: s.say("preparing")},
	}
	if p.Forecast.Known {
		list = append(list, dossier.Figure{Value: rangeText(p.Forecast.Low, p.Forecast.High), Caption: s.say("likely")})
	}
	return append(list, dossier.Figure{Value: s.say("percent", "percent", int(p.Elapsed*100)), Caption: s.say("elapsed")})
}

func rangeText(low, high int) string {
	if low == high {
		return strconv.Itoa(low)
	}
	return strconv.Itoa(low) + "–" + strconv.Itoa(high)
}

// road is the chart of the road to the target, from the geometry that the page draws too.
func (s sheet) road(p plan.Progress, caption string) dossier.Chart {
	const width, height = 640, 210
	g := plan.DrawRoad(p, width, height)
	c := dossier.Chart{Width: width, Height: height, Caption: caption}
	for i, tick := range g.YTicks {
		style := dossier.ChartGrid
		if i == 0 {
			style = dossier.ChartAxis
		}
		if tick.Target { // drawn as a line of its own
			c.Texts = append(c.Texts, chartText(tick.Label, strconv.Itoa(tick.Value), dossier.ChartTarget))
			continue
		}
		c.Lines = append(c.Lines, dossier.ChartLine{From: dossier.ChartPoint{X: g.Plot.Left, Y: tick.Y}, To: dossier.ChartPoint{X: g.Plot.Right, Y: tick.Y}, Style: style})
		c.Texts = append(c.Texts, chartText(tick.Label, strconv.Itoa(tick.Value), dossier.ChartTick))
	}
	for _, tick := range g.XTicks {
		if tick.Label.Shown {
			c.Texts = append(c.Texts, chartText(tick.Label, s.short(tick.Day), dossier.ChartTick))
		}
	}
	c.Areas = append(c.Areas, chartPath(g.Band, dossier.ChartBand)...)
	for _, line := range []struct {
		points plan.Line
		style  dossier.ChartStyle
	}{{g.Expected, dossier.ChartPace}, {g.Target, dossier.ChartTarget}, {g.Median, dossier.ChartMedian}, {g.Steps, dossier.ChartSteps}} {
		c.Paths = append(c.Paths, chartPath(line.points, line.style)...)
	}
	for _, dot := range g.Dots {
		c.Dots = append(c.Dots, dossier.ChartDot{At: dossier.ChartPoint{X: dot.X, Y: dot.Y}, Style: dossier.ChartSteps})
		if dot.Label.Shown && dot.Event.Label != "" {
			c.Texts = append(c.Texts, chartText(dot.Label, dot.Event.Label, dossier.ChartLabel))
		}
	}
	if g.Today.Shown {
		c.Lines = append(c.Lines, dossier.ChartLine{From: dossier.ChartPoint{X: g.Today.X, Y: g.Today.Top}, To: dossier.ChartPoint{X: g.Today.X, Y: g.Today.Bottom}, Style: dossier.ChartToday})
		c.Texts = append(c.Texts, chartText(g.Today.Label, s.short(g.Today.Day), dossier.ChartLabel))
	}
	return c
}

func chartPath(points plan.Line, style dossier.ChartStyle) []dossier.ChartPath {
	if len(points) == 0 {
		return nil
	}
	path := dossier.ChartPath{Style: style}
	for _, p := range points {
		path.Points = append(path.Points, dossier.ChartPoint{X: p.X, Y: p.Y})
	}
	return []dossier.ChartPath{path}
}

func chartText(l plan.Label, text string, style dossier.ChartStyle) dossier.ChartText {
	anchors := map[plan.Anchor]dossier.ChartAnchor{plan.AnchorMiddle: dossier.AnchorMiddle, plan.AnchorEnd: dossier.AnchorEnd}
	return dossier.ChartText{At: dossier.ChartPoint{X: l.X, Y: l.Y}, Text: text, Anchor: anchors[l.Anchor], Style: style}
}

// lines is one line a case, from plain columns only.
func (s sheet) lines(v PlanView) []dossier.Block {
	t := dossier.Table{Empty: s.say("no_cases"), Columns: []dossier.Column{
		{Title: s.say("case"), WidthMM: 24}, {Title: s.say("state")}, {Title: s.say("stage")},
		{Title: s.say("since"), WidthMM: 24}, {Title: s.say("counts_on"), WidthMM: 24}, {Title: s.say("next_date"), WidthMM: 26}}}
	for _, line := range v.Lines {
		next, tone := "—", dossier.Plain
		if !line.Next.Due.IsZero() {
			next = s.short(line.Next.Due)
			if line.Next.Due.Before(v.At.AsOf) {
				tone = dossier.Late
			}
		}
		t.Rows = append(t.Rows, []dossier.Cell{
			{Text: line.Reference}, {Text: line.StateName.In(s.w.Lang())}, {Text: line.StageName(s.w.Lang())},
			{Text: s.short(line.Since)}, {Text: s.days(line.Counted)}, {Text: next, Tone: tone}})
	}
	return []dossier.Block{s.heading("cases"), t}
}

// StageName is the stage's name in lang.
func (l CaseLine) StageName(lang string) string {
	if l.Stage == nil {
		return "—"
	}
	return l.Stage.Names.In(lang)
}

func (s sheet) days(list []day.Day) string {
	if len(list) == 0 {
		return "—"
	}
	texts := make([]string, len(list))
	for i, d := range list {
		texts[i] = s.short(d)
	}
	return strings.Join(texts, ", ")
}

// atRisk names the cases whose next date has passed or comes within SoonDays.
func (s sheet) atRisk(v PlanView) []dossier.Block {
	blocks := []dossier.Block{s.heading("at_risk")}
	for _, line := range v.Lines {
		if line.Next.Due.IsZero() || line.NextRule == nil || line.Next.Due.Sub(v.At.AsOf) > SoonDays {
			continue
		}
		key, tone := "risk_soon", dossier.Soon
		if line.Next.Due.Before(v.At.AsOf) {
			key, tone = "risk_passed", dossier.Late
		}
		blocks = append(blocks, dossier.Note{Title: line.Reference, Tone: tone,
			Text: s.say(key, "rule", line.NextRule.Names, "day", line.Next.Due, "who", s.w.Say("reasons.bound."+line.Next.Bound))})
	}
	if len(blocks) == 1 {
		blocks = append(blocks, dossier.Paragraph{Text: s.say("no_risk")})
	}
	return blocks
}

// assumptions says how the forecast was reckoned, or why there is none.
func (s sheet) assumptions(i IndicatorView) []dossier.Block {
	f := i.Progress.Forecast
	blocks := []dossier.Block{s.heading("assumptions")}
	if !f.Known {
		return append(blocks, dossier.Paragraph{Text: s.w.Say(f.Why.Key, f.Why.Args...)})
	}
	for _, reason := range f.Assumptions {
		blocks = append(blocks, dossier.Paragraph{Text: "· " + s.w.Say(reason.Key, reason.Args...)})
	}
	return blocks
}
