// The queue with steps made for the test: who runs when, and what a person's wish or a restart makes of it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../electron/clock.ts'
import type { Attempt, Step, Tools } from '../../../electron/provision/attempt.ts'
import { bugProblem, openQueue, type Queue, recover } from '../../../electron/provision/queue.ts'
import { authorityOf } from '../../../electron/setup/authority.ts'
import { meansOf } from '../../../electron/setup/means.ts'
import type { ImportPlan } from '../../../electron/store/importPlan.ts'
import { openStore, type Store } from '../../../electron/store/store.ts'
import { memoryKeychain, vaultOf } from '../../../electron/vault.ts'
import { openDevice } from '../../../electron/wsman/client.ts'
import type { Job } from '../../../shared/job.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { defaultProfile } from '../../../shared/profile.ts'
import { leftOutOf } from '../../../shared/retrying.ts'
import { practiceRunning } from '../../../shared/running.ts'
import type { StepName } from '../../../shared/steps.ts'
import { noRoutes } from '../../../shared/strategy.ts'
import { quickPace, value } from '../../bench.ts'

type Work = (attempt: Attempt) => Promise<Result<null>>

let folder: string
let store: Store
let queue: Queue
let work: Partial<Record<StepName, Work>>
let heard: () => void
let bugs: unknown[]
/** Imports outside their change windows, and when those open. */
const closed = new Map<string, number>()
/** Parallel jobs: how many are in a step now, and who ever was at the same time. */
const together = { now: [] as Job[], most: 0, sameGuid: false }

const step = (name: StepName, writes = false): Step => {
  const done = new WeakSet<Attempt>()
  return {
    name,
    writes,
    what: ({ job }) => `${name} of ${job.computer.name}`,
    differences: ({ job }) => [
      { step: name, key: name, setting: name, from: '', to: job.computer.name, reversible: false }
    ],
    isDone: async (attempt) => ok(done.has(attempt)),
    async makeSo(attempt) {
      together.sameGuid ||= together.now.some(({ computer }) => computer.guid === attempt.job.computer.guid)
      together.now.push(attempt.job)
      together.most = Math.max(together.most, together.now.length)
      try {
        const made = await (work[name] ?? (async () => ok(null)))(attempt)
        if (made.ok) done.add(attempt)
        return made
      } finally {
        together.now.splice(together.now.indexOf(attempt.job), 1)
      }
    }
  }
}
const steps = [step('reach'), step('names', true), step('verify')]

/** The clock of the queue, turned by hand: ms that it is ahead. */
let ahead: number
const now = (): number => Date.now() + ahead

function open(): void {
  store = value(openStore({ folder, actor: 'tester', now }))
  recover(store)
  const vault = vaultOf(memoryKeychain(), { kind: 'memory', words: '' })
  const locate = () => ok({ host: '127.0.0.1', ports: {} })
  const random = (count: number) => new Uint8Array(count)
  const tools: Tools = {
    store,
    vault,
    authority: authorityOf({ store, vault, practice: true, clock: systemClock, random }),
    means: meansOf({ store, vault, practice: true, now, random }),
    clock: systemClock,
    random,
    pace: { ...quickPace, parallel: 3 },
    locate,
    openDevice
  }
  queue = openQueue({
    store,
    toolsFor: () => tools,
    steps,
    now,
    parallel: () => 3,
    restsUntil: ({ id }) => (closed.has(id) ? closed.get(id) : undefined),
    onChange: () => heard(),
    onImport: () => heard(),
    onBug: (error) => {
      bugs.push(error)
      return bugProblem('12345678')
    }
  })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-queue-'))
  work = {}
  bugs = []
  ahead = 0
  closed.clear()
  heard = () => undefined
  together.most = 0
  together.sameGuid = false
  open()
})
afterEach(async () => {
  await queue.close()
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function restart(): Promise<void> {
  await queue.close()
  store.close()
  open()
}

function create(id: string, count: number, firstGuid = 0, begins: readonly number[] = []): void {
  const plan: ImportPlan = {
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
    actor: 'tester',
    running: { ...practiceRunning, awakeHours: 0, watchMinutes: 0 }
  }
  const computers = Array.from({ length: count }, (_, n) => ({
    id: `${id}-${n + 1}`,
    computer: {
      name: `PC-${n + 1}`,
      fqdn: '',
      guid: `guid-${firstGuid + n}`,
      mac: '',
      address: '',
      amtVersion: '',
      amtStatus: '',
      automaticPrevented: false
    },
    notBefore: begins[n]
  }))
  store.together(() => store.jobs.create(plan, computers))
}

function until(isSo: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`never so: ${JSON.stringify(states('one'))}`)), 5_000)
    heard = () => {
      if (!isSo()) return
      heard = () => undefined
      clearTimeout(timer)
      // The change that made it so may still be in its transaction.
      setImmediate(resolve)
    }
    heard()
  })
}

