// Tug-of-war: after a computer is done it is looked at again, and what the old manager takes back is told by name.
import { afterEach, expect, test } from 'vitest'
import { authorizationService } from '../../electron/wsman/amt/authorizationService.ts'
import { generalSettings } from '../../electron/wsman/amt/generalSettings.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { practiceRunning } from '../../shared/running.ts'
import { type Bench, closeBenches, computer, movableClock, openBench, value } from '../bench.ts'

afterEach(closeBenches)

const minutes = 10
const running = { ...practiceRunning, watchMinutes: minutes }

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 8_000
  while (!isSo()) {
    if (Date.now() > end) throw new Error('never so')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function watched(watchMinutes = minutes) {
  const clock = movableClock()
  const bench = await openBench({ computers: [computer(0)], clock })
  const { id } = await bench.begin({ running: { ...running, watchMinutes } })
  const [job] = await bench.finished(id)
  if (job === undefined) throw new Error('no job')
  const { store } = bench.core
  const watch = () => store.watches.due(Number.MAX_SAFE_INTEGER)[0]
  if (watchMinutes > 0) await until(() => watch()?.baseline != null)
  const look = async (ahead: number) => {
    clock.ahead += ahead
    await bench.core.goOn()
  }
  return { bench, id, job, store, watch, look }
}

/** The old manager, with the password that is in use. */
function oldManager(bench: Bench, jobId: string): Device {
  const { host, port } = bench.device(computer(0).fqdn)
  const password = bench.keychain.secrets.get(`job/${jobId}/new-admin`) ?? ''
  return openDevice({ endpoint: { host, port, tls: false }, credentials: { username: 'admin', password } })
}

const audited = (bench: Bench, kind: string) =>
  bench.core.store.audit.read({ before: null, count: 100, search: kind }).entries.filter((entry) => entry.kind === kind)

test('a host name and a new account of the old manager are told, with what differs', async () => {
  const { bench, id, job, store, watch, look } = await watched()
  const device = oldManager(bench, job.id)
  const before = value(await generalSettings.get(device))
  value(await generalSettings.put(device, before, { HostName: 'old-name' }))
  value(
    await authorizationService.addUserAclEntryEx(device, {
      DigestUsername: 'OldManager',
      DigestPassword: new Uint8Array(16),
      AccessPermission: 2,
      Realms: [3]
    })
  )
  device.close()
  await look(minutes * 60_000 * 0.1)
  await until(() => store.jobs.get(job.id)?.state === 'person')
  const { problem } = store.jobs.get(job.id) ?? {}
  expect(problem).toMatchObject({ code: 'taken-back' })
  expect(problem?.found).toContain('→ old-name')
  expect(problem?.found).toContain('Account added: OldManager')
  expect(watch()).toBeUndefined()
  expect(audited(bench, 'taken back')).toHaveLength(1)
  expect(bench.core.imports.view(id).totals).toMatchObject({ done: 0, person: 1 })
})

test('a password that is no longer ours is told after one try, not more', async () => {
  const { bench, job, store, look } = await watched()
  const device = oldManager(bench, job.id)
  value(await authorizationService.setAdminAclEntryEx(device, 'admin', 'Taken-Back7!'))
  device.close()
  await look(minutes * 60_000 * 0.1)
  await until(() => store.jobs.get(job.id)?.state === 'person')
  expect(store.jobs.get(job.id)?.problem?.found).toContain('admin password')
  expect(bench.device(computer(0).fqdn).state().failedLogins).toBe(1)
})

test('one that stays as it was left is looked at to the end, changed by nobody; a restart goes on with it', async () => {
  const { bench, job, watch, look } = await watched()
  const changes = JSON.stringify(bench.device(computer(0).fqdn).state().changes)
  const looks = watch()?.looks ?? 0
  await look(minutes * 60_000 * 0.1)
  await until(() => (watch()?.looks ?? 0) > looks)
  await bench.reopen()
  await bench.core.goOn()
  const kept = () => bench.core.store.watches.due(Number.MAX_SAFE_INTEGER)
  expect(kept()).toHaveLength(1)
  await look(minutes * 60_000)
  await until(() => kept().length === 0)
  expect(bench.core.store.jobs.get(job.id)?.state).toBe('done')
  expect(audited(bench, 'watch ended').map(({ body }) => body.outcome)).toEqual(['it stayed as it was left'])
  expect(JSON.stringify(bench.device(computer(0).fqdn).state().changes)).toBe(changes)
})

test('a device that does not answer for a while is no news', async () => {
  const { bench, job, store, watch, look } = await watched()
  bench.device(computer(0).fqdn).setFaults({ silent: true })
  const next = watch()?.nextAt
  await look(minutes * 60_000 * 0.1)
  await until(() => watch()?.nextAt !== next)
  expect(store.jobs.get(job.id)?.state).toBe('done')
})

test('what a person puts back is not the old manager', async () => {
  const { bench, job, store, watch, look } = await watched()
  const device = oldManager(bench, job.id)
  const before = value(await generalSettings.get(device))
  value(await generalSettings.put(device, before, { HostName: 'put-back' }))
  device.close()
  store.jobs.change(job.id, { facts: { ...job.facts, changes: [] } })
  await look(minutes * 60_000 * 0.1)
  await until(() => watch() === undefined)
  expect(store.jobs.get(job.id)?.state).toBe('done')
})

test('switched off, nothing is looked at', async () => {
  const { watch } = await watched(0)
  expect(watch()).toBeUndefined()
})
