// Set-up from nothing over real sockets: who calls is set up, and whatever comes between costs neither a password nor a computer.
import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readUsbKey } from '../../electron/setup/usbKey.ts'
import { type SetupPki, setupPki } from '../../electron/simulator/certificate.ts'
import { type AddedComputer, startFleet } from '../../electron/simulator/fleet.ts'
import { rootOf } from '../../electron/simulator/pki.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import type { Setup } from '../../electron/simulator/state.ts'
import { authorizationService } from '../../electron/wsman/amt/authorizationService.ts'
import { setupAndConfigurationService } from '../../electron/wsman/amt/setupAndConfigurationService.ts'
import { openDevice } from '../../electron/wsman/client.ts'
import { swapGuid } from '../../shared/guid.ts'
import type { Job } from '../../shared/job.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import type { Call } from '../../shared/setUp.ts'
import {
  type Bench,
  type BenchOptions,
  closeBenches,
  disturb,
  endsOf,
  filesWith,
  heldSecrets,
  movableClock,
  openBench,
  opens,
  value
} from '../bench.ts'

afterEach(closeBenches)

const random = (count: number) => new Uint8Array(randomBytes(count))
const domain = 'corp.practice.example'
let pki: SetupPki
let root: string
beforeAll(async () => {
  pki = await setupPki(domain, Date.now, random)
  root = rootOf(Buffer.from(pki.root)) ?? ''
})

const waiting = (n: number, change: Partial<AddedComputer> = {}, setup: Partial<Setup> = {}): AddedComputer => ({
  ...practiceComputer(n, 'healthy'),
  amtVersion: '15.0.23.1706',
  setup: { by: 'remote', roots: [root], dnsSuffix: domain, ...setup },
  ...change
})

/** The same with a one-time password for each. */
const listWithOtp = (computers: readonly AddedComputer[], otp: string): string =>
  listOf(computers)
    .split('\r\n')
    .map((line, at) => `${line},${at === 0 ? 'One-time password' : otp}`)
    .join('\r\n')

/** A list as Configuration Manager shows it: the status says that nobody has set these up. */
const listOf = (computers: readonly AddedComputer[], password = ''): string =>
  [
    'Name,FQDN,SMBIOS GUID,MAC,MEBx password,Remote admin password,AMT status',
    ...computers.map(({ name, fqdn, uuid, mac }) =>
      [name, fqdn, uuid, mac, '', Buffer.from(password).toString('base64'), 'Not Provisioned'].join(',')
    )
  ].join('\r\n')

const callOf = ({ uuid }: AddedComputer, change: Partial<Call> = {}): Call => ({
  uuid,
  address: '127.0.0.1',
  roots: [root],
  configured: false,
  ...change
})

const benchOf = (computers: readonly AddedComputer[], more: BenchOptions = {}): Promise<Bench> =>
  openBench({ computers, provisioning: { chain: pki.chain, key: pki.key }, quiet: true, ...more })

/** The one rule above all: whatever happened, the keychain can open the device. */
const isHeld = (bench: Bench, { fqdn }: AddedComputer): boolean =>
  heldSecrets(bench.keychain).some((secret) => opens(bench.device(fqdn), secret))

const awaits = (job: Job): boolean => job.state === 'later' && job.problem?.code === 'hello-awaited'

async function setUpOne(one: AddedComputer, profile: Profile = defaultProfile, more: BenchOptions = {}) {
  const bench = await benchOf([one], more)
  const { id } = await bench.begin({ profile }, listOf([one]))
  await bench.until(id, awaits)
  bench.core.outOfBand.called(callOf(one))
  const jobs = await bench.finished(id)
  return { bench, id, jobs, device: bench.device(one.fqdn).state() }
}

