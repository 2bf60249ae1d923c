// Users, MEBx, remote access, TLS, and what becomes of the old manager's settings: cleared, or the provisioning taken away.

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { storeFile } from '../../electron/store/database.ts'
import { authorizationService } from '../../electron/wsman/amt/authorizationService.ts'
import { provisioningCertificateHash } from '../../electron/wsman/amt/provisioningCertificateHash.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { standing } from '../../shared/change.ts'
import type { Job } from '../../shared/job.ts'
import { defaultProfile, type Profile, type User } from '../../shared/profile.ts'
import { type Bench, closeBenches, computer, endsOf, heldSecrets, listOf, openBench, opens, value } from '../bench.ts'
import { leaveBehind } from '../oldManager.ts'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'

afterEach(closeBenches)

const pc = computer(0)
const keepAll: Profile = { ...defaultProfile, password: { kind: 'keep' }, names: 'keep', clock: false }

type Fill = (draftId: string) => Promise<Profile> | Profile

/** One more import of the computers, on devices as they are. */
async function run(bench: Bench, fill: Fill, list = listOf([pc])): Promise<Job> {
  const { drafting, imports } = bench.core
  const draft = drafting.begin(true, [])
  value(await drafting.give(draft.id, 'list.csv', Buffer.from(list)))
  value(drafting.change(draft.id, { profile: await fill(draft.id) }))
  const ready = value(await drafting.ready(draft.id))
  const { id } = value(await imports.start(ready.draft, ready.computers, ready.source))
  const [job] = await bench.finished(id)
  if (!job) throw new Error('no job')
  return job
}

const keep = async (bench: Bench, draftId: string, purpose: string, secret: string): Promise<string> =>
  value(await bench.core.drafting.keepSecret(draftId, purpose, secret)).slot

const titles = (job: Job): readonly string[] => standing(job.facts.changes).map(({ setting }) => setting)

function deviceOf(bench: Bench, password = pc.password): Device {
  const { host, port, tls } = bench.device(pc.fqdn)
  return openDevice({ endpoint: { host, port, tls }, credentials: { username: 'admin', password } })
}

async function furnish(bench: Bench, hasProxies: boolean): Promise<void> {
  const { der } = await madeCertificate('old manager', await madeKey())
  await leaveBehind(bench.device(pc.fqdn), der, hasProxies)
}

describe.each(['9.1.45.3000', '11.8.50.3425', '15.0.23.1706', '16.1.25.2124'])('AMT %s', (amtVersion) => {
  const hasProxies = amtVersion.startsWith('16')
  test('what the old manager left is cleared, what the factory put there is not, and a second run writes nothing', async () => {
    const bench = await openBench({ computers: [{ ...pc, amtVersion }] })
    await furnish(bench, hasProxies)
    const clear: Profile = { ...defaultProfile, cleanUp: 'clear' }
    const job = await run(bench, () => clear)
    expect(endsOf([job])).toEqual(['done'])
    expect(job.facts.lacks).toBeUndefined()
    const { accounts, stored, keys, certificate, uncommitted } = bench.device(pc.fqdn).state()
    expect(accounts.map(({ name }) => name)).toEqual(['admin'])
    const left = (name: string) => (stored[name] ?? []).length
    expect(left('CIM_WiFiEndpointSettings')).toBe(0)
    expect(left('IPS_HTTPProxyAccessPoint')).toBe(0)
    expect(left('AMT_RemoteAccessPolicyRule') + left('AMT_ManagementPresenceRemoteSAP')).toBe(0)
    expect(stored.AMT_EnvironmentDetectionSettingData?.[0]?.DetectionStrings).toEqual([])
    expect(stored.AMT_PublicKeyCertificate?.length).toBe(certificate === null ? 0 : 1)
    expect(keys).toEqual([])
    // Nothing of the old manager's 802.1X holds a certificate any more.
    for (const name of ['AMT_8021xCredentialContext', 'IPS_8021xCredentialContext', 'CIM_CredentialContext'])
      expect(left(name), name).toBe(0)
    expect(left('CIM_IEEE8021xSettings')).toBe(0)
    expect(uncommitted).toBe(false)
    const said = titles(job)
    for (const title of [
      'User oldconsole',
      'User S-1-5-32-544',
      'Wi-Fi profile old site',
      'Calls from outside',
      '802.1X on the cable',
      'Wi-Fi profile old office',
      'Left-over 802.1X',
      'Unused certificates',
      'Unused keys'
    ])
      expect(said).toContain(title)
    const secret = job.facts.changes?.find(({ setting }) => setting === 'User S-1-5-32-544')
    expect(secret).toMatchObject({ from: 'Redirection, Remote Control, everywhere', to: '(none)', reversible: true })

    const before = bench.device(pc.fqdn).state().changes
    const second = await run(bench, () => ({
      ...clear,
      password: { kind: 'keep' },
      users: { kind: 'replace', list: [kerberos] }
    }))
    expect(titles(second)).toEqual(['User S-1-5-21-1-2-3-512'])
    const third = await run(bench, () => ({
      ...clear,
      password: { kind: 'keep' },
      users: { kind: 'replace', list: [kerberos] }
    }))
    expect(third.facts.changes).toBeUndefined()
    expect(bench.device(pc.fqdn).state().changes).toEqual({
      ...before,
      'AMT_AuthorizationService.AddUserAclEntryEx': 3,
      'AMT_SetupAndConfigurationService.CommitChanges': 2
    })
  })
})

