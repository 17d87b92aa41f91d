package handlers

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"expediente/templates"
)

// errForged says that a change did not come from one of our own forms, or from one of a session
// that is over.
var errForged = errors.New("the form is not one of this session's")

// token is the secret that every form of the page carries. It is derived from the session's
// cookie, or from that of the visit, which is handed out with the first form.
func (s *Server) token(c echo.Context) string {
	return tokenOf(s.secret(c))
}

func tokenOf(secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("expediente form token"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// secret is the cookie that tokens are derived from.
func (s *Server) secret(c echo.Context) string {
	v := s.visitor(c)
	if v.secret == "" {
		v.secret = s.cookie(c, visitCookie)
	}
	if len(v.secret) < 40 {
		raw := make([]byte, 32)
		rand.Read(raw)
		v.secret = base64.RawURLEncoding.EncodeToString(raw)
		s.setCookie(c, visitCookie, v.secret, 0)
	}
	return v.secret
}

// protect refuses a change that another site asked for, and one without our token.
func (s *Server) protect(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		switch c.Request().Method {
		case http.MethodGet, http.MethodHead, http.MethodOptions:
			return next(c)
		}
		if !routed(c) {
			return next(c) // there is nothing at this address to protect; the answer is 404 or 405
		}
		if err := s.origin.Check(c.Request()); err != nil {
			return errForged
		}
		if s.visitor(c).ended {
			return s.askToSignIn(c)
		}
		if streamed[c.Path()] {
			return next(c) // the handler calls checkToken before it takes the first byte
		}
		f, err := s.form(c)
		if err != nil {
			return err
		}
		if err := s.checkToken(c, f.text(templates.CSRFField)); err != nil {
			return err
		}
		return next(c)
	}
}

// checkToken refuses a token that is not of this session.
func (s *Server) checkToken(c echo.Context, token string) error {
	if !hmac.Equal([]byte(token), []byte(s.token(c))) {
		return errForged
	}
	return nil
}
