// Package pagetest answers: is this page sound? Tests hand it every page they get.
//
// A page is sound when its words are all there, its tags close in order, its ids are single and
// those referred to exist, every field has a label, every link and button says something, every
// POST form carries its token, and nothing in it needs inline script or style.
package pagetest

import (
	"strings"

	"golang.org/x/net/html"
)

// Faults lists what is wrong with a page, in words for a failing test; nil when nothing is.
func Faults(page string) (list []string) {
	if i := strings.Index(page, "⟦"); i >= 0 {
		list = append(list, "words are missing: "+page[i:min(i+60, len(page))])
	}
	list = append(list, unbalanced(page)...)
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return append(list, err.Error())
	}
	labelled, ids := map[string]bool{}, map[string]int{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			ids[attr(n, "id")]++
			if n.Data == "label" {
				labelled[attr(n, "for")] = true
			}
		}
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			list = append(list, elementFaults(n, labelled, ids)...)
		}
	}
	return list
}

func elementFaults(n *html.Node, labelled map[string]bool, ids map[string]int) (list []string) {
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			list = append(list, n.Data+" has the attribute "+a.Key)
		}
		if strings.Contains(a.Val, "ZgotmplZ") {
			list = append(list, n.Data+" "+a.Key+" was refused by the escaper")
		}
		if a.Key == "id" && ids[a.Val] > 1 {
			list = append(list, "the id "+a.Val+" occurs twice")
		}
		if a.Key == "aria-describedby" || a.Key == "aria-labelledby" || (a.Key == "for" && n.Data == "label") {
			for _, id := range strings.Fields(a.Val) {
				if ids[id] == 0 {
					list = append(list, n.Data+" "+a.Key+" names the missing id "+id)
				}
			}
		}
	}
	switch n.Data {
	case "style":
		list = append(list, "a style element")
	case "script":
		if attr(n, "src") == "" {
			list = append(list, "an inline script")
		}
	case "img":
		if !has(n, "alt") {
			list = append(list, "a picture without alt")
		}
	case "input", "select", "textarea":
		if attr(n, "type") != "hidden" && attr(n, "aria-label") == "" && !labelled[attr(n, "id")] && !inside(n, "label") {
			list = append(list, n.Data+" "+attr(n, "name")+" has no label")
		}
	case "form":
		if strings.EqualFold(attr(n, "method"), "post") && !carriesToken(n) {
			list = append(list, "the form to "+attr(n, "action")+" carries no token")
		}
	case "a", "button":
		if strings.TrimSpace(textOf(n)) == "" && attr(n, "aria-label") == "" {
			list = append(list, n.Data+" says nothing")
		}
	}
	return list
}

func carriesToken(form *html.Node) bool {
	for n := range form.Descendants() {
		if attr(n, "name") == "csrf" && attr(n, "value") != "" {
			return true
		}
	}
	return false
}

// unbalanced reads the tags as written, because the parser mends them silently.
func unbalanced(page string) (list []string) {
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		raw, _ := z.TagName()
		tag := string(raw)
		switch kind {
		case html.ErrorToken:
			if len(open) > 0 {
				list = append(list, "left open: "+strings.Join(open, " "))
			}
			return list
		case html.StartTagToken:
			if !strings.Contains(" meta link input br hr img ", " "+tag+" ") {
				open = append(open, tag)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tag {
				return append(list, "</"+tag+"> closes "+strings.Join(open, " "))
			}
			open = open[:len(open)-1]
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func inside(n *html.Node, tag string) bool {
	for p := range n.Ancestors() {
		if p.Data == tag {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