describe('certificate hashes added by hand', () => {
  const hash = '1f'.repeat(32)
  const furnished = async () => {
    const bench = await openBench()
    const device = bench.device(pc.fqdn)
    Object.assign(device.state(), { setup: { by: 'remote', roots: [hash] } })
    return { bench, roots: () => device.state().setup?.roots }
  }
  const clear: Profile = { ...defaultProfile, cleanUp: 'clear' }

  test('stay when nobody asks, and go when somebody does; those of the factory never', async () => {
    const { bench, roots } = await furnished()
    expect(endsOf([await run(bench, () => clear)])).toEqual(['done'])
    expect(roots()).toEqual([hash])
    const asked: Profile = {
      ...clear,
      password: { kind: 'keep' },
      users: { kind: 'replace', list: [kerberos] },
      hashes: 'remove'
    }
    const job = await run(bench, () => asked)
    expect(endsOf([job])).toEqual(['done'])
    expect(roots()).toEqual([])
    const change = job.facts.changes?.find(({ step }) => step === 'activationHashes')
    expect(change).toMatchObject({
      from: 'Added root 1, 1f1f1f1f1f1f1f1f…',
      to: 'none',
      reversible: false,
      proved: true
    })
    const { changes } = bench.device(pc.fqdn).state()
    expect(changes['AMT_ProvisioningCertificateHash.Delete']).toBe(1)
    expect((await run(bench, () => asked)).facts.changes).toBeUndefined()
    const device = deviceOf(
      bench,
      heldSecrets(bench.keychain).find((secret) => opens(bench.device(pc.fqdn), secret))
    )
    const left = value(await provisioningCertificateHash.enumerate(device))
    expect(left.map(({ values }) => values.IsDefault)).toEqual([true, true])
    device.close()
  })

  test('the PKI DNS suffix cannot be changed any more, and that is told; a device without the list has nothing to remove', async () => {
    const { bench } = await furnished()
    const { stored } = bench.device(pc.fqdn).state()
    const AMT_SetupAndConfigurationService = [{ TrustedDNSSuffix: 'old.example' }]
    Object.assign(bench.device(pc.fqdn).state(), { stored: { ...stored, AMT_SetupAndConfigurationService } })
    const job = await run(bench, () => ({ ...clear, hashes: 'remove' }))
    expect(endsOf([job])).toEqual(['done'])
    expect(job.facts.lacks).toMatchObject([{ step: 'activationHashes', why: expect.stringContaining('old.example') }])

    const without = await furnished()
    without.bench.device(pc.fqdn).setFaults({ unreachable: ['AMT_ProvisioningCertificateHash'] })
    const told = await run(without.bench, () => ({ ...clear, hashes: 'remove' }))
    expect(endsOf([told])).toEqual(['done'])
    expect(told.facts.lacks?.map(({ step }) => step)).toEqual(['activationHashes'])
  })
})

