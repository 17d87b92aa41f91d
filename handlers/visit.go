package handlers

import (
	"expediente/cases"
	"expediente/models/day"
	"expediente/templates/locale"
)

// visitFacts are what only a visit has: the mandate, who holds it, when it is, and the report.
func visitFacts(w *locale.Words, m cases.Case) (list []fact) {
	if nounOf(m.Kind) != "visits" {
		return nil
	}
	if v := m.Visit; v != nil {
		for _, f := range []fact{
			{w.Say("visits.mandate"), v.Mandate}, {w.Say("cases.field.holder"), v.Holder},
			{w.Say("cases.field.invitation"), v.Invitation}, {w.Say("cases.field.places"), v.Places},
		} {
			if f.Text != "" {
				list = append(list, f)
			}
		}
	}
	if dates := visitDates(w, m); dates != "" {
		list = append(list, fact{w.Say("visits.dates"), dates})
	}
	if symbol := reportSymbol(m); symbol != "" {
		list = append(list, fact{w.Say("visits.symbol"), symbol})
	}
	return list
}

// visitDates are the days of the visit, as far as they are recorded.
func visitDates(w *locale.Words, m cases.Case) string {
	var from, to day.Day
	for _, l := range m.Counting() {
		switch l.Code {
		case "visit_started":
			from = l.Day
		case "visit_ended":
			to = l.Day
		}
	}
	switch {
	case !from.IsZero() && !to.IsZero():
		return w.Say("visits.from_to", "from", from, "to", to)
	case !from.IsZero():
		return w.Say("visits.since", "day", from)
	case !to.IsZero():
		return w.Day(to)
	}
	return ""
}

// reportSymbol is the document of the report: as recorded with the visit, else with its milestone.
func reportSymbol(m cases.Case) string {
	if m.Visit != nil && m.Visit.Symbol != "" {
		return m.Visit.Symbol
	}
	symbol := ""
	for _, l := range m.Counting() {
		if l.Code == "report_published" && l.Document != "" {
			symbol = l.Document
		}
	}
	return symbol
}