describe('a computer that calls', () => {
  test('is set up: passwords, clock and name, in one commit, proved by a new login', async () => {
    const one = waiting(0)
    const { bench, jobs, device } = await setUpOne(one)
    expect(endsOf(jobs)).toEqual(['done'])
    expect(device).toMatchObject({ provisioningState: 2, controlMode: 2, mebxSet: true, uncommitted: false })
    expect(device.generalSettings).toMatchObject({ HostName: 'fin-0231', DomainName: domain })
    expect(Math.abs(device.clockOffset)).toBeLessThanOrEqual(1)
    expect(device.changes['AMT_SetupAndConfigurationService.CommitChanges']).toBe(1)
    expect(isHeld(bench, one)).toBe(true)
    const current = bench.core.store.secrets.of(one.uuid).filter(({ role }) => role === 'current')
    const mebx = bench.core.store.secrets.of(one.uuid, 'mebx').filter(({ role }) => role === 'current')
    expect([current.length, mebx.length]).toEqual([1, 1])
    // The key of the certificate is in the keychain alone.
    await bench.core.close()
    expect(filesWith(bench.folder, [pki.key.split('\n')[3] ?? '-', pki.chain.split('\n')[3] ?? '-'])).toEqual([])
  })

  test('is known by its GUID in the other byte order, and not by another one', async () => {
    const one = waiting(0)
    const bench = await benchOf([one])
    const { id } = await bench.begin({}, listOf([one]))
    expect(bench.core.outOfBand.called(callOf(waiting(1)))).toBe('unknown')
    expect(bench.core.outOfBand.called({ ...callOf(one), address: '10.1.2.3' })).toBe('unknown')
    expect(endsOf(bench.core.store.jobs.of(id))).toEqual(['later: hello-awaited'])
    expect(bench.core.outOfBand.called(callOf(one, { uuid: swapGuid(one.uuid) }))).toBe('runs')
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
    expect(bench.core.outOfBand.called(callOf(one))).toBe('unknown')
  })

  test('shows the certificate made for it from the commit on, and that one alone is trusted', async () => {
    const tls: Profile['tls'] = { kind: 'on', mutual: false, plain: false, by: 'own' }
    const { bench, jobs } = await setUpOne(waiting(0), { ...defaultProfile, tls })
    expect(endsOf(jobs)).toEqual(['done'])
    const [issued] = bench.core.store.certificates.issued(waiting(0).uuid)
    expect(issued).toBeDefined()
    expect(bench.core.store.secrets.pin(waiting(0).uuid)).toBe(issued)
  })

  test('that called before its import was started goes on at once', async () => {
    const one = waiting(0)
    const bench = await benchOf([one])
    bench.core.outOfBand.called(callOf(one))
    const { id } = await bench.begin({}, listOf([one]))
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
  })
})

describe('nothing is changed on a device', () => {
  const untouched = async (
    change: Partial<AddedComputer>,
    setup: Partial<Setup>,
    call: Partial<Call> = {},
    more: BenchOptions = {}
  ): Promise<readonly string[]> => {
    const one = waiting(0, change, setup)
    const bench = await benchOf([one], more)
    const { id } = await bench.begin({}, listOf([one]))
    bench.core.outOfBand.called(callOf(one, call))
    const ends = endsOf(await bench.finished(id))
    expect(bench.device(one.fqdn).state().changes).toEqual({})
    return ends
  }

  test('whose list of roots has not ours', async () => {
    expect(await untouched({}, { roots: [] }, { roots: ['00'.repeat(32)] })).toEqual(['person: root-not-in-device'])
  })
  test('that says it has our root, and has not', async () => {
    expect(await untouched({}, { roots: [] })).toEqual(['person: set-up-refused'])
  })
  test('of another domain', async () => {
    expect(await untouched({}, { dnsSuffix: 'other.example' })).toEqual(['person: set-up-refused'])
  })
  test('that is another computer', async () => {
    expect(await untouched({ personality: 'other-uuid' }, {})).toEqual(['person: wrong-computer'])
  })
  test('when the certificate has ended since it was imported', async () => {
    const clock = movableClock()
    const one = waiting(0)
    const bench = await benchOf([one], { clock })
    const { id } = await bench.begin({}, listOf([one]))
    clock.ahead = 11 * 365 * 86_400_000
    bench.core.outOfBand.called(callOf(one))
    expect(endsOf(await bench.finished(id))).toEqual(['person: provisioning-unfit'])
    expect(bench.device(one.fqdn).state().changes).toEqual({})
  })
})

