// What another manager said of the computers of an import that were exported to it.

export const exportResultTables = {
  name: '0007-export-results',
  sql: `
CREATE TABLE export_results (
  import_id TEXT NOT NULL REFERENCES imports(id),
  guid TEXT NOT NULL,
  name TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('created','exists','failed')),
  resource_id TEXT NOT NULL, detail TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (import_id, guid)
) STRICT, WITHOUT ROWID;
`
} as const