const kerberos: User = {
  id: 'k',
  by: 'kerberos',
  name: 'Helpdesk',
  sid: 'S-1-5-21-1-2-3-512',
  access: 'network',
  realms: [2, 5]
}

test('users are added with their password; a second list with the same password writes nothing, with another one it does', async () => {
  const bench = await openBench()
  const list =
    (secret: string): Fill =>
    async (draftId) => ({
      ...keepAll,
      users: {
        kind: 'add',
        list: [
          {
            id: 'u',
            by: 'digest',
            name: 'helpdesk',
            access: 'any',
            realms: [5, 2],
            slot: await keep(bench, draftId, 'user', secret)
          },
          kerberos
        ]
      }
    })
  expect(titles(await run(bench, list('Bench-Helpdesk1!')))).toEqual(['User helpdesk', 'User S-1-5-21-1-2-3-512'])
  const state = () => bench.device(pc.fqdn).state()
  const user = () => state().accounts.find(({ name }) => name === 'helpdesk')
  const ha1 = (secret: string) => createHash('md5').update(`helpdesk:${state().digestRealm}:${secret}`).digest('hex')
  expect(user()).toMatchObject({ ha1: ha1('Bench-Helpdesk1!'), entry: { access: 2, realms: ['2', '5'] } })
  expect(state().accounts.find(({ entry }) => entry?.sid)?.entry?.sid).toBe('AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAAAIAAA==')
  expect((await run(bench, list('Bench-Helpdesk1!'))).facts.changes).toBeUndefined()
  expect(titles(await run(bench, list('Bench-Helpdesk2!')))).toEqual(['User helpdesk'])
  expect(user()?.ha1).toBe(ha1('Bench-Helpdesk2!'))
  // A user's password is never tried as the administrator's.
  expect(bench.core.store.secrets.of(pc.uuid).map(({ username }) => username)).toEqual(['admin'])
  expect(state().failedLogins).toBe(0)
})

test('the user that one is logged in as is never removed', async () => {
  const bench = await openBench({ accounts: [] })
  const device = deviceOf(bench)
  const { digestRealm } = bench.device(pc.fqdn).state()
  const hash = createHash('md5').update(`manager:${digestRealm}:Bench-Manager1!`).digest()
  const entry = { DigestUsername: 'manager', DigestPassword: new Uint8Array(hash), AccessPermission: 2, Realms: [3] }
  value(await authorizationService.addUserAclEntryEx(device, entry))
  device.close()
  const { drafting, imports } = bench.core
  const draft = drafting.begin(true, [])
  const slot = await keep(bench, draft.id, 'account', 'Bench-Manager1!')
  value(await drafting.give(draft.id, 'l.csv', Buffer.from([pc.name, pc.fqdn, pc.uuid, '', '', ''].join(','))))
  value(
    drafting.change(draft.id, {
      accounts: [{ id: 'a', username: 'manager', description: '', slot }],
      profile: { ...keepAll, users: { kind: 'replace', list: [kerberos] } }
    })
  )
  const ready = value(await drafting.ready(draft.id))
  const { id } = value(await imports.start(ready.draft, ready.computers, ready.source))
  expect(endsOf(await bench.finished(id))).toEqual(['done'])
  expect(
    bench
      .device(pc.fqdn)
      .state()
      .accounts.map(({ name }) => name)
  ).toEqual(['admin', 'manager', ''])
})

