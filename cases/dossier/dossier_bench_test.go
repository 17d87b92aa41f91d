package dossier

import "testing"

func BenchmarkDraw20Pages(b *testing.B) {
	doc := longDossier()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Draw(doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDrawOnePage(b *testing.B) {
	doc := progressDossier()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Draw(doc); err != nil {
			b.Fatal(err)
		}
	}
}
