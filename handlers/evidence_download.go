package handlers

import (
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// downloadEvidence hands out an item's bytes after the registry has recorded who takes them. They
// leave as an attachment that no browser shows in our own origin.
func (s *Server) downloadEvidence(c echo.Context) error {
	d, err := s.registry.DownloadEvidence(c.Request().Context(), s.by(c), c.Param("evidence"))
	if err != nil {
		return err
	}
	defer d.Close()
	h := c.Response().Header()
	h.Set("Content-Disposition", attachment(d.Filename, d.Code))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Content-Length", strconv.FormatInt(d.Size, 10))
	h.Set("Content-Type", harmless(d.Mime))
	c.Response().WriteHeader(http.StatusOK)
	_, err = io.Copy(c.Response(), d)
	return err
}

// harmless is the type that a browser is told: only what no browser runs keeps its own.
func harmless(mime string) string {
	kind, _, _ := strings.Cut(mime, ";")
	switch {
	case strings.HasPrefix(kind, "image/") && !strings.Contains(kind, "svg"),
		strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"), kind == "application/pdf", kind == "application/zip":
		return kind
	}
	return "application/octet-stream"
}

// attachment writes the header for a file of any name: a plain one that every browser reads, and
// beside it the whole name (RFC 6266) where the plain one says less.
func attachment(name, code string) string {
	name = safeName(name, code)
	plain := make([]byte, 0, len(name))
	for _, r := range name {
		if r > unicode.MaxASCII || r == '"' || r == '\\' || r == '%' {
			r = '_'
		}
		plain = append(plain, byte(r))
	}
	header := `attachment; filename="` + string(plain) + `"`
	if string(plain) == name {
		return header
	}
	return header + "; filename*=UTF-8''" + percentEncoded(name)
}

// longestName is the longest file name, in bytes, that disks take.
const longestName = 255

// safeName is a file name without what ends a header's line, leads out of a folder or turns the
// order of letters round. A name of nothing else is the item's code.
func safeName(name, code string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
			return -1
		case strings.ContainsRune(`/\:*?<>|`, r):
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.TrimLeft(strings.TrimRight(name, ". "), " .")
	if name == "" {
		return code
	}
	return shortened(name)
}

// shortened cuts a name to what disks take, and keeps its ending.
func shortened(name string) string {
	if len(name) <= longestName {
		return name
	}
	ending := path.Ext(name)
	if len(ending) > 20 {
		ending = ""
	}
	stem := name[:longestName-len(ending)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return strings.TrimRight(stem, ". ") + ending
}

// percentEncoded writes every byte that RFC 5987 does not let stand as it is.
func percentEncoded(name string) string {
	const hex, plain = "0123456789ABCDEF", "!#$&+-.^_`|~"
	var b strings.Builder
	for _, c := range []byte(name) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte(plain, c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}
