package dossier

import (
	"net/url"
	"strings"
)

// safeLink is the link if a reader may follow it: the web, a mail address, or a heading of this
// document. Anything else, such as a script, is no link.
func safeLink(link string) string {
	if link == "" || strings.HasPrefix(link, "#") {
		return link
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "mailto":
		return u.String()
	}
	return ""
}
