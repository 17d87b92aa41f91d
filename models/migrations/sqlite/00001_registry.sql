-- +goose Up
-- The registry itself: one row.
CREATE TABLE registry (
  id BLOB PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  demo BOOLEAN NOT NULL,
  demo_day TEXT,
  setup_hash BLOB,
  setup_closed_at INTEGER,
  created_at INTEGER NOT NULL
);

CREATE TABLE users (
  id BLOB PRIMARY KEY NOT NULL,
  email BLOB NOT NULL,
  email_key BLOB NOT NULL UNIQUE,
  name BLOB NOT NULL,
  role TEXT NOT NULL,
  language TEXT NOT NULL,
  password TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by BLOB,
  deactivated_at INTEGER
);

-- Housekeeping: never in the audit tree.
CREATE TABLE sessions (
  token_hash BLOB PRIMARY KEY NOT NULL,
  user_id BLOB NOT NULL REFERENCES users (id),
  language TEXT NOT NULL,
  as_of TEXT,
  created_at INTEGER NOT NULL,
  touched_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE matters (
  id BLOB PRIMARY KEY NOT NULL,
  reference TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  procedure TEXT NOT NULL,
  state TEXT NOT NULL,
  standing TEXT NOT NULL,
  language TEXT NOT NULL,
  title BLOB NOT NULL,
  numbers BLOB,
  summary BLOB,
  opened_on TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by BLOB,
  version INTEGER NOT NULL,
  milestone_count INTEGER NOT NULL,
  definition BLOB
);
CREATE INDEX matters_kind_standing ON matters (kind, standing, procedure, state);
CREATE INDEX matters_definition ON matters (procedure, definition);

CREATE TABLE memberships (
  id BLOB PRIMARY KEY NOT NULL,
  matter_id BLOB NOT NULL REFERENCES matters (id),
  user_id BLOB NOT NULL REFERENCES users (id),
  role TEXT NOT NULL,
  granted_at INTEGER NOT NULL,
  granted_by BLOB,
  ended_at INTEGER
);
CREATE INDEX memberships_user ON memberships (user_id, matter_id, ended_at, role);
CREATE INDEX memberships_matter ON memberships (matter_id);

CREATE TABLE parties (
  id BLOB PRIMARY KEY NOT NULL,
  matter_id BLOB NOT NULL REFERENCES matters (id),
  seq INTEGER NOT NULL,
  code TEXT NOT NULL,
  role TEXT NOT NULL,
  name BLOB NOT NULL,
  nationality TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by BLOB
);
CREATE INDEX parties_matter ON parties (matter_id, seq);

CREATE TABLE matter_rights (
  id BLOB PRIMARY KEY NOT NULL,
  matter_id BLOB NOT NULL REFERENCES matters (id),
  code TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by BLOB
);
CREATE UNIQUE INDEX matter_rights_matter ON matter_rights (matter_id, code);

CREATE TABLE milestones (
  id BLOB PRIMARY KEY NOT NULL,
  matter_id BLOB NOT NULL REFERENCES matters (id),
  seq INTEGER NOT NULL,
  code TEXT NOT NULL,
  day TEXT NOT NULL,
  until TEXT,
  victim TEXT NOT NULL,
  decision BLOB,
  document BLOB,
  note BLOB,
  source BLOB,
  verification TEXT NOT NULL,
  as_it_happened BOOLEAN NOT NULL,
  reason BLOB,
  supersedes BLOB,
  void BOOLEAN NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by BLOB
);
CREATE UNIQUE INDEX milestones_matter ON milestones (matter_id, seq);
CREATE INDEX milestones_code ON milestones (matter_id, code, day);
CREATE UNIQUE INDEX milestones_supersedes ON milestones (supersedes);
CREATE INDEX milestones_day ON milestones (day, recorded_at);

-- Projection: where each matter stands, from and to (folded from its milestones).
CREATE TABLE positions (
  matter_id BLOB NOT NULL REFERENCES matters (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  standing TEXT NOT NULL,
  reference TEXT NOT NULL,
  stage TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT,
  PRIMARY KEY (matter_id, seq)
) WITHOUT ROWID;
CREATE INDEX positions_since ON positions (kind, from_day, matter_id, to_day);
CREATE INDEX positions_state ON positions (kind, state, from_day, matter_id, to_day);
CREATE INDEX positions_stage ON positions (kind, stage, from_day, matter_id, to_day);
CREATE INDEX positions_state_stage ON positions (kind, state, stage, from_day, matter_id, to_day);
CREATE INDEX positions_standing ON positions (kind, standing, from_day, matter_id, to_day);
CREATE INDEX positions_reference ON positions (kind, reference, from_day, to_day);

-- Projection: what each matter's milestones opened, until when, and what closed it.
CREATE TABLE deadlines (
  matter_id BLOB NOT NULL REFERENCES matters (id),
  milestone_id BLOB NOT NULL,
  rule TEXT NOT NULL,
  version TEXT NOT NULL,
  bound TEXT NOT NULL,
  victim TEXT NOT NULL,
  opened TEXT NOT NULL,
  due TEXT,
  cap TEXT,
  granted TEXT,
  closed TEXT,
  outcome TEXT NOT NULL,
  by_letter BOOLEAN NOT NULL,
  doubtful BOOLEAN NOT NULL,
  PRIMARY KEY (matter_id, milestone_id, rule)
) WITHOUT ROWID;
CREATE INDEX deadlines_due ON deadlines (due, matter_id, opened, closed, milestone_id, rule);

CREATE TABLE evidence (
  id BLOB PRIMARY KEY NOT NULL,
  matter_id BLOB NOT NULL REFERENCES matters (id),
  milestone_id BLOB REFERENCES milestones (id),
  code TEXT NOT NULL UNIQUE,
  title BLOB,
  filename BLOB,
  note BLOB,
  mime TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  blob TEXT NOT NULL UNIQUE,
  segments INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  received_by BLOB
);
CREATE INDEX evidence_matter ON evidence (matter_id, received_at);
CREATE INDEX evidence_received ON evidence (received_at, id);

CREATE TABLE custody_events (
  id BLOB PRIMARY KEY NOT NULL,
  evidence_id BLOB NOT NULL REFERENCES evidence (id),
  matter_id BLOB NOT NULL REFERENCES matters (id),
  event TEXT NOT NULL,
  at INTEGER NOT NULL,
  by_user BLOB,
  detail BLOB
);
CREATE INDEX custody_events_evidence ON custody_events (evidence_id, at);

CREATE TABLE visits (
  id BLOB PRIMARY KEY NOT NULL,
  matter_id BLOB NOT NULL UNIQUE REFERENCES matters (id),
  mandate TEXT NOT NULL,
  holder TEXT NOT NULL,
  symbol TEXT NOT NULL,
  invitation TEXT NOT NULL,
  places TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by BLOB
);

CREATE TABLE recommendations (
  id BLOB PRIMARY KEY NOT NULL,
  matter_id BLOB NOT NULL REFERENCES matters (id),
  seq INTEGER NOT NULL,
  paragraph TEXT NOT NULL,
  text TEXT NOT NULL,
  language TEXT NOT NULL,
  addressee TEXT NOT NULL,
  theme TEXT NOT NULL,
  verification TEXT NOT NULL,
  source TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by BLOB
);
CREATE INDEX recommendations_matter ON recommendations (matter_id, seq);

CREATE TABLE plans (
  id BLOB PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  names TEXT NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by BLOB
);

CREATE TABLE indicators (
  id BLOB PRIMARY KEY NOT NULL,
  plan_id BLOB NOT NULL REFERENCES plans (id),
  seq INTEGER NOT NULL,
  code TEXT NOT NULL,
  area TEXT NOT NULL,
  names TEXT NOT NULL,
  target INTEGER NOT NULL,
  procedure TEXT NOT NULL,
  milestone TEXT NOT NULL,
  standing TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by BLOB
);
CREATE INDEX indicators_plan ON indicators (plan_id, seq);

CREATE TABLE dossiers (
  id BLOB PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  matter_id BLOB REFERENCES matters (id),
  as_of TEXT NOT NULL,
  language TEXT NOT NULL,
  paper TEXT NOT NULL,
  audience TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  tree_size INTEGER NOT NULL,
  tree_root BLOB NOT NULL,
  printed_at INTEGER NOT NULL,
  printed_by BLOB
);
CREATE INDEX dossiers_printed ON dossiers (printed_at, id);
CREATE INDEX dossiers_matter ON dossiers (matter_id, printed_at);

-- The leaves of the log. Append-only.
CREATE TABLE audit_entries (
  seq INTEGER PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL,
  by_user BLOB,
  verb TEXT NOT NULL,
  matter_id BLOB,
  detail TEXT NOT NULL,
  leaf BLOB NOT NULL
);
CREATE INDEX audit_entries_matter ON audit_entries (matter_id, seq);
CREATE INDEX audit_entries_by_user ON audit_entries (by_user, seq);

-- The salted digests of the rows an entry wrote, as they then stood.
CREATE TABLE audit_rows (
  seq INTEGER NOT NULL REFERENCES audit_entries (seq),
  ordinal INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id BLOB NOT NULL,
  salt BLOB NOT NULL,
  digest BLOB NOT NULL,
  PRIMARY KEY (seq, ordinal)
) WITHOUT ROWID;
CREATE INDEX audit_rows_row ON audit_rows (table_name, row_id, seq);

-- The signed head of the log: one row.
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY NOT NULL,
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL,
  note TEXT NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER milestones_no_update BEFORE UPDATE ON milestones
BEGIN SELECT RAISE(ABORT, 'milestones is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER milestones_no_delete BEFORE DELETE ON milestones
BEGIN SELECT RAISE(ABORT, 'milestones is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER custody_events_no_update BEFORE UPDATE ON custody_events
BEGIN SELECT RAISE(ABORT, 'custody_events is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER custody_events_no_delete BEFORE DELETE ON custody_events
BEGIN SELECT RAISE(ABORT, 'custody_events is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_rows_no_update BEFORE UPDATE ON audit_rows
BEGIN SELECT RAISE(ABORT, 'audit_rows is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_rows_no_delete BEFORE DELETE ON audit_rows
BEGIN SELECT RAISE(ABORT, 'audit_rows is append-only'); END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE audit_head;
DROP TABLE audit_rows;
DROP TABLE audit_entries;
DROP TABLE dossiers;
DROP TABLE indicators;
DROP TABLE plans;
DROP TABLE recommendations;
DROP TABLE visits;
DROP TABLE custody_events;
DROP TABLE evidence;
DROP TABLE deadlines;
DROP TABLE positions;
DROP TABLE milestones;
DROP TABLE matter_rights;
DROP TABLE parties;
DROP TABLE memberships;
DROP TABLE matters;
DROP TABLE sessions;
DROP TABLE users;
DROP TABLE registry;
