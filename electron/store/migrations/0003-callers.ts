// Computers that said hello: what they claim, how often, and what a person decided about them.

export const callerTables = {
  name: '0003-callers',
  sql: `
CREATE TABLE callers (
  practice INTEGER NOT NULL, guid TEXT NOT NULL, said TEXT NOT NULL, address TEXT NOT NULL,
  version INTEGER NOT NULL, pid TEXT, hashes TEXT NOT NULL, credentials_set INTEGER NOT NULL,
  count INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  retry INTEGER NOT NULL, opened_at INTEGER NOT NULL, exact INTEGER NOT NULL, reopened INTEGER NOT NULL,
  ignored INTEGER NOT NULL DEFAULT 0, draft_id TEXT,
  PRIMARY KEY (practice, guid)
) STRICT, WITHOUT ROWID;
CREATE INDEX callers_last ON callers (practice, last_at);
CREATE INDEX callers_address ON callers (practice, address);
`
} as const
