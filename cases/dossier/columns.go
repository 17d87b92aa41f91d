package dossier

import (
	"math"
	"slices"
)

// columns is what columns ask for: least is the longest word, natural the longest line.
type columns struct{ least, natural []float64 }

// columnWidths divides the measure: fixed columns as asked, the others by their content. Of three
// ways to divide it takes the one that gives the table the fewest lines.
func columnWidths(heads []Column, rows [][][]word, measure float64) []float64 {
	room := measure - gutter*float64(len(heads)-1)
	widths := make([]float64, len(heads))
	var open columns
	var which []int
	fixed := 0.0
	for i, c := range heads {
		if c.WidthMM > 0 {
			widths[i] = c.WidthMM * mm
			fixed += widths[i]
			continue
		}
		least, natural := columnAsks(c, rows, i, room)
		open.least, open.natural = append(open.least, least), append(open.natural, natural)
		which = append(which, i)
	}
	room -= fitFixed(widths, fixed, room, len(which))
	fewest := math.MaxInt
	var best []float64
	for _, short := range []float64{room, 26 * mm, 0} {
		for k, w := range open.share(room, short) {
			widths[which[k]] = w
		}
		if n := countLines(rows[:min(len(rows), 60)], widths); n < fewest {
			fewest, best = n, slices.Clone(widths)
		}
	}
	return best
}

// countLines is how many lines the rows take in columns of these widths.
func countLines(rows [][][]word, widths []float64) (total int) {
	for _, fields := range rows {
		tallest := 1
		for i, field := range fields {
			tallest = max(tallest, len(fill(field, widths[i])))
		}
		total += tallest
	}
	return total
}

// fitFixed shrinks fixed columns that leave too little for the others, or stretches them when there
// are no others, and tells their sum.
func fitFixed(widths []float64, fixed, room float64, open int) float64 {
	limit := room
	if open > 0 {
		limit = room * (1 - min(0.8, 0.12*float64(open)))
	}
	if fixed == 0 || open > 0 && fixed <= limit {
		return fixed
	}
	for i := range widths {
		widths[i] *= limit / fixed
	}
	return limit
}

// columnAsks is the longest word and the longest line of a column, header included.
func columnAsks(c Column, rows [][][]word, i int, room float64) (least, natural float64) {
	measure := func(all []word) {
		w, gap := 0.0, 0.0
		for _, word := range all {
			least = max(least, word.width)
			w += gap + word.width
			natural = max(natural, w)
			if gap = word.space; word.forced {
				w, gap = 0, 0
			}
		}
	}
	measure(words(headerStyle, plain(c.Title)))
	for _, r := range rows {
		if i < len(r) {
			measure(r[i])
		}
	}
	return min(least, room*0.4) + 0.1, min(natural, room) + 0.1
}

// share divides the room. When there is enough, everyone gets the natural width and a part of the
// rest. Else columns that ask for no more than short (dates, references) keep theirs whole and the
// others wrap.
func (c columns) share(room, short float64) []float64 {
	least, natural := sum(c.least), sum(c.natural)
	widths := make([]float64, len(c.least))
	for i := range widths {
		switch {
		case natural <= room:
			widths[i] = c.natural[i] * room / natural
		case least >= room:
			widths[i] = max(c.least[i]*room/least, 1)
		}
	}
	if least < room && room < natural {
		c.settle(widths, room, short)
	}
	return widths
}

// settle gives short columns their natural width, as long as that leaves the others their longest
// word, and divides what is left among the others.
func (c columns) settle(widths []float64, room, short float64) {
	left := c.keepShort(widths, room, short)
	least, wish := 0.0, 1e-9
	for i, w := range widths {
		if w == 0 {
			least += c.least[i]
			wish += math.Sqrt(c.natural[i] - c.least[i])
		}
	}
	if least > left || left == room {
		c.divide(widths, room)
		return
	}
	for i, w := range widths {
		if w == 0 {
			widths[i] = c.least[i] + (left-least)*math.Sqrt(c.natural[i]-c.least[i])/wish
		}
	}
}

// keepShort sets the width of columns that ask for no more than short or a fair share, and tells
// what they leave.
func (c columns) keepShort(widths []float64, room, short float64) float64 {
	open := len(widths)
	for again := true; again; {
		again = false
		fair := min(room/float64(open), short)
		for i, w := range widths {
			if w == 0 && c.natural[i] <= fair {
				widths[i] = c.natural[i]
				room -= widths[i]
				open--
				again = true
			}
		}
	}
	return room
}

// divide gives everyone the least, and of the rest a part by how much more each would like.
func (c columns) divide(widths []float64, room float64) {
	least, natural := sum(c.least), sum(c.natural)
	for i := range widths {
		widths[i] = c.least[i] + (room-least)*(c.natural[i]-c.least[i])/(natural-least)
	}
}

func sum(all []float64) (total float64) {
	for _, v := range all {
		total += v
	}
	return total
}
