// Which build this is: said in a package, in a checkout with and without git, and in everything that is handed on.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { versionWords } from '../../electron/version.ts'
import { closeBenches, computer, openBench, value } from '../bench.ts'
import { here } from './cli/here.ts'

afterEach(closeBenches)

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

const commit = '4f2e1a9c0b3d5e6f708192a3b4c5d6e7f8091a2b'
const said = '1.2.3 (4f2e1a9c0b3d, a checkout)'
const plain = '1.2.3'

/** What git leaves in a checkout, file by file. */
test.each([
  ['on a branch', { '.git/HEAD': 'ref: refs/heads/main', '.git/refs/heads/main': commit }, said],
  [
    'on a packed branch',
    { '.git/HEAD': 'ref: refs/heads/main', '.git/packed-refs': `# pack\n${commit} refs/heads/main` },
    said
  ],
  ['on no branch', { '.git/HEAD': commit }, said],
  [
    'in a worktree',
    {
      '.git': 'gitdir: home/worktrees/one',
      'home/worktrees/one/HEAD': 'ref: refs/heads/one',
      'home/worktrees/one/commondir': '../..',
      'home/refs/heads/one': commit
    },
    said
  ],
  ['on a branch without a commit', { '.git/HEAD': 'ref: refs/heads/main' }, plain],
  ['of nonsense', { '.git/HEAD': 'ref: ../../secret', '.git/secret': commit }, plain],
  ['without git', {}, plain]
])('a checkout %s', (_, files, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'amt-version-'))
  for (const [name, text] of Object.entries({ ...files, 'package.json': '{ "version": "1.2.3" }' })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), `${text}\n`)
  }
  expect(versionWords(folder)).toBe(expected)
})

test('the command line says it', async () => {
  const { code, out } = await here('--version')
  expect(out.trim()).toBe(versionWords(join(import.meta.dirname, '../..')))
  expect(code).toBe(0)
})

test('every report and the snapshot of the start page say which version wrote them', async () => {
  const { core, begin, finished } = await openBench({ computers: [computer(0)] })
  const { id } = await begin()
  await finished(id)
  expect(core.snapshot().version).toBe('bench')
  const text = (kind: 'report' | 'csv' | 'json'): string => value(core.imports.document(id, kind)).text
  // The PDF is printed from this page.
  expect(text('report')).toContain('AMT Migration Wizard bench</small>')
  expect(
    text('csv')
      .trim()
      .split('\r\n')
      .map((line) => line.split(',').at(-1))
  ).toEqual(['Written by version', 'bench'])
  expect(JSON.parse(text('json'))).toMatchObject({ version: 'bench' })
})
