package procedure

import "strings"

// rules writes each rule with its versions.
func (p *prose) rules(d *Definition) {
	p.heading("rules")
	for _, r := range d.Rules {
		if !r.Included {
			p.rule(d, r)
		}
	}
}

func (p *prose) rule(d *Definition, r *Rule) {
	p.text(0, r.Names.In(p.w.Lang())+" ("+r.Code+")")
	p.text(1, join(p.bound(r), p.requires(r.Requires), p.flags(r)))
	for _, x := range []struct {
		key   string
		codes []Code
	}{
		{"trigger", r.Trigger}, {"fallback", r.Fallback}, {"met_by", r.MetBy}, {"closed_by", r.ClosedBy},
		{"granted_by", r.GrantedBy}, {"restarted_by", r.RestartedBy}, {"softened_by", r.SoftenedBy},
	} {
		if len(x.codes) > 0 {
			p.text(1, p.say(x.key)+" "+p.names(d, x.codes)+".")
		}
	}
	for _, v := range r.Versions {
		p.version(r, v)
	}
	if n := r.Note.In(p.w.Lang()); n != "" {
		p.text(1, "– "+n)
	}
}

func (p *prose) bound(r *Rule) string {
	who := make([]string, len(r.Bound))
	for i, b := range r.Bound {
		who[i] = p.w.Say("reasons.bound." + string(b))
	}
	return p.say("bound", "who", strings.Join(who, ", "))
}

// flags says what is special about a rule.
func (p *prose) flags(r *Rule) string {
	var said []string
	for _, x := range []struct {
		on  bool
		key string
	}{
		{r.Practice, "practice"}, {r.Letter, "letter"}, {r.Optional, "optional"}, {r.MetBefore, "met_before"},
		{r.ByVictim, "by_victim"}, {r.Waits == WaitsAlways, "waits_always"},
		{r.Waits == WaitsWithoutCourt, "waits_without_court"}, {r.Repeat != RepeatEach, "repeat." + string(r.Repeat)},
	} {
		if x.on {
			said = append(said, p.say(x.key))
		}
	}
	if r.ShowFrom.Months > 0 {
		said = append(said, p.say("show_from", "n", r.ShowFrom.Months))
	}
	return strings.Join(said, "; ")
}

func (p *prose) version(r *Rule, v *RuleVersion) {
	length := p.length(v.Length)
	if r.SameAs != "" {
		length = p.say("same_as", "rule", r.SameAs)
	}
	p.text(1, "• "+v.Instrument.Code+", "+join(p.article(v.Article), length, p.extension(v), p.capped(v), p.basis(v.Mark, v.Sources)))
	if n := v.Note.In(p.w.Lang()); n != "" {
		p.text(2, "– "+n)
	}
	if v.Extension != nil && v.Extension.Note.In(p.w.Lang()) != "" {
		p.text(2, "– "+v.Extension.Note.In(p.w.Lang()))
	}
}

func (p *prose) length(l Length) string {
	switch {
	case l.Months != 0:
		return p.say("months", "n", l.Months)
	case l.Days != 0:
		return p.say("days", "n", l.Days)
	case l.Before != 0:
		return p.say("days_before", "n", l.Before)
	case l.BeforeMonths != 0:
		return p.say("months_before", "n", l.BeforeMonths)
	case l.ByLetter:
		return p.say("by_letter")
	case l.NextSession:
		return p.say("next_session")
	}
	return p.say("no_limit")
}

func (p *prose) extension(v *RuleVersion) string {
	e := v.Extension
	if e == nil {
		return ""
	}
	s := p.say("extension." + e.By)
	if !e.Length.IsZero() {
		s += " (" + p.length(e.Length) + ")"
	}
	if e.Mark != "" {
		s += ", " + p.w.Say("reasons.mark."+string(e.Mark))
	}
	return s
}

func (p *prose) capped(v *RuleVersion) string {
	if v.Cap.IsZero() {
		return ""
	}
	return p.say("cap", "length", p.length(v.Cap))
}
