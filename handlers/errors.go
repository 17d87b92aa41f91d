package handlers

import (
	"context"
	"errors"
	"net/http"
	"syscall"

	"github.com/labstack/echo/v4"

	"expediente/cases"
	"expediente/models"
	"expediente/templates"
)

// refusal is an error as its page shows it.
type refusal struct {
	status int
	kind   string // the key common.error.<kind>
}

// refusalOf is the one place where an error becomes a status.
func refusalOf(err error) refusal {
	var invalid models.Invalid
	var large *http.MaxBytesError
	var routing *echo.HTTPError
	switch {
	case errors.Is(err, models.ErrNotFound), errors.Is(err, cases.ErrSetupClosed):
		return refusal{http.StatusNotFound, "not_found"}
	case errors.Is(err, models.ErrDenied):
		return refusal{http.StatusForbidden, "denied"}
	case errors.Is(err, errForged):
		return refusal{http.StatusForbidden, "expired"}
	case errors.Is(err, models.ErrConflict):
		return refusal{http.StatusConflict, "conflict"}
	case errors.As(err, &invalid):
		return refusal{http.StatusUnprocessableEntity, "invalid"}
	case errors.Is(err, cases.ErrTooMany):
		return refusal{http.StatusTooManyRequests, "busy"}
	case errors.As(err, &large):
		return refusal{http.StatusRequestEntityTooLarge, "too_large"}
	case full(err):
		return refusal{http.StatusServiceUnavailable, "read_only"}
	case errors.As(err, &routing):
		return refusalOfEcho(routing.Code)
	}
	return refusal{http.StatusInternalServerError, "failed"}
}

// refusalOfEcho is what the router and the reader of forms refuse.
func refusalOfEcho(status int) refusal {
	switch status {
	case http.StatusNotFound:
		return refusal{status, "not_found"}
	case http.StatusMethodNotAllowed:
		return refusal{status, "method"}
	case http.StatusRequestEntityTooLarge:
		return refusal{status, "too_large"}
	case http.StatusUnsupportedMediaType, http.StatusBadRequest:
		return refusal{status, "unreadable"}
	}
	return refusal{http.StatusInternalServerError, "failed"}
}

// full tells whether the disk is: the file system says so itself, the database by its code 13.
func full(err error) bool {
	var database interface{ Code() int }
	return errors.Is(err, syscall.ENOSPC) || errors.As(err, &database) && database.Code()&0xff == 13
}

// fail shows the page of an error. What is a fault of ours is also logged, under the number that
// the page names.
func (s *Server) fail(err error, c echo.Context) {
	if c.Response().Committed || c.Request().Context().Err() == context.Canceled {
		return
	}
	r := refusalOf(err)
	if r.status >= http.StatusInternalServerError {
		s.log.Error("a request failed", "id", requestID(c), "route", c.Path(), "error", err.Error())
	}
	if err := s.showRefusal(c, r, err); err != nil && !c.Response().Committed {
		s.log.Error("the page of an error failed", "id", requestID(c), "error", err.Error())
		_ = c.String(http.StatusInternalServerError, "Expediente "+requestID(c)+"\n")
	}
}

func (s *Server) showRefusal(c echo.Context, r refusal, err error) error {
	page := templates.ErrorPage{Base: s.page(c, ""), Kind: r.kind, ID: requestID(c), Points: s.points(c, err)}
	if !s.visitor(c).signedIn {
		page.Ways = []templates.Link{{Text: s.say(c, "common.action.sign_in"), Href: "/signin"}}
	}
	return s.render(c, r.status, "errors/error", page)
}

// points says, field by field, what cannot be taken; for forms that nobody shows again.
func (s *Server) points(c echo.Context, err error) (list []string) {
	var invalid models.Invalid
	if errors.As(err, &invalid) {
		for _, m := range invalid {
			list = append(list, s.say(c, m.Key, m.Args...))
		}
	}
	return list
}
