package locale

import (
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// form is a plural form of the Unicode tables.
type form int

const (
	zero form = iota
	one
	two
	few
	many
	other
	formCount
)

var formNames = [formCount]string{"zero", "one", "two", "few", "many", "other"}

// formNamed gives the form of that name, -1 when it is none.
func formNamed(name string) form { return form(slices.Index(formNames[:], name)) }

// forms knows which form a count takes in one language.
type forms struct {
	small     [1000]form // almost every count is found here
	localizer *i18n.Localizer
}

// probe is a message whose forms are their own names: translating it asks go-i18n which form
// a count takes.
var probe = i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}

func newForms(tag language.Tag) (*forms, error) {
	bundle := i18n.NewBundle(tag)
	if err := bundle.AddMessages(tag, &probe); err != nil {
		return nil, err
	}
	f := &forms{localizer: i18n.NewLocalizer(bundle, tag.String())}
	for n := range f.small {
		name, err := f.ask(n)
		if err != nil {
			return nil, err
		}
		f.small[n] = formNamed(name)
	}
	return f, nil
}

func (f *forms) ask(n int) (string, error) {
	return f.localizer.Localize(&i18n.LocalizeConfig{MessageID: probe.ID, PluralCount: n})
}

func (f *forms) of(n int) form {
	n = max(n, -n)
	if n < len(f.small) {
		return f.small[n]
	}
	name, err := f.ask(n)
	if err != nil {
		return other
	}
	return formNamed(name)
}
