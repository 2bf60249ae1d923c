// A store of every earlier version, full of that version's own rows, is brought up to date and loses nothing; one of a later version is left alone.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Db, migrations, storeFile, storeVersion } from '../../../electron/store/database.ts'
import { openStore, type Store } from '../../../electron/store/store.ts'
import type { Computer } from '../../../shared/computer.ts'
import { newDraft } from '../../../shared/draft.ts'
import { defaultProfile } from '../../../shared/profile.ts'
import { noRoutes } from '../../../shared/strategy.ts'
import { value } from '../../bench.ts'
import { here } from '../cli/here.ts'

type Row = Readonly<Record<string, string | number | null>>

const guid = '00000000-0000-4000-8000-000000000001'
const computer: Computer = {
  ...{ name: 'PC', fqdn: 'pc.example.com', guid, mac: '', address: '' },
  ...{ amtVersion: '', amtStatus: '', automaticPrevented: false }
}
const now = (): number => 1_000
const open = (folder: string, readOnly = false) => openStore({ folder, actor: 'tester', now, readOnly })

/** A row for each table that the store's own words below do not fill. A table without one fails the first test. */
const planted: Readonly<Record<string, Row>> = {
  draft_generations: { generation: 1, draft_id: 'draft', live: 1 },
  draft_rows: { generation: 1, row: 0, body: '{"kept":"row"}' },
  checks: { draft_id: 'draft', row: 0, body: '{"kept":"check"}' },
  watches: { job_id: 'job', import_id: 'import', next_at: 5, until_at: 9, span: 4, looks: 0, baseline: null },
  released: { slot: 'gone', at: 3 },
  tls_floors: { guid, floor: '1.0', at: 3 },
  mappings: { list: 'list', column_mark: 'mark', field: 'fqdn', at: 3 },
  mapping_titles: { title: 'host', field: 'name', at: 3 },
  authorities: {
    practice: 0,
    body: '{"root":{"certificate":"r","slots":["a"]},"client":{"certificate":"c","slots":["b"]}}',
    at: 3
  },
  issued_certificates: { guid, fingerprint: 'aa', certificate: 'pem', at: 3 },
  signing_requests: {
    ...{ guid, keys_before: '[]', key: null, computer: 'PC', request: null, certificate: null },
    ...{ practice: 0, at: 3 }
  },
  callers: {
    ...{ practice: 0, guid, said: guid, address: '192.0.2.1', version: 3, pid: null, hashes: '[]' },
    ...{ credentials_set: 0, count: 2, first_at: 1, last_at: 2, retry: 0, opened_at: 1, exact: 1, reopened: 0 },
    ...{ ignored: 1, draft_id: null }
  },
  set_ups: { job_id: 'job', until_at: 9, heard_at: null, call: null },
  provisioning_certificates: { fingerprint: 'bb', practice: 0, slots: '{"certificate":["c"],"key":["k"]}', at: 3 },
  psk_pairs: { pid: '4444-4444', practice: 0, slot: 'pps', source: 'list', at: 3 },
  installation: { one: 1, body: '{"kept":"name"}' },
  signers: { key: 'key', box: 'box', name: 'Colleague', at: 3 },
  plan_origins: { plan_id: 'plan', body: '{"kept":"origin"}', at: 3 },
  results: { plan_id: 'plan', guid, origin: 'other', rev: 1, body: '{"kept":"result"}' },
  result_choices: { plan_id: 'plan', guid, origin: 'other', over: '[]' },
  results_shown: { job_id: 'job', origin: 'other', rev: 1, own_rev: 0 },
  returned_audit: { origin: 'other', seq: 1, prev: '0', hash: '1', line: null },
  installation_keys: { number: 1, installation: 'i', public_key: 'k', slot: 's', at: 3 },
  audit_heads: { seq: 900, hash: 'h', at: 3, key: 'k', signature: 's' },
  audit_anchors: { seq: 0, hash: '0'.repeat(64), at: 3, key: 'k', signature: 's' },
  archived_intents: { job_id: 'long ago' },
  export_results: {
    ...{ import_id: 'import', guid, name: 'PC', outcome: 'created', resource_id: '1', detail: '', at: 3 }
  },
  settings: { name: 'kept', body: '{}', at: 3 },
  usb_keys: { id: 'key', practice: 0, at: 3, version: '2', computers: 3, mebx: 'slot' },
  device_logs: { job_id: 'job', body: '{"kept":"log"}', at: 3 }
}

/** Evidence that would have to be signed to hold: it is only looked for, not judged. */
const judged = (version: number): boolean => version < 6

