package plan

// Trial compares what the forecast would have said a year ago with what happened since.
type Trial struct {
	Then   Progress // as measured a year before AsOf, forecasting AsOf
	Actual int      // what was counted on AsOf
	Inside bool     // Actual lies in the interval of that forecast
	Reason Reason   // the same as a sentence
}

// BackTest measures in a year before AsOf (before the period's end, when that has passed) and
// holds the interval forecast then for AsOf against the count of AsOf. It is false where the
// period was not half a year old then: a forecast from nothing proves nothing.
//
// Callers pass the events as they are known today; to test what was known then they pass those.
func BackTest(in Input) (Trial, bool) {
	in = in.tidy()
	if in.AsOf.After(in.End) {
		in.AsOf = in.End
	}
	then := in
	then.AsOf = in.AsOf.AddMonths(-12)
	if then.AsOf.Before(in.Start.AddMonths(6)) {
		return Trial{}, false
	}
	now, past := Measure(in), Measure(then)
	past.look(&past.Forecast, now.DaysGone-past.DaysGone)
	t := Trial{Then: past, Actual: now.Value}
	t.Inside = past.Forecast.Low <= t.Actual && t.Actual <= past.Forecast.High
	key := "plan.backtest.outside"
	if t.Inside {
		key = "plan.backtest.inside"
	}
	t.Reason = say(key, "on", then.AsOf, "low", past.Forecast.Low, "high", past.Forecast.High, "asof", in.AsOf, "n", t.Actual)
	return t, true
}
