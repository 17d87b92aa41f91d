package procedure

import (
	"fmt"
	"strings"

	"expediente/models/day"
)

// Words says things in one language; templates/locale has it.
type Words interface {
	Say(key string, args ...any) string
	Lang() string
}

// Explain prints the definition as prose that a lawyer can review: who is bound by what, under
// which article of which version, how sure that is, and where it was read.
func (d *Definition) Explain(w Words) string {
	p := prose{w: w}
	p.title(d.Names.In(w.Lang()))
	p.text(0, d.ID)
	p.line(0, "zone", "zone", d.ZoneName)
	p.line(0, "roll."+string(d.Roll))
	for _, n := range d.Notes {
		p.text(0, "– "+n.In(w.Lang()))
	}
	p.bodies(d)
	p.stages(d)
	p.tracks(d)
	p.rules(d)
	p.suspensions(d)
	p.milestones(d)
	p.included(d)
	p.instruments(d)
	p.sources(d.Sources)
	return p.b.String()
}

// Explain prints the table of States.
func (s *States) Explain(w Words) string {
	p := prose{w: w}
	p.title(p.say("states"))
	for _, r := range s.List {
		p.text(0, r.Names.In(w.Lang())+" ("+r.ISO2+")")
		p.bond("convention", r.Convention)
		p.bond("court", r.Court)
		for _, n := range r.Notes {
			p.text(1, "– "+n.In(w.Lang()))
		}
	}
	p.sources(s.Sources)
	return p.b.String()
}

// prose is a text being written.
type prose struct {
	w Words
	b strings.Builder
}

func (p *prose) say(key string, args ...any) string { return p.w.Say("cli.explain."+key, args...) }

// line writes the words of a key, indented; text writes a text.
func (p *prose) line(indent int, key string, args ...any) { p.text(indent, p.say(key, args...)) }

func (p *prose) text(indent int, s string) {
	p.b.WriteString(strings.Repeat("   ", indent))
	p.b.WriteString(s)
	p.b.WriteByte('\n')
}

func (p *prose) title(s string) {
	s = strings.ToUpper(s)
	p.text(0, s)
	p.text(0, strings.Repeat("=", len([]rune(s))))
}

func (p *prose) heading(key string) {
	p.b.WriteByte('\n')
	s := p.say(key)
	p.text(0, s)
	p.text(0, strings.Repeat("-", len([]rune(s))))
}

// basis is the mark and the sources: "verificado [6, 17]".
func (p *prose) basis(m Mark, sources []int) string {
	numbers := strings.Trim(strings.ReplaceAll(fmt.Sprint(sources), " ", ", "), "[]")
	return p.w.Say("reasons.mark."+string(m)) + " [" + numbers + "]"
}

func (p *prose) article(a string) string {
	switch a {
	case "":
		return ""
	case "?":
		return p.say("article_unknown")
	}
	if a[0] < '0' || a[0] > '9' {
		return a // another instrument's article, named in full
	}
	return p.say("article", "article", a)
}

// join puts the parts that say something together.
func join(parts ...string) string {
	var said []string
	for _, s := range parts {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, "; ")
}

func (p *prose) bodies(d *Definition) {
	if len(d.Bodies) == 0 {
		return
	}
	p.heading("bodies")
	for _, b := range d.Bodies {
		state := p.say("enabled")
		if !b.Enabled {
			state = p.say("disabled")
		}
		p.text(0, b.Names.In(p.w.Lang())+" ("+b.Code+"): "+join(state, b.Note.In(p.w.Lang()), p.basis(b.Mark, b.Sources)))
	}
}

// suspensions lists the times in which periods did not run.
func (p *prose) suspensions(d *Definition) {
	if len(d.Suspensions) == 0 {
		return
	}
	p.heading("suspensions")
	for _, s := range d.Suspensions {
		p.text(0, s.Names.In(p.w.Lang())+": "+join(p.say("between", "from", s.From, "to", s.To), p.basis(s.Mark, s.Sources)))
		for _, x := range s.Except {
			p.text(1, p.say("except")+" "+x.Rule+": "+x.Note.In(p.w.Lang()))
		}
	}
}

