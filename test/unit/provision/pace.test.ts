// The queue within its limits, over a real store and with a clock turned by hand: subnets, rate, canary, sleep, skip, disturbances.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../../electron/clock.ts'
import type { Step, Tools } from '../../../electron/provision/attempt.ts'
import { bugProblem, openQueue, type Queue, recover } from '../../../electron/provision/queue.ts'
import { authorityOf } from '../../../electron/setup/authority.ts'
import { meansOf } from '../../../electron/setup/means.ts'
import { openStore, type Store } from '../../../electron/store/store.ts'
import { memoryKeychain, vaultOf } from '../../../electron/vault.ts'
import { openDevice } from '../../../electron/wsman/client.ts'
import type { Job } from '../../../shared/job.ts'
import { fail, ok, type ProblemCode, type Result } from '../../../shared/problem.ts'
import { defaultProfile } from '../../../shared/profile.ts'
import { practiceRunning, type Running } from '../../../shared/running.ts'
import { noRoutes } from '../../../shared/strategy.ts'
import { quickPace, value } from '../../bench.ts'

let folder: string
let store: Store
let queue: Queue
let ahead: number
let inWork: Map<string, (end: Result<null>) => void>
let begun: { id: string; at: number }[]
/** Where each computer is, and which answers a knock. */
let place: (job: Job) => string | Promise<string>
let awake: Set<string>

const now = (): number => Date.now() + ahead
/** Long enough for what must not happen to happen; what must happen is waited for. */
const moment = (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms))
const eventually = (isSo: () => void) => vi.waitFor(isSo, { timeout: 8_000, interval: 10 })

/** The one step: it ends when the test says so. */
const reach: Step = {
  name: 'reach',
  writes: false,
  what: () => '',
  isDone: async () => ok(false),
  makeSo: ({ job }) =>
    new Promise((resolve) => {
      begun.push({ id: job.id, at: now() })
      inWork.set(job.id, resolve)
    })
}
/** Done once it was made so. */
function steps(): readonly Step[] {
  const made = new Set<unknown>()
  return [
    {
      ...reach,
      isDone: async (attempt) => ok(made.has(attempt)),
      async makeSo(attempt) {
        const result = await reach.makeSo(attempt)
        if (result.ok) made.add(attempt)
        return result
      }
    }
  ]
}

