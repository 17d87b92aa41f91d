package cases

import (
	"fmt"

	"github.com/goccy/go-yaml"

	"expediente/cases/procedure"
	"expediente/models"
	"expediente/models/day"
)

// planFile is a plan as people write it.
type planFile struct {
	Code       string       `yaml:"code"`
	Names      models.Names `yaml:"names"`
	Starts     string       `yaml:"starts"`
	Ends       string       `yaml:"ends"`
	Indicators []struct {
		Code      string          `yaml:"code"`
		Area      string          `yaml:"area"`
		Names     models.Names    `yaml:"names"`
		Target    int             `yaml:"target"`
		Procedure string          `yaml:"procedure"`
		Milestone string          `yaml:"milestone"`
		Standing  models.Standing `yaml:"standing"`
	} `yaml:"indicators"`
}

// ReadPlan reads a plan from its file. The error names the line, or the field and what it must be.
func ReadPlan(content []byte, rules *procedure.Library) (n NewPlan, err error) {
	var f planFile
	if err := yaml.UnmarshalWithOptions(content, &f, yaml.Strict()); err != nil {
		return n, err
	}
	n.Plan = models.Plan{Code: f.Code, Names: f.Names}
	if n.Plan.Starts, err = day.Parse(f.Starts); err != nil {
		return n, fmt.Errorf("starts: %w", err)
	}
	if n.Plan.Ends, err = day.Parse(f.Ends); err != nil {
		return n, fmt.Errorf("ends: %w", err)
	}
	if f.Code == "" || f.Names["es"] == "" || !n.Plan.Starts.Before(n.Plan.Ends) || len(f.Indicators) == 0 {
		return n, fmt.Errorf("a plan has a code, a name in es, a start before its end, and at least one indicator")
	}
	for i, x := range f.Indicators {
		d, ok := rules.Get(x.Procedure)
		if !ok {
			return n, fmt.Errorf("indicators[%d].procedure: there is no procedure %q", i, x.Procedure)
		}
		if _, ok := d.Milestone(procedure.Code(x.Milestone)); !ok {
			return n, fmt.Errorf("indicators[%d].milestone: %s has no milestone %q", i, x.Procedure, x.Milestone)
		}
		if x.Code == "" || x.Names["es"] == "" || x.Target < 1 || x.Standing == "" {
			return n, fmt.Errorf("indicators[%d]: it has a code, a name in es, a target of 1 or more and a standing (brought, supported or followed)", i)
		}
		n.Indicators = append(n.Indicators, models.Indicator{Code: x.Code, Area: x.Area, Names: x.Names, Target: x.Target,
			Procedure: x.Procedure, Milestone: x.Milestone, Standing: x.Standing})
	}
	return n, nil
}