const states = (id: string) => store.jobs.of(id).map(({ state }) => state)
const stateOf = (id: string) => store.jobs.import(id)?.state
const ended = (id: string) => until(() => stateOf(id) === 'finished')
const kinds = () =>
  store.audit
    .read({ before: null, count: 500, search: '' })
    .entries.reverse()
    .map(({ kind }) => kind)

/** A step that waits until it is told to go on. */
function gate(): { readonly work: Work; readonly entered: Promise<void>; open(result?: Result<null>): void } {
  let enter = (): void => undefined
  let leave = (_: Result<null>): void => undefined
  const entered = new Promise<void>((resolve) => {
    enter = resolve
  })
  const left = new Promise<Result<null>>((resolve) => {
    leave = resolve
  })
  return {
    entered,
    work: async () => {
      enter()
      return left
    },
    open: (result = ok(null)) => leave(result)
  }
}

describe('running', () => {
  test('nothing begins before the first wake; then all run, side by side, to the end', async () => {
    create('one', 8)
    work.reach = async () => {
      await systemClock.sleep(5)
      return ok(null)
    }
    expect(states('one')).toEqual(Array(8).fill('waiting'))
    queue.wake()
    await ended('one')
    expect(states('one')).toEqual(Array(8).fill('done'))
    expect(together.most).toBe(3)
    expect(kinds().filter((kind) => kind === 'import finished')).toHaveLength(1)
    expect(store.audit.verify()).toMatchObject({ holds: true })
  })

  test('jobs of one computer in two imports are never worked on at once', async () => {
    create('one', 2)
    create('two', 2)
    work.reach = async () => {
      await systemClock.sleep(10)
      return ok(null)
    }
    queue.wake()
    await until(() => stateOf('one') === 'finished' && stateOf('two') === 'finished')
    expect(together.sameGuid).toBe(false)
    expect(together.most).toBe(2)
  })

  test('a step that writes has its intent in the audit before, and the change after', async () => {
    create('one', 1)
    let before: readonly string[] = []
    work.names = async () => {
      before = kinds()
      return ok(null)
    }
    queue.wake()
    await ended('one')
    expect(before.at(-1)).toBe('change intended')
    expect(kinds().slice(-4)).toEqual(['change intended', 'change made', 'attempt ended', 'import finished'])
    expect(store.jobs.get('one-1')?.facts.changes).toMatchObject([{ step: 'names', to: 'PC-1', proved: true }])
  })

  test('what can be tried again is, with pauses, three times; then a person is asked', async () => {
    create('one', 1)
    const times: number[] = []
    work.reach = async () => {
      times.push(Date.now())
      return fail('device-silent')
    }
    queue.wake()
    await ended('one')
    expect(times).toHaveLength(3)
    expect(store.jobs.get('one-1')).toMatchObject({
      state: 'person',
      attempts: 3,
      dueAt: null,
      problem: { code: 'device-silent' }
    })
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(9)
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(19)
  })

  test('what only a person can help is tried once', async () => {
    create('one', 1)
    work.reach = async () => fail('wrong-computer')
    queue.wake()
    await ended('one')
    expect(store.jobs.get('one-1')).toMatchObject({ state: 'person', attempts: 1 })
  })

  test('a bug in a step is one job with a number, not the end of the others', async () => {
    create('one', 2)
    work.reach = async ({ job }) => {
      if (job.ordinal === 1) throw new Error('bug')
      return ok(null)
    }
    queue.wake()
    await ended('one')
    expect(states('one')).toEqual(['person', 'done'])
    expect(store.jobs.get('one-1')?.problem).toMatchObject({
      code: 'unexpected',
      meaning: expect.stringContaining('12345678')
    })
    expect(bugs).toHaveLength(1)
  })

  test('a step that makes nothing so is told, not believed', async () => {
    create('one', 1)
    const never: Step = { ...step('names', true), isDone: async () => ok(false) }
    steps.splice(1, 1, never)
    try {
      queue.wake()
      await ended('one')
      expect(store.jobs.get('one-1')).toMatchObject({ state: 'person', problem: { code: 'not-as-wanted' } })
      expect(kinds()).not.toContain('change made')
    } finally {
      steps.splice(1, 1, step('names', true))
    }
  })
})