describe('a one-time password', () => {
  const otp = 'Tq7-mr2K-9wLx'
  const withOtp = async (inList: string, setup: Partial<Setup>) => {
    const one = waiting(0, {}, setup)
    const bench = await benchOf([one])
    const { id } = await bench.begin({}, listWithOtp([one], inList))
    bench.core.outOfBand.called(callOf(one))
    const jobs = await bench.finished(id)
    const { entries } = bench.core.store.audit.read({ before: null, count: 50, search: 'one-time password compared' })
    const compared = entries.map(({ body: { fits } }) => fits)
    return { bench, ends: endsOf(jobs), problem: jobs[0]?.problem, device: bench.device(one.fqdn), compared }
  }
  const hashed = (kind: string): string => createHash(kind).update(otp).digest('hex')

  test.each([
    ['as it is', otp],
    ['as SHA-1', hashed('sha1')],
    ['as SHA-256', hashed('sha256').toUpperCase()]
  ])('that fits (%s): the computer is set up, and it is in no file', async (_, inList) => {
    const { bench, ends, compared, device } = await withOtp(inList, { otp })
    expect([ends, compared]).toEqual([['done'], [true]])
    expect(device.state().provisioningState).toBe(2)
    await bench.core.close()
    expect(filesWith(bench.folder, [inList, otp])).toEqual([])
  })

  test.each([
    ['another one', { otp: 'Another-0ne!' }, 'another one'],
    ['none', {}, 'has none']
  ])('where the device has %s: nothing is changed on it, and neither is told', async (_, setup, words) => {
    const { ends, problem, compared, device } = await withOtp(otp, setup)
    expect([ends, compared]).toEqual([['person: one-time-password-wrong'], [false]])
    expect(problem?.meaning).toContain(words)
    expect(JSON.stringify(problem)).not.toMatch(/Tq7|Another-0ne/)
    expect(device.state().changes).toEqual({})
  })

  test('that only the device has is not asked for', async () => {
    const { ends, compared } = await withOtp('', { otp })
    expect([ends, compared]).toEqual([['done'], []])
  })
})

