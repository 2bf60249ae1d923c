// Entries of other laptops: shown beside the own log, judged by what the own log noted, and every change of them found.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HistoryEntry } from '../../../electron/packs/contents.ts'
import { laptopsOf, verifyLaptop } from '../../../electron/packs/history.ts'
import { fingerprintOf } from '../../../electron/packs/keys.ts'
import { genesis, hashOf } from '../../../electron/store/chain.ts'
import { openStore, type Store } from '../../../electron/store/store.ts'
import { value } from '../../bench.ts'
import { here } from '../cli/here.ts'

const key = (letter: string): string => Buffer.alloc(32, letter).toString('base64')
const ann = { name: 'Ann’s laptop', key: key('a'), box: key('b') }

/** Ann's log: entries 1 to 9, of which 4 is about other work. */
const log: readonly HistoryEntry[] = (() => {
  const entries: HistoryEntry[] = []
  let prev = genesis
  for (let seq = 1; seq <= 9; seq++) {
    const line = {
      ...{
        at: 1_000 + seq,
        actor: 'ann',
        kind: seq === 9 ? 'a kind of tomorrow' : 'attempt begun',
        import_id: 'import'
      },
      ...{ job_id: 'job', computer: `FIN-${seq}`, body: seq === 8 ? 'no JSON' : JSON.stringify({ attempt: seq }) }
    }
    const hash = hashOf({ seq, prev, ...line })
    entries.push({ seq, prev, hash, line: seq === 4 ? null : line })
    prev = hash
  }
  return entries
})()

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-history-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function withStore<T>(use: (store: Store) => T): T {
  const store = value(openStore({ folder, actor: 'home', now: () => 1_000 }))
  try {
    return use(store)
  } finally {
    store.close()
  }
}

/** A return pack with these entries is taken in; `named` as of this version, else as an older one noted it. */
const merged = (from: number, to: number, named = true): void =>
  withStore((store) =>
    store.together(() => {
      const part = log.slice(from - 1, to)
      expect(store.packs.addHistory(ann.key, part)).toBe(true)
      store.packs.trust(ann)
      store.audit.append('return pack merged', {
        ...{ pack: 'pack', signer: ann.name, results: 1, conflicts: 0, head: part.at(-1)?.hash ?? '' },
        ...(named && { fingerprint: fingerprintOf(ann) })
      })
    })
  )

function attack(sql: string): void {
  const db = new Database(join(folder, 'wizard.db'))
  db.exec(sql)
  db.close()
}

const judged = () => withStore((store) => verifyLaptop(store, ann.key))

describe('what came', () => {
  test('is listed, read newest first, found by a word, and of another version said by its kind', () => {
    merged(1, 9)
    withStore((store) => {
      expect(laptopsOf(store)).toEqual([
        { origin: ann.key, name: ann.name, fingerprint: fingerprintOf(ann), entries: 8, links: 1 }
      ])
      const page = (before: number | null, search = '') =>
        store.returnedAudit.read(ann.key, { before, count: 3, search })
      expect(page(null).entries.map(({ seq }) => seq)).toEqual([9, 8, 7])
      expect(page(null).entries[0]).toMatchObject({ kind: 'a kind of tomorrow', actor: 'ann', computer: 'FIN-9' })
      expect(page(null).entries[1]?.body).toEqual({})
      expect(page(7).entries.map(({ seq }) => seq)).toEqual([6, 5, 3])
      expect(page(3)).toMatchObject({ more: false })
      expect(page(null, 'fin-5').entries.map(({ seq }) => seq)).toEqual([5])
      expect(page(null, '%').entries).toEqual([])
      expect(store.returnedAudit.read(key('z'), { before: null, count: 3, search: '' }).entries).toEqual([])
    })
  })

  test('is whole, from wherever it begins, and after a later pack too', () => {
    merged(2, 6)
    expect(judged()).toMatchObject({ state: 'whole', from: 2, to: 6, brokenAt: null })
    const { vouchedBy } = judged()
    merged(4, 9)
    expect(judged()).toMatchObject({ state: 'whole', from: 2, to: 9 })
    expect(judged().vouchedBy).toBeGreaterThan(vouchedBy ?? 0)
  })

  test('of an older version of this log is vouched for by the name alone', () => {
    merged(1, 5, false)
    expect(judged()).toMatchObject({ state: 'whole', to: 5 })
  })

  test('with a gap between two packs says which entries never came', () => {
    merged(1, 3)
    merged(6, 9)
    expect(judged()).toMatchObject({ state: 'partial', why: 'Not come in any pack: entries 4 to 5.', brokenAt: null })
  })
})

describe('what was done to it since is found', () => {
  beforeEach(() => merged(1, 9))

  test.each([
    ['a changed text', `UPDATE returned_audit SET line = json_set(line, '$.actor', 'bob') WHERE seq = 3`, 3],
    ['another hash', `UPDATE returned_audit SET hash = '${'f'.repeat(64)}' WHERE seq = 3`, 3],
    ['another hash of a bare link', `UPDATE returned_audit SET hash = '${'f'.repeat(64)}' WHERE seq = 4`, 5],
    ['an end cut off', 'DELETE FROM returned_audit WHERE seq > 6', null],
    ['a middle taken out', 'DELETE FROM returned_audit WHERE seq BETWEEN 5 AND 6', 4],
    [
      'the note of its end by an entry of this log, taken out',
      `DROP TRIGGER audit_never_deleted; DELETE FROM audit WHERE kind = 'return pack merged'`,
      9
    ]
  ])('%s', (_, sql, brokenAt) => {
    expect(judged()).toMatchObject({ state: 'whole' })
    attack(sql)
    expect(judged()).toMatchObject({ state: 'broken', brokenAt })
    expect(judged().why).not.toBe('')
  })
})

describe('on the command line', () => {
  const others = (...args: readonly string[]) => here('audit', 'others', ...args, '--data', folder)

  test('each laptop with its judgement and its entries, newest first; found by a word', async () => {
    merged(1, 9)
    const words = await others()
    expect(words.code).toBe(0)
    expect(words.out).toContain(`${ann.name} (${fingerprintOf(ann)}): 8 entries`)
    expect(words.out).toContain('Unaltered, and none is missing.')
    expect(words.out).toContain('1 more about other work')
    expect(words.out.indexOf('a kind of tomorrow')).toBeLessThan(words.out.indexOf('FIN-1  attempt: 1'))
    const found = await others('fin-5', '--json')
    const lines = found.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { event: 'laptop', name: ann.name, chain: { state: 'whole', to: 9 } },
      { event: 'entry', laptop: ann.name, seq: 5, computer: 'FIN-5', body: { attempt: 5 } }
    ])
    expect((await others('--laptop', 'ben')).out).toContain('No entries of another laptop')
  })

  test('what was altered is said, and the exit code is 1', async () => {
    merged(1, 9)
    attack("UPDATE returned_audit SET line = replace(line, 'FIN-5', 'FIN-X') WHERE seq = 5")
    const { code, out } = await others()
    expect(code).toBe(1)
    expect(out).toContain('Altered: Entry 5 is not what was written.')
  })
})
