package templates

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// StaticPath is where the static files are served.
const StaticPath = "/static/"

// static is the files a browser asks for beside the pages, each under its digest.
type static struct{ files map[string]*asset }

type asset struct {
	digest, kind   string
	plain, gzipped []byte
}

func newStatic() (*static, error) {
	s := &static{files: map[string]*asset{}}
	err := fs.WalkDir(staticFiles, "static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := staticFiles.ReadFile(name)
		if err != nil {
			return err
		}
		a, err := newAsset(name, text)
		s.files[strings.TrimPrefix(name, "static/")] = a
		return err
	})
	return s, err
}

func newAsset(name string, text []byte) (*asset, error) {
	sum := sha256.Sum256(text)
	a := &asset{digest: hex.EncodeToString(sum[:6]), kind: kindOf(name), plain: text}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(text); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	if b.Len() < len(text)*9/10 {
		a.gzipped = b.Bytes()
	}
	return a, nil
}

// kindOf names the types we serve ourselves: what the machine's own tables say differs.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".webmanifest":
		return "application/manifest+json"
	}
	return mime.TypeByExtension(path.Ext(name))
}

// address is where a file is served: "/static/1f3a…/expediente.css". An unknown name fails.
func (s *static) address(name string) (string, error) {
	a := s.files[name]
	if a == nil {
		return "", fmt.Errorf("no static file %q", name)
	}
	return StaticPath + a.digest + "/" + name, nil
}

// ServeHTTP answers StaticPath/<digest>/<name>. An address with an old digest gets the file of
// today, but may not be kept.
func (s *static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	digest, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, StaticPath), "/")
	a := s.files[name]
	if a == nil || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if digest == a.digest {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body := a.plain
	if a.gzipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.gzipped
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the reader has gone: nobody is left to tell
	}
}

// Static serves the static files under StaticPath, compressed, kept by browsers for a year.
func (s *Set) Static() http.Handler { return s.static }

// Asset is the address of a static file, for pages written without a template.
func (s *Set) Asset(name string) (string, error) { return s.static.address(name) }
