// Evidence: the installation's keys (public part), signed heads and anchors of the audit chain, what devices logged themselves.

export const evidenceTables = {
  name: '0006-evidence',
  sql: `
CREATE TABLE installation_keys (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  installation TEXT NOT NULL, public_key TEXT NOT NULL UNIQUE, slot TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_heads (
  seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL, key TEXT NOT NULL, signature TEXT NOT NULL
) STRICT;

CREATE TABLE audit_anchors (
  seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL, key TEXT NOT NULL, signature TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_anchors_never_altered BEFORE UPDATE ON audit_anchors
  BEGIN SELECT RAISE(ABORT, 'an anchor of the audit log is never altered'); END;
CREATE TRIGGER audit_anchors_never_deleted BEFORE DELETE ON audit_anchors
  BEGIN SELECT RAISE(ABORT, 'an anchor of the audit log is never deleted'); END;

DROP TRIGGER audit_never_deleted;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
  WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM audit_anchors)
  BEGIN SELECT RAISE(ABORT, 'the audit log is never deleted from, only archived'); END;

CREATE TABLE archived_intents (
  job_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE device_logs (
  job_id TEXT PRIMARY KEY REFERENCES jobs(id), body TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
} as const
