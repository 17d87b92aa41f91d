package templates

import (
	"fmt"
	"strings"
)

// date is a civil date for the gallery: year, month, day, 0 for what is not known.
type date [3]int

func (d date) Civil() (int, int, int) { return d[0], d[1], d[2] }

type caseData struct {
	Base
	Name, Sentence  string
	Ways            []Link
	Track, Short    StageTrack
	Deadlines, Next []DeadlineRow
	Log             []LogItem
	Exhibits        []ExhibitRow
	Pager           Pager
}

func galleryCase(base Base, name string) caseData {
	due := DeadlineRow{Due: date{2006, 6, 14}, What: "Observaciones sobre la respuesta del Estado", Href: "#", Why: "Plazo fijado por carta de la Comisión", Bound: "las peticionarias", Pill: Pill{Late, "6 días de retraso"}}
	why := due
	why.Matter, why.Reasons = name, []string{"Art. 30.3 del Reglamento de 2000, en vigor desde el 1 de mayo de 2001.", "La carta del 14 de mayo de 2006 fija un mes: 14 de junio de 2006."}
	why.Action = &Link{"Registrar «Observaciones enviadas»", "#", "add", ""}
	return caseData{
		Base: base, Name: name, Sentence: "Petición en admisibilidad desde el 2 de marzo de 2006; espera nuestras observaciones desde hace seis días.",
		Ways:  []Link{{"Imprimir dosier", "#", "print", ""}, {"Adjuntar prueba", "#", "attach", ""}},
		Track: galleryTrack(), Short: StageTrack{galleryTrack().Steps[:4]},
		Deadlines: []DeadlineRow{why,
			{Due: date{2006, 7, 2}, What: "Insumos para la visita de la Relatoría Especial", Href: "#", Why: "Relatoría Especial de la ONU, Guatemala, 24 a 28 de julio", Pill: Pill{Soon, "faltan 12 días"}},
			{Due: date{2006, 8, 19}, What: "Seis meses desde la decisión definitiva interna", Href: "#", Why: "Art. 32.1", Pill: Pill{Open, "faltan 60 días"}, Estimate: true},
			{Due: date{2006, 3, 0}, What: "Respuesta del Estado sobre admisibilidad", Pill: Pill{Met, "cumplido"}},
		},
		Next: []DeadlineRow{due},
		Log:  galleryLog(), Pager: Pager{Total: 23, Next: "#"},
		Exhibits: []ExhibitRow{
			{Kind: "PDF", Title: "Anexo 7. " + name, Href: "#", Lines: []string{"31 páginas · recogido el 3 de octubre de 2004 por el grupo Detención", "consentimiento: uso ante la Comisión"}, Digest: strings.Repeat("9f2c", 16), Pills: []Pill{{Met, "sellado"}}},
			{Kind: "MP3", Title: "Anexo 8. Testimonio de V-2", Lines: []string{"42 min · identidad reservada"}, Digest: "07be", Pills: []Pill{{Restricted, "reservado"}, {Met, "sellado"}}},
		},
	}
}

func galleryTrack() StageTrack {
	return StageTrack{[]Step{
		{Name: "Preparación", State: "done", On: date{2004, 9, 0}},
		{Name: "Estudio inicial", State: "done", On: date{2005, 4, 14}},
		{Name: "Admisibilidad", State: "now", On: date{2006, 3, 2}},
		{Name: "Fondo", State: "ahead"},
		{Name: "Informe de fondo (art. 50)", State: "ahead"},
		{Name: "Corte o publicación", State: "ahead"},
		{Name: "Supervisión del cumplimiento", State: "ahead"},
	}}
}

