// A sheet on the terminal: shown only after the word, one line for each password, and nothing moves the cursor.
import { expect, test } from 'vitest'
import { sheetLines } from '../../../electron/cli/sheet.ts'

test('lines of a sheet', () => {
  const row = {
    computer: 'PC\u001b[2J',
    fqdn: 'pc.example',
    guid: 'g',
    opens: 'MEBx',
    username: 'admin',
    password: 'a b"c',
    proved: true
  }
  const lines = sheetLines({ source: 'list', writtenAt: 0, rows: [row, { ...row, password: 'x\ty', proved: false }] })
  expect(lines).toHaveLength(3)
  expect(lines[1]).toMatch(/a b"c$/)
  expect(lines[2]).toContain('"x\\ty"  (sent, not proved by a login)')
  expect(lines.join('')).not.toContain('\u001b')
})
