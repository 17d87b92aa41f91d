package procedure

import "testing"

// BenchmarkFold folds a matter of 20 milestones, deadlines and reasons included.
func BenchmarkFold(b *testing.B) {
	d := petition(b)
	in := matter("PA", "2016-06-01",
		"event_detention 2002-11-10", "final_domestic_decision_notified 2003-10-01", "petition_lodged 2004-02-10",
		"petition_registered 2004-03-01", "hearing_requested 2005-10-07", "transmitted_to_state 2005-12-21",
		"state_extension_requested 2006-02-10", "state_extension_granted_until 2006-02-12 until 2006-03-06",
		"state_response_received 2006-03-07", "state_observations_forwarded 2006-03-07 until 2006-04-07", "hearing_held 2006-03-13",
		"petitioner_observations_sent 2006-04-05", "admissibility_report 2006-10-23", "admissibility_report_notified 2006-11-03",
		"merits_observations_petitioner 2006-12-20", "merits_observations_transmitted_to_state 2007-01-15",
		"merits_observations_state 2007-04-01", "merits_report_adopted 2014-03-27", "merits_report_notified_to_state 2014-04-08",
		"submitted_to_court 2014-07-08")
	b.Run("20 milestones", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.Fold(in)
		}
	})
	b.Run("check", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.Check(in, in.Milestones[8])
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(nil); err != nil {
			b.Fatal(err)
		}
	}
}
