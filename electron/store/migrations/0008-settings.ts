// Settings of this installation that a person chose, by name. No secret is here.

export const settingTables = {
  name: '0008-settings',
  sql: `
CREATE TABLE settings (
  name TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
} as const