describe('pause, resume, stop', () => {
  test('a pause lets the step end and begins no other; resume goes on', async () => {
    create('one', 5)
    const door = gate()
    work.reach = door.work
    queue.wake()
    await door.entered
    queue.pause('one')
    door.open()
    await until(() => !states('one').includes('working'))
    expect(states('one')).toEqual(Array(5).fill('waiting'))
    expect(stateOf('one')).toBe('paused')
    queue.resume('one')
    await ended('one')
    expect(states('one')).toEqual(Array(5).fill('done'))
  })

  test('an import whose last job ended during the pause is through when resumed', async () => {
    create('one', 1)
    const door = gate()
    work.verify = door.work
    queue.wake()
    await door.entered
    queue.pause('one')
    door.open()
    await until(() => states('one')[0] === 'done')
    expect(stateOf('one')).toBe('paused')
    queue.resume('one')
    await ended('one')
  })

  test('a stop lets the step end, and what was not begun stays as it is', async () => {
    create('one', 5)
    const door = gate()
    work.reach = door.work
    queue.wake()
    await door.entered
    queue.stop('one')
    expect(states('one').slice(3)).toEqual(['stopped', 'stopped'])
    door.open()
    await until(() => !states('one').includes('working'))
    expect(states('one')).toEqual(Array(5).fill('stopped'))
    expect(stateOf('one')).toBe('stopped')
  })

  test('a job that fails while its import is stopped is not left waiting for ever', async () => {
    create('one', 1)
    const door = gate()
    work.reach = door.work
    queue.wake()
    await door.entered
    queue.stop('one')
    door.open(fail('device-silent'))
    await until(() => !states('one').includes('working'))
    expect(store.jobs.get('one-1')).toMatchObject({ state: 'stopped', dueAt: null, problem: { code: 'device-silent' } })
  })

  test('asked too late, none of them changes an import that is through', async () => {
    create('one', 1)
    queue.wake()
    await ended('one')
    const before = kinds()
    for (const how of ['pause', 'resume', 'stop'] as const) queue[how]('one')
    queue.retry('one', null)
    expect(stateOf('one')).toBe('finished')
    expect(kinds()).toEqual(before)
  })
})

describe('retry', () => {
  test('one job only, from its first attempt; the others stay', async () => {
    create('one', 3)
    work.reach = async () => fail('wrong-computer')
    queue.wake()
    await ended('one')
    work = {}
    queue.retry('one', ['one-2'])
    await ended('one')
    expect(states('one')).toEqual(['person', 'done', 'person'])
    expect(store.jobs.get('one-2')).toMatchObject({ attempts: 2, problem: null })
    queue.retry('one', null)
    await ended('one')
    expect(states('one')).toEqual(['done', 'done', 'done'])
  })

  test('of all leaves out those that another try does not help; a cause or a name means them', async () => {
    create('one', 3)
    work.reach = async ({ job }) => fail(job.id === 'one-3' ? 'wrong-computer' : 'certificate-unsigned')
    queue.wake()
    await ended('one')
    work = {}
    queue.retry('one', null)
    await ended('one')
    expect(states('one')).toEqual(['person', 'person', 'done'])
    expect(leftOutOf(store.jobs.of('one'))).toMatchObject([{ cause: 'certificate-unsigned', count: 2 }])
    queue.retry('one', ['one-1'])
    await ended('one')
    queue.retry('one', null, 'certificate-unsigned')
    await ended('one')
    expect(states('one')).toEqual(['done', 'done', 'done'])
  })

  test('begins a new series of automatic attempts', async () => {
    create('one', 1)
    work.reach = async () => fail('device-silent')
    queue.wake()
    await ended('one')
    queue.retry('one', null)
    await ended('one')
    expect(store.jobs.get('one-1')).toMatchObject({ state: 'person', attempts: 6 })
  })

  test('of stopped jobs takes the import up again', async () => {
    create('one', 2)
    queue.stop('one')
    expect(states('one')).toEqual(['stopped', 'stopped'])
    queue.retry('one', null)
    await ended('one')
    expect(states('one')).toEqual(['done', 'done'])
  })
})