test('the MEBx password is in the keychain before it is sent, and set once', async () => {
  const bench = await openBench()
  const job = await run(bench, () => ({ ...keepAll, mebx: { kind: 'random' } }))
  expect(job).toMatchObject({ state: 'done', facts: { changes: [{ setting: 'MEBx password', reversible: false }] } })
  const [held] = bench.core.store.secrets.of(pc.uuid, 'mebx')
  expect(held).toMatchObject({ role: 'current', slot: `job/${job.id}/new-mebx` })
  expect(bench.keychain.secrets.get(held?.slot ?? '')).toMatch(/^.{16}$/)
  expect(bench.device(pc.fqdn).state().changes['AMT_SetupAndConfigurationService.SetMEBxPassword']).toBe(1)

  const client = await openBench()
  Object.assign(client.device(pc.fqdn).state(), { controlMode: 1 })
  const told = await run(client, () => ({ ...keepAll, mebx: { kind: 'random' }, consent: 'none' }))
  expect(told.state).toBe('done')
  expect(told.facts.lacks?.map(({ step }) => step)).toEqual(['consent', 'mebx'])
  expect(client.device(pc.fqdn).state().changes).toEqual({})
})

test('firmware that does not permit a new MEBx password over the network: a lack, not a change and no failure', async () => {
  const bench = await openBench({
    openDevice(options) {
      const device = openDevice(options)
      return {
        ...device,
        invoke(target, method, content) {
          // Refused with 16, as in client control mode; everything else goes on in admin control.
          if (method === 'SetMEBxPassword') Object.assign(bench.device(pc.fqdn).state(), { controlMode: 1 })
          return device.invoke(target, method, content)
        }
      }
    }
  })
  const job = await run(bench, () => ({ ...keepAll, mebx: { kind: 'random' } }))
  expect(job).toMatchObject({ state: 'done', facts: { changes: [], lacks: [{ step: 'mebx' }] } })
  expect(job.facts.lacks?.[0]?.why).toContain('does not permit')
  expect(bench.core.store.secrets.of(pc.uuid, 'mebx')).toMatchObject([{ role: 'pending' }])
})

test('a management presence server is added, once; turned off it is gone', async () => {
  const bench = await openBench()
  const given: Fill = async (draftId) => ({
    ...keepAll,
    environment: { kind: 'domains', domains: ['corp.example'] },
    remoteAccess: {
      kind: 'server',
      server: {
        host: 'mps.corp.example',
        port: 4433,
        username: 'fleet',
        every: 30,
        slot: await keep(bench, draftId, 'server', 'Bench-Server1!')
      }
    }
  })
  expect(endsOf([await run(bench, given)])).toEqual(['done'])
  const { stored } = bench.device(pc.fqdn).state()
  expect(stored.AMT_ManagementPresenceRemoteSAP).toMatchObject([{ AccessInfo: 'mps.corp.example', Port: '4433' }])
  expect(stored.AMT_RemoteAccessPolicyRule).toMatchObject([
    { PolicyRuleName: 'Periodic', ExtendedData: 'AAAAAAAABwg=' }
  ])
  expect((await run(bench, given)).facts.changes).toBeUndefined()
  const off = await run(bench, () => ({ ...keepAll, remoteAccess: { kind: 'off' } }))
  expect(titles(off)).toEqual(['Management presence servers', 'Calls from outside', 'Calls by the user'])
  expect(bench.device(pc.fqdn).state().stored.AMT_ManagementPresenceRemoteSAP).toEqual([])
})

test('TLS off: found again on the open port; firmware that speaks TLS only keeps it, and says so', async () => {
  const bench = await openBench({ computers: [{ ...computer(0, 'tls-only'), amtVersion: '15.0.23.1706' }] })
  const job = await run(bench, () => ({ ...defaultProfile, tls: { kind: 'off' } }))
  expect(job).toMatchObject({ state: 'done', facts: { tls: false } })
  expect(titles(job)).toContain('TLS')
  expect(bench.core.store.secrets.pin(pc.uuid)).toBeUndefined()
  expect(heldSecrets(bench.keychain).some((secret) => opens(bench.device(pc.fqdn), secret))).toBe(true)
  expect((await run(bench, () => ({ ...keepAll, tls: { kind: 'off' } }))).facts.changes).toBeUndefined()

  const newer = await openBench({ computers: [{ ...pc, amtVersion: '16.1.25.2124' }] })
  const kept = await run(newer, () => ({ ...keepAll, tls: { kind: 'off' } }))
  expect(kept).toMatchObject({ state: 'done', facts: { tls: true, lacks: [{ step: 'tls' }] } })
})

