// Package cases answers: what may be done, by whom, and what follows?
//
// Registry holds the verbs: LogMilestone, AttachEvidence, PrintCase, Progress … Each takes who acts.
// What can be decided from plain values is decided by an engine in a folder of its own, which
// never imports this package: procedure (definitions as data, and the fold), deadline (arithmetic
// with reasons), plan (progress and forecast), rights (the catalogue), dossier (paper), access (the
// policy, one table), audit (the log's tree).
//
// # The doors
//
// open gives a matter to someone who may see it. A hidden matter and a missing one are the same
// answer. change is the only way to write what is of record: one transaction that locks the
// matter, asks the policy, runs the verb, appends the entry to the log and, last, moves the log's
// head; if the entry cannot be written, nothing is. witness records views; those that come
// together are written together, and no page leaves before its entry is durable. Sessions have a
// small door of their own (keep) and never enter the log. The writer is not held while hashing a
// file, drawing a document or deriving a password.
//
// # Errors
//
// models.ErrNotFound: absent or hidden. models.ErrDenied: seen, but not for this role.
// models.ErrConflict: somebody was first. models.Invalid: field by field, what to mend. Refused: the
// procedure does not allow the milestone, or it must be confirmed. Anything else is a fault of
// ours.
//
// # Decisions
//
// A matter's reference is its State and five random letters. A running number would tell how many
// matters there are that the reader may not see.
//
// The network's target is one number, and the same for all who may read progress, as are the days on
// which it moved and how many matters are being prepared; the lines under
// it are only of the matters the reader may open, except for leadership, which sees every line but
// opens no matter.
//
// Where few matters are in reach, a list is driven by the reader's memberships; where many are, it
// walks its own order and asks for each row. Either alone was slow at the other's end.
//
// A projection is not read before it is written: the fold is pure, so what the rows hold follows
// from the milestones before the change, and only the difference is written.
package cases