const temporary = mkdtempSync(join(tmpdir(), 'amt-migrations-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

function fill(store: Store): void {
  store.drafts.save(newDraft('draft', true, 1))
  store.profiles.save('profile', 'Branch', defaultProfile)
  store.drafts.listEntries('draft', ['entry'], true)
  const plan = {
    ...{ id: 'import', practice: true, source: 'list.csv', collection: '', route: null, answers: {}, routes: noRoutes },
    ...{ checklist: {}, profile: defaultProfile, accounts: [], startedAt: 1, actor: 'tester' }
  }
  store.jobs.create(plan, [{ id: 'job', computer }])
  store.secrets.add({ guid, slot: 'slot', username: 'admin', role: 'current', practice: false, jobId: 'job' })
  store.secrets.endTry(store.secrets.beginTry(guid, 'slot'), false)
  store.secrets.setPin(guid, 'aa')
  store.audit.append('secret kept', { slot: 'slot' }, { jobId: 'job' })
}

const tablesOf = (db: Db): string[] =>
  db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    )
    .all()
    .map(({ name }) => name)
const rowsOf = (db: Db, table: string): Row[] => db.prepare<[], Row>(`SELECT * FROM ${table}`).all()
const rawIn = (folder: string): Db => new Database(join(folder, storeFile))

/** Everything a store of today would hold, by table; each earlier version gets what it had a table for. */
const everything = new Map<string, Row[]>()
beforeAll(() => {
  const folder = join(temporary, 'today')
  mkdirSync(folder)
  const store = value(open(folder))
  fill(store)
  store.close()
  const db = rawIn(folder)
  for (const table of tablesOf(db)) {
    const row = planted[table]
    everything.set(table, row ? [row] : rowsOf(db, table))
  }
  db.close()
})

/** A store as the program of that version left it. */
function storeOf(version: number, folder: string): Db {
  mkdirSync(folder, { recursive: true })
  const db = rawIn(folder)
  db.pragma('journal_mode = WAL')
  for (const { sql } of migrations.slice(0, version)) db.exec(sql)
  db.pragma(`user_version = ${version}`)
  db.pragma('foreign_keys = OFF')
  for (const table of tablesOf(db)) {
    for (const row of everything.get(table) ?? []) {
      const columns = Object.keys(row)
      db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map((name) => `@${name}`)})`).run(row)
    }
  }
  db.pragma('foreign_keys = ON')
  return db
}

test.each(migrations.map((_, version) => [version] as const))(
  'a store of version %i loses nothing on its way here',
  async (version) => {
    const folder = join(temporary, `version-${version}`)
    const old = storeOf(version, folder)
    const before = new Map(tablesOf(old).map((table) => [table, rowsOf(old, table)]))
    expect([...before].filter(([, rows]) => rows.length === 0).map(([table]) => table)).toEqual([])
    expect(before.size > 0).toBe(version > 0)
    old.close()

    const looked = open(folder, true)
    expect(looked).toMatchObject({ ok: false, problem: { code: version === 0 ? 'store-missing' : 'store-older' } })
    const store = value(open(folder))
    if (version > 0) {
      expect(store.drafts.all()).toMatchObject([{ id: 'draft' }])
      expect(store.jobs.of('import')).toMatchObject([{ id: 'job', computer: { fqdn: 'pc.example.com' } }])
      expect(store.secrets.of(guid)).toMatchObject([{ slot: 'slot', role: 'current' }])
      expect(store.profiles.all()).toMatchObject([{ name: 'Branch' }])
      expect(store.audit.read({ before: null, count: 99, search: 'secret kept' }).entries).toHaveLength(1)
    }
    if (judged(version)) expect(store.audit.verify().holds).toBe(true)
    store.close()

    const after = rawIn(folder)
    expect(after.pragma('user_version', { simple: true })).toBe(storeVersion)
    expect(after.pragma('foreign_key_check')).toEqual([])
    // Columns may have come since.
    for (const [table, rows] of before)
      for (const row of rows) expect(rowsOf(after, table), table).toContainEqual(expect.objectContaining(row))
    // Only the notes that it was opened came to what was there.
    for (const [table, rows] of before)
      if (table !== 'audit') expect(rowsOf(after, table), table).toHaveLength(rows.length)
    after.close()
  }
)

/** Each file by its hash; not the `-shm` beside the log, which only says who reads it just now. */
const contents = (folder: string) =>
  readdirSync(folder)
    .filter((name) => !name.endsWith('-shm'))
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')
    ])

/** A later program may have added anything; its version may stand in the file, or still in the log beside it. */
test.each(['in the file', 'in its log'])(
  'a store from the future is refused in words and not touched: %s',
  async (where) => {
    const made = join(temporary, `made ${where}`)
    const db = storeOf(storeVersion, made)
    if (where === 'in its log') db.pragma('wal_checkpoint(TRUNCATE)')
    db.exec('CREATE TABLE later (a TEXT)')
    db.pragma(`user_version = ${storeVersion + 1}`)
    const folder = join(temporary, `future ${where}`)
    // A copy of an open one is what a killed program leaves.
    if (where === 'in its log') cpSync(made, folder, { recursive: true })
    db.close()
    if (where === 'in the file') cpSync(made, folder, { recursive: true })
    expect(existsSync(join(folder, `${storeFile}-wal`))).toBe(where === 'in its log')
    const before = contents(folder)

    for (const readOnly of [false, true]) {
      expect(open(folder, readOnly)).toMatchObject({
        ok: false,
        problem: {
          code: 'store-newer',
          found: `version ${storeVersion + 1}`,
          expected: `at most ${storeVersion}`,
          remedy: expect.stringContaining('Install the newer version')
        }
      })
    }
    const { code, out, err } = await here('status', '--data', folder)
    expect(code).toBe(1)
    expect(out + err).toContain('The data folder was written by a newer version')
    expect(out + err).toContain('Install the newer version again, or choose another folder with --data.')
    expect(await here('store', 'recover', '--data', folder)).toMatchObject({ code: 1 })
    expect(contents(folder)).toEqual(before)
  }
)
