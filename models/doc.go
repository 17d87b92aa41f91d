// Package models answers: what is kept, and how is it stored?
//
// A record is one struct in the file of its noun, a table of the same name, and nothing else: no
// hooks, no associations, no soft deletion. Open gives a handle that writes and one that only
// reads. Rows are written by package cases alone, through its door for changes; this package does
// not know who may see what.
//
// Below it, in folders of their own and knowing no database: day (calendar days of a known
// precision), seal (keys and sealed text), blob (sealed files), disk (the file layer, replaceable
// in tests), sample (the demonstration's data and a generator of believable registries).
//
// # What is sealed
//
// Sealed columns hold ciphertext under the matter's key (users and the registry: the registry's
// own), with "table|column|id" as associated data. A keyed index finds a sealed value again
// without opening it. Everything else is plain, because lists sort and filter by it.
//
//	matters         sealed: title, numbers, summary
//	milestones      sealed: decision, document, note, source, reason
//	parties         sealed: name
//	evidence        sealed: title, filename, note, sha256
//	custody_events  sealed: detail
//	users           sealed: email, name    keyed index: email_key    hash: password
//	sessions        hash: token_hash
//	registry        hash: setup_hash
//
// What the plain columns tell whoever steals the database: how many matters there are, against
// which States, before which mechanism, when each step happened and was recorded, how large the
// files are, how many people sign in; no name of a victim or member, no text, no file. A visit's
// mandate holder, places and recommendations are public information and lie plain.
//
// # Decisions
//
// SQLite by the pure-Go engine, so that any machine with Go runs it; WAL, synchronous=FULL, foreign
// keys, one connection that writes and a query-only pool that reads. With the default pool most
// concurrent writes were told "database is locked"; with NORMAL a power cut lost acknowledged
// rows. PostgreSQL by data-source name, same records, same tests.
//
// Migrations are SQL in two folders, one a database, and a test compares the schemas they make.
// Milestones, custody events and the log refuse UPDATE and DELETE by trigger: not a defence against
// who owns the database (the log's tree is), but against our own mistakes.
//
// positions and deadlines are projections: spans folded from the milestones, written in the same
// change, and made anew when a definition is corrected. Everything late is derived when read.
//
// Day columns sort as text by their first day (COLLATE "C" on PostgreSQL). Instants are integers,
// UTC microseconds. Ids are UUIDv7 in 16 bytes.
package models