func galleryLog() []LogItem {
	return []LogItem{
		{ID: "m-3", When: date{2006, 5, 14}, Name: "Se recibió la respuesta del Estado", Href: "#", Pills: []Pill{{Met, "en plazo"}}, Lines: []LogLine{{"Abre", "observaciones de las peticionarias, hasta el 14 de junio de 2006", "#"}}, Recorded: "María Inés Portillo, 15 de mayo de 2006", Actions: []Link{{"Corregir", "#", "edit", ""}}},
		{ID: "m-2", When: date{2006, 3, 1}, Name: "Petición transmitida al Estado", Superseded: true, Replacement: "m-2b"},
		{ID: "m-2b", When: date{2006, 3, 2}, Name: "Petición transmitida al Estado", Text: "La carta llegó un día después.", AsItHappened: true, Pills: []Pill{{Restricted, "reservado"}}},
		{ID: "m-1", When: date{2005, 4, 0}, Until: date{2005, 5, 0}, Name: "Petición presentada", Text: "Cuenta para la meta de cinco años."},
	}
}

type listRow struct {
	Name, State, Stage string
	Since              date
	Pill               Pill
}

type listData struct {
	Base
	Rows  []listRow
	Pager Pager
	Bar   Bar
	Empty Empty
}

func galleryList(base Base, name string) listData {
	base.Action = nil
	return listData{
		Base: base,
		Rows: []listRow{
			{name, "El Salvador", "Admisibilidad", date{2006, 3, 2}, Pill{Late, "6 días de retraso"}},
			{"Familias del batey", "República Dominicana", "Preparación", date{2005, 0, 0}, Pill{Open, "faltan 60 días"}},
			{"Trabajadoras del hogar", "Guatemala", "Estudio inicial", date{2006, 1, 0}, Pill{Plain, "sin plazo"}},
		},
		Pager: Pager{Previous: "#", Next: "#", Total: 999, AtLeast: true},
		Bar:   Bar{[]BarPart{{Met, 4, "4 cumplidas"}, {Soon, 7, "7 en curso"}, {Plain, 7, "7 sin avances"}, {Late, 0, "0 rechazadas"}}},
		Empty: Empty{"visits", "Todavía no hay visitas", "Aquí se sigue cada visita de una relatoría: lo que se pidió, lo que se entregó y lo que el Estado cumplió después.", "Por ejemplo: visita a Guatemala, 24 a 28 de marzo de 2008.", &Link{"Registrar una visita", "#", "add", ""}},
	}
}

// The shapes below are those of the engine's geometry, as far as a page reads them.
type (
	points   string
	geoBox   struct{ Left, Right float64 }
	geoLabel struct {
		X, Y         float64
		Anchor, Text string
		Shown        bool
	}
	geoY struct {
		Value  int
		Y      float64
		Target bool
		Label  geoLabel
	}
	geoX struct {
		Day   date
		Label geoLabel
	}
	geoDot struct {
		X, Y, R float64
		Label   geoLabel
	}
	geoToday struct {
		X, Top, Bottom float64
		Label          geoLabel
		Shown          bool
		Day            date
	}
	geoRoad struct {
		Width, Height                         float64
		Plot                                  geoBox
		YTicks                                []geoY
		XTicks                                []geoX
		Steps, Band, Median, Expected, Target points
		Today                                 geoToday
		Dots                                  []geoDot
	}
	geoSpark struct {
		Width, Height   float64
		Steps, Expected points
	}
)

func (p points) Points() string { return string(p) }

