// Certificates: the wizard's own authorities, what was issued to devices, and requests on their way. Keys are never here.

export const certificateTables = {
  name: '0002-certificates',
  sql: `
CREATE TABLE authorities (
  practice INTEGER PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;

CREATE TABLE issued_certificates (
  guid TEXT NOT NULL, fingerprint TEXT NOT NULL, certificate TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (guid, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_requests (
  guid TEXT PRIMARY KEY, keys_before TEXT NOT NULL, key TEXT, computer TEXT NOT NULL, request TEXT, certificate TEXT,
  practice INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
} as const
