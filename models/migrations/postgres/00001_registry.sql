-- +goose Up
-- The registry itself: one row.
CREATE TABLE registry (
  id BYTEA PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  demo BOOLEAN NOT NULL,
  demo_day TEXT COLLATE "C",
  setup_hash BYTEA,
  setup_closed_at BIGINT,
  created_at BIGINT NOT NULL
);

CREATE TABLE users (
  id BYTEA PRIMARY KEY NOT NULL,
  email BYTEA NOT NULL,
  email_key BYTEA NOT NULL UNIQUE,
  name BYTEA NOT NULL,
  role TEXT NOT NULL,
  language TEXT NOT NULL,
  password TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BYTEA,
  deactivated_at BIGINT
);

-- Housekeeping: never in the audit tree.
CREATE TABLE sessions (
  token_hash BYTEA PRIMARY KEY NOT NULL,
  user_id BYTEA NOT NULL REFERENCES users (id),
  language TEXT NOT NULL,
  as_of TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  touched_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE matters (
  id BYTEA PRIMARY KEY NOT NULL,
  reference TEXT COLLATE "C" NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  procedure TEXT NOT NULL,
  state TEXT NOT NULL,
  standing TEXT NOT NULL,
  language TEXT NOT NULL,
  title BYTEA NOT NULL,
  numbers BYTEA,
  summary BYTEA,
  opened_on TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BYTEA,
  version BIGINT NOT NULL,
  milestone_count BIGINT NOT NULL,
  definition BYTEA
);
CREATE INDEX matters_kind_standing ON matters (kind, standing, procedure, state);
CREATE INDEX matters_definition ON matters (procedure, definition);

CREATE TABLE memberships (
  id BYTEA PRIMARY KEY NOT NULL,
  matter_id BYTEA NOT NULL REFERENCES matters (id),
  user_id BYTEA NOT NULL REFERENCES users (id),
  role TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  granted_by BYTEA,
  ended_at BIGINT
);
CREATE INDEX memberships_user ON memberships (user_id, matter_id, ended_at, role);
CREATE INDEX memberships_matter ON memberships (matter_id);

CREATE TABLE parties (
  id BYTEA PRIMARY KEY NOT NULL,
  matter_id BYTEA NOT NULL REFERENCES matters (id),
  seq BIGINT NOT NULL,
  code TEXT NOT NULL,
  role TEXT NOT NULL,
  name BYTEA NOT NULL,
  nationality TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by BYTEA
);
CREATE INDEX parties_matter ON parties (matter_id, seq);

CREATE TABLE matter_rights (
  id BYTEA PRIMARY KEY NOT NULL,
  matter_id BYTEA NOT NULL REFERENCES matters (id),
  code TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by BYTEA
);
CREATE UNIQUE INDEX matter_rights_matter ON matter_rights (matter_id, code);

CREATE TABLE milestones (
  id BYTEA PRIMARY KEY NOT NULL,
  matter_id BYTEA NOT NULL REFERENCES matters (id),
  seq BIGINT NOT NULL,
  code TEXT NOT NULL,
  day TEXT COLLATE "C" NOT NULL,
  until TEXT COLLATE "C",
  victim TEXT NOT NULL,
  decision BYTEA,
  document BYTEA,
  note BYTEA,
  source BYTEA,
  verification TEXT NOT NULL,
  as_it_happened BOOLEAN NOT NULL,
  reason BYTEA,
  supersedes BYTEA,
  void BOOLEAN NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by BYTEA
);
CREATE UNIQUE INDEX milestones_matter ON milestones (matter_id, seq);
CREATE INDEX milestones_code ON milestones (matter_id, code, day);
CREATE UNIQUE INDEX milestones_supersedes ON milestones (supersedes);
CREATE INDEX milestones_day ON milestones (day, recorded_at);

-- Projection: where each matter stands, from and to (folded from its milestones).
CREATE TABLE positions (
  matter_id BYTEA NOT NULL REFERENCES matters (id),
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  standing TEXT NOT NULL,
  reference TEXT COLLATE "C" NOT NULL,
  stage TEXT NOT NULL,
  from_day TEXT COLLATE "C" NOT NULL,
  to_day TEXT COLLATE "C",
  PRIMARY KEY (matter_id, seq)
);
CREATE INDEX positions_since ON positions (kind, from_day, matter_id, to_day);
CREATE INDEX positions_state ON positions (kind, state, from_day, matter_id, to_day);
CREATE INDEX positions_stage ON positions (kind, stage, from_day, matter_id, to_day);
CREATE INDEX positions_state_stage ON positions (kind, state, stage, from_day, matter_id, to_day);
CREATE INDEX positions_standing ON positions (kind, standing, from_day, matter_id, to_day);
CREATE INDEX positions_reference ON positions (kind, reference, from_day, to_day);

-- Projection: what each matter's milestones opened, until when, and what closed it.
CREATE TABLE deadlines (
  matter_id BYTEA NOT NULL REFERENCES matters (id),
  milestone_id BYTEA NOT NULL,
  rule TEXT NOT NULL,
  version TEXT NOT NULL,
  bound TEXT NOT NULL,
  victim TEXT NOT NULL,
  opened TEXT COLLATE "C" NOT NULL,
  due TEXT COLLATE "C",
  cap TEXT COLLATE "C",
  granted TEXT COLLATE "C",
  closed TEXT COLLATE "C",
  outcome TEXT NOT NULL,
  by_letter BOOLEAN NOT NULL,
  doubtful BOOLEAN NOT NULL,
  PRIMARY KEY (matter_id, milestone_id, rule)
);
CREATE INDEX deadlines_due ON deadlines (due, matter_id, opened, closed, milestone_id, rule);

CREATE TABLE evidence (
  id BYTEA PRIMARY KEY NOT NULL,
  matter_id BYTEA NOT NULL REFERENCES matters (id),
  milestone_id BYTEA REFERENCES milestones (id),
  code TEXT NOT NULL UNIQUE,
  title BYTEA,
  filename BYTEA,
  note BYTEA,
  mime TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 BYTEA NOT NULL,
  blob TEXT NOT NULL UNIQUE,
  segments BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  received_by BYTEA
);
CREATE INDEX evidence_matter ON evidence (matter_id, received_at);
CREATE INDEX evidence_received ON evidence (received_at, id);

CREATE TABLE custody_events (
  id BYTEA PRIMARY KEY NOT NULL,
  evidence_id BYTEA NOT NULL REFERENCES evidence (id),
  matter_id BYTEA NOT NULL REFERENCES matters (id),
  event TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_user BYTEA,
  detail BYTEA
);
CREATE INDEX custody_events_evidence ON custody_events (evidence_id, at);

CREATE TABLE visits (
  id BYTEA PRIMARY KEY NOT NULL,
  matter_id BYTEA NOT NULL UNIQUE REFERENCES matters (id),
  mandate TEXT NOT NULL,
  holder TEXT NOT NULL,
  symbol TEXT NOT NULL,
  invitation TEXT NOT NULL,
  places TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by BYTEA
);

CREATE TABLE recommendations (
  id BYTEA PRIMARY KEY NOT NULL,
  matter_id BYTEA NOT NULL REFERENCES matters (id),
  seq BIGINT NOT NULL,
  paragraph TEXT NOT NULL,
  text TEXT NOT NULL,
  language TEXT NOT NULL,
  addressee TEXT NOT NULL,
  theme TEXT NOT NULL,
  verification TEXT NOT NULL,
  source TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by BYTEA
);
CREATE INDEX recommendations_matter ON recommendations (matter_id, seq);

CREATE TABLE plans (
  id BYTEA PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  names TEXT NOT NULL,
  starts TEXT COLLATE "C" NOT NULL,
  ends TEXT COLLATE "C" NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by BYTEA
);

CREATE TABLE indicators (
  id BYTEA PRIMARY KEY NOT NULL,
  plan_id BYTEA NOT NULL REFERENCES plans (id),
  seq BIGINT NOT NULL,
  code TEXT NOT NULL,
  area TEXT NOT NULL,
  names TEXT NOT NULL,
  target BIGINT NOT NULL,
  procedure TEXT NOT NULL,
  milestone TEXT NOT NULL,
  standing TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by BYTEA
);
CREATE INDEX indicators_plan ON indicators (plan_id, seq);

CREATE TABLE dossiers (
  id BYTEA PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  matter_id BYTEA REFERENCES matters (id),
  as_of TEXT COLLATE "C" NOT NULL,
  language TEXT NOT NULL,
  paper TEXT NOT NULL,
  audience TEXT NOT NULL,
  sha256 BYTEA NOT NULL,
  size BIGINT NOT NULL,
  pages BIGINT NOT NULL,
  tree_size BIGINT NOT NULL,
  tree_root BYTEA NOT NULL,
  printed_at BIGINT NOT NULL,
  printed_by BYTEA
);
CREATE INDEX dossiers_printed ON dossiers (printed_at, id);
CREATE INDEX dossiers_matter ON dossiers (matter_id, printed_at);

-- The leaves of the log. Append-only.
CREATE TABLE audit_entries (
  seq BIGINT PRIMARY KEY NOT NULL,
  at BIGINT NOT NULL,
  by_user BYTEA,
  verb TEXT NOT NULL,
  matter_id BYTEA,
  detail TEXT NOT NULL,
  leaf BYTEA NOT NULL
);
CREATE INDEX audit_entries_matter ON audit_entries (matter_id, seq);
CREATE INDEX audit_entries_by_user ON audit_entries (by_user, seq);

-- The salted digests of the rows an entry wrote, as they then stood.
CREATE TABLE audit_rows (
  seq BIGINT NOT NULL REFERENCES audit_entries (seq),
  ordinal BIGINT NOT NULL,
  table_name TEXT NOT NULL,
  row_id BYTEA NOT NULL,
  salt BYTEA NOT NULL,
  digest BYTEA NOT NULL,
  PRIMARY KEY (seq, ordinal)
);
CREATE INDEX audit_rows_row ON audit_rows (table_name, row_id, seq);

-- The signed head of the log: one row.
CREATE TABLE audit_head (
  id BIGINT PRIMARY KEY NOT NULL,
  size BIGINT NOT NULL,
  frontier BYTEA NOT NULL,
  note TEXT NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
-- +goose StatementEnd
CREATE TRIGGER milestones_append_only BEFORE UPDATE OR DELETE ON milestones FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER custody_events_append_only BEFORE UPDATE OR DELETE ON custody_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_rows_append_only BEFORE UPDATE OR DELETE ON audit_rows FOR EACH ROW EXECUTE FUNCTION refuse_change();

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
DROP FUNCTION refuse_change();
