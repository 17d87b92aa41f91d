package handlers

import (
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"expediente/cases"
)

// maxForm is the largest form taken, in bytes.
const maxForm = 1 << 20

// patience is how long a browser may send nothing in the midst of a body.
const patience = time.Minute

// streamed are the routes that take a body as it comes and check the form's token themselves.
var streamed = map[string]bool{"/matters/:matter/evidence": true}

// bound limits how much a body may be, and how long it may stall.
func (s *Server) bound(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		limit := int64(maxForm)
		if streamed[c.Path()] {
			limit += cases.MaxEvidence
		}
		r := c.Request()
		if r.ContentLength > limit && !streamed[c.Path()] { // a streamed form is refused by its handler, which keeps the texts
			return echo.ErrStatusRequestEntityTooLarge
		}
		if r.Body != nil && r.Body != http.NoBody {
			w := c.Response()
			r.Body = &patient{ReadCloser: http.MaxBytesReader(w, r.Body, limit), w: http.NewResponseController(w)}
		}
		return next(c)
	}
}

// patient is a body that may come slowly, but has to come.
type patient struct {
	io.ReadCloser
	w *http.ResponseController
}

// Read waits for a while, and no longer once the body has ended. What cannot wait (a test's
// recorder) reads as it always did.
func (p *patient) Read(b []byte) (int, error) {
	_ = p.w.SetReadDeadline(time.Now().Add(patience))
	n, err := p.ReadCloser.Read(b)
	if err != nil {
		_ = p.w.SetReadDeadline(time.Time{})
	}
	return n, err
}