describe('what comes between', () => {
  test('a connection cut after the commit', async () => {
    const { bench, jobs, device } = await setUpOne(waiting(0, { personality: 'drop-after-commit' }))
    expect(endsOf(jobs)).toEqual(['done'])
    expect(device.provisioningState).toBe(2)
    expect(isHeld(bench, waiting(0))).toBe(true)
  })

  test('a device busy with its keys', async () => {
    const tls: Profile['tls'] = { kind: 'on', mutual: false, plain: false, by: 'own' }
    const one = waiting(0)
    const bench = await benchOf([one])
    const { id } = await bench.begin({ profile: { ...defaultProfile, tls } }, listOf([one]))
    disturb(bench, one.fqdn, { keysBusy: 3 })
    bench.core.outOfBand.called(callOf(one))
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
  })

  test('a commit that fails goes to a person, and the next try ends the work', async () => {
    const one = waiting(0)
    const bench = await benchOf([one])
    const { id } = await bench.begin({}, listOf([one]))
    disturb(bench, one.fqdn, { commitFails: 1 })
    bench.core.outOfBand.called(callOf(one))
    expect(endsOf(await bench.finished(id))[0]).toMatch(/^person: /)
    expect(isHeld(bench, one)).toBe(true)
    value(await bench.core.imports.retry(id, null))
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
    expect(isHeld(bench, one)).toBe(true)
  })

  test('a partial unprovision: its password is asked for, and one that is known opens it', async () => {
    const one = waiting(0)
    const { bench } = await setUpOne(one, defaultProfile, { keeps: true })
    const device = bench.device(one.fqdn)
    const held = heldSecrets(bench.keychain).find((secret) => opens(device, secret)) ?? ''
    const stranger = 'Bench-Stranger7!'
    const open = openDevice({
      endpoint: { host: device.host, port: device.port, tls: device.tls },
      credentials: { username: 'admin', password: held }
    })
    value(await setupAndConfigurationService.partialUnprovision(open))
    open.close()
    expect(device.state().provisioningState).toBe(1)
    const again = await bench.begin({}, listOf([one]))
    bench.core.outOfBand.called(callOf(one, { configured: true }))
    expect(endsOf(await bench.finished(again.id))).toEqual(['done'])
    // Somebody changed it meanwhile: an account with the right one is added, and the work goes on.
    const now = heldSecrets(bench.keychain).find((secret) => opens(device, secret)) ?? ''
    const other = openDevice({
      endpoint: { host: device.host, port: device.port, tls: device.tls },
      credentials: { username: 'admin', password: now }
    })
    value(await authorizationService.setAdminAclEntryEx(other, 'admin', stranger))
    other.renew({ username: 'admin', password: stranger })
    value(await setupAndConfigurationService.partialUnprovision(other))
    other.close()
    const third = await bench.begin({}, listOf([one]))
    bench.core.outOfBand.called(callOf(one, { configured: true }))
    expect(endsOf(await bench.finished(third.id))).toEqual(['person: no-account-fits'])
    const account = { username: 'admin', description: '', value: stranger }
    value(await bench.core.imports.addAccount(third.id, account))
    value(await bench.core.imports.retry(third.id, null))
    expect(endsOf(await bench.finished(third.id))).toEqual(['done'])
  })

  test('no hello until its time is over: tried a last time, and said', async () => {
    const clock = movableClock()
    const one = waiting(0, { personality: 'switched-off' })
    const bench = await benchOf([one], { clock })
    const { id } = await bench.begin({}, listOf([one]))
    await bench.until(id, awaits)
    clock.ahead = 25 * 3_600_000
    bench.core.disturbed('slept')
    expect(endsOf(await bench.finished(id))).toEqual(['person: hello-missed'])
  })

  test('a restart of the program: who waited still waits', async () => {
    const one = waiting(0)
    const bench = await benchOf([one])
    const { id } = await bench.begin({}, listOf([one]))
    const core = await bench.reopen()
    expect(endsOf(core.store.jobs.of(id))).toEqual(['later: hello-awaited'])
    core.outOfBand.called(callOf(one))
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
  })
})

test('without a certificate nothing is started', async () => {
  const one = waiting(0)
  const bench = await openBench({ computers: [one] })
  await expect(bench.begin({}, listOf([one]))).rejects.toThrow('provisioning-certificate-missing')
})

test('at the address that the hello came from, without any name for it', async () => {
  const block = 200 + (process.pid % 50)
  const one = waiting(0)
  const bench = await benchOf([])
  const fleet = await startFleet({ computers: [one], clock: movableClock(), random, ownAddresses: block })
  try {
    const { core } = bench
    value(await core.means.real.keepProvisioning(Buffer.from(pki.chain + pki.key), ''))
    const draft = value(await core.beginDraft(false))
    value(await core.drafting.give(draft.id, 'real.csv', Buffer.from(listOf([one]))))
    value(core.drafting.change(draft.id, { running: { ...draft.running, watchMinutes: 0 } }))
    const ready = value(await core.drafting.ready(draft.id))
    const { id } = value(await core.imports.start(ready.draft, ready.computers, ready.source))
    // Nobody is there: it will call again.
    core.outOfBand.called(callOf(one, { address: `127.0.${block}.9` }))
    await bench.until(id, ({ attempts, state }) => attempts === 1 && state === 'later')
    core.outOfBand.called(callOf(one, { address: `127.0.${block}.1` }))
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
    expect(fleet.devices[0]?.state().provisioningState).toBe(2)
  } finally {
    await fleet.close()
  }
})