func galleryRoad(width, height float64) geoRoad {
	left, right, bottom, top := 24.0, width-14, height-36, 24.0
	x := func(share float64) float64 { return left + share*(right-left) }
	y := func(n float64) float64 { return bottom - n/4*(bottom-top) }
	at := func(pairs ...float64) points {
		var b strings.Builder
		for i := 0; i < len(pairs); i += 2 {
			fmt.Fprintf(&b, "%.1f,%.1f ", x(pairs[i]), y(pairs[i+1]))
		}
		return points(b.String())
	}
	g := geoRoad{Width: width, Height: height, Plot: geoBox{left, right}}
	for n := range 5 {
		g.YTicks = append(g.YTicks, geoY{n, y(float64(n)), n == 3, geoLabel{left - 8, y(float64(n)) + 4, "end", "", true}})
	}
	for i, d := range []date{{2003, 3, 0}, {2004, 0, 0}, {2006, 0, 0}, {2008, 2, 0}} {
		anchor := [...]string{"start", "middle", "middle", "end"}[i]
		g.XTicks = append(g.XTicks, geoX{d, geoLabel{x([...]float64{0, .17, .57, 1}[i]), height - 12, anchor, "", i != 1 || width > 500}})
	}
	g.Steps, g.Band, g.Median = at(0, 0, .23, 0, .23, 1, .49, 1), at(.49, 1, .7, 2, .85, 4, 1, 4, 1, 2, .8, 1), at(.49, 1, .6, 2, .9, 3, 1, 3)
	g.Expected, g.Target = at(0, 0, 1, 3), at(0, 3, 1, 3)
	g.Today = geoToday{x(.49), 10, bottom, geoLabel{x(.49) + 5, 16, "start", "", true}, true, date{2005, 8, 14}}
	g.Dots = []geoDot{{x(.23), y(1), 6, geoLabel{x(.23) + 8, y(1) - 8, "start", "P-120-04", true}}}
	return g
}

type planData struct {
	Base
	Road    RoadChart
	Spark   Spark
	Elapsed float64
}

func galleryPlan(base Base) planData {
	return planData{
		Base: base, Elapsed: .46,
		Road: RoadChart{
			ID: "road", Summary: "Un caso presentado en marzo de 2004; la meta es tres en febrero de 2008; la previsión llega a entre dos y cuatro.",
			Desk: galleryRoad(1060, 190), Phone: galleryRoad(340, 220), Target: 3, Forecast: "entre 2 y 4",
			Rows: []RoadRow{{date{2004, 3, 0}, 1, "P-120-04", "#"}},
		},
		Spark: Spark{"Por debajo del ritmo", Soon, geoSpark{200, 30, "2,28 60,28 60,19 110,19", "2,28 198,2"}},
	}
}

type formData struct {
	Base
	Fields   []Field
	Problems Summary
	Confirm  Confirm
	Pills    []Pill
}

func galleryForm(base Base) formData {
	choices := []Option{{"a", "Observaciones enviadas", ""}, {"b", "Respuesta recibida", "La que el Estado mandó a la Comisión."}}
	form := formData{Base: base, Fields: []Field{
		NewField("code", "Qué ocurrió", "b").OneOf(choices).Needed(),
		NewField("when", "Cuándo", "2006-02-31").As("date").Needed().Failed("Febrero de 2006 no tiene 31 días."),
		NewField("until", "Hasta", "2006-03").As("date").Hinted("Solo si duró varios días."),
		NewField("title", "Título", "Texto <b>tecleado</b>").Hinted("Como saldrá en los dosieres.").Limit(200),
		NewField("note", "Nota", "Primera línea\nsegunda").Long(4).Failed("Como máximo 10 caracteres."),
		NewField("state", "Estado", "").Of([]Option{{"SV", "El Salvador", ""}, {"GT", "Guatemala", ""}}),
		NewField("number", "Número de copias", "tres").As("number").Failed("Escriba un número."),
		NewField("secret", "Contraseña", "").As("password").Filled("current-password"),
		NewField("sure", "La fecha es correcta", "").As("checkbox").Hinted("Es anterior a la petición."),
		NewField("file", "Archivos", "").Files("image/*,.pdf", true),
	}}
	form.Problems = form.Fields
	for _, tone := range []Tone{Plain, Open, Soon, Late, Met, Restricted, Superseded} {
		form.Pills = append(form.Pills, Pill{tone, "tono " + string(tone)})
	}
	form.Confirm = Confirm{
		Post: "/cases/x/close", CSRF: base.CSRF, Title: "¿Destruir la clave de este asunto?", Text: "Nadie podrá volver a leer sus textos ni sus pruebas.",
		Points: []string{"23 pruebas", "4 identidades reservadas"}, Button: "Destruir la clave", Back: "#", Danger: true,
		Keep: []Hidden{{"version", "4"}}, Fields: []Field{NewField("why", "Razón", "").Long(2).Needed()},
	}
	return form
}
