// Kerberos of a device: looked at, turned on where it was set up for the realm, off, put back; where there is no key, told.
import { afterEach, expect, test } from 'vitest'
import { kerberosSettingData } from '../../electron/wsman/amt/kerberosSettingData.ts'
import { openDevice } from '../../electron/wsman/client.ts'
import { standing } from '../../shared/change.ts'
import { factWords } from '../../shared/checkWords.ts'
import type { Job } from '../../shared/job.ts'
import { defaultProfile, type Profile, type User } from '../../shared/profile.ts'
import { type Bench, closeBenches, computer, endsOf, listOf, openBench, value } from '../bench.ts'

afterEach(closeBenches)

const pc = computer(0)
const keepAll: Profile = { ...defaultProfile, password: { kind: 'keep' }, names: 'keep', clock: false }
const group: User = { id: 'k', by: 'kerberos', name: 'Helpdesk', sid: 'S-1-5-21-1-2-3-512', access: 'any', realms: [2] }
const on = { ...keepAll, kerberos: { kind: 'on', realm: 'corp.example', tolerance: 3 } } satisfies Profile
const off = { ...keepAll, kerberos: { kind: 'off' } } satisfies Profile

const rows = (bench: Bench) => bench.device(pc.fqdn).state().stored.AMT_KerberosSettingData
const lacks = (job: Job): readonly string[] => (job.facts.lacks ?? []).map(({ step, why }) => `${step}: ${why}`)
const told = (job: Job): readonly string[] =>
  standing(job.facts.changes).map(({ setting, from, to }) => `${setting}: ${from} → ${to}`)

/** A bench whose device an old manager joined to the directory. */
async function joined(isOn: boolean, realm = 'CORP.EXAMPLE'): Promise<Bench> {
  const bench = await openBench()
  const { host, port, tls, username, password } = bench.device(pc.fqdn)
  const device = openDevice({ endpoint: { host, port, tls }, credentials: { username, password } })
  const MasterKey = new Uint8Array(16).fill(7)
  const before = value(await kerberosSettingData.get(device))
  value(await kerberosSettingData.put(device, before, { KrbEnabled: isOn, RealmName: realm, KeyVersion: 2, MasterKey }))
  device.close()
  return bench
}

async function run(bench: Bench, profile: Profile): Promise<Job> {
  const { id } = await bench.begin({ profile })
  const [job] = await bench.finished(id)
  if (!job) throw new Error('no job')
  return job
}

/** The same on a device that stays as the last run left it. */
async function again(bench: Bench, profile: Profile): Promise<Job> {
  const { drafting, imports } = bench.core
  const draft = drafting.begin(true, [])
  value(await drafting.give(draft.id, 'again.csv', Buffer.from(listOf([pc]))))
  value(drafting.change(draft.id, { profile }))
  const ready = value(await drafting.ready(draft.id))
  const { id } = value(await imports.start(ready.draft, ready.computers, ready.source))
  const [job] = await bench.finished(id)
  if (!job) throw new Error('no job')
  return job
}

test('turned on where the device has a key for the realm; the rest goes back as it was, and one press puts it back', async () => {
  const bench = await joined(false)
  const job = await again(bench, on)
  expect(endsOf([job])).toEqual(['done'])
  expect(told(job)).toEqual(['Kerberos: off → on', 'Clock tolerance of Kerberos: the firmware’s own → 3 min'])
  const made = { KrbEnabled: 'true', RealmName: 'CORP.EXAMPLE', KeyVersion: '2', MaximumClockTolerance: '3' }
  expect(rows(bench)).toMatchObject([made])
  expect(job.facts.kerberos).toEqual({ on: true, realm: 'CORP.EXAMPLE' })

  const { changes } = bench.device(pc.fqdn).state()
  expect((await again(bench, on)).facts.changes).toBeUndefined()
  expect(bench.device(pc.fqdn).state().changes).toEqual(changes)

  value(await bench.core.undo(job.importId, job.id))
  const [back] = rows(bench) ?? []
  expect(back).toMatchObject({ KrbEnabled: 'false', RealmName: 'CORP.EXAMPLE', KeyVersion: '2' })
  expect(back).not.toHaveProperty('MaximumClockTolerance')
})

test('turned off, and the users of the old manager’s directory are let in no more', async () => {
  const bench = await joined(true)
  const job = await again(bench, off)
  expect(told(job)).toEqual(['Kerberos: on → off'])
  expect(rows(bench)).toMatchObject([{ KrbEnabled: 'false', RealmName: 'CORP.EXAMPLE' }])
})

test('clearing what the old manager left does not touch Kerberos by itself', async () => {
  const bench = await joined(true)
  const job = await again(bench, { ...defaultProfile, cleanUp: 'clear' })
  expect(endsOf([job])).toEqual(['done'])
  expect(rows(bench)).toMatchObject([{ KrbEnabled: 'true', RealmName: 'CORP.EXAMPLE' }])
})

test('without a key, or with one for another realm, nothing is turned on: told with the names in the directory, or a must', async () => {
  const bare = await openBench()
  const job = await run(bare, on)
  expect(endsOf([job])).toEqual(['done'])
  expect(lacks(job)).toEqual([expect.stringMatching(/kerberos: .*never given a Kerberos key/)])
  expect(lacks(job)[0]).toContain(`HTTP/${pc.fqdn}:16992`)
  expect(rows(bare)).toBeUndefined()
  expect(endsOf([await again(bare, { ...on, must: ['kerberos'] })])).toEqual(['person: setting-fixed'])

  const elsewhere = await joined(true, 'old.example')
  expect(lacks(await again(elsewhere, on))).toEqual([expect.stringContaining('for the realm old.example, not for')])
})

test('users of the directory where Kerberos is off: added, and told in the dry run and in the result', async () => {
  const bench = await joined(false)
  const profile: Profile = { ...keepAll, users: { kind: 'add', list: [group] } }
  const { drafting, checking } = bench.core
  const draft = drafting.begin(true, [])
  value(await drafting.give(draft.id, 'list.csv', Buffer.from(listOf([pc]))))
  value(drafting.change(draft.id, { profile }))
  value(await checking.start(draft.id))
  for (;;) {
    const { plan, checks } = value(await checking.read(draft.id, 0, 1))
    if (plan.running) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      continue
    }
    const [check] = checks
    expect(check && factWords(check)).toContain('Kerberos off, set up for CORP.EXAMPLE')
    expect(plan.lacks).toMatchObject([{ title: 'Kerberos', why: expect.stringContaining('Kerberos is off') }])
    break
  }
  expect(rows(bench)).toMatchObject([{ KrbEnabled: 'false' }])
  const job = await again(bench, profile)
  expect(endsOf([job])).toEqual(['done'])
  expect(lacks(job)).toEqual([expect.stringContaining('turn it on for CORP.EXAMPLE')])
  const working = await joined(true)
  expect(lacks(await again(working, profile))).toEqual([])
})
