package dossier

import (
	"fmt"
	"time"
)

// caseDossier is a believable dossier of a petition, for the State.
func caseDossier() Document {
	return Document{
		Lang: "es", Kicker: "Expediente del caso · 20 de junio de 2006",
		Title: "Caso P 338-05 contra el Estado", Mark: "Para trasmisión al Estado · identidad del peticionario reservada (art. 28.2)",
		RunLeft: "Expediente del caso · P 338-05", RunRight: "Para trasmisión al Estado",
		FootLeft: "Código %s · fuentes y huellas digitales en la última página", Code: "M8TB-31XQ",
		PageFormat: "%d de %d", Reader: "Copia para la coordinación jurídica", PrintedAt: "impresa el 20 de junio de 2006, 15:04 UTC",
		Printed: time.Date(2006, 6, 20, 15, 4, 0, 0, time.UTC), Contents: true, ContentsTitle: "Contenido",
		Head:   []string{"expediente.example/registro", "4127", "Qm9sZXTDrW4gZGUgbGEgcmVkIHJlZ2lvbmFsIDIwMDY=", "— expediente.example Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8="},
		Blocks: caseBlocks(),
	}
}

func caseBlocks() []Block {
	return []Block{
		Lead{"La petición está en la etapa de admisibilidad. El Estado respondió el 14 de mayo de 2006, dentro del plazo prorrogado; siguen las observaciones de los peticionarios."},
		Track{[]Step{{"Preparación", "sep. 2004", StepDone}, {"Revisión inicial", "14 abr. 2005", StepDone}, {"Admisibilidad", "2 mar. 2006", StepNow},
			{"Fondo", "", StepAhead}, {"Informe (art. 50)", "", StepAhead}, {"Corte", "", StepAhead}, {"Cumplimiento", "", StepAhead}}},
		KeyValues{[]KeyValue{{Key: "Estado", Value: "Panamá"}, {Key: "Mecanismo", Value: "Comisión Interamericana de Derechos Humanos, petición individual"},
			{Key: "Recibida", Value: "14 de abril de 2005"}, {Key: "Próxima fecha", Value: "14 de junio de 2006, observaciones de los peticionarios (6 días de atraso)", Tone: Late},
			{Key: "Foro responsable", Value: "Foro nacional de El Salvador; grupo de trabajo sobre detención"}}},
		Heading{Level: 1, Number: "1", Text: "Resumen", ID: "resumen"},
		Paragraph{Text: "El 3 de octubre de 2004 la policía detuvo en la finca a treinta y un trabajadores agrícolas y los expulsó sin decisión individual ni aviso consular. Los recursos internos se agotaron con la sentencia notificada el 1 de diciembre de 2004; la petición se presentó cuatro meses y trece días después."},
		Paragraph{Text: "Las presuntas víctimas son treinta y una; dos pidieron que su identidad se reserve. La petición alega violaciones de los artículos 7, 8, 22.9 y 25 de la Convención Americana, y del artículo 36 de la Convención de Viena sobre Relaciones Consulares."},
		Paragraph{Style: Quote, Text: "«Nos subieron al camión sin preguntar el nombre. Yo dije que tenía papeles, que estaban en la casa de Ñuñoa; nadie quiso oír.»"},
		Note{Title: "Identidades reservadas.", Text: "Dos víctimas pidieron no ser nombradas en público; la identidad del peticionario se reserva frente al Estado (art. 28.2 del Reglamento). Esta copia lleva seudónimos.", Tone: Soon},
		Heading{Level: 1, Number: "2", Text: "Cronología"},
		chronology(),
		Heading{Level: 1, Number: "3", Text: "Hechos, derechos y prueba"},
		Table{Columns: []Column{{Title: "Hecho"}, {Title: "Derechos"}, {Title: "Prueba"}}, Rows: [][]Cell{
			{{Text: "1. Detención colectiva de 31 trabajadores, 3 de octubre de 2004"}, {Text: "CADH 7.1–7.3"}, {Text: "Anexo 7, p. 2–4; Anexo 8, 12:40–15:05", Link: "#anexos"}},
			Row("2. Falta de notificación consular", "CADH 8; CVRC 36", "Anexo 9, p. 1"),
			Row("3. Expulsión sin decisión individual", "CADH 22.9", "Anexo 10, p. 5")}},
		Heading{Level: 2, Text: "Recursos internos"},
		Paragraph{Text: "Se interpuso habeas corpus el 4 de octubre de 2004; fue declarado no viable el 1 de diciembre de 2004. No quedan recursos adecuados ni efectivos."},
		Heading{Level: 1, Number: "4", Text: "Personas"},
		Table{Columns: []Column{{Title: "Clave", WidthMM: 18}, {Title: "Calidad"}, {Title: "En esta copia"}}, Rows: [][]Cell{
			Row("V-1", "Presunta víctima", "nombre entregado a la Comisión; reservado en publicaciones"),
			Row("V-2", "Presunta víctima, menor de edad al momento de los hechos", "nombre entregado a la Comisión; reservado en publicaciones")}},
		Heading{Level: 1, Number: "5", Text: "Plazos y sus razones"},
		deadlines(),
		Heading{Level: 1, Number: "6", Text: "Anexos y custodia", ID: "anexos"},
		exhibits(24),
		PageBreak{},
		Heading{Level: 1, Number: "7", Text: "Verificación"},
		Verification{Text: "Quien reciba esta copia puede comprobar que no cambió: la página de verificación o la orden «expediente verify» comparan el código con el registro.",
			Rows: []KeyValue{{Key: "Mirado al", Value: "20 de junio de 2006"}, {Key: "Procedimiento", Value: "Petición ante la Comisión, definición 9f2c 81ad 07be c310"}, {Key: "Hojas del registro", Value: "4 127"}},
			QR:   "https://expediente.example/v/M8TB-31XQ", HeadAs: "Cabeza firmada del registro"},
	}
}