function open(): void {
  store = value(openStore({ folder, actor: 'tester', now }))
  recover(store)
  const vault = vaultOf(memoryKeychain(), { kind: 'memory', words: '' })
  const locate = () => ok({ host: '127.0.0.1', ports: {} })
  const random = (count: number) => new Uint8Array(count)
  const authority = authorityOf({ store, vault, practice: true, clock: systemClock, random })
  const means = meansOf({ store, vault, practice: true, now, random })
  const tools: Tools = {
    store,
    vault,
    authority,
    means,
    clock: systemClock,
    random,
    pace: quickPace,
    locate,
    openDevice
  }
  queue = openQueue({
    store,
    toolsFor: () => tools,
    steps: steps(),
    now,
    parallel: ({ running }) => running?.parallel ?? 8,
    placeOf: (job) => place(job),
    awake: { clock: systemClock, chance: () => 0.5, answers: async ({ id }) => awake.has(id) },
    onChange: () => undefined,
    onImport: () => undefined,
    onBug: () => bugProblem('12345678')
  })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-pace-'))
  ahead = 0
  inWork = new Map()
  begun = []
  place = () => 'one'
  awake = new Set()
  open()
})
afterEach(async () => {
  for (const end of inWork.values()) end(ok(null))
  await queue.close()
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

function create(count: number, running: Partial<Running>, practice = true): void {
  const plan = {
    ...{ id: 'one', practice, source: 'list.csv', collection: '', route: null, profile: defaultProfile, accounts: [] },
    ...{ startedAt: 1, actor: 'tester', answers: {}, routes: noRoutes, checklist: {} },
    running: { ...practiceRunning, canary: false, awakeHours: 0, watchMinutes: 0, ...running }
  }
  const computers = Array.from({ length: count }, (_, n) => ({
    id: `pc-${n + 1}`,
    computer: {
      name: `PC-${n + 1}`,
      fqdn: '',
      guid: `guid-${n}`,
      mac: '',
      address: '',
      amtVersion: '',
      ...{ amtStatus: '', automaticPrevented: false }
    }
  }))
  store.together(() => store.jobs.create(plan, computers))
  queue.wake()
}

/** Ends the attempts in work, all or those named. */
async function end(result: Result<null>, named?: readonly string[]): Promise<void> {
  await eventually(() => expect(inWork.size).toBeGreaterThan(0))
  if (named) await eventually(() => expect([...inWork.keys()]).toEqual(expect.arrayContaining([...named])))
  const ids = named ?? [...inWork.keys()]
  const settled = () => audited('attempt ended').length
  const before = settled()
  for (const id of ids) {
    inWork.get(id)?.(result)
    inWork.delete(id)
  }
  await eventually(() => expect(settled()).toBe(before + ids.length))
  await moment()
}
const working = () => [...inWork.keys()]
const job = (id: string) => store.jobs.get(id)
const flow = () => {
  const kept = store.jobs.import('one')
  if (!kept) throw new Error('no import')
  return queue.flow(kept)
}
const audited = (kind: string) =>
  store.audit.read({ before: null, count: 500, search: kind }).entries.filter((entry) => entry.kind === kind)

describe('limits', () => {
  test('so many in one subnet; others need not wait behind it', async () => {
    place = ({ ordinal }) => (ordinal <= 4 ? 'full' : 'free')
    create(6, { perSubnet: 2 })
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-1', 'pc-2', 'pc-5', 'pc-6']))
    await end(ok(null), ['pc-2'])
    await eventually(() => expect(working()).toContain('pc-3'))
    await eventually(() => expect(working()).not.toContain('pc-4'))
  })

  test('a name is looked up before its computer is begun, and others go on meanwhile', async () => {
    let answer = (_: string): void => undefined
    place = ({ ordinal }) =>
      ordinal === 1
        ? new Promise((resolve) => {
            answer = resolve
          })
        : 'two'
    create(2, { perSubnet: 1 })
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-2']))
    answer('two')
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-2']))
    await end(ok(null))
    await eventually(() => expect(working()).toEqual(['pc-1']))
  })

  test('new ones are begun no faster than asked', async () => {
    create(4, { perSecond: 20 })
    await moment(20)
    await eventually(() => expect(working()).toHaveLength(1))
    await moment(300)
    await eventually(() => expect(working()).toHaveLength(4))
    for (const [n, { at }] of begun.slice(1).entries()) expect(at - (begun[n]?.at ?? 0)).toBeGreaterThanOrEqual(45)
  })

  test('fewer at once when answers break, told in words; as many as before when it is not to adapt', async () => {
    create(30, { parallel: 8 })
    await eventually(() => expect(working()).toHaveLength(8))
    await end(fail('answer-cut'))
    await eventually(() =>
      expect(flow()).toMatchObject({ parallel: 4, full: 8, eased: expect.stringContaining('broke off') })
    )
    queue.pace('one', { ...practiceRunning, parallel: 8, adapt: false, watchMinutes: 0 })
    await eventually(() => expect(flow()).toMatchObject({ parallel: 8, eased: null }))
    await eventually(() => expect(audited('pace changed')).toHaveLength(1))
  })
})

describe('canary', () => {
  test('one first, then five, then the rest', async () => {
    create(12, { canary: true })
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-1']))
    await eventually(() => expect(flow().stage).toBe('first'))
    await end(ok(null))
    await eventually(() => expect(working()).toHaveLength(5))
    await eventually(() => expect(flow().stage).toBe('few'))
    await end(ok(null))
    await eventually(() => expect(working()).toHaveLength(6))
    await eventually(() => expect(flow().stage).toBe('rest'))
  })

  test('one that is tried again goes on itself, and nobody else', async () => {
    create(4, { canary: true })
    await moment()
    await end(fail('answer-slow'))
    await moment(60)
    await eventually(() => expect(working()).toEqual(['pc-1']))
    await eventually(() => expect(job('pc-1')?.attempts).toBe(2))
  })

  test('the rest now, when a person says so; on record', async () => {
    create(5, { canary: true })
    await moment()
    queue.wholeNow('one')
    await moment()
    await eventually(() => expect(working()).toHaveLength(5))
    await eventually(() => expect(audited('canary ended')).toHaveLength(1))
  })

  test('failures that share a cause pause it by itself; resumed in spite of it, that cause does so no more', async () => {
    create(9, { canary: true })
    for (let n = 0; n < 3; n++) {
      await eventually(() => expect(working()).toHaveLength(1))
      await end(fail('no-account-fits', { values: { tried: 2, next: '12:00' } }))
    }
    await eventually(() =>
      expect(store.jobs.import('one')).toMatchObject({ state: 'paused', held: { code: 'shared-cause' } })
    )
    await eventually(() =>
      expect(store.jobs.import('one')?.held?.title).toBe('Paused: 3 of 3 computers failed for the same reason')
    )
    await eventually(() =>
      expect(audited('import held').map(({ body }) => body)).toEqual([
        { cause: 'no-account-fits', failed: 3, ended: 3 }
      ])
    )
    await moment()
    await eventually(() => expect(working()).toEqual([]))
    queue.resume('one')
    await moment()
    await end(fail('no-account-fits'))
    await eventually(() =>
      expect(store.jobs.import('one')).toMatchObject({ state: 'running', held: null, accepted: ['no-account-fits'] })
    )
  })

  test('causes of single computers do not', async () => {
    create(6, { canary: true })
    for (let n = 0; n < 4; n++) {
      await eventually(() => expect(working()).toHaveLength(1))
      await end(fail('wrong-computer'))
    }
    await eventually(() => expect(store.jobs.import('one')?.state).toBe('running'))
  })

  test('off, nothing pauses by itself', async () => {
    create(3, { canary: false })
    await eventually(() => expect(working()).toHaveLength(3))
    await end(fail('no-account-fits'))
    await eventually(() => expect(store.jobs.import('one')?.state).toBe('finished'))
  })
})

describe('set aside and retried by cause', () => {
  test('waiting, asleep and failed ones are stopped with the reason; retry of all leaves them, by name takes them', async () => {
    create(3, { parallel: 1 })
    await eventually(() => expect(working()).toEqual(['pc-1']))
    queue.skip('one', ['pc-2'], 'scrapped')
    await eventually(() => expect(job('pc-2')).toMatchObject({ state: 'stopped', problem: { code: 'set-aside' } }))
    await eventually(() => expect(job('pc-2')?.problem?.meaning).toContain('scrapped'))
    await end(fail('wrong-computer'))
    await end(ok(null))
    await eventually(() => expect(store.jobs.import('one')?.state).toBe('finished'))
    queue.retry('one', null)
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-1']))
    await end(ok(null))
    queue.retry('one', ['pc-2'])
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-2']))
    await eventually(() =>
      expect(audited('skip asked').map(({ body }) => body)).toEqual([{ jobs: 1, reason: 'scrapped' }])
    )
  })

  test('one in work ends its step, and is left then', async () => {
    create(2, { parallel: 1 })
    await eventually(() => expect(working()).toEqual(['pc-1']))
    queue.skip('one', ['pc-1'], '')
    await eventually(() => expect(job('pc-1')?.state).toBe('working'))
    await end(fail('answer-slow'))
    await eventually(() => expect(job('pc-1')).toMatchObject({ state: 'stopped', problem: { code: 'set-aside' } }))
    await eventually(() => expect(working()).toEqual(['pc-2']))
  })

  test('by cause: those that have it, and no others', async () => {
    create(4, {})
    await moment()
    const causes: readonly ProblemCode[] = ['wrong-computer', 'no-candidate', 'no-candidate', 'not-provisioned']
    for (const [n, code] of causes.entries()) await end(fail(code), [`pc-${n + 1}`])
    queue.retry('one', null, 'no-candidate')
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-2', 'pc-3']))
    await eventually(() =>
      expect(audited('retry asked').map(({ body }) => body)).toEqual([{ jobs: 2, cause: 'no-candidate' }])
    )
  })
})

describe('asleep', () => {
  const threeTimes = async () => {
    for (let n = 0; n < 3; n++) {
      await eventually(() => expect(working()).toEqual(['pc-1']))
      await end(fail('device-silent'))
    }
  }

  test('a silent computer stays armed until its deadline, survives a restart, and runs when it appears', async () => {
    create(1, { awakeHours: 72, looksPerMinute: 600 })
    await threeTimes()
    const until = job('pc-1')?.asleepUntil ?? 0
    expect(until - now()).toBeGreaterThan(71.9 * 3_600_000)
    await eventually(() => expect(job('pc-1')).toMatchObject({ state: 'later', dueAt: until }))
    await eventually(() => expect(store.jobs.import('one')?.state).toBe('running'))
    await eventually(() => expect(flow().asleep).toBe(1))
    await queue.close()
    store.close()
    open()
    queue.wake()
    await moment(60)
    await eventually(() => expect(working()).toEqual([]))
    await queue.close()
    store.close()
    awake.add('pc-1')
    open()
    queue.wake()
    await moment(60)
    await eventually(() => expect(working()).toEqual(['pc-1']))
    await eventually(() => expect(audited('computer answered')).toHaveLength(1))
    // Silent again after all: armed for the same deadline, not for a new one.
    awake.clear()
    await end(fail('device-silent'))
    await eventually(() => expect(job('pc-1')).toMatchObject({ state: 'later', asleepUntil: until }))
  })

  test('at the deadline it is tried once more; then a person is told', async () => {
    create(1, { awakeHours: 1 })
    await threeTimes()
    ahead = 3_601_000
    queue.wake()
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-1']))
    await end(fail('device-silent'))
    await eventually(() => expect(job('pc-1')).toMatchObject({ state: 'person', problem: { code: 'stayed-asleep' } }))
    await eventually(() => expect(job('pc-1')?.asleepUntil).toBeUndefined())
    await eventually(() => expect(store.jobs.import('one')?.state).toBe('finished'))
  })

  test('paused, nobody is looked for', async () => {
    create(1, { awakeHours: 72, looksPerMinute: 600 })
    await threeTimes()
    queue.pause('one')
    awake.add('pc-1')
    queue.wake()
    await moment(250)
    await eventually(() => expect(audited('computer answered')).toEqual([]))
  })
})

describe('the laptop', () => {
  test('what fails while it slept or moved is not counted, and nothing is begun for a moment', async () => {
    create(2, { parallel: 1 }, false)
    await eventually(() => expect(working()).toHaveLength(1))
    queue.disturbed('slept')
    await eventually(() => expect(flow().held).toContain('asleep'))
    await end(fail('answer-cut'))
    expect(store.jobs.series('pc-1')).toBe(0)
    await eventually(() => expect(job('pc-1')).toMatchObject({ state: 'later', problem: { code: 'answer-cut' } }))
    await eventually(() => expect(working()).toEqual([]))
    ahead = 11_000
    queue.wake()
    await moment()
    await eventually(() => expect(working()).toHaveLength(1))
    await eventually(() => expect(flow().held).toBeNull())
  })

  test('without a network nothing is begun until it is back; a refusal is counted all the same', async () => {
    create(2, { parallel: 1 }, false)
    await eventually(() => expect(working()).toHaveLength(1))
    queue.disturbed('no network')
    await end(fail('wrong-computer'))
    await eventually(() => expect(job('pc-1')?.state).toBe('person'))
    ahead = 3_600_000
    queue.wake()
    await moment()
    await eventually(() => expect(working()).toEqual([]))
    queue.disturbed('moved')
    ahead += 11_000
    queue.wake()
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-2']))
  })

  test('a low battery begins nothing on real computers; practice is not held back', async () => {
    queue.holdBack('low')
    create(1, {}, false)
    await moment()
    await eventually(() => expect(working()).toEqual([]))
    await eventually(() => expect(flow().held).toBe('low'))
    queue.holdBack(null)
    await moment()
    await eventually(() => expect(working()).toEqual(['pc-1']))
  })
})
