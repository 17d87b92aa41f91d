package cases

import (
	"sync"

	"expediente/cases/rights"
)

// taxonomy is the embedded catalogue of rights; its own tests read it whole.
var taxonomy = sync.OnceValue(func() *rights.Taxonomy {
	t, err := rights.Load()
	if err != nil {
		panic(err)
	}
	return t
})

// RightNames gives a protected right, by our code, as it is cited and by its heading and
// instrument: "Art. 22.9" and "Prohibición de la expulsión colectiva (Convención Americana …)". A
// code that the catalogue does not know is its own citation.
func RightNames(code, lang string) (citation, name string) {
	t := taxonomy()
	r, err := t.Parse(code)
	if err != nil {
		return code, ""
	}
	citation = "Art. " + r.Cite(lang)
	if p, ok := t.Provision(r); ok {
		name = p.Names().In(lang)
	}
	if i, ok := t.Instrument(r.Instrument); ok && name != "" {
		name += " (" + i.Names.In(lang) + ")"
	} else if ok {
		name = i.Names.In(lang)
	}
	return citation, name
}
