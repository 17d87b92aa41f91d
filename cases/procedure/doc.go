// Package procedure answers: where does a matter stand, what is due, and what may happen next?
//
// The rules of each mechanism are data: one file a procedure in definitions/, and states.yaml
// for the bonds of the States. A lawyer can read and correct them; every rule names its
// instrument, version, article, who is bound, its length, extension and cap, its source and
// how far it has been checked. Load reads and checks them; Fold folds the milestones of a
// matter through them; Check looks at one milestone before it is recorded; Explain prints a
// definition as prose for review.
//
// Nothing is typed in: the stage follows from the milestones, the deadlines from rules and
// triggers. Whatever is said leaves the package as a key and arguments, see Reason.
//
// # Decisions
//
// The version of a rule is chosen by the date of its trigger, not by the filing date. The
// Court's Rules say otherwise of themselves, so an instrument may name the milestone that
// chooses (chosen_by).
//
// History is never refused. A milestone that the procedure does not provide for moves the matter
// only forward, never out of an end save by reopening, and leaves a warning that names what
// seems to be missing. Check refuses the same milestone before it is logged.
//
// A petition shares the milestones and rules of the Court's procedure by including its file, but
// tells the Court's stages apart no further than its own page does.
//
// A granted date without the day of its letter is placed beside the trigger of the clock that
// it extends, because the date it bears lies ahead and is not when anything happened.
//
// State conditions are asked on the day of the step: a State is bound from its acceptance on,
// and after a denunciation for facts before its effect.
//
// A rejected design: transitions as a table of their own. Each milestone says which stages it is
// lawful in and which one it opens, and the tables in Explain are derived from that; two lists
// that must agree would not.
package procedure