// milestones lists what may happen, and where.
func (p *prose) milestones(d *Definition) {
	p.heading("milestones")
	for _, m := range d.Milestones {
		if m.Included {
			continue
		}
		p.text(0, m.Names.In(p.w.Lang())+" ("+string(m.Code)+")")
		p.text(1, join(p.article(m.Article), p.role(d, m), p.when(m.Once, "once"), p.lawful(d, m), p.requires(m.Requires), p.carries(m)))
		if n := m.Note.In(p.w.Lang()); n != "" {
			p.text(1, "– "+n)
		}
	}
}

// when says a fixed remark where it holds.
func (p *prose) when(holds bool, key string) string {
	if !holds {
		return ""
	}
	return p.say(key)
}

// role is what a milestone does to the stage.
func (p *prose) role(d *Definition, m *MilestoneDef) string {
	switch {
	case m.Event:
		return p.say("event")
	case m.Parallel:
		return p.say("parallel")
	case m.Resumes:
		return p.say("back")
	case m.opens >= 0:
		return p.say("opens", "stage", d.Stages[m.opens].Names)
	}
	return p.say("stays")
}

func (p *prose) lawful(d *Definition, m *MilestoneDef) string {
	var names []string
	for _, s := range d.Stages {
		if (m.lawful | m.stays).has(s.Rank) {
			names = append(names, s.Names.In(p.w.Lang()))
		}
	}
	switch {
	case m.Event || len(names) == len(d.Stages):
		return p.say("lawful_any")
	case len(names) == 0:
		return ""
	}
	return p.say("lawful_in", "stages", strings.Join(names, ", "))
}

func (p *prose) carries(m *MilestoneDef) string {
	if len(m.Carries) == 0 {
		return ""
	}
	words := make([]string, len(m.Carries))
	for i, c := range m.Carries {
		words[i] = p.say("carry." + c)
	}
	return p.say("carries", "fields", strings.Join(words, ", "))
}

// included names the procedures that share their milestones and rules.
func (p *prose) included(d *Definition) {
	if len(d.Include) == 0 {
		return
	}
	p.heading("included")
	for _, in := range d.Include {
		key := "included_stages"
		if in.Parallel {
			key = "included_parallel"
		}
		p.line(0, key, "id", in.ID)
	}
}

// instruments lists the versions that the rules of this definition draw on.
func (p *prose) instruments(d *Definition) {
	p.heading("instruments")
	seen := map[*Version]bool{}
	for _, r := range d.Rules {
		for _, v := range r.Versions {
			if in := v.Instrument; !seen[in] && !r.Included {
				seen[in] = true
				p.text(0, in.Code+": "+join(in.Names.In(p.w.Lang()), p.force(in.From, in.Until), p.w.Say("reasons.mark."+string(in.Mark))))
				if n := in.Note.In(p.w.Lang()); n != "" {
					p.text(1, "– "+n)
				}
			}
		}
	}
}

// force is the time in force.
func (p *prose) force(from, until day.Day) string {
	switch {
	case from.IsZero() && until.IsZero():
		return ""
	case from.IsZero():
		return p.say("until", "until", until)
	case until.IsZero():
		return p.say("from", "from", from)
	}
	return p.say("between", "from", from, "to", until)
}

func (p *prose) bond(key string, b Bond) {
	if b.Since.IsZero() {
		p.line(1, key+"_never")
		return
	}
	until := ""
	if !b.Until.IsZero() {
		until = p.say("denounced", "until", b.Until)
	}
	p.text(1, join(p.say(key, "since", b.Since), until, b.Note.In(p.w.Lang()), p.basis(b.Mark, b.Sources)))
}

func (p *prose) sources(list []Source) {
	p.heading("sources")
	for _, s := range list {
		p.text(0, fmt.Sprintf("[%d] %s", s.N, join(s.Name, s.URL)))
	}
}
