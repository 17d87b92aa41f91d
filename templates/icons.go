package templates

import (
	"fmt"
	"html/template"
)

// icons are drawn for a square of 24 in lines two wide. They repeat what is written beside
// them, and are hidden from screen readers.
var icons = map[string]string{
	"brand":     "M4 3h9l3 3h5v15H4zM8 11h9M8 15h9M8 19h5",
	"today":     "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
	"cases":     "M3 6h6l2 2h10v11H3zM3 11h18",
	"visits":    "M12 21c4-5 7-8 7-11a7 7 0 0 0-14 0c0 3 3 6 7 11zM9.500 10a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0-5 0",
	"evidence":  "M12 3l8 3v6c0 4-3 7-8 9c-5-2-8-5-8-9V6zM9 12l2 2 4-4",
	"deadlines": "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7v5l4 2",
	"plan":      "M3 20h18M5 16h5v-5h5V6h5M20 6l-3-2M20 6l-3 2",
	"dossiers":  "M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h7",
	"audit":     "M9 6h12M9 12h12M9 18h12M3 6l1 1 2-2M3 12l1 1 2-2M3 18l1 1 2-2",
	"help":      "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M9.500 9.500a2.500 2.500 0 1 1 4 2c-1 .7-1.500 1.200-1.500 2.500M12 17v.1",
	"more":      "M5 12h.1M12 12h.1M19 12h.1",
	"search":    "M4 10.500a6.500 6.500 0 1 0 13 0a6.500 6.500 0 1 0-13 0M15.500 15.500L21 21",
	"print":     "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
	"add":       "M12 5v14M5 12h14",
	"attach":    "M8 12l5-5a3 3 0 0 1 4 4l-7 7a5 5 0 0 1-7-7l7-7",
	"download":  "M12 4v11M7 11l5 5 5-5M4 20h16",
	"upload":    "M12 16V5M7 9l5-5 5 5M4 20h16",
	"lock":      "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
	"edit":      "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
	"user":      "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4 21c0-5 3-7 8-7s8 2 8 7",
	"out":       "M10 4H4v16h6M9 12h12M17 8l4 4-4 4",
	"next":      "M9 5l7 7-7 7",
	"back":      "M15 5l-7 7 7 7",
	"check":     "M4 12l5 6L20 6",
	"warning":   "M12 4l10 17H2zM12 10v5M12 18v.1",
	"info":      "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 11v6M12 7.500v.1",
	"filter":    "M4 6h16M7 12h10M10 18h4",
}

// icon draws an icon. Its name must be one of ours, so the drawing is safe to insert.
func icon(name string) (template.HTML, error) {
	path, ok := icons[name]
	if !ok {
		return "", fmt.Errorf("no icon %q", name)
	}
	return template.HTML(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="` + path + `"/></svg>`), nil
}