describe('the end of the program', () => {
  test('close lets the step end; the next start goes on', async () => {
    create('one', 5)
    const door = gate()
    work.reach = door.work
    queue.wake()
    await door.entered
    const closing = queue.close()
    door.open()
    await closing
    expect(states('one')).toEqual(Array(5).fill('waiting'))
    await restart()
    queue.wake()
    await ended('one')
    expect(states('one')).toEqual(Array(5).fill('done'))
  })

  test('a job found in work was interrupted: it waits again, and the audit says so', async () => {
    create('one', 1)
    store.jobs.change('one-1', { state: 'working', step: 'names' })
    await restart()
    expect(states('one')).toEqual(['waiting'])
    expect(kinds()).toContain('attempt interrupted')
  })

  test('a job interrupted in a stopped import stays stopped', async () => {
    create('one', 1)
    store.jobs.change('one-1', { state: 'working' })
    store.jobs.setImportState('one', 'stopped')
    await restart()
    expect(states('one')).toEqual(['stopped'])
  })

  test('a job armed for later is taken up at its time after a restart', async () => {
    create('one', 1)
    store.jobs.change('one-1', { state: 'working' })
    store.jobs.change('one-1', { state: 'later', dueAt: Date.now() + 400 })
    await restart()
    queue.wake()
    expect(states('one')).toEqual(['later'])
    await ended('one')
    expect(states('one')).toEqual(['done'])
  })

  test('a store that refuses to write ends the work, and nothing goes on unwritten', async () => {
    create('one', 5)
    const door = gate()
    work.reach = door.work
    queue.wake()
    await door.entered
    const { append } = store.audit
    ;(store.audit as { append: typeof append }).append = () => {
      throw new Error('disk full')
    }
    door.open()
    await queue.close()
    expect(bugs.length).toBeGreaterThan(0)
    expect(states('one').filter((state) => state === 'waiting').length).toBeGreaterThanOrEqual(2)
  })
})

describe('somewhere else', () => {
  test('names nobody knows there are armed; once one computer is found, the others are a person’s', async () => {
    create('one', 3)
    const one = store.jobs.import('one')
    store.jobs.alter('one', { running: { ...practiceRunning, awakeHours: 1, watchMinutes: 0, parallel: 3 } })
    expect(one).toBeDefined()
    let known = ''
    work.reach = async ({ job }) => (job.id === known ? ok(null) : fail('name-unknown'))
    queue.wake()
    await until(() => store.jobs.asleep('one').length === 3)
    expect(states('one')).toEqual(['later', 'later', 'later'])
    known = 'one-2'
    queue.retry('one', ['one-2'])
    store.jobs.change('one-2', { dueAt: Date.now() })
    queue.wake()
    await ended('one')
    expect(store.jobs.of('one').map(({ state, problem }) => problem?.code ?? state)).toEqual([
      'name-unknown',
      'done',
      'name-unknown'
    ])
  })
})

describe('a plan', () => {
  const hour = 3_600_000
  const begun = () => kinds().filter((kind) => kind === 'attempt begun').length
  /** Whatever wants to begin has begun by then. */
  const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300))

  test('holds the computers of a later batch back until its time, across a restart', async () => {
    const start = Date.now()
    create('one', 4, 0, [start, start, start + 10 * hour, start + 10 * hour])
    queue.wake()
    await until(() => states('one').filter((state) => state === 'done').length === 2)
    await restart()
    ahead = 9 * hour
    queue.wake()
    await aMoment()
    expect(states('one')).toEqual(['done', 'done', 'waiting', 'waiting'])
    expect(stateOf('one')).toBe('running')
    ahead = 10 * hour
    queue.wake()
    await ended('one')
    expect(states('one')).toEqual(['done', 'done', 'done', 'done'])
  })

  test('wakes by itself when the time of a batch has come', async () => {
    create('one', 1, 0, [Date.now() + 400])
    queue.wake()
    await aMoment()
    expect(states('one')).toEqual(['waiting'])
    await ended('one')
  })

  test('begins nothing outside the change windows, not even what is to be tried again or a person retries', async () => {
    create('one', 2)
    create('other', 1, 10)
    work.reach = async ({ job }) => (job.id === 'one-1' ? fail('device-silent') : ok(null))
    queue.wake()
    await until(() => states('one')[0] === 'later' && states('one')[1] === 'done')
    closed.set('one', Date.now() + hour)
    const before = begun()
    await aMoment()
    expect(states('one')).toEqual(['later', 'done'])
    queue.retry('one', null)
    await aMoment()
    expect(states('one')).toEqual(['waiting', 'done'])
    expect(begun()).toBe(before)
    // Another import has its own windows.
    expect(states('other')).toEqual(['done'])
    work = {}
    closed.clear()
    queue.wake()
    await ended('one')
    expect(states('one')).toEqual(['done', 'done'])
  })

  test('wakes by itself when a change window opens; without one left it waits for ever', async () => {
    create('one', 1)
    create('never', 1, 10)
    closed.set('one', Date.now() + 400)
    closed.set('never', Number.POSITIVE_INFINITY)
    queue.wake()
    await aMoment()
    expect(states('one')).toEqual(['waiting'])
    closed.delete('one')
    await ended('one')
    expect(states('never')).toEqual(['waiting'])
  })

  test('what a person stops and takes up again keeps its time', async () => {
    create('one', 1, 0, [Date.now() + hour])
    queue.wake()
    queue.stop('one')
    queue.retry('one', null)
    await aMoment()
    expect(states('one')).toEqual(['waiting'])
    ahead = hour
    queue.wake()
    await ended('one')
  })
})
