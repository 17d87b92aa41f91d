// Package dossier answers: how does this document look on paper?
//
// Draw turns a Document, which is finished text in blocks, into the bytes of a PDF. It decides
// nothing about content: words arrive in the reader's language, names already reserved or shown,
// numbers already reckoned. It knows no database, clock or catalogue.
//
// The journey of a document: the text is cleaned (text.go), each block lays itself out on a sheet
// as marks with a position (sheet.go and one file per block), the running header and footer are
// added once the number of pages is known (frame.go), and the marks are written out (pdf.go).
//
// # Decisions
//
//   - Same input, same bytes, from the same build. The dates in the file come from
//     Document.Printed, the producer is a fixed word, and no author, identifier or XMP is written.
//     (Another release of the compiler may compress differently: what was sent is kept
//     byte for byte, and not drawn again.)
//   - Blocks write marks, not PDF operators. A heading whose text falls on the next page is laid
//     out again there, and page numbers in the contents are filled in at the end, without drawing
//     the document twice.
//   - Text never breaks a document: what no face can show becomes □, and a panic in the PDF
//     writer becomes an error.
//   - Faces are whole files under their licence (fonts/OFL-*.txt). At the first draw each is cut in
//     memory to the letters of the languages of the Americas, because parsing a whole face for
//     every document cost more than the rest of the drawing; a document with other letters
//     (Greek, Cyrillic, Vietnamese) takes the whole face.
//   - Lines are ragged right and no word is hyphenated: a reference, an article or a digest must be
//     found again by searching for it.
package dossier

import (
	"fmt"
	"time"
)

// Paper is the sheet a document is printed on.
type Paper string

// The two sheets in use in the region. The zero Paper is A4.
const (
	A4     Paper = "A4"
	Letter Paper = "Letter"
)

// Document is everything a page shows. All texts are finished and in the language Lang.
type Document struct {
	Lang      string // "es"; written into the file for screen readers
	FileTitle string // in the file's properties, which searches of a disk collect: never a name. "Expediente del caso · P 338-05"
	Paper     Paper

	Kicker string // small line above the title: "Expediente del caso · 20 de junio de 2006"
	Title  string
	Mark   string // audience mark, framed under the title: "Para trasmisión al Estado"

	RunLeft, RunRight string // running header: "Expediente del caso · P 338-05", "Para la Asamblea"

	FootLeft   string // running footer; %s is replaced by Code: "Código %s · se verifica con la última página"
	Code       string // verification code: "7Q4F-K2MD"
	PageFormat string // two %d, page and pages: "%d de %d"; empty means "%d / %d"
	Reader     string // for whom this copy was printed, in the footer of every page
	PrintedAt  string // when, as the reader's language writes it; beside Reader

	Printed time.Time // pinned as the file's creation date, in UTC
	Head    []string  // lines of the signed head of the audit tree, shown by Verification

	Contents      bool   // a table of contents before the first heading
	ContentsTitle string // its title: "Contenido"

	Blocks []Block
}

// Block is one piece of a document, drawn under the one before it.
type Block interface {
	draw(s *sheet)
}

// Tone is what a text means, beyond its words. Colour never speaks alone: the words must say it too.
type Tone string

// The tones. Plain is the zero value.
const (
	Plain  Tone = ""
	Strong Tone = "strong"
	Muted  Tone = "muted"
	Late   Tone = "late"
	Soon   Tone = "soon"
	OK     Tone = "ok"
	Digest Tone = "digest" // a digest or key, in figures of equal width
)

// Run is a stretch of text in one tone. Link is an http, https or mailto address, or "#" and the
// ID of a Heading; any other link is ignored and the text stays.
type Run struct {
	Text string
	Tone Tone
	Link string
}

// Draw lays the document out and returns it as a PDF. It is a pure function: equal documents give
// equal bytes, also when drawn at the same time. The error tells a fault in the drawing itself;
// no text can cause one.
func Draw(doc Document) (pdf []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			pdf, err = nil, fmt.Errorf("dossier: draw: %v", r)
		}
	}()
	s := newSheet(doc)
	s.opening()
	s.drawBlocks(withContents(doc))
	s.frame()
	return s.write()
}
