// Take-overs that do not run through in one go: restarts, pauses and second imports find what the first one left.
import { afterEach, expect, test } from 'vitest'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { swapGuid } from '../../shared/guid.ts'
import type { StepName } from '../../shared/steps.ts'
import {
  type Bench,
  closeBenches,
  computer,
  disturb,
  endsOf,
  filesWith,
  heldSecrets,
  listOf,
  openBench,
  opens,
  value
} from '../bench.ts'

afterEach(closeBenches)

const pc = computer(0)
const isOpenable = (bench: Bench): boolean =>
  heldSecrets(bench.keychain).some((secret) => opens(bench.device(pc.fqdn), secret))

test.each<StepName>(['login', 'names', 'password', 'commit', 'verify'])(
  'closed while at "%s", the next start ends the work without a second password',
  async (step) => {
    const bench = await openBench()
    disturb(bench, pc.fqdn, { latencyMs: 5 })
    const { id } = await bench.begin()
    await bench.until(id, (job) => job.step === step)
    await bench.reopen()
    expect(isOpenable(bench)).toBe(true)
    await bench.core.goOn()
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
    expect(isOpenable(bench)).toBe(true)
    expect([...bench.keychain.secrets.keys()].filter((slot) => slot.startsWith('job/'))).toHaveLength(1)
    expect(bench.device(pc.fqdn).state().failedLogins).toBe(0)
    expect(bench.core.store.audit.verify()).toMatchObject({ holds: true })
  }
)

test('paused and resumed in the middle, nothing is done twice', async () => {
  const bench = await openBench()
  const { id } = await bench.begin()
  await bench.until(id, (job) => job.step === 'clock')
  value(await bench.core.imports.steer(id, 'pause'))
  await bench.until(id, (job) => job.state === 'waiting')
  value(await bench.core.imports.steer(id, 'resume'))
  const [job] = await bench.finished(id)
  expect(job).toMatchObject({ state: 'done', attempts: 2 })
  const { changes } = bench.device(pc.fqdn).state()
  expect(changes['AMT_GeneralSettings.Put']).toBe(1)
  expect(changes['AMT_AuthorizationService.SetAdminAclEntryEx']).toBe(1)
})

test('the new password taken, its answer lost and the program ended: the next start proves it', async () => {
  let broken = true
  const cut = (options: Parameters<typeof openDevice>[0]): Device => {
    const device = openDevice(options)
    return {
      ...device,
      invoke: async (target, method, content) => {
        const answer = await device.invoke(target, method, content)
        // From here on nothing is answered, as when the cable is pulled.
        if (method === 'SetAdminAclEntryEx' && broken) disturb(bench, pc.fqdn, { silent: true })
        return answer
      }
    }
  }
  const bench = await openBench({ openDevice: cut, pace: { answer: 150, backoff: [60_000] } })
  const { id } = await bench.begin()
  const job = await bench.until(id, ({ state }) => state === 'later')
  expect(job.problem?.code).toBe('new-password-unproved')
  expect(bench.core.store.secrets.of(pc.uuid)).toMatchObject([{ role: 'pending' }])
  broken = false
  disturb(bench, pc.fqdn, { silent: false })
  await bench.reopen()
  value(await bench.core.imports.retry(id, null))
  expect(endsOf(await bench.finished(id))).toEqual(['done'])
  expect(bench.core.store.secrets.of(pc.uuid)).toMatchObject([{ role: 'current' }])
  expect(isOpenable(bench)).toBe(true)
})

test('another list with the GUID in the other byte order finds the password of the first', async () => {
  const bench = await openBench()
  const first = await bench.begin()
  await bench.finished(first.id)
  const list = listOf([{ ...pc, uuid: swapGuid(pc.uuid), password: 'Bench-Outdated1!' }])
  const { drafting, imports, store } = bench.core
  // As a practice draft would, but on devices that are not reset.
  const draft = drafting.begin(true, [])
  value(await drafting.give(draft.id, 'second.csv', Buffer.from(list)))
  const ready = value(await drafting.ready(draft.id))
  const { id } = value(await imports.start(ready.draft, ready.computers, 'second.csv'))
  const [job] = await bench.finished(id)
  expect(job).toMatchObject({ state: 'done', facts: { account: 'the password in the keychain' } })
  expect(store.secrets.of(pc.uuid).filter(({ role }) => role === 'current')).toHaveLength(1)
  expect(isOpenable(bench)).toBe(true)
})

test('many devices of every temper: all end, and no file holds a secret', async () => {
  const tempers = [
    'healthy',
    'slow',
    'drop-after-commit',
    'tls-only',
    'other-uuid',
    'switched-off',
    'too-old',
    'healthy'
  ] as const
  const computers = tempers.map((temper, n) => computer(n, temper))
  const bench = await openBench({ computers })
  const { id } = await bench.begin()
  const jobs = await bench.finished(id)
  expect(jobs.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'person', 'person', 'person', 'done'])
  const secrets = heldSecrets(bench.keychain)
  expect(new Set(secrets).size).toBeGreaterThan(5)
  expect(filesWith(bench.folder, secrets)).toEqual([])
})
