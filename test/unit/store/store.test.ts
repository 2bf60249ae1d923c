// The SQLite file of a data folder: who may open it, and what it refuses.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrations, storeVersion } from '../../../electron/store/database.ts'
import type { ImportPlan } from '../../../electron/store/importPlan.ts'
import { openStore, type Store } from '../../../electron/store/store.ts'
import type { Computer } from '../../../shared/computer.ts'
import { type JobState, jobStates, moves } from '../../../shared/job.ts'
import { defaultProfile } from '../../../shared/profile.ts'
import { noRoutes } from '../../../shared/strategy.ts'
import { value } from '../../bench.ts'

let folder: string
let store: Store | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-store-'))
})
afterEach(() => {
  store?.close()
  store = undefined
  rmSync(folder, { recursive: true, force: true })
})

const open = (options: { readOnly?: boolean; folder?: string } = {}) =>
  openStore({ folder, actor: 'tester', now: () => 1_000, ...options })
const opened = (): Store => {
  store = value(open())
  return store
}
const raw = () => new Database(join(folder, 'wizard.db'))

const computer = (guid: string): Computer => ({
  name: 'PC',
  fqdn: 'pc.example.com',
  guid,
  mac: '',
  address: '',
  amtVersion: '',
  amtStatus: '',
  automaticPrevented: false
})
const guidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const plan = (id: string): ImportPlan => ({
  id,
  practice: true,
  source: 'list.csv',
  collection: '',
  route: null,
  answers: {},
  routes: noRoutes,
  checklist: {},
  profile: defaultProfile,
  accounts: [],
  startedAt: 1,
  actor: 'tester'
})
const create = (to: Store, id = 'import', count = 1) =>
  to.jobs.create(
    plan(id),
    Array.from({ length: count }, (_, n) => ({ id: `${id}-${n + 1}`, computer: computer(guidOf(n)) }))
  )

describe('opening', () => {
  test('an empty folder gets the newest tables, all of them strict', () => {
    opened().close()
    store = undefined
    const db = raw()
    expect(db.pragma('user_version', { simple: true })).toBe(storeVersion)
    const tables = db
      .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'")
      .all()
    expect(tables).not.toHaveLength(0)
    expect(tables).toEqual(tables.map((table) => ({ ...(table as object), strict: 1 })))
    expect(() => db.prepare("INSERT INTO tries (guid, slot, at) VALUES ('g', 's', 'yesterday')").run()).toThrow(
      /INTEGER/
    )
    db.close()
  })

  test('a folder that does not exist is made; what it holds is there the next time', () => {
    const deep = join(folder, 'a', 'b')
    const first = value(open({ folder: deep }))
    create(first)
    first.close()
    store = value(open({ folder: deep }))
    expect(store.jobs.of('import')).toHaveLength(1)
    expect(store.audit.verify()).toMatchObject({ holds: true, entries: 2 })
  })

  test('a store from a newer version is refused and left as it is', () => {
    opened().close()
    store = undefined
    const db = raw()
    db.pragma(`user_version = ${storeVersion + 1}`)
    db.close()
    expect(open()).toMatchObject({ ok: false, problem: { code: 'store-newer' } })
  })

  test('a store of an older version is brought up to date by who works, and left alone by who looks', () => {
    const old = raw()
    for (const { sql } of migrations.slice(0, 2)) old.exec(sql)
    old.pragma('user_version = 2')
    old.close()
    expect(open({ readOnly: true })).toMatchObject({ ok: false, problem: { code: 'store-older' } })
    const works = opened()
    expect(works.exportResults.of('any')).toEqual([])
    expect(works.callers.list(true, false, 9)).toEqual([])
    works.close()
    store = undefined
    const looks = value(open({ readOnly: true }))
    expect(looks.audit.verify().holds).toBe(true)
    looks.close()
  })

  test('a store that was open to others is closed to them, its log with it', () => {
    if (process.platform === 'win32') return
    const first = opened()
    create(first)
    const copy = join(folder, 'copy')
    mkdirSync(copy)
    const parts = ['wizard.db', 'wizard.db-wal', 'wizard.db-shm'].map((name) => {
      copyFileSync(join(folder, name), join(copy, name))
      chmodSync(join(copy, name), 0o666)
      return join(copy, name)
    })
    const second = value(open({ folder: copy }))
    expect(parts.map((part) => statSync(part).mode & 0o077)).toEqual([0, 0, 0])
    second.close()
  })

  test('what is no database is told, not thrown', () => {
    writeFileSync(join(folder, 'wizard.db'), 'x'.repeat(5000))
    expect(open()).toMatchObject({ ok: false, problem: { code: 'store-damaged' } })
  })

  test('a path that is a file is told, not thrown', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(open({ folder: join(folder, 'file') })).toMatchObject({ ok: false, problem: { code: 'store-broken' } })
  })

  test('only looking makes nothing, not even in an empty database', () => {
    expect(open({ readOnly: true })).toMatchObject({ ok: false, problem: { code: 'store-missing' } })
    expect(readdirSync(folder)).toEqual([])
    writeFileSync(join(folder, 'wizard.db'), '')
    expect(open({ readOnly: true })).toMatchObject({ ok: false, problem: { code: 'store-missing' } })
  })

  test('a second opener is refused until the first process is gone, however it went', async () => {
    const module = join(import.meta.dirname, '../../../electron/store/store.ts')
    const program = `import { openStore } from ${JSON.stringify(module)}
      const opened = openStore({ folder: ${JSON.stringify(folder)}, actor: 'first', now: () => 1 })
      process.stdout.write(opened.ok ? 'open' : 'refused')
      // Kept in use: a store nobody holds may be collected, and its lock with it.
      setInterval(() => opened.ok, 1000)`
    const first = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    const [said] = (await once(first.stdout, 'data')) as [Buffer]
    expect(said.toString()).toBe('open')
    expect(open()).toMatchObject({ ok: false, problem: { code: 'store-busy' } })
    first.kill('SIGKILL')
    await once(first, 'exit')
    expect(opened().audit.verify()).toMatchObject({ holds: true, entries: 2 })
  })
})

