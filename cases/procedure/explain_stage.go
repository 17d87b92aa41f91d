package procedure

import (
	"fmt"
	"strings"
)

// stages lists each stage with what leads out of it.
func (p *prose) stages(d *Definition) {
	p.heading("stages")
	for i, s := range d.Stages {
		p.text(0, fmt.Sprintf("%d. %s (%s)", i+1, s.Names.In(p.w.Lang()), s.ID))
		p.text(1, join(p.article(s.Article), p.when(s.Terminal, "terminal"), p.when(s.Quiet, "quiet"), p.basis(s.Mark, s.Sources)))
		if n := s.Note.In(p.w.Lang()); n != "" {
			p.text(1, "– "+n)
		}
		for _, m := range d.Milestones {
			p.transition(d, s, m)
		}
	}
}

func (p *prose) transition(d *Definition, from *Stage, m *MilestoneDef) {
	if m.Parallel || !m.lawful.has(from.Rank) {
		return
	}
	to := ""
	switch {
	case m.Resumes:
		to = p.say("back")
	case m.opens >= 0 && m.opens != from.Rank:
		to = d.Stages[m.opens].Names.In(p.w.Lang())
	default:
		return
	}
	p.text(1, "→ "+to+": "+join(m.Names.In(p.w.Lang()), p.article(m.Article), p.requires(m.Requires), p.needs(d, m, from.ID)))
}

func (p *prose) requires(c Condition) string {
	if c == NoCondition {
		return ""
	}
	return p.say("requires." + string(c))
}

func (p *prose) needs(d *Definition, m *MilestoneDef, in StageID) string {
	if len(m.Needs[in]) == 0 {
		return ""
	}
	return p.say("needs", "names", p.names(d, m.Needs[in]))
}

// names lists milestones by name, between quotation marks.
func (p *prose) names(d *Definition, codes []Code) string {
	named := make([]string, len(codes))
	for i, c := range codes {
		named[i] = p.say("quoted", "name", d.named(c))
	}
	return strings.Join(named, ", ")
}

func (p *prose) tracks(d *Definition) {
	p.heading("tracks")
	for _, t := range d.Tracks {
		names := make([]string, len(t.Stages))
		for i, id := range t.Stages {
			names[i] = d.index.byStage[id].Names.In(p.w.Lang())
		}
		who := p.requires(t.Requires)
		if who == "" {
			who = p.say("otherwise")
		}
		p.text(0, who+": "+strings.Join(names, " → "))
	}
}
