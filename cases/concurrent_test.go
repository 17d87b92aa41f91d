package cases_test

import (
	"sync"
	"testing"
	"time"

	"expediente/cases"
	"expediente/models"
	"expediente/models/day"
)

// TestManyAtOnceLoseNothing: people log in different matters, and look at them, at the same time.
// The head of the log is one row for all, and nobody may be told of a conflict that is not theirs.
func TestManyAtOnceLoseNothing(t *testing.T) {
	b := open(t)
	const people, each = 6, 12
	refs := make([]string, people)
	for i := range refs {
		refs[i] = b.matter(t)
	}
	before := b.entries(t)
	var wait sync.WaitGroup
	for _, ref := range refs {
		wait.Go(func() {
			for n := range each {
				on := day.MustParse("2004-02-10").AddDays(n)
				if _, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{Code: "event_detention", Day: on, Confirmed: true}); err != nil {
					t.Errorf("logging: %v", err)
				}
			}
		})
		wait.Go(func() {
			for range each {
				if _, err := b.OpenMatter(b.ctx, b.coordinator, ref, b.at("2006-06-30")); err != nil {
					t.Errorf("viewing: %v", err)
				}
			}
		})
	}
	wait.Wait()
	if got := b.entries(t) - before; got != 2*people*each {
		t.Errorf("%d entries for %d actions", got, 2*people*each)
	}
	b.whole(t)
}

// TestARightWithdrawnMeanwhileDoesNotCount: a membership ends while its owner waits for the matter.
func TestARightWithdrawnMeanwhileDoesNotCount(t *testing.T) {
	b := open(t)
	ref := b.matter(t)
	tx := b.DB.Write.Begin()
	if err := tx.Exec("UPDATE memberships SET ended_at = 1 WHERE user_id = ?", b.coordinator.ID).Error; err != nil {
		t.Fatal(err)
	}
	logged := make(chan error)
	go func() {
		_, err := b.LogMilestone(b.ctx, b.coordinator, ref, day.MustParse("2006-06-30"), cases.NewMilestone{Code: "petition_lodged", Day: day.MustParse("2004-02-10"), Confirmed: true})
		logged <- err
	}()
	time.Sleep(100 * time.Millisecond) // long enough to be waiting; if it is not, the answer is the same
	if err := tx.Commit().Error; err != nil {
		t.Fatal(err)
	}
	if err := <-logged; err != models.ErrNotFound {
		t.Errorf("logging after the right was withdrawn gave %v", err)
	}
}