func chronology() Table {
	return Table{Columns: []Column{{Title: "Fecha", WidthMM: 22, Align: Right}, {Title: "Hito"}, {Title: "Lo que sigue, y por qué norma", WidthMM: 58}}, Rows: [][]Cell{
		{{Text: "14 abr. 2005"}, {Text: "Petición recibida por la Comisión, P 338-05"}, {Text: "Presentada 4 meses y 13 días después de la decisión definitiva ", More: []Run{{Text: "en plazo", Tone: OK}, {Text: " · CADH 46.1.b"}}}},
		Row("2 mar. 2006", "Partes pertinentes trasmitidas al Estado", "Respuesta hasta el 2 de mayo de 2006 · Reglamento 2000, art. 30.3"),
		Row("28 abr. 2006", "Prórroga concedida hasta el 2 de junio de 2006", "Tope: 2 de junio de 2006 (tres meses desde la trasmisión)"),
		{{Text: "14 may. 2006"}, {Text: "Respuesta del Estado recibida"}, {Text: "en plazo", Tone: OK, More: []Run{{Text: "; observaciones según la carta de la Comisión"}}}}}}
}

func deadlines() Table {
	return Table{Columns: []Column{{Title: "Vence", WidthMM: 22, Align: Right}, {Title: "Qué"}, {Title: "Razones"}, {Title: "Situación"}}, Rows: [][]Cell{
		{{Text: "1 jun. 2005"}, {Text: "Presentar la petición"}, {Text: "Seis meses desde la notificación de la decisión definitiva (1 de diciembre de 2004) · CADH 46.1.b; Reglamento, art. 32.1"}, {Text: "cumplido", Tone: OK}},
		{{Text: "2 jun. 2006"}, {Text: "Respuesta del Estado"}, {Text: "Dos meses desde la trasmisión, prórroga de un mes; tope de tres meses · Reglamento 2000, art. 30.3"}, {Text: "cumplido", Tone: OK}},
		{{Text: "14 jun. 2006"}, {Text: "Observaciones de los peticionarios"}, {Text: "Un mes desde la carta de la Comisión del 14 de mayo de 2006"}, {Text: "6 días de atraso", Tone: Late}}}}
}

