// Site packs: this installation and whom it trusts, where plans came from, and every result that came back, by computer and laptop.

export const packTables = {
  name: '0005-packs',
  sql: `
CREATE TABLE installation (
  one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL
) STRICT;

CREATE TABLE signers (
  key TEXT PRIMARY KEY, box TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_origins (
  plan_id TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE results (
  plan_id TEXT NOT NULL, guid TEXT NOT NULL, origin TEXT NOT NULL, rev INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (plan_id, guid, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE result_choices (
  plan_id TEXT NOT NULL, guid TEXT NOT NULL, origin TEXT NOT NULL, over TEXT NOT NULL,
  PRIMARY KEY (plan_id, guid)
) STRICT, WITHOUT ROWID;

CREATE TABLE results_shown (
  job_id TEXT PRIMARY KEY REFERENCES jobs(id), origin TEXT NOT NULL, rev INTEGER NOT NULL, own_rev INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE returned_audit (
  origin TEXT NOT NULL, seq INTEGER NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL, line TEXT,
  PRIMARY KEY (origin, seq)
) STRICT, WITHOUT ROWID;
`
} as const
