// The audit chain against somebody who has the file: nothing is altered, replaced, left out or cut off unseen.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore, type Store } from '../../../electron/store/store.ts'
import { value } from '../../bench.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-audit-'))
  withStore((store) => {
    const about = { importId: 'import', jobId: 'job', computer: 'PC' }
    for (let attempt = 1; attempt <= 4; attempt++) store.audit.append('attempt begun', { attempt }, about)
  })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function withStore<T>(use: (store: Store) => T, readOnly = false): T {
  const store = value(openStore({ folder, actor: 'tester', now: () => 1_000, readOnly }))
  try {
    return use(store)
  } finally {
    store.close()
  }
}

function attack(sql: string, { dropTriggers = true } = {}): void {
  const db = new Database(join(folder, 'wizard.db'))
  try {
    const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[]
    if (dropTriggers) for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
    db.exec(sql)
  } finally {
    db.close()
  }
}

const verify = () => withStore((store) => store.audit.verify(), true)

describe('the file itself refuses', () => {
  test.each([
    ["UPDATE audit SET actor = 'nobody' WHERE seq = 2", /never altered/],
    ['DELETE FROM audit WHERE seq = 2', /never deleted/],
    ['DELETE FROM audit', /never deleted/],
    [
      'REPLACE INTO audit SELECT seq, at, actor, kind, import_id, job_id, computer, body, prev, hash FROM audit',
      /only appended/
    ],
    ["INSERT INTO audit VALUES (-3, 0, '', '', '', '', '', '', '', '')", /only appended/]
  ])('%s', (sql, why) => {
    expect(() => attack(sql, { dropTriggers: false })).toThrow(why)
    expect(verify()).toMatchObject({ holds: true, entries: 5 })
  })
})

describe('with the triggers gone, the chain tells', () => {
  const columns = {
    at: '2',
    actor: "'nobody'",
    kind: "'import paused'",
    import_id: "'other'",
    job_id: 'NULL',
    computer: "'OTHER'",
    body: '\'{"attempt":9}\'',
    prev: "'00'",
    hash: "'00'"
  }
  const cases = Object.entries(columns).flatMap(([column, text]) =>
    [1, 2, 3, 4, 5].map((seq) => [column, seq, text] as const)
  )

  test.each(cases)('%s of entry %i changed', (column, seq, text) => {
    const before = verify()
    attack(`UPDATE audit SET ${column} = ${text} WHERE seq = ${seq}`)
    // The first entry is about no job, so clearing its job changes nothing.
    if (column === 'job_id' && seq === 1) expect(verify()).toEqual(before)
    else expect(verify()).toMatchObject({ holds: false, brokenAt: seq })
  })

  test('an entry taken out of the middle, or from the front', () => {
    attack('DELETE FROM audit WHERE seq = 3')
    expect(verify()).toMatchObject({ holds: false, brokenAt: 3 })
    attack('DELETE FROM audit WHERE seq = 1')
    expect(verify()).toMatchObject({ holds: false, brokenAt: 1 })
  })

  test('entries renumbered, so that no number is missing', () => {
    attack(
      'DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5'
    )
    expect(verify()).toMatchObject({ holds: false, brokenAt: 3 })
  })

  test('entries cut off the end', () => {
    attack('DELETE FROM audit WHERE seq > 3')
    expect(verify()).toMatchObject({ holds: false, entries: 3, why: '2 entries are missing at the end.' })
  })

  test('all entries gone', () => {
    attack('DELETE FROM audit')
    expect(verify()).toMatchObject({ holds: false, entries: 0 })
  })

  test('an entry added by hand', () => {
    attack("INSERT INTO audit VALUES (6, 1000, 'tester', 'import paused', NULL, NULL, NULL, '{}', 'x', 'y')")
    expect(verify()).toMatchObject({ holds: false, brokenAt: 6 })
  })
})

test('appends of a transaction that is rolled back leave no gap', () => {
  withStore((store) => {
    const head = store.audit.verify().head
    expect(() =>
      store.together(() => {
        store.audit.append('import paused', {})
        store.audit.append('import resumed', {})
        throw new Error('disk full')
      })
    ).toThrow('disk full')
    expect(store.audit.verify()).toMatchObject({ holds: true, head })
    store.audit.append('import paused', {})
    expect(store.audit.verify()).toMatchObject({ holds: true, brokenAt: null })
  })
})

test('a body that lacks what its kind must carry is a bug, and is not written', () => {
  withStore((store) => {
    const { entries } = store.audit.verify()
    expect(() => store.audit.append('attempt begun', {} as { attempt: number })).toThrow()
    expect(store.audit.verify()).toMatchObject({ holds: true, entries })
  })
})

test('what a body carries beyond its kind is left out', () => {
  withStore((store) => {
    store.audit.append('secret kept', { slot: 'job/1', password: 'Bench-Plain1!' } as { slot: string })
    const { entries } = store.audit.read({ before: null, count: 1, search: '' })
    expect(entries[0]?.body).toEqual({ slot: 'job/1' })
  })
})

test('pages run from the newest to the first without a gap, also when searched', () => {
  withStore((store) => {
    const seen: number[] = []
    let before: number | null = null
    for (;;) {
      const page = store.audit.read({ before, count: 2, search: 'BEGUN' })
      seen.push(...page.entries.map(({ seq }) => seq))
      before = page.entries.at(-1)?.seq ?? null
      if (!page.more) break
    }
    expect(seen).toEqual([5, 4, 3, 2])
    expect(store.audit.read({ before: null, count: 5, search: '%' }).entries).toEqual([])
  })
})