func exhibits(n int) Table {
	t := Table{Columns: []Column{{Title: "N.º", WidthMM: 9, Align: Right}, {Title: "Anexo"}, {Title: "Huella SHA-256", WidthMM: 46}, {Title: "Custodia", WidthMM: 26}}}
	names := []string{"Registro de detenidos, puesto de Chiriquí, 31 folios", "Testimonio de V-2, 42 minutos, transcripción en línea", "Nota del consulado", "Resolución de expulsión colectiva n.º 114", "Fotografía de la finca, tomada por el grupo de detención", "Sentencia de habeas corpus"}
	for i := range n {
		t.Rows = append(t.Rows, []Cell{{Text: fmt.Sprint(i + 1)}, {Text: names[i%len(names)]},
			{Text: fmt.Sprintf("9f2c%04x 81ad07be c310%04x", i*977, i*31), Tone: Digest}, {Text: "5 de 5 íntegras", Tone: OK}})
	}
	return t
}

// progressDossier is a believable report on the plan, for the Assembly.
func progressDossier() Document {
	return Document{
		Lang: "es", Kicker: "Plan estratégico 2003 – 2008 · avance al 20 de junio de 2005", Title: "Tres casos ante la Comisión",
		RunLeft: "Red regional · Expediente de avance", RunRight: "Para la Asamblea",
		FootLeft: "Código %s · se verifica con la página o la orden que indica la última hoja", Code: "7Q4F-K2MD", PageFormat: "%d de %d",
		Reader: "Copia para la secretaría ejecutiva", PrintedAt: "impresa el 20 de junio de 2005, 09:30 UTC", Printed: time.Date(2005, 6, 20, 9, 30, 0, 0, time.UTC),
		Blocks: []Block{
			Lead{"Se ha presentado un caso y hay dos en preparación. Al ritmo de la propia red, de dos a cuatro son probables hasta febrero de 2008; una petición presentada antes de fin de año conserva el margen."},
			Figures{[]Figure{{"1 de 3", "presentadas"}, {"2", "en preparación"}, {"2–4", "probables al final"}, {"46 %", "del tiempo del plan ha pasado"}}},
			roadChart(),
			Heading{Level: 1, Text: "Caso por caso"},
			Table{Columns: []Column{{Title: "Caso"}, {Title: "Estado"}, {Title: "Etapa"}, {Title: "Desde", Align: Right}, {Title: "Próxima fecha"}, {Title: "Nota"}}, Rows: [][]Cell{
				Row("Caso A · P 92-04", "Panamá", "Revisión inicial", "10 feb. 2004", "—", "496 días sin movimiento; carta de impulso lista"),
				{{Text: "Caso B"}, {Text: "República Dominicana"}, {Text: "Preparación"}, {Text: "2 nov. 2004"}, {Text: "19 ago. 2005", Tone: Late}, {Text: "seis meses desde la decisión definitiva"}},
				Row("Caso C", "Guatemala", "Preparación", "14 mar. 2005", "—", "recursos no agotados")}},
			Heading{Level: 1, Text: "Lo que se pide a la Asamblea"},
			Paragraph{Text: "Nombrar contacto en los tres países que no lo tienen; aprobar la partida para el peritaje del Caso B."},
			PageBreak{},
			Heading{Level: 1, Text: "Fortalecimiento interno"},
			Figures{[]Figure{{"8 de 11", "foros nacionales con contacto activo"}, {"4 de 5", "visitas de relatores con informe de la red"}, {"3 de 10", "foros de comercio donde se planteó la migración, según los grupos de trabajo"}}},
			Paragraph{Text: "El recorrido de una petición tiene más etapas de las que caben en una línea:", Style: Caption},
			Track{[]Step{{"Preparación", "sep. 2004", StepDone}, {"Revisión inicial", "14 abr. 2005", StepDone}, {"Trámite de admisibilidad", "2 mar. 2006", StepDone}, {"Informe de admisibilidad", "9 oct. 2006", StepDone},
				{"Fondo", "desde el 9 oct. 2006", StepNow}, {"Solución amistosa", "", StepAhead}, {"Informe de fondo (art. 50)", "", StepAhead}, {"Sometimiento a la Corte", "", StepAhead}, {"Supervisión de cumplimiento", "", StepAhead}}},
			Heading{Level: 2, Text: "En riesgo"},
			Note{Title: "Caso B.", Text: "El plazo de seis meses vence el 19 de agosto de 2005; falta el poder de dos familias.", Tone: Late},
			QR{Text: "https://expediente.example/v/7Q4F-K2MD", Caption: "Esta página se comprueba con el código o con la orden «expediente verify».\nNo hace falta cuenta."},
			Heading{Level: 2, Text: "Huellas"},
			Mono{[]string{"sha256 9f2c81ad07bec3105b64727a40279f2c81ad07bec3105b64727a40279f2c81ad", "sha256 07bec3105b64727a40279f2c81ad07bec3105b64727a40279f2c81ad07bec310"}},
		},
	}
}

