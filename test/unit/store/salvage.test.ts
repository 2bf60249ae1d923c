// A damaged store: met at the door, kept as it is, and recovered as far as it can be read.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recoverStore } from '../../../electron/cli/store.ts'
import { recoverFolder } from '../../../electron/recovery.ts'
import { openStore, type Store } from '../../../electron/store/store.ts'
import { value } from '../../bench.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-salvage-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, 'wizard.db')
const open = () => openStore({ folder, actor: 'tester', now: () => 1_000 })
const used = (work: (store: Store) => void): void => {
  const store = value(open())
  work(store)
  store.close()
}

const secret = (n: number) => ({ guid: guidOf(n), slot: `slot-${n}`, username: 'admin', role: 'current' }) as const
const guidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Entries and secrets enough for many pages of each. */
function filled(): void {
  used((store) =>
    store.together(() => {
      for (let n = 0; n < 3_000; n++) store.audit.append('secret kept', { slot: `slot-${n}` }, { computer: `PC${n}` })
      for (let n = 0; n < 3_000; n++) store.secrets.add({ ...secret(n), practice: false, jobId: 'job' })
    })
  )
}

/** Pages (numbers from 1) that a table lies on, in the order they are read. */
function pagesOf(table: string): number[] {
  const db = new Database(file(), { readonly: true })
  const found = db
    .prepare<[string], { pageno: number }>(
      "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path"
    )
    .all(table)
  db.close()
  return found.map(({ pageno }) => pageno)
}

function spoil(...pages: readonly number[]): void {
  const bytes = readFileSync(file())
  for (const page of pages) bytes.fill(0xa5, (page - 1) * 4096, page * 4096)
  writeFileSync(file(), bytes)
}

const count = (table: string): number => {
  const db = new Database(file(), { readonly: true })
  const { n } = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get() ?? { n: -1 }
  db.close()
  return n
}

test('a page that is not what was written is met at the door, and nothing is changed', () => {
  filled()
  spoil(pagesOf('secrets')[5] ?? 0)
  const before = readFileSync(file())
  expect(open()).toMatchObject({ ok: false, problem: { code: 'store-damaged' } })
  expect(readFileSync(file()).equals(before)).toBe(true)
})

test('what lies before and behind the damage is recovered, other tables are whole, the damaged file is kept', () => {
  filled()
  const pages = pagesOf('secrets')
  expect(pages.length).toBeGreaterThan(20)
  spoil(pages[5] ?? 0, pages[7] ?? 0)
  const damaged = readFileSync(file())
  const words = value(recoverFolder(folder, () => 2_000))
  expect(words).toContain('Something is missing in: secrets.')
  const kept = readdirSync(folder).find((name) => name.startsWith('damaged-')) ?? ''
  expect(readFileSync(join(folder, kept, 'wizard.db')).equals(damaged)).toBe(true)
  expect(readdirSync(join(folder, kept)).filter((name) => name.startsWith('scratch'))).toEqual([])
  // Of some thirty pages, three cannot be reached.
  expect(count('secrets')).toBeGreaterThan(2_500)
  expect(count('secrets')).toBeLessThan(3_000)
  used((store) => {
    expect(store.audit.verify().holds).toBe(true)
    expect(store.audit.read({ before: null, count: 5, search: 'damaged' }).entries).toMatchObject([
      { kind: 'store recovered', body: { words } }
    ])
    expect(store.secrets.of(guidOf(2999))).toMatchObject([{ slot: 'slot-2999' }])
  })
})

test('audit entries that were lost are named by the chain for ever after', () => {
  filled()
  const pages = pagesOf('audit')
  spoil(pages[10] ?? 0)
  value(recoverFolder(folder, () => 2_000))
  used((store) => {
    const chain = store.audit.verify()
    expect(chain).toMatchObject({ holds: false, why: expect.stringMatching(/^Entry \d+ is missing\.$/) })
    // Those behind the hole are there.
    expect(store.audit.read({ before: null, count: 500, search: '' }).entries).toContainEqual(
      expect.objectContaining({ computer: 'PC2999' })
    )
  })
})

test('a file that is no database any more makes room for a new one and is kept', () => {
  filled()
  writeFileSync(file(), Buffer.alloc(8192, 'not a database. '))
  expect(open()).toMatchObject({ ok: false, problem: { code: 'store-damaged' } })
  expect(value(recoverFolder(folder, () => 2_000))).toContain('Something is missing in')
  used((store) => expect(store.audit.verify().holds).toBe(true))
})

test('what was committed but stood only in the log beside the file is not lost', () => {
  filled()
  const store = value(open())
  store.audit.append('secret kept', { slot: 'last' }, { computer: 'LAST' })
  const copy = mkdtempSync(join(tmpdir(), 'amt-salvage-'))
  for (const part of ['', '-wal']) cpSync(file() + part, join(copy, `wizard.db${part}`))
  store.close()
  const original = folder
  folder = copy
  try {
    spoil(pagesOf('secrets')[5] ?? 0)
    value(recoverFolder(folder, () => 2_000))
    expect(existsSync(`${file()}-wal`)).toBe(false)
    used(({ audit }) => {
      expect(audit.verify().holds).toBe(true)
      expect(audit.read({ before: null, count: 9, search: 'last' }).entries).toContainEqual(
        expect.objectContaining({ computer: 'LAST' })
      )
    })
  } finally {
    rmSync(copy, { recursive: true, force: true })
    folder = original
  }
})

test('a sound folder is left alone', () => {
  filled()
  const before = readFileSync(file())
  expect(recoverStore(folder, true)).toBe(0)
  expect(readFileSync(file()).equals(before)).toBe(true)
  expect(readdirSync(folder).filter((name) => name.startsWith('damaged-'))).toEqual([])
})
