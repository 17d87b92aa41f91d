package models

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// The four kinds of refusal. Everything else is a fault of ours.
var (
	ErrNotFound = errors.New("not found")         // absent, or hidden from who asks: the same answer
	ErrConflict = errors.New("changed meanwhile") // somebody else was first
	ErrDenied   = errors.New("not allowed")       // seen, but not for this role
)

// Message is a sentence for a person: a key of the catalogue and its arguments.
type Message struct {
	Key  string
	Args []any
}

// Invalid is input that cannot be taken: field → message. The field "" is the whole form.
type Invalid map[string]Message

// Error lists the fields, never their content.
func (e Invalid) Error() string {
	fields := make([]string, 0, len(e))
	for f, m := range e {
		fields = append(fields, fmt.Sprintf("%s: %s", f, m.Key))
	}
	sort.Strings(fields)
	return "invalid input: " + strings.Join(fields, "; ")
}

// Add notes a problem with a field unless it has one already.
func (e Invalid) Add(field, key string, args ...any) {
	if _, had := e[field]; !had {
		e[field] = Message{key, args}
	}
}

// OrNil is the error, or nil when no field has a problem.
func (e Invalid) OrNil() error {
	if len(e) == 0 {
		return nil
	}
	return e
}
