package procedure

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

// decode reads one file strictly: an unknown or repeated field is an error. Errors name the
// file, the line and the field.
func decode(name string, text []byte, into any) error {
	err := yaml.UnmarshalWithOptions(text, into, yaml.Strict())
	if err == nil {
		return nil
	}
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return fmt.Errorf("%s:%d: %s", name, at.GetToken().Position.Line, at.GetMessage())
	}
	return fmt.Errorf("%s: %w", name, err)
}

// finding is what a check has against a file: the path of the field and what is wrong with it.
type finding struct {
	path string // e.g. $.rules[3].trigger
	text string
}

// findings collects what the checks of one file find.
type findings []finding

func (f *findings) add(text, path string, args ...any) {
	*f = append(*f, finding{fmt.Sprintf(path, args...), text})
}

// err is all findings as one error, each with file, line and field; nil when there are none.
func (f findings) err(name string, text []byte) error {
	var errs []error
	for _, x := range f {
		field := strings.TrimPrefix(x.path, "$.")
		errs = append(errs, fmt.Errorf("%s:%d: %s: %s", name, line(text, x.path), field, x.text))
	}
	return errors.Join(errs...)
}

// filled wants something in every entry of a list: an empty one decodes to nil.
func filled[T any](f *findings, list []*T, path string, args ...any) {
	path = fmt.Sprintf(path, args...)
	for i, x := range list {
		if x == nil {
			f.add("the entry is empty", "%s[%d]", path, i)
		}
	}
}

// line finds where a field stands; where it is missing, the nearest field that holds it.
func line(text []byte, path string) int {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return 1
	}
	for path != "$" {
		if p, err := yaml.PathString(path); err == nil {
			if n, err := p.FilterFile(file); err == nil && n != nil {
				return n.GetToken().Position.Line
			}
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 1)]
	}
	return 1
}

// UnmarshalYAML reads one code or a list of them.
func (v *VersionCodes) UnmarshalYAML(read func(any) error) error {
	var one string
	if read(&one) == nil {
		*v = VersionCodes{one}
		return nil
	}
	return read((*[]string)(v))
}

// zone reads the name of a time zone.
func zone(name string, f *findings) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil || name == "" {
		f.add(fmt.Sprintf("no such time zone: %q", name), "$.zone")
		return time.UTC
	}
	return z
}

// expand puts the codes of a group where a list names it as "@group".
func expand(codes []Code, groups map[string][]Code, f *findings, path string) []Code {
	out := make([]Code, 0, len(codes))
	for i, c := range codes {
		name, isGroup := strings.CutPrefix(string(c), "@")
		group, known := groups[name]
		switch {
		case !isGroup:
			out = append(out, c)
		case !known:
			f.add("no such group: "+name, "%s[%d]", path, i)
		default:
			out = append(out, group...)
		}
	}
	return slices.Compact(out)
}