func roadChart() Chart {
	pt := func(x, y float64) ChartPoint { return ChartPoint{x, y} }
	c := Chart{Width: 640, Height: 196, Caption: "Figura 1. Casos presentados (una petición recibida por la Comisión dentro del período del plan cuenta una vez). Banda: intervalo de 90 % de la proyección; supuestos en la página 7.",
		Areas: []ChartPath{{[]ChartPoint{pt(318, 125), pt(420, 104), pt(520, 60), pt(630, 18), pt(630, 98), pt(540, 106), pt(420, 121), pt(318, 125)}, ChartBand}},
		Lines: []ChartLine{{pt(24, 125), pt(630, 125), ChartGrid}, {pt(24, 80), pt(630, 80), ChartGrid}, {pt(24, 35), pt(630, 35), ChartTarget}, {pt(24, 170), pt(630, 170), ChartAxis}, {pt(318, 22), pt(318, 170), ChartToday}},
		Paths: []ChartPath{{[]ChartPoint{pt(318, 125), pt(420, 114), pt(530, 80), pt(630, 42)}, ChartMedian}, {[]ChartPoint{pt(24, 170), pt(160, 170), pt(160, 125), pt(318, 125)}, ChartSteps}},
		Dots:  []ChartDot{{pt(160, 125), ChartSteps}},
		Texts: []ChartText{{pt(166, 117), "Caso A presentado, 10 feb. 2004", AnchorStart, ChartLabel}, {pt(323, 29), "20 de junio de 2005", AnchorStart, ChartToday}, {pt(16, 38.5), "3", AnchorEnd, ChartTarget}}}
	for i, t := range []string{"0", "1", "2"} {
		c.Texts = append(c.Texts, ChartText{pt(16, 173.5-45*float64(i)), t, AnchorEnd, ChartTick})
	}
	for i, t := range []string{"mar. 2003", "2004", "2005", "2006", "2007"} {
		c.Texts = append(c.Texts, ChartText{pt([]float64{24, 125, 246, 367, 488}[i], 187), t, AnchorStart, ChartTick})
	}
	c.Texts = append(c.Texts, ChartText{pt(630, 187), "feb. 2008", AnchorEnd, ChartTick})
	return c
}

// longDossier is a case dossier of about twenty pages.
func longDossier() Document {
	doc := caseDossier()
	text := "La Comisión trasmitió las partes pertinentes al Estado y éste pidió prórroga, que le fue concedida por un mes. Los peticionarios observaron que la detención colectiva no fue comunicada al juez ni al consulado, y que ninguna de las personas expulsadas recibió decisión individual. "
	var middle []Block
	for i := range 13 {
		middle = append(middle, Heading{Level: 1, Number: fmt.Sprint(i + 8), Text: fmt.Sprintf("Escrito de los peticionarios, parte %d", i+1)},
			Paragraph{Text: text + text + text}, Paragraph{Text: text + text}, chronology(), Heading{Level: 2, Text: "Prueba"}, exhibits(12))
	}
	doc.Blocks = append(middle, doc.Blocks...)
	return doc
}
