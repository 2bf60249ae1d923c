// Setting up from nothing: which jobs wait for a hello, what was heard of them, provisioning certificates and PID lists. No secret is here.

export const setUpTables = {
  name: '0004-set-ups',
  sql: `
CREATE TABLE set_ups (
  job_id TEXT PRIMARY KEY REFERENCES jobs(id), until_at INTEGER NOT NULL, heard_at INTEGER, call TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE provisioning_certificates (
  fingerprint TEXT NOT NULL, practice INTEGER NOT NULL, slots TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (practice, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TABLE psk_pairs (
  pid TEXT NOT NULL, practice INTEGER NOT NULL, slot TEXT NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (practice, pid)
) STRICT, WITHOUT ROWID;
`
} as const
