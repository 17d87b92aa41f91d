package cases_test

import (
	"fmt"
	"testing"

	"expediente/cases"
	"expediente/models"
)

func TestListsPageByCursorWithoutGapsOrRepeats(t *testing.T) {
	b := open(t)
	const many = 125
	for i := range many {
		ref, err := b.CreateMatter(b.ctx, b.coordinator, petition(fmt.Sprint("asunto ", i)))
		if err != nil {
			t.Fatal(err)
		}
		if i%2 == 0 {
			b.log(t, ref, "petition_lodged", fmt.Sprintf("2004-02-%02d", i%27+1))
		}
	}
	for _, sort := range []cases.Sort{cases.Newest, cases.Oldest, cases.ByReference} {
		seen, last := map[string]bool{}, ""
		f := cases.Filter{Kind: models.KindCase, Sort: sort}
		for pages := 0; ; pages++ {
			l, err := b.ListMatters(b.ctx, b.coordinator, f, b.at("2006-06-30"))
			if err != nil {
				t.Fatal(err)
			}
			if l.Counts.N != many {
				t.Errorf("%s: the count is %d", sort, l.Counts.N)
			}
			for _, row := range l.Rows {
				key := row.FromDay.String()
				if sort == cases.ByReference {
					key = row.Reference
				}
				if seen[row.Reference] || last != "" && (sort == cases.Newest && key > last || sort != cases.Newest && key < last) {
					t.Fatalf("%s: %s out of order or twice", sort, row.Reference)
				}
				seen[row.Reference], last = true, key
			}
			if f.Cursor = l.Next; f.Cursor == "" || pages > 5 {
				break
			}
		}
		if len(seen) != many {
			t.Errorf("%s: %d of %d matters were listed", sort, len(seen), many)
		}
	}
	l, err := b.ListMatters(b.ctx, b.coordinator, cases.Filter{Kind: models.KindCase, Stage: "initial_review"}, b.at("2004-02-10"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range l.Rows {
		if row.FromDay.String() > "2004-02-10" {
			t.Errorf("on 10 February %s is said to stand in a stage that began %v", row.Reference, row.FromDay)
		}
	}
}

// TestTheFilterAndTheDoorAgree: for every person and every matter, the list shows it if and only if
// the door opens it.
func TestTheFilterAndTheDoorAgree(t *testing.T) {
	b := open(t)
	people := []cases.Actor{b.coordinator, b.member, b.lead, b.person(t, models.Coordinator, "dora")}
	var refs []string
	for i, owner := range []cases.Actor{people[0], people[3], people[0], people[3]} {
		ref, err := b.CreateMatter(b.ctx, owner, petition(fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		if i >= 2 {
			if err := b.Admit(b.ctx, cases.System, ref, b.member.ID, models.Member); err != nil {
				t.Fatal(err)
			}
		}
		refs = append(refs, ref)
	}
	for _, by := range people {
		l, err := b.ListMatters(b.ctx, by, cases.Filter{Kind: models.KindCase}, b.at("2006-06-30"))
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for _, row := range l.Rows {
			listed[row.Reference] = true
		}
		for _, ref := range refs {
			_, err := b.OpenMatter(b.ctx, by, ref, b.at("2006-06-30"))
			if listed[ref] != (err == nil) {
				t.Errorf("%s %s: listed %v, opens %v", by.Name, ref, listed[ref], err)
			}
		}
	}
}

func TestDeadlinesInListsAreThoseOpenOnTheDay(t *testing.T) {
	b := open(t)
	ref := velez(t, b)
	b.log(t, ref, "state_response_received", "2006-03-07")
	count := func(when cases.When, asOf string) (n int) {
		list, _, err := b.ListDeadlines(b.ctx, b.coordinator, cases.DueFilter{When: when}, b.at(asOf))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			if d.Deadline.Rule == "state_admiss" {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		asOf         string
		coming, past int
	}{{"2005-12-20", 0, 0}, {"2006-01-15", 1, 0}, {"2006-03-06", 1, 0}, {"2006-03-08", 0, 0}} {
		if coming, past := count(cases.Coming, c.asOf), count(cases.Past, c.asOf); coming != c.coming || past != c.past {
			t.Errorf("on %s %d coming and %d passed, want %d and %d", c.asOf, coming, past, c.coming, c.past)
		}
	}
}
