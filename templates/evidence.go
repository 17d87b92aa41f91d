package templates

// ExhibitFile is an exhibit whose bytes may be downloaded: _exhibit_file. Downloading is recorded,
// so it is asked for by a form and not by a link.
type ExhibitFile struct {
	ExhibitRow
	ID       string // an anchor, and the item's code: "E-7Q4FM2KD"
	Note     string
	Matter   *Link  // in a list over several matters
	Download string // where the form is sent
	Button   string // "Descargar «Anexo 7»"
	CSRF     string
}
