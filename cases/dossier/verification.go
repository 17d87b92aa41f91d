package dossier

import (
	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// QR is a square code, with a caption of at most six lines beside it.
type QR struct {
	Text    string // what the code says
	Caption string
}

const qrSize = 26 * mm

func (b QR) draw(s *sheet) {
	caption := clip(set(captionStyle, plain(b.Caption), s.measure()-qrSize-5*mm), 6)
	s.gap(3 * mm)
	s.need(qrSize)
	x := s.left
	if s.code(b.Text, x, s.y, qrSize) {
		x += qrSize + 5*mm
	}
	s.stack(x, s.y, caption, captionStyle.leading)
	s.y += max(qrSize, float64(len(caption))*captionStyle.leading)
	s.gap(4 * mm)
}

// code draws a square code and tells whether the text could be put into one; too long a text
// cannot.
func (s *sheet) code(text string, x, y, size float64) bool {
	if text == "" {
		return false
	}
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return false
	}
	s.put(bitmap{x, y, size, darkRuns(code)})
	return true
}

// darkRuns are the dark modules of each row, joined where they touch.
func darkRuns(code barcode.Barcode) modules {
	m := modules{side: code.Bounds().Dx()}
	for y := range m.side {
		for x := 0; x < m.side; x++ {
			start := x
			for x < m.side && isDark(code, x, y) {
				x++
			}
			if x > start {
				m.runs = append(m.runs, [3]int{start, y, x - start})
			}
		}
	}
	return m
}

func isDark(code barcode.Barcode, x, y int) bool {
	r, _, _, _ := code.At(x, y).RGBA()
	return r < 0x8000
}

// Verification is how a reader checks this copy: the code, a square code to the page that checks
// it, details, and the signed head of the audit tree from Document.Head.
type Verification struct {
	Text   string     // what to do, in a sentence or two
	Rows   []KeyValue // digest, version of the procedure, day looked at…
	QR     string     // address of the page that checks it; empty draws none
	HeadAs string     // what the head is called: "Cabeza firmada del registro"
}

func (b Verification) draw(s *sheet) {
	width := s.measure()
	s.gap(2 * mm)
	s.need(qrSize)
	top, page := s.y, len(s.pages)
	if s.code(b.QR, s.right-qrSize, s.y, qrSize) {
		width -= qrSize + 6*mm
	}
	if s.doc.Code != "" {
		s.say(s.left, s.y, codeStyle, codeStyle.shorten(s.doc.Code, width))
		s.y += codeStyle.leading + 1.5*mm
	}
	for _, l := range set(bodyStyle, plain(b.Text), width) {
		s.need(bodyStyle.leading)
		s.text(s.left, s.y, l)
		s.y += bodyStyle.leading
	}
	s.y += 2 * mm
	s.keyValues(b.Rows, width)
	if b.QR != "" && page == len(s.pages) {
		s.y = max(s.y, top+qrSize)
	}
	b.head(s)
}

func (b Verification) head(s *sheet) {
	if len(s.doc.Head) == 0 {
		return
	}
	s.gap(3 * mm)
	if b.HeadAs != "" {
		s.need(3 * headerStyle.leading)
		s.say(s.left, s.y, headerStyle, headerStyle.shorten(b.HeadAs, s.measure()))
		s.y += headerStyle.leading + 1*mm
	}
	Mono{s.doc.Head}.draw(s)
}
