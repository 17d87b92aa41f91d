package cases

import "slices"

// Facts are the codes of the facts of a matter that have a name of their own, in the order in which
// people look for them. Every procedure takes them, and others that begin with "event_".
var Facts = []string{"event_violation", "event_detention", "event_deportation", "event_birth_certificates_issued", "event_other"}

// FactKey is the key of a fact's name in the catalogue; of a fact without one, the name that serves
// for any.
func FactKey(code string) string {
	if !slices.Contains(Facts, code) {
		code = "event_other"
	}
	return "cases.fact." + code[len("event_"):]
}
