// The dry run over real sockets: it says what the take-over would meet and change, and changes nothing itself.
import { afterEach, describe, expect, test } from 'vitest'
import { personalityNames } from '../../electron/simulator/personalities.ts'
import { methodOf } from '../../electron/wsman/class.ts'
import { classes } from '../../electron/wsman/classes.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { changeWords } from '../../shared/change.ts'
import type { DraftChange } from '../../shared/draft.ts'
import type { Check, CheckState, Plan } from '../../shared/plan.ts'
import { presets } from '../../shared/profile/presets.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { type Bench, closeBenches, computer, endsOf, listOf, openBench, value } from '../bench.ts'

afterEach(closeBenches)

const pc = computer(0)
const full: Profile = {
  ...defaultProfile,
  ...presets.find(({ id }) => id === 'closed')?.profile,
  consent: 'kvm',
  power: 'always',
  idle: 20,
  tls: { kind: 'on', mutual: true, plain: false, by: 'own' }
}

/** A draft over these computers. */
async function draftOf(bench: Bench, change: DraftChange = {}, list = listOf([pc])): Promise<string> {
  const draft = value(await bench.core.beginDraft(true))
  value(await bench.core.drafting.give(draft.id, 'bench.csv', Buffer.from(list)))
  value(bench.core.drafting.change(draft.id, change))
  return draft.id
}

async function checked(bench: Bench, draftId: string): Promise<{ plan: Plan; checks: Check[] }> {
  let told = (): void => undefined
  const unhear = bench.core.onCheck((id) => id === draftId && told())
  value(await bench.core.checking.start(draftId))
  for (;;) {
    const heard = new Promise<void>((resolve) => {
      told = resolve
    })
    const found = value(await bench.core.checking.read(draftId, 0, 500))
    if (!found.plan.running) {
      unhear()
      return found
    }
    await heard
  }
}

/** Notes every request that is not one that only reads. */
function watched(seen: string[]): (options: Parameters<typeof openDevice>[0]) => Device {
  return (options) => {
    const device = openDevice(options)
    const writing = (what: string) => () => {
      seen.push(what)
      throw new Error(`${what} in a dry run`)
    }
    return {
      ...device,
      put: writing('Put'),
      create: writing('Create'),
      delete: writing('Delete'),
      invoke(target, method, content) {
        const name = target.resource.slice(target.resource.lastIndexOf('/') + 1)
        const table = classes.get(name)
        if (!table || methodOf(table, method)?.reads !== true) seen.push(`${name}.${method}`)
        return device.invoke(target, method, content)
      }
    }
  }
}

describe.each(['5.2.10.1023', '6.2.61.3535', '11.8.50.3425', '15.0.23.1706', '16.1.25.2124', '19.0.0.1835'])(
  'AMT %s',
  (amtVersion) => {
    test('with everything wanted nothing is written, and what it foretells is what the take-over does', async () => {
      const one = { ...pc, amtVersion }
      const seen: string[] = []
      const bench = await openBench({ computers: [one], openDevice: watched(seen) })
      const draftId = await draftOf(bench, { profile: full }, listOf([one]))
      const { plan, checks } = await checked(bench, draftId)
      expect(seen).toEqual([])
      // The device counts by itself what arrives that could change it.
      expect(bench.device(one.fqdn).state().changes).toEqual({})
      expect(plan).toMatchObject({ total: 1, checked: 1, ready: 1, running: false, stale: 0 })
      const [check] = checks
      expect(check).toMatchObject({ state: 'ready', mac: 'same' })

      await bench.reopen({ openDevice })
      const ready = value(await bench.core.drafting.ready(draftId))
      const { id } = value(await bench.core.imports.start(ready.draft, ready.computers, ready.source))
      const [job] = await bench.finished(id)
      expect(endsOf(job ? [job] : [])).toEqual(['done'])
      const stable = (words: string): string => words.replace(/\d+ s (fast|slow)/, 'off')
      expect(job?.facts.changes?.map((each) => stable(changeWords(each))).sort()).toEqual(
        check?.differences.map((each) => stable(changeWords(each))).sort()
      )
      expect(job?.facts.lacks ?? []).toEqual(check?.facts.lacks ?? [])
    })
  }
)

