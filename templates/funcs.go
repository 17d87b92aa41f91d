package templates

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"time"

	"expediente/templates/locale"
)

// funcs are what pages may call, bound to one language. The package comment lists them.
func funcs(w *locale.Words, langs []string, assets *static) template.FuncMap {
	return template.FuncMap{
		"t":        w.Say,
		"say":      func(key string, args []any) string { return w.Say(key, args...) },
		"why":      func(reason any) (string, error) { return why(w, reason) },
		"lang":     w.Lang,
		"langs":    func() []string { return langs },
		"day":      w.Day,
		"shortday": w.ShortDay,
		"onday":    w.OnDay,
		"iso":      DateText,
		"dayblock": func(v locale.Civil) DayBlock { return newDayBlock(w, v) },
		"instant":  func(t time.Time, zone *time.Location) string { return w.Instant(t, zone) },
		"months":   func() []Option { return months(w) },
		"number":   w.Number,
		"percent":  w.Percent,
		"bytes":    w.Bytes,
		"join":     w.Join,
		"name":     func(v locale.Named) string { return v.In(w.Lang()) },
		"icon":     icon,
		"asset":    assets.address,
		"pill":     func(tone any, text string) Pill { return Pill{Tone(fmt.Sprint(tone)), text} },
		"field":    NewField,
		"option":   func(value, text string) Option { return Option{Value: value, Text: text} },
		"options":  func(list ...Option) []Option { return list },
		"link":     func(text, href string) Link { return Link{Text: text, Href: href} },
		"links":    func(list ...Link) []Link { return list },
		"crumbs":   func(list ...Link) Crumbs { return list },
		"figure":   func(value, text string) Figure { return Figure{value, text} },
		"figures":  func(list ...Figure) []Figure { return list },
		"message":  func(tone any, title, text string) Message { return Message{Tone(fmt.Sprint(tone)), title, text} },
		"summary":  func(list ...Field) Summary { return list },
		"empty": func(icon, title, text, example string) Empty {
			return Empty{Icon: icon, Title: title, Text: text, Example: example}
		},
	}
}

// why says any struct that has a Key and its Args, as the engines give their reasons; nothing for
// one without a key, as a field without a problem gives.
func why(w *locale.Words, reason any) (string, error) {
	v := reflect.Indirect(reflect.ValueOf(reason))
	if v.Kind() != reflect.Struct {
		return "", fmt.Errorf("why wants a struct with Key and Args, not a %T", reason)
	}
	key, args := v.FieldByName("Key"), v.FieldByName("Args")
	if !key.IsValid() || key.Kind() != reflect.String {
		return "", fmt.Errorf("why wants a struct with Key and Args, not a %T", reason)
	}
	if key.Len() == 0 {
		return "", nil
	}
	if !args.IsValid() {
		return w.Say(key.String()), nil
	}
	list, ok := args.Interface().([]any)
	if !ok {
		return "", fmt.Errorf("the Args of a %T are not a []any", reason)
	}
	return w.Say(key.String(), list...), nil
}

// DayBlock is the little calendar leaf beside a deadline: _dayblock.
type DayBlock struct {
	ISO, Top, Middle, Bottom, Full string
}

// newDayBlock writes the sharpest known part of the day largest.
func newDayBlock(w *locale.Words, v locale.Civil) DayBlock {
	b := DayBlock{ISO: DateText(v), Full: w.Day(v)}
	if b.ISO == "" {
		b.Middle = "—"
		return b
	}
	y, m, d := v.Civil()
	switch {
	case m == 0:
		b.Middle = itoa(y)
	case d == 0:
		b.Middle, b.Bottom = w.MonthShort(m), itoa(y)
	default:
		b.Middle, b.Top, b.Bottom = itoa(d), w.MonthShort(m), itoa(y)
	}
	return b
}

func months(w *locale.Words) []Option {
	list := make([]Option, 12)
	for i := range list {
		n := strconv.Itoa(i + 1)
		list[i] = Option{Value: n, Text: w.Say("common.month.m" + n)}
	}
	return list
}