describe('by PID and PPS', () => {
  const psk = { pid: 'ABCD1234', pps: 'ABCD1234EFGH5678IJKL9012MNOP3456' }
  const old = waiting(0, { amtVersion: '9.1.45.3000' }, { psk })
  const called = async (pairs: string) => {
    const bench = await openBench({ computers: [old], quiet: true, provisioning: pki, pairs })
    const { id } = await bench.begin({}, listOf([old]))
    bench.core.outOfBand.called(callOf(old, { pid: 'ABCD-1234', roots: [] }))
    return { bench, id, ends: endsOf(await bench.finished(id)) }
  }

  test('it is set up, once a person has allowed the TLS of that time', async () => {
    const { bench, id, ends } = await called(`${psk.pid},${psk.pps}`)
    expect(ends).toEqual(['person: tls-too-old'])
    const [job] = bench.core.store.jobs.of(id)
    value(await bench.core.imports.allowTls(id, job?.id ?? '', '1.1'))
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
    expect(isHeld(bench, old)).toBe(true)
    await bench.core.close()
    expect(filesWith(bench.folder, [psk.pps])).toEqual([])
  })

  test('a PPS that the device does not have is said, and nothing is changed on it', async () => {
    const { bench, id } = await called(`${psk.pid},${psk.pps.replace('A', 'B')}`)
    const [job] = bench.core.store.jobs.of(id)
    value(await bench.core.imports.allowTls(id, job?.id ?? '', '1.1'))
    const [ended] = await bench.finished(id)
    expect(endsOf(ended ? [ended] : [])).toEqual(['person: psk-refused'])
    expect(JSON.stringify(ended?.problem)).not.toContain('EFGH5678')
    expect(bench.device(old.fqdn).state()).toMatchObject({ changes: {}, provisioningState: 1 })
  })

  test('from a USB key: what the key gave the computer lets us in, and its MEBx password stays', async () => {
    const bench = await openBench({ computers: [], quiet: true, provisioning: pki })
    const content = { kind: 'pairs', count: 1, password: null } as const
    const made = value(await bench.core.means.real.makeUsbKey({ version: '1', current: 'admin', content }))
    const [read] = value(readUsbKey(made.bytes)).records
    const { pid = '', pps = '', newPassword = '' } = read?.record ?? {}
    // A computer that was started with the key.
    const one = { ...old, setup: { by: 'remote', psk: { pid, pps } } } as const
    const block = 150 + (process.pid % 50)
    const fleet = await startFleet({ computers: [one], clock: movableClock(), random, ownAddresses: block })
    try {
      const { core } = bench
      const draft = value(await core.beginDraft(false))
      value(await core.drafting.give(draft.id, 'real.csv', Buffer.from(listOf([one]))))
      value(core.drafting.change(draft.id, { running: { ...draft.running, watchMinutes: 0 } }))
      const ready = value(await core.drafting.ready(draft.id))
      const { id } = value(await core.imports.start(ready.draft, ready.computers, ready.source))
      core.outOfBand.called(callOf(one, { pid, roots: [], address: `127.0.${block}.1` }))
      expect(endsOf(await bench.finished(id))).toEqual(['person: tls-too-old'])
      value(await core.imports.allowTls(id, core.store.jobs.of(id)[0]?.id ?? '', '1.1'))
      expect(endsOf(await bench.finished(id))).toEqual(['done'])
      const [mebx] = core.store.secrets.of(one.uuid, 'mebx').filter(({ role }) => role === 'current')
      expect(bench.keychain.secrets.get(mebx?.slot ?? '')).toBe(newPassword)
      // The pair may go now; the MEBx password is the computer's.
      value(await core.means.real.forgetPairs([pid]))
      expect(bench.keychain.secrets.get(mebx?.slot ?? '')).toBe(newPassword)
      expect(heldSecrets(bench.keychain)).not.toContain(pps)
    } finally {
      await fleet.close()
    }
  })

  test('a PID that is not in the list is named', async () => {
    const { ends, bench } = await called(`ZZZZ9999,${psk.pps}`)
    expect(ends).toEqual(['person: psk-unknown'])
    expect(bench.device(old.fqdn).state().changes).toEqual({})
  })
})
