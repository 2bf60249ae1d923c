import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { versionWords } from '../../electron/version.ts'

const saidOf = (manifest: object): string => {
  const folder = mkdtempSync(join(tmpdir(), 'amt-version-'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  return versionWords(folder)
}

test('a checkout says its version, a package also commit and date, and a build for practice that it is one', () => {
  const buildFacts = { commit: '4f2e1a9c0b3d', date: '2026-11-23T08:00:00.000Z', release: true }
  expect(saidOf({ version: '1.2.3' })).toBe('1.2.3')
  expect(saidOf({ version: '1.2.3', buildFacts })).toBe('1.2.3 (4f2e1a9c0b3d, 2026-11-23)')
  expect(saidOf({ version: '1.2.3', buildFacts: { ...buildFacts, release: false } })).toBe(
    '1.2.3 (4f2e1a9c0b3d, 2026-11-23, not for release)'
  )
})
