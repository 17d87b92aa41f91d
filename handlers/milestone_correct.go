package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"expediente/models"
)

// askCorrection shows the form to correct an entry, filled in with what the entry says.
func (s *Server) askCorrection(c echo.Context) error {
	seq, err := entryNumber(c)
	if err != nil {
		return err
	}
	m, err := s.registry.AskMilestone(c.Request().Context(), s.by(c), c.Param("matter"), seq, s.at(c))
	if err != nil {
		return err
	}
	old, a := m.Corrects, typedIn(s.words(c), "milestones.field.", func(string) string { return "" })
	for name, text := range map[string]string{
		"code": old.Code, "day": dayText(a.w, old.Day), "until": dayText(a.w, old.Until), "victim": old.Victim,
		"decision": old.Decision, "document": old.Document, "note": old.Note, "source": old.Source,
	} {
		a.typed[name] = text
	}
	if old.AsItHappened {
		a.typed["as_it_happened"] = "yes"
	}
	return s.milestoneForm(c, http.StatusOK, a, seq, nil)
}

// correctMilestone replaces an entry by another, or withdraws it; the old one stays to be read.
func (s *Server) correctMilestone(c echo.Context) error {
	seq, err := entryNumber(c)
	if err != nil {
		return err
	}
	return s.takeMilestone(c, seq)
}

// entryNumber is the number of the entry in the address. What is none is not there.
func entryNumber(c echo.Context) (int, error) {
	seq, err := strconv.Atoi(c.Param("seq"))
	if err != nil || seq < 1 {
		return 0, models.ErrNotFound
	}
	return seq, nil
}
