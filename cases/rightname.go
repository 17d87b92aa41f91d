package cases

import (
	"cmp"
	"slices"
	"strconv"
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

// Invoked is a protected right as pages and documents name it.
type Invoked struct {
	Citation   string // "Art. 22.9"; the code itself where the catalogue does not know it
	Name       string // its heading
	Instrument string // "Convención Americana sobre Derechos Humanos"
}

// InvokedRights names rights by our codes, by instrument and article.
func InvokedRights(codes []string, lang string) []Invoked {
	t := taxonomy()
	known, list := make([]rights.Right, 0, len(codes)), make([]Invoked, 0, len(codes))
	for _, code := range codes {
		if r, err := t.Parse(code); err == nil {
			known = append(known, r)
		} else {
			list = append(list, Invoked{Citation: code})
		}
	}
	slices.SortFunc(known, byArticle)
	for i, r := range known {
		list = slices.Insert(list, i, named(t, r, lang))
	}
	return list
}

func named(t *rights.Taxonomy, r rights.Right, lang string) Invoked {
	x := Invoked{Citation: "Art. " + r.Cite(lang)}
	if p, ok := t.Provision(r); ok {
		x.Name = p.Names().In(lang)
	}
	if i, ok := t.Instrument(r.Instrument); ok {
		x.Instrument = i.Names.In(lang)
	}
	return x
}

func byArticle(a, b rights.Right) int {
	return cmp.Or(cmp.Compare(a.Instrument, b.Instrument), cmp.Compare(articleNumber(a), articleNumber(b)),
		cmp.Compare(a.Paragraph, b.Paragraph), cmp.Compare(a.Letter, b.Letter))
}

// articleNumber is the number of an article, whichever numerals it is written in.
func articleNumber(r rights.Right) int {
	if n, ok := rights.FromRoman(r.Article); ok {
		return n
	}
	n, _ := strconv.Atoi(r.Article)
	return n
}