describe('jobs', () => {
  test('an import is created with all its jobs or not at all', () => {
    const to = opened()
    const twice = [
      { id: 'a', computer: computer(guidOf(1)) },
      { id: 'b', computer: computer(guidOf(1)) }
    ]
    expect(() => to.together(() => to.jobs.create(plan('import'), twice))).toThrow(/UNIQUE/)
    expect(to.jobs.imports()).toEqual([])
    expect(to.jobs.get('a')).toBeUndefined()
  })

  test('every move that is not allowed is thrown, and leaves the job as it was', () => {
    const to = opened()
    const ways: Readonly<Record<JobState, readonly JobState[]>> = {
      waiting: [],
      working: ['working'],
      later: ['working', 'later'],
      done: ['working', 'done'],
      person: ['working', 'person'],
      stopped: ['stopped']
    }
    let count = 0
    for (const from of jobStates) {
      for (const next of jobStates.filter((state) => state !== from)) {
        const id = `import-${++count}`
        create(to, id)
        for (const state of ways[from]) to.jobs.change(`${id}-1`, { state })
        const move = () => to.jobs.change(`${id}-1`, { state: next, attempts: 7 })
        if (moves[from].includes(next)) expect(move()).toMatchObject({ state: next })
        else {
          expect(move).toThrow(`from ${from} to ${next}`)
          expect(to.jobs.get(`${id}-1`)).toMatchObject({ state: from, attempts: 0 })
        }
      }
    }
  })

  test('a change of an unknown job is thrown', () => {
    expect(() => opened().jobs.change('nobody', { attempts: 1 })).toThrow('nobody')
  })

  test('due are waiting jobs and later ones whose time has come, of nobody in work, where there is room', () => {
    const to = opened()
    create(to, 'import', 3)
    to.jobs.change('import-1', { state: 'working' })
    to.jobs.change('import-1', { state: 'later', dueAt: 500 })
    const due = (now: number, busy: readonly string[] = []) =>
      to.jobs.nextDue({ importId: 'import', now, busy })?.job.id
    expect(due(499)).toBe('import-2')
    expect(due(499, [guidOf(1)])).toBe('import-3')
    expect(due(499, [guidOf(1), guidOf(2)])).toBeUndefined()
    expect(due(500, [guidOf(1), guidOf(2)])).toBe('import-1')
    expect(to.jobs.nextDueAt('import', 0)).toBe(500)
    expect(to.jobs.nextDueAt('import', 500)).toBeUndefined()
    to.jobs.setImportState('import', 'paused')
    expect(to.jobs.running()).toEqual([])
  })
})

