package dossier

// columns is what columns ask for: least is the longest word, natural the longest line.
type columns struct{ least, natural []float64 }

// columnWidths divides the measure: fixed columns as asked, the others by their content.
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
	fixed = fitFixed(widths, fixed, room, len(which))
	for k, w := range open.share(room - fixed) {
		widths[which[k]] = w
	}
	return widths
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

// share divides the room: everyone's natural width and a part of the rest when there is enough,
// else the least and a part of what is left by how much more each would like.
func (c columns) share(room float64) []float64 {
	least, natural := sum(c.least), sum(c.natural)
	widths := make([]float64, len(c.least))
	for i := range widths {
		switch {
		case natural <= room:
			widths[i] = c.natural[i] * room / natural
		case least >= room:
			widths[i] = max(c.least[i]*room/least, 1)
		default:
			widths[i] = c.least[i] + (room-least)*(c.natural[i]-c.least[i])/(natural-least)
		}
	}
	return widths
}

func sum(all []float64) (total float64) {
	for _, v := range all {
		total += v
	}
	return total
}
