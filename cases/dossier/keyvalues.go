package dossier

// KeyValue is a named detail: "Estado", "Panamá".
type KeyValue struct {
	Key, Value string
	Tone       Tone
	Link       string // as in Run
}

// KeyValues are details under each other, the names in a column of their own.
type KeyValues struct{ Rows []KeyValue }

func (b KeyValues) draw(s *sheet) {
	s.gap(1 * mm)
	s.keyValues(b.Rows, s.measure())
	s.gap(4 * mm)
}

// keyValues sets details within a width.
func (s *sheet) keyValues(rows []KeyValue, width float64) {
	column := keyColumn(rows, width)
	for _, r := range rows {
		key := set(keyStyle, plain(cleanLine(r.Key)), column)
		value := set(valueStyle, []Run{{Text: r.Value, Tone: r.Tone, Link: r.Link}}, width-column-gutter)
		n := max(len(key), len(value))
		if short := float64(n) * keyStyle.leading; short < (s.bottom-s.top)/3 {
			s.need(short)
		} else {
			s.need(3 * keyStyle.leading)
		}
		s.pair(key, value, column)
		s.y += 0.9 * mm
	}
}

// pair sets a name and its value, over several pages if the value is that long.
func (s *sheet) pair(key, value []line, column float64) {
	for i := range max(len(key), len(value)) {
		s.need(keyStyle.leading)
		if i < len(key) {
			s.text(s.left, s.y, key[i])
		}
		if i < len(value) {
			s.text(s.left+column+gutter, s.y, value[i])
		}
		s.y += keyStyle.leading
	}
}

// keyColumn is the width of the names, at most two fifths.
func keyColumn(rows []KeyValue, width float64) float64 {
	w := 24 * mm
	for _, r := range rows {
		w = max(w, keyStyle.width(cleanLine(r.Key))+0.1)
	}
	return min(w, width*0.4)
}