test('each personality is named for what it is, and none is written to', async () => {
  const ends: Readonly<Record<(typeof personalityNames)[number], readonly CheckState[]>> = {
    healthy: ['ready'],
    'wrong-password': ['password'],
    'locked-out': ['password'],
    'other-uuid': ['unlike'],
    'switched-off': ['asleep'],
    slow: ['ready'],
    'drop-after-commit': ['ready'],
    'tls-only': ['ready'],
    'too-old': ['tooOld']
  }
  const computers = personalityNames.map((personality, n) => {
    const one = computer(n, personality)
    return personality === 'wrong-password' ? { ...one, password: 'Bench-Cellar6%' } : one
  })
  const bench = await openBench({ computers })
  const list = listOf(
    computers.map((one) => (one.password === 'Bench-Cellar6%' ? { ...one, password: 'Bench-Wrong0!' } : one))
  )
  const { plan, checks } = await checked(bench, await draftOf(bench, {}, list))
  for (const [n, personality] of personalityNames.entries()) {
    expect(ends[personality], personality).toContain(checks[n]?.state)
    expect(bench.device(computers[n]?.fqdn ?? '').state().changes, personality).toEqual({})
  }
  expect(plan.causes.reduce((sum, { count }) => sum + count, 0)).toBe(5)
  expect(plan.changes.find(({ setting }) => setting === 'Admin password')?.count).toBe(4)
})

test('the tries of a dry run are those of the run: none is made twice, and what fits comes first', async () => {
  const accounts = ['Bench-Wrong1!', 'Bench-Wrong2!'].map((password, n) => ({
    username: 'admin',
    password,
    description: `wrong ${n}`
  }))
  const bench = await openBench({
    accounts: [...accounts, { username: 'admin', password: pc.password, description: 'right' }]
  })
  const list = [pc.name, pc.fqdn, pc.uuid, '', '', ''].join(',')
  const draftId = await draftOf(bench, {}, list)
  await checked(bench, draftId)
  const tried = () => bench.core.store.audit.read({ before: null, count: 100, search: 'login tried' }).entries
  expect(tried()).toHaveLength(3)
  const ready = value(await bench.core.drafting.ready(draftId))
  const { id } = value(await bench.core.imports.start(ready.draft, ready.computers, ready.source))
  const [job] = await bench.finished(id)
  expect(job).toMatchObject({ state: 'done', facts: { account: 'account right' } })
  expect(tried().filter(({ body }) => body.fitted === false)).toHaveLength(2)
})

test('results outlive a restart, and say when they rest on something older', async () => {
  const bench = await openBench()
  const draftId = await draftOf(bench)
  await checked(bench, draftId)
  await bench.reopen()
  expect(value(await bench.core.checking.read(draftId, 0, 10)).plan).toMatchObject({ checked: 1, ready: 1, stale: 0 })
  value(bench.core.drafting.change(draftId, { profile: { ...defaultProfile, clock: false } }))
  expect(value(await bench.core.checking.read(draftId, 0, 10)).plan).toMatchObject({ checked: 1, stale: 1 })
})

test('stopped in the middle it lets go of the device; a draft that is discarded meanwhile hurts nobody', async () => {
  const bench = await openBench({ computers: [computer(0, 'slow')] })
  const draftId = await draftOf(bench)
  value(await bench.core.checking.start(draftId))
  const plan = value(await bench.core.checking.stop(draftId))
  expect(plan).toMatchObject({ running: false, checked: 0 })
  value(await bench.core.checking.start(draftId))
  value(await bench.core.drafting.discard(draftId))
  expect(await bench.core.checking.stop(draftId)).toMatchObject({ ok: false, problem: { code: 'draft-gone' } })
})

test('an auditor’s lock is told before anything is tried', async () => {
  const old = { ...pc, amtVersion: '11.8.50.3425' }
  const bench = await openBench({ computers: [old] })
  const device = bench.device(old.fqdn)
  const profile: Profile = { ...defaultProfile, cleanUp: 'full' }
  const draftId = await draftOf(bench, { profile }, listOf([old]))
  Object.assign(device.state(), { auditLocked: true })
  const { checks } = await checked(bench, draftId)
  expect(checks).toMatchObject([{ state: 'auditLocked', problem: { code: 'audit-locked' } }])
  expect(device.state().changes).toEqual({})
})