describe('the provisioning taken away', () => {
  test.each([
    ['partial', 'PartialUnprovision', 1],
    ['full', 'Unprovision', 0]
  ] as const)(
    '%s: said by the device itself, and nothing else of the profile is made',
    async (cleanUp, method, state) => {
      const bench = await openBench()
      const job = await run(bench, () => ({ ...defaultProfile, cleanUp, webUi: 'off', mebx: { kind: 'random' } }))
      expect(endsOf([job])).toEqual(['done'])
      const device = bench.device(pc.fqdn).state()
      expect(device.provisioningState).toBe(state)
      expect(device.changes).toEqual({ [`AMT_SetupAndConfigurationService.${method}`]: 1 })
      expect(job.facts.changes).toMatchObject([{ setting: 'Provisioning', from: 'activated', reversible: false }])
    }
  )

  test('it is told as a removal, and nobody watches over a computer that has no provisioning any more', async () => {
    const bench = await openBench()
    const { drafting, imports, store } = bench.core
    const draft = value(await bench.core.beginDraft(true))
    value(await drafting.give(draft.id, 'list.csv', Buffer.from(listOf([pc]))))
    const running = { ...draft.running, watchMinutes: 10 }
    value(drafting.change(draft.id, { profile: { ...defaultProfile, cleanUp: 'full' }, running }))
    const ready = value(await drafting.ready(draft.id))
    const { id } = value(await imports.start(ready.draft, ready.computers, ready.source))
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
    expect(store.watches.count(id)).toBe(0)
    expect(imports.view(id).outcome).toBe('removed')
    const { text } = value(imports.document(id, 'report'))
    expect(text).toContain('1 of 1 computers: provisioning removed')
    expect(text).not.toMatch(/taken over/i)
  })

  test('locked by an auditor: nothing is sent, a person is needed', async () => {
    const bench = await openBench({ computers: [{ ...pc, amtVersion: '11.8.50.3425' }] })
    Object.assign(bench.device(pc.fqdn).state(), { auditLocked: true })
    const job = await run(bench, () => ({ ...defaultProfile, cleanUp: 'partial' }))
    expect(endsOf([job])).toEqual(['person: audit-locked'])
    expect(bench.device(pc.fqdn).state().changes).toEqual({})
  })

  test('killed between the proof and the end: it is done, although nobody can ask the device any more', async () => {
    const bench = await openBench()
    const { id, importId } = await run(bench, () => ({ ...defaultProfile, cleanUp: 'full' }))
    const db = new Database(join(bench.folder, storeFile))
    db.prepare("UPDATE jobs SET state = 'working', ended_at = NULL WHERE id = ?").run(id)
    db.prepare("UPDATE imports SET state = 'running' WHERE id = ?").run(importId)
    db.close()
    await (await bench.reopen()).goOn()
    expect(endsOf(await bench.finished(importId))).toEqual(['done'])
    expect(bench.device(pc.fqdn).state().changes['AMT_SetupAndConfigurationService.Unprovision']).toBe(1)
  })

  test('its answer lost: it is not sent twice, and the person is told what may be so', async () => {
    const bench = await openBench()
    bench.device(pc.fqdn).setFaults({ dropAfter: 'Unprovision' })
    const job = await run(bench, () => ({ ...defaultProfile, cleanUp: 'full' }))
    expect(endsOf([job])).toEqual(['person: removal-unproved'])
    value(await bench.core.imports.retry(job.importId, null))
    expect(endsOf(await bench.finished(job.importId))).toEqual(['person: removal-unproved'])
    expect(bench.device(pc.fqdn).state().changes['AMT_SetupAndConfigurationService.Unprovision']).toBe(1)
  })
})
