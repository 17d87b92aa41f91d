package locale

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

// message is a text with places for values, in one form or in one for each plural.
type message struct {
	forms  [formCount][]piece
	plural bool
}

// piece is a run of fixed text, or the place of one value.
type piece struct {
	text string
	arg  string // the value's name; "" for fixed text
	verb string // on, the, short: how a day is set in the sentence
}

var place = regexp.MustCompile(`\{\{\s*(?:(on|the|short)\s+)?\.([a-zA-Z_][a-zA-Z0-9_]*)\s*\}\}`)

// cut splits a text at its places.
func cut(text string) ([]piece, error) {
	var pieces []piece
	from := 0
	for _, m := range place.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > from {
			pieces = append(pieces, piece{text: text[from:m[0]]})
		}
		p := piece{arg: text[m[4]:m[5]]}
		if m[2] >= 0 {
			p.verb = text[m[2]:m[3]]
		}
		pieces, from = append(pieces, p), m[1]
	}
	if from < len(text) {
		pieces = append(pieces, piece{text: text[from:]})
	}
	for _, p := range pieces {
		if strings.Contains(p.text, "{{") || strings.Contains(p.text, "}}") {
			return nil, fmt.Errorf("a place is written {{.name}}: %q", text)
		}
	}
	return pieces, nil
}

// read adds one area's file. The area may stand as the outermost key or be left out.
func (w *Words) read(area string, text []byte) error {
	var tree map[string]any
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return err
	}
	if inner, ok := tree[area].(map[string]any); ok && !isPlural(inner) {
		delete(tree, area)
		for key, v := range inner {
			if _, twice := tree[key]; twice {
				return fmt.Errorf("%s.%s: written twice", area, key)
			}
			tree[key] = v
		}
	}
	return w.add(area, tree)
}

func (w *Words) add(key string, node any) error {
	switch node := node.(type) {
	case string:
		return w.addText(key, node)
	case map[string]any:
		if isPlural(node) {
			return w.addPlural(key, node)
		}
		for name, child := range node {
			if err := w.add(key+"."+name, child); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%s: a text is wanted, not %v (write it between quotes)", key, node)
}

func (w *Words) addText(key, text string) error {
	text = strings.Trim(text, " \n")
	pieces, err := cut(text)
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	for _, p := range pieces {
		if p.arg != "" {
			m := &message{}
			m.forms[other] = pieces
			w.messages[key] = m
			return nil
		}
	}
	w.plain[key] = text
	return nil
}

func (w *Words) addPlural(key string, forms map[string]any) error {
	m := &message{plural: true}
	for name, v := range forms {
		text, ok := v.(string)
		if !ok {
			return fmt.Errorf("%s.%s: a text is wanted", key, name)
		}
		pieces, err := cut(strings.Trim(text, " \n"))
		if err != nil {
			return fmt.Errorf("%s.%s: %w", key, name, err)
		}
		m.forms[formNamed(name)] = pieces
	}
	if m.forms[other] == nil {
		return errors.New(key + `: the form "other" is missing`)
	}
	w.messages[key] = m
	return nil
}

// isPlural tells a set of plural forms from a group of keys: it has "other" and nothing that
// is not a form.
func isPlural(node map[string]any) bool {
	for name, v := range node {
		if _, text := v.(string); !text || formNamed(name) < 0 {
			return false
		}
	}
	_, has := node["other"]
	return has && len(node) > 1
}
