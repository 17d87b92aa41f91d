package procedure

import "testing"

// library loads the embedded definitions once a test.
func library(t testing.TB) *Library {
	t.Helper()
	l, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestEveryProcedureLoads(t *testing.T) {
	l := library(t)
	for i, id := range menu {
		d, ok := l.Get(id)
		if !ok || l.All()[i] != d {
			t.Fatalf("%s is not number %d of the menu", id, i)
		}
		t.Logf("%s: %d stages, %d milestones, %d rules", id, len(d.Stages), len(d.Milestones), len(d.Rules))
	}
}
