// The undo card: what can be put back is, by audited writes behind the identity guard; what cannot is told with the reason.
import { afterEach, expect, test } from 'vitest'
import { revertible } from '../../shared/change.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { closeBenches, computer, disturb, openBench, opens, value } from '../bench.ts'

afterEach(closeBenches)

const pc = computer(0)
const profile: Profile = {
  ...defaultProfile,
  ping: 'off',
  sol: 'off',
  ider: 'off',
  listener: 'off',
  kvm: 'off',
  webUi: 'off',
  consent: 'all',
  power: 'always',
  idle: 20,
  environment: { kind: 'domains', domains: ['corp.practice.example'] }
}

test('one press puts names and switches back; the password stays, and the reason is told', async () => {
  const bench = await openBench()
  const device = bench.device(pc.fqdn)
  const before = device.state()
  const { id } = await bench.begin({ profile })
  const [job] = await bench.finished(id)
  expect(device.state().generalSettings).toMatchObject({ HostName: 'fin-0231', PingResponseEnabled: 'false' })
  value(await bench.core.undo(id, job?.id ?? ''))

  const after = device.state()
  expect(after.generalSettings).toEqual(before.generalSettings)
  expect(after.stored.AMT_RedirectionService?.[0]).toMatchObject({ EnabledState: '32771', ListenerEnabled: 'true' })
  expect(after.stored.CIM_KVMRedirectionSAP?.[0]).toMatchObject({ RequestedState: '2' })
  expect(after.stored.AMT_WebUIService?.[0]).toMatchObject({ EnabledState: '2' })
  expect(after.stored.IPS_OptInService?.[0]).toMatchObject({ OptInRequired: '0' })
  expect(after.stored.CIM_ElementSettingData?.map(({ IsCurrent }) => IsCurrent)).toEqual(['1', '2'])
  expect(after.uncommitted).toBe(false)
  expect(opens(device, pc.password)).toBe(false)

  const [undone] = bench.core.store.jobs.of(id)
  const changes = undone?.facts.changes ?? []
  expect(undone?.state).toBe('done')
  expect(undone?.facts.amtVersion).toBe(pc.amtVersion)
  expect(revertible(changes)).toEqual([])
  expect(changes.filter(({ undoneAt }) => undoneAt === undefined).map(({ setting }) => setting)).toEqual([
    'Clock',
    'Admin password'
  ])
  for (const { reversible, why } of changes) expect(reversible || why !== undefined).toBe(true)
  expect(await bench.core.undo(id, job?.id ?? '')).toMatchObject({ ok: false, problem: { code: 'nothing-to-undo' } })
  const { entries } = bench.core.store.audit.read({ before: null, count: 500, search: 'undo' })
  expect(entries.map(({ kind }) => kind)).toEqual(['undo ended', 'undo asked'])
  expect(bench.core.store.audit.verify()).toMatchObject({ holds: true })
})

test('a commit that is refused leaves all to be put back by the next press', async () => {
  const bench = await openBench()
  const { id } = await bench.begin({ profile })
  const [job] = await bench.finished(id)
  const device = bench.device(pc.fqdn)
  device.setFaults({ commitFails: 1_000 })
  expect(await bench.core.undo(id, job?.id ?? '')).toMatchObject({ ok: false })
  expect(device.state().uncommitted).toBe(true)
  const [open] = bench.core.store.jobs.of(id)
  expect(revertible(open?.facts.changes ?? [])).toEqual(revertible(job?.facts.changes ?? []))

  device.setFaults({ commitFails: 0 })
  value(await bench.core.undo(id, job?.id ?? ''))
  expect(device.state().uncommitted).toBe(false)
  const [undone] = bench.core.store.jobs.of(id)
  expect(revertible(undone?.facts.changes ?? [])).toEqual([])
})

test('another computer at the address is not touched', async () => {
  const bench = await openBench()
  const { id } = await bench.begin({ profile })
  const [job] = await bench.finished(id)
  const device = bench.device(pc.fqdn)
  Object.assign(device.state(), { uuid: '4c4c4544-0000-0000-0000-000000000001' })
  const before = device.state().changes
  expect(await bench.core.undo(id, job?.id ?? '')).toMatchObject({ ok: false, problem: { code: 'wrong-computer' } })
  expect(device.state().changes).toEqual(before)
})

test('broken off in the middle, the next press does the rest and nothing twice', async () => {
  const bench = await openBench({ pace: { answer: 150 } })
  const { id } = await bench.begin({ profile: { ...profile, power: 'keep', idle: null } })
  const [job] = await bench.finished(id)
  const device = bench.device(pc.fqdn)
  const puts = () => device.state().changes['IPS_OptInService.Put']
  expect(puts()).toBe(1)
  // Environment detection, consent and KVM go first; then the cable is pulled.
  const watching = setInterval(() => puts() === 2 && disturb(bench, pc.fqdn, { silent: true }), 1)
  const broken = await bench.core.undo(id, job?.id ?? '')
  clearInterval(watching)
  expect(broken.ok).toBe(false)
  disturb(bench, pc.fqdn, { silent: false })
  await bench.reopen()
  value(await bench.core.undo(id, job?.id ?? ''))
  expect(puts()).toBe(2)
  expect(device.state().generalSettings).toMatchObject({ HostName: 'unnamed', PingResponseEnabled: 'true' })
  expect(revertible(bench.core.store.jobs.of(id)[0]?.facts.changes ?? [])).toEqual([])
})

test('what waits or works is not undone', async () => {
  const bench = await openBench()
  disturb(bench, pc.fqdn, { latencyMs: 20 })
  const { id } = await bench.begin({ profile })
  const job = await bench.until(id, ({ state }) => state === 'working')
  expect(await bench.core.undo(id, job.id)).toMatchObject({ ok: false, problem: { code: 'device-in-use' } })
  await bench.finished(id)
})
