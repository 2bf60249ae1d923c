// The first tables: drafts with their rows and checks, profiles, imports, jobs and their steps, secrets by slot, log-in tries, pins,
// mappings, audit.

export const firstTables = {
  name: '0001-first-tables',
  sql: `
CREATE TABLE drafts (
  id TEXT PRIMARY KEY, body TEXT NOT NULL, updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_generations (
  generation INTEGER PRIMARY KEY AUTOINCREMENT, draft_id TEXT NOT NULL, live INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX draft_generations_draft ON draft_generations (draft_id, live);

CREATE TABLE draft_rows (
  generation INTEGER NOT NULL, row INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (generation, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_entries (
  draft_id TEXT NOT NULL, entry TEXT NOT NULL, practice INTEGER NOT NULL,
  PRIMARY KEY (draft_id, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE checks (
  draft_id TEXT NOT NULL REFERENCES drafts(id) ON DELETE CASCADE,
  row INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (draft_id, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE profiles (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  id TEXT PRIMARY KEY, body TEXT NOT NULL, state TEXT NOT NULL, practice INTEGER NOT NULL, started_at INTEGER NOT NULL
) STRICT;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  import_id TEXT NOT NULL REFERENCES imports(id),
  ordinal INTEGER NOT NULL,
  guid TEXT NOT NULL,
  computer TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting','working','later','done','person','stopped')),
  step TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  series INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  due_at INTEGER,
  not_before INTEGER,
  asleep_until INTEGER,
  subnet TEXT,
  started_at INTEGER,
  ended_at INTEGER,
  facts TEXT NOT NULL DEFAULT '{}',
  UNIQUE (import_id, guid)
) STRICT;
CREATE INDEX jobs_waiting ON jobs (import_id, state, not_before, ordinal);
CREATE INDEX jobs_due ON jobs (import_id, state, due_at);
CREATE INDEX jobs_asleep ON jobs (import_id) WHERE asleep_until IS NOT NULL;
CREATE INDEX jobs_guid ON jobs (guid);

CREATE TABLE watches (
  job_id TEXT PRIMARY KEY REFERENCES jobs(id),
  import_id TEXT NOT NULL,
  next_at INTEGER NOT NULL, until_at INTEGER NOT NULL, span INTEGER NOT NULL, looks INTEGER NOT NULL DEFAULT 0,
  baseline TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX watches_due ON watches (next_at);

CREATE TABLE secrets (
  slot TEXT NOT NULL, guid TEXT NOT NULL, purpose TEXT NOT NULL, username TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('pending','current','former')),
  practice INTEGER NOT NULL, job_id TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (guid, purpose, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE released (
  slot TEXT PRIMARY KEY, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tries (
  id INTEGER PRIMARY KEY, guid TEXT NOT NULL, slot TEXT NOT NULL, at INTEGER NOT NULL, fitted INTEGER
) STRICT;
CREATE INDEX tries_guid ON tries (guid, at);

CREATE TABLE pins (
  guid TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tls_floors (
  guid TEXT PRIMARY KEY, floor TEXT NOT NULL CHECK (floor IN ('1.1','1.0')), at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mappings (
  list TEXT NOT NULL, column_mark TEXT NOT NULL, field TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (list, column_mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE mapping_titles (
  title TEXT PRIMARY KEY, field TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,
  import_id TEXT, job_id TEXT, computer TEXT,
  body TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_job ON audit (job_id, kind);
CREATE TRIGGER audit_never_altered BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never altered'); END;
CREATE TRIGGER audit_never_replaced BEFORE INSERT ON audit WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM audit)
  BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never deleted from'); END;
`
} as const