describe('secrets', () => {
  const kept = { guid: guidOf(1), username: 'admin', role: 'pending', practice: true, jobId: 'j' } as const

  test('a device has one current secret, and what was current stays as former', () => {
    const { secrets } = opened()
    secrets.add({ ...kept, slot: 'one' })
    secrets.add({ ...kept, slot: 'two' })
    expect(secrets.promote(guidOf(1), 'one')).toBeUndefined()
    expect(secrets.promote(guidOf(1), 'one')).toBeUndefined()
    expect(secrets.promote(guidOf(1), 'two')).toBe('one')
    const roles = Object.fromEntries(secrets.of(guidOf(1)).map(({ slot, role }) => [slot, role]))
    expect(roles).toEqual({ one: 'former', two: 'current' })
  })

  test('a try counts from before it is sent until one fits', () => {
    const { secrets } = opened()
    secrets.beginTry(guidOf(1), 'killed')
    secrets.endTry(secrets.beginTry(guidOf(1), 'wrong'), false)
    expect(secrets.failedTries(guidOf(1), 0).map(({ slot }) => slot)).toEqual(['killed', 'wrong'])
    expect(secrets.failedTries(guidOf(1), 1_001)).toEqual([])
    expect(secrets.failedTries(guidOf(2), 0)).toEqual([])
    secrets.endTry(secrets.beginTry(guidOf(1), 'right'), true)
    expect(secrets.failedTries(guidOf(1), 0)).toEqual([])
    expect([...secrets.refusals(guidOf(1))]).toEqual([])
  })

  test('a new practice import begins without the tries and secrets of pretend devices, and forgets no real one', () => {
    const to = opened()
    create(to)
    to.secrets.add({ ...kept, guid: guidOf(0), slot: 'practice' })
    to.secrets.add({ ...kept, slot: 'real', practice: false })
    to.secrets.beginTry(guidOf(0), 'practice')
    to.secrets.beginTry(guidOf(9), 'real')
    to.secrets.forgetPractice()
    expect(to.secrets.all(true)).toEqual([])
    expect(to.secrets.all(false)).toMatchObject([{ slot: 'real' }])
    expect(to.secrets.failedTries(guidOf(0), 0)).toEqual([])
    expect(to.secrets.failedTries(guidOf(9), 0)).toHaveLength(1)
  })

  test('a device is the same in both byte orders of its GUID', () => {
    const to = opened()
    const [one, turned] = ['4c4c4544-0046-3000-8000-c7c04f000031', '44454c4c-4600-0030-8000-c7c04f000031']
    to.secrets.add({ ...kept, guid: one, slot: 'one' })
    to.secrets.promote(turned, 'one')
    expect(to.secrets.of(turned)).toMatchObject([{ slot: 'one', role: 'current' }])
    to.secrets.endTry(to.secrets.beginTry(one, 'one'), false)
    expect(to.secrets.failedTries(turned, 0)).toHaveLength(1)
    expect(to.secrets.refusals(turned).get('one')).toBe(1)
    to.secrets.setPin(one, 'aa')
    expect(to.secrets.pin(turned)).toBe('aa')
    to.jobs.create(plan('import'), [{ id: 'job', computer: computer(one) }])
    expect(to.jobs.get('job')?.computer.guid).toBe(one)
    const search = { importId: 'import', now: 0 }
    expect(to.jobs.nextDue({ ...search, busy: [turned] })).toBeUndefined()
    expect(to.jobs.nextDue(search)?.job.id).toBe('job')
  })

  test('a pin belongs to a computer, wherever it is found, until a person lets go of it', () => {
    const { secrets } = opened()
    secrets.setPin(guidOf(1), 'aa')
    expect(secrets.pin(guidOf(1))).toBe('aa')
    expect(secrets.pin(guidOf(2))).toBeUndefined()
    secrets.dropPin(guidOf(1))
    expect(secrets.pin(guidOf(1))).toBeUndefined()
  })
})
