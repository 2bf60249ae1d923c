// USB keys for setup: which were made, and where the MEBx passwords lie that went onto them. No secret is here.

export const usbKeyTables = {
  name: '0009-usb-keys',
  sql: `
ALTER TABLE psk_pairs ADD COLUMN mebx TEXT;

CREATE TABLE usb_keys (
  id TEXT PRIMARY KEY, practice INTEGER NOT NULL, at INTEGER NOT NULL, version TEXT NOT NULL,
  computers INTEGER, mebx TEXT
) STRICT, WITHOUT ROWID;
`
} as const
