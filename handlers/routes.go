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

	// Cases and visits
	e.GET("/cases", s.listCases, s.signedIn)
	e.GET("/cases/new", s.askCase, s.signedIn)
	e.POST("/cases", s.createCase, s.signedIn)
	e.GET("/visits", s.listVisits, s.signedIn)
	e.GET("/visits/new", s.askVisit, s.signedIn)
	e.POST("/visits", s.createVisit, s.signedIn)
	e.GET("/matters/:matter", s.showMatter, s.signedIn)
	e.GET("/matters/:matter/milestones/new", s.askMilestone, s.signedIn)
	e.POST("/matters/:matter/milestones", s.logMilestone, s.signedIn)
	e.GET("/matters/:matter/milestones/:seq/correct", s.askCorrection, s.signedIn)
	e.POST("/matters/:matter/milestones/:seq/correct", s.correctMilestone, s.signedIn)

	// Evidence
	e.GET("/evidence", s.listEvidence, s.signedIn)
	e.GET("/matters/:matter/evidence/new", s.askEvidence, s.signedIn)
	e.POST("/matters/:matter/evidence", s.attachEvidence, s.signedIn)
	e.POST("/evidence/:evidence/download", s.downloadEvidence, s.signedIn)

	// Deadlines, plan and dossiers
	e.GET("/deadlines", s.listDeadlines, s.signedIn)
	e.GET("/plan", s.showPlan, s.signedIn)
	e.POST("/plan/dossier", s.printProgress, s.signedIn)
	e.POST("/matters/:matter/dossier", s.printCase, s.signedIn)
	e.GET("/dossiers", s.listDossiers, s.signedIn)

	// Audit and help
	e.GET("/audit", s.listAudit, s.signedIn)
	e.GET("/help", s.showHelp, s.signedIn)
	e.GET("/help/:topic", s.showHelp, s.signedIn)
}
