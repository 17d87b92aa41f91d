package handlers

import (
	"github.com/labstack/echo/v4"

	"expediente/templates"
)

// staticRoute is the pattern of the files beside the pages.
const staticRoute = templates.StaticPath + "*"

// routes are all addresses of the site, by page, in reading order. Where signedIn does not stand,
// anyone may come in; a test holds the list of those.
func (s *Server) routes(e *echo.Echo) {
	// Anyone
	e.GET(staticRoute, echo.WrapHandler(s.templates.Static()))
	e.POST("/language", s.chooseLanguage)
	e.GET("/signin", s.showSignIn)
	e.POST("/signin", s.signIn)
	e.GET("/setup", s.showSetup)
	e.POST("/setup", s.setUp)
	e.POST("/setup/recovery", s.downloadRecovery)

	// Today
	e.GET("/", s.showToday, s.signedIn)
	e.POST("/as-of", s.chooseDay, s.signedIn)
	e.POST("/signout", s.signOut, s.signedIn)

	// Audit and help
	e.GET("/audit", s.listAudit, s.signedIn)
	e.GET("/help", s.showHelp, s.signedIn)
	e.GET("/help/:topic", s.showHelp, s.signedIn)
}
