// The take-over over real sockets: every way a device can behave ends in "done" or in a Problem with a name, and no password is lost.
import { afterEach, describe, expect, test } from 'vitest'
import type { Faults } from '../../electron/simulator/faults.ts'
import { personalityNames } from '../../electron/simulator/personalities.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import {
  type Bench,
  closeBenches,
  computer,
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

const [pc] = [computer(0)]
const right = pc.password
const keepAll: Profile = { ...defaultProfile, password: { kind: 'keep' }, names: 'keep', clock: false }

/** The one rule above all: whatever happened, the keychain can open the device. */
function expectNotLost(bench: Bench, name = pc.fqdn): void {
  expect(heldSecrets(bench.keychain).some((secret) => opens(bench.device(name), secret))).toBe(true)
}

/** How often the device counted a failed log-in, the highest it ever was; a switch of a good log-in does not hide it. */
function countFailures(bench: Bench, name = pc.fqdn): () => number {
  let most = 0
  let total = 0
  let before = bench.device(name).state().failedLogins
  const timer = setInterval(look, 1)
  function look(): void {
    const { failedLogins } = bench.device(name).state()
    if (failedLogins > before) total += failedLogins - before
    most = Math.max(most, failedLogins)
    before = failedLogins
  }
  return () => {
    look()
    clearInterval(timer)
    return Math.max(total, most)
  }
}

describe('each personality ends as it should', () => {
  const ends: Readonly<Record<(typeof personalityNames)[number], readonly string[]>> = {
    healthy: ['done'],
    'wrong-password': ['person: no-account-fits'],
    'locked-out': ['person: no-account-fits'],
    'other-uuid': ['person: wrong-computer'],
    'switched-off': ['person: device-refused', 'person: device-silent'],
    slow: ['done'],
    'drop-after-commit': ['done'],
    'tls-only': ['done'],
    'too-old': ['person: needs-translator']
  }

  test.each(personalityNames)('%s', async (personality) => {
    const one = computer(0, personality)
    const wrong = { ...one, password: 'Bench-Cellar6%' }
    const bench = await openBench({ computers: [personality === 'wrong-password' ? wrong : one] })
    const { id } = await bench.begin({}, listWith(right))
    const [end] = endsOf(await bench.finished(id))
    expect(ends[personality]).toContain(end)
    if (end === 'done') {
      expectNotLost(bench)
      expect(opens(bench.device(pc.fqdn), right)).toBe(false)
      const { generalSettings, clockOffset, uncommitted } = bench.device(pc.fqdn).state()
      expect(generalSettings.HostName).toBe('fin-0231')
      expect(generalSettings.DomainName).toBe('corp.practice.example')
      expect(Math.abs(clockOffset)).toBeLessThanOrEqual(1)
      expect(uncommitted).toBe(false)
    } else {
      // Only questions were asked: the device counts what would have changed it.
      expect(bench.device(pc.fqdn).state().changes).toEqual({})
    }
  })
})

const listWith = (password: string): string =>
  [pc.name, pc.fqdn, pc.uuid, '', '', Buffer.from(password).toString('base64')].join(',')

describe('log-ins are few, spaced and counted', () => {
  const wrongs = ['Bench-Wrong1!', 'Bench-Wrong2!', 'Bench-Wrong3!', 'Bench-Wrong4!', 'Bench-Wrong5!']
  const accounts = wrongs.map((password, n) => ({ username: 'admin', password, description: `wrong ${n}` }))

  test('at most three are refused, over a restart and a retry too', async () => {
    const bench = await openBench({ accounts })
    const { id } = await bench.begin({}, listWith('Bench-Wrong0!'))
    expect(endsOf(await bench.finished(id))).toEqual(['person: no-account-fits'])
    expect(bench.device(pc.fqdn).state().failedLogins).toBe(3)
    await bench.reopen()
    value(await bench.core.imports.retry(id, null))
    expect(endsOf(await bench.finished(id))).toEqual(['person: tries-used-up'])
    expect(bench.device(pc.fqdn).state().failedLogins).toBe(3)
  })

  test('retries over hours never come near the ten at which the firmware locks', async () => {
    const clock = movableClock()
    const bench = await openBench({ accounts, clock })
    const { id } = await bench.begin({}, listWith('Bench-Wrong0!'))
    await bench.finished(id)
    for (let round = 0; round < 5; round++) {
      clock.ahead += 601_000
      value(await bench.core.imports.retry(id, null))
      await bench.finished(id)
    }
    const { failedLogins, lockedUntil } = bench.device(pc.fqdn).state()
    expect(failedLogins).toBeLessThan(10)
    expect(lockedUntil).toBe(0)
  })

  test('the right one at the fourth place is found by a retry once the tries may go on', async () => {
    const clock = movableClock()
    const last = { username: 'admin', password: right, description: 'the right one' }
    const bench = await openBench({ accounts: [...accounts.slice(0, 2), last], clock })
    const { id } = await bench.begin({}, listWith('Bench-Wrong0!'))
    expect(endsOf(await bench.finished(id))).toEqual(['person: no-account-fits'])
    clock.ahead += 601_000
    value(await bench.core.imports.retry(id, null))
    const [job] = await bench.finished(id)
    expect(job).toMatchObject({ state: 'done', facts: { account: 'account the right one' } })
  })

  test('a killed try counts as a refused one', async () => {
    const bench = await openBench({ accounts })
    for (const slot of ['a', 'b', 'c']) bench.core.store.secrets.beginTry(pc.uuid, slot)
    const { id } = await bench.begin({}, listWith(right))
    expect(endsOf(await bench.finished(id))).toEqual(['person: tries-used-up'])
    expect(bench.device(pc.fqdn).state().failedLogins).toBe(0)
  })

  test('an account that is added later is tried first, once the tries may go on', async () => {
    const clock = movableClock()
    const bench = await openBench({ accounts, clock })
    const { id } = await bench.begin({}, listWith('Bench-Wrong0!'))
    expect(endsOf(await bench.finished(id))).toEqual(['person: no-account-fits'])
    value(
      await bench.core.imports.addAccount(id, { username: 'admin', description: 'found in a drawer', value: right })
    )
    clock.ahead += 601_000
    value(await bench.core.imports.retry(id, null))
    const [job] = await bench.finished(id)
    expect(job).toMatchObject({ state: 'done', facts: { account: 'account found in a drawer' } })
    expect(bench.device(pc.fqdn).state().failedLogins).toBe(0)
    expect(filesWith(bench.folder, [right])).toEqual([])
  })

  test('without any password nothing is tried', async () => {
    const bench = await openBench()
    const { id } = await bench.begin({}, [pc.name, pc.fqdn, pc.uuid, '', '', ''].join(','))
    expect(endsOf(await bench.finished(id))).toEqual(['person: no-candidate'])
    expect(bench.device(pc.fqdn).state().failedLogins).toBe(0)
  })
})

describe('each fault ends in done or a named Problem, and nothing hangs', () => {
  const answers = { done: ['done'], garbled: ['person: answer-garbled'] } as const
  const cases: readonly (readonly [string, Partial<Faults>, readonly string[]])[] = [
    ['one internal error', { once500: true }, answers.done],
    ['a stale nonce', { stale: true }, answers.done],
    ['nonces forgotten after each log-in', { nonceReset: 1 }, answers.done],
    ['nonces forgotten after each third log-in', { nonceReset: 3 }, answers.done],
    ['silence', { silent: true }, ['person: answer-slow']],
    ['garbage', { body: 'garbage' }, answers.garbled],
    ['a cut chunk', { body: 'half-chunk' }, ['person: answer-cut', 'person: answer-garbled']],
    ['50 MB', { body: 'huge' }, ['person: answer-too-big']],
    ['an answer without end', { body: 'endless' }, ['person: answer-too-big']],
    ['no setup service', { unreachable: ['AMT_SetupAndConfigurationService'] }, ['person: class-missing']],
    ['no general settings', { unreachable: ['AMT_GeneralSettings'] }, ['person: class-missing']],
    ['no clock', { unreachable: ['AMT_TimeSynchronizationService'] }, answers.done],
    [
      'no accounts',
      { unreachable: ['AMT_AuthorizationService'] },
      ['person: class-missing', 'person: new-password-unproved']
    ],
    ['the answer to the new password lost', { dropAfter: 'SetAdminAclEntryEx' }, answers.done],
    ['the answer to the names lost', { dropAfter: 'Put' }, answers.done],
    ['the answer to the clock lost', { dropAfter: 'SetHighAccuracyTimeSynch' }, answers.done],
    ['every question about the GUID lost', { dropAfter: 'GetUuid' }, ['person: answer-cut']],
    ['every read lost', { dropAfter: 'Get' }, ['person: answer-cut']],
    ['hex as password only', { lenient: true }, answers.done],
    ['an account that locks at the first failure', { lockAfter: 1 }, answers.done]
  ]

  test.each(cases)('%s', async (_, faults, ends) => {
    const bench = await openBench({ pace: { answer: 600 } })
    const failures = countFailures(bench)
    const { id } = await beginDisturbed(bench, faults)
    expect(ends).toContain(endsOf(await bench.finished(id))[0])
    expect(failures()).toBeLessThanOrEqual(3)
    expectNotLost(bench)
  })

  test.each(['GetUuid', 'GetLowAccuracyTimeSynch', 'SetHighAccuracyTimeSynch', 'SetAdminAclEntryEx', 'CommitChanges'])(
    '%s fails once inside the device, and the work goes on',
    async (name) => {
      let calls = 0
      const once = (options: Parameters<typeof openDevice>[0]): Device => {
        const device = openDevice(options)
        return {
          ...device,
          invoke: (target, method, content) => {
            if (method === name && calls++ === 0) disturb(bench, pc.fqdn, { once500: true })
            return device.invoke(target, method, content)
          }
        }
      }
      const bench = await openBench({ openDevice: once })
      const { id } = await bench.begin()
      expect(endsOf(await bench.finished(id))).toEqual(['done'])
      expect(calls).toBeGreaterThan(1)
      expectNotLost(bench)
    }
  )
})

/** Beginning an import resets the fleet, so the switches are turned between the draft and the start. */
async function beginDisturbed(bench: Bench, faults: Partial<Faults>) {
  const { drafting, imports } = bench.core
  const draft = value(await bench.core.beginDraft(true))
  value(await drafting.give(draft.id, 'bench.csv', Buffer.from(listWith(right))))
  disturb(bench, pc.fqdn, faults)
  const ready = value(await drafting.ready(draft.id))
  const started = value(await imports.start(ready.draft, ready.computers, ready.source))
  await drafting.started(draft.id)
  return started
}

describe('the new password is safe before it is sent', () => {
  test('the keychain opened the device at the moment the device took it', async () => {
    const seen: boolean[] = []
    const watching = (options: Parameters<typeof openDevice>[0]): Device => {
      const device = openDevice(options)
      return {
        ...device,
        invoke: async (target, method, content) => {
          const before = new Set(heldSecrets(bench.keychain))
          const answer = await device.invoke(target, method, content)
          if (method === 'SetAdminAclEntryEx')
            seen.push([...before].some((secret) => opens(bench.device(pc.fqdn), secret)))
          return answer
        }
      }
    }
    const bench = await openBench({ openDevice: watching })
    const { id } = await bench.begin()
    await bench.finished(id)
    expect(seen).toEqual([true])
  })

  test.each(['rejects', 'lies'])('a keychain that %s: the device keeps its password', async (how) => {
    const bench = await openBench()
    bench.keychain.before = (call, account) => {
      if (how === 'rejects' && call === 'set' && account.startsWith('job/')) throw new Error('locked')
    }
    bench.keychain.answer = (account, secret) =>
      how === 'lies' && account.startsWith('job/') ? secret?.slice(1) : secret
    const { id } = await bench.begin()
    expect(endsOf(await bench.finished(id))).toEqual(['person: keychain-failed'])
    const { changes } = bench.device(pc.fqdn).state()
    expect(changes['AMT_AuthorizationService.SetAdminAclEntryEx']).toBeUndefined()
    expect(opens(bench.device(pc.fqdn), right)).toBe(true)
  })

  test('a locked keychain: the device is not spoken to with any password', async () => {
    const bench = await openBench()
    const { id } = await bench.begin()
    bench.keychain.before = () => {
      throw new Error('locked')
    }
    expect(endsOf(await bench.finished(id))).toEqual(['person: keychain-missing'])
    expect(bench.device(pc.fqdn).state().changes).toEqual({})
  })
})

describe('profiles', () => {
  test('given: the password typed opens the device, and the old one no longer', async () => {
    const bench = await openBench()
    const draft = value(await bench.core.beginDraft(true))
    const { slot } = value(await bench.core.drafting.keepSecret(draft.id, 'newPassword', 'Bench-Given1!'))
    value(await bench.core.drafting.give(draft.id, 'bench.csv', Buffer.from(listWith(right))))
    value(bench.core.drafting.change(draft.id, { profile: { ...keepAll, password: { kind: 'given', slot } } }))
    const ready = value(await bench.core.drafting.ready(draft.id))
    const { id } = value(await bench.core.imports.start(ready.draft, ready.computers, ready.source))
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
    expect(opens(bench.device(pc.fqdn), 'Bench-Given1!')).toBe(true)
    expect(bench.core.store.secrets.of(pc.uuid)).toMatchObject([{ slot, role: 'current' }])
  })

  test('keep: nothing changes, not even a commit is sent, and the password that fits becomes the current one', async () => {
    const bench = await openBench()
    const { id } = await bench.begin({ profile: keepAll })
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
    const { changes, generalSettings } = bench.device(pc.fqdn).state()
    expect(Object.keys(changes)).toEqual([])
    expect(generalSettings.HostName).toBe('unnamed')
    expect(opens(bench.device(pc.fqdn), right)).toBe(true)
    expect(bench.core.store.secrets.of(pc.uuid)).toMatchObject([{ role: 'current' }])
  })

  test('a second import of the same computer logs in with what the first one set', async () => {
    const bench = await openBench({ computers: [computer(0), computer(1)] })
    const first = await bench.begin({}, listWith(right))
    await bench.finished(first.id)
    const again = value(await bench.core.beginDraft(false))
    value(await bench.core.drafting.give(again.id, 'bench.csv', Buffer.from(listWith(right))))
    const ready = value(await bench.core.drafting.ready(again.id))
    bench.core.store.jobs.create(
      { ...(bench.core.store.jobs.import(first.id) ?? missingImport()), id: 'second' },
      ready.computers.map((each) => ({ id: 'second-job', computer: each }))
    )
    await bench.core.goOn()
    const [job] = await bench.finished('second')
    expect(job).toMatchObject({ state: 'done', facts: { account: 'the password in the keychain' } })
    expectNotLost(bench)
    const roles = bench.core.store.secrets.of(pc.uuid).map(({ role }) => role)
    expect(roles.filter((role) => role === 'current')).toHaveLength(1)
    expect(roles).toContain('former')
  })
})

const missingImport = (): never => {
  throw new Error('no import')
}

describe('TLS', () => {
  test('another certificate than before: no log-in, and nothing changed', async () => {
    const bench = await openBench({ computers: [computer(0, 'tls-only')] })
    const { id } = await bench.begin({ profile: keepAll })
    await bench.finished(id)
    const device = bench.device(pc.fqdn)
    const before = device.state()
    await device.renewCertificate()
    const kept = bench.core.store.jobs.import(id) ?? missingImport()
    const [job] = bench.core.store.jobs.of(id)
    bench.core.store.jobs.create({ ...kept, id: 'second' }, job ? [{ id: 'second-job', computer: job.computer }] : [])
    const tries = bench.core.store.audit.read({ before: null, count: 500, search: 'login tried' }).entries.length
    await bench.core.goOn()
    expect(endsOf(await bench.finished('second'))).toEqual(['person: certificate-changed'])
    expect(bench.core.store.audit.read({ before: null, count: 500, search: 'login tried' }).entries).toHaveLength(tries)
    expect(device.state().messageCounter).toBe(before.messageCounter)
    expect(device.state().changes).toEqual(before.changes)

    // A person looked into it: the pin is let go, on record, and the certificate shown now is the one from then on.
    value(await bench.core.imports.trustCertificate('second', 'second-job'))
    expect(endsOf(await bench.finished('second'))).toEqual(['done'])
    expect(
      bench.core.store.audit.read({ before: null, count: 500, search: 'certificate released' }).entries
    ).toHaveLength(1)
  })

  test('the certificate is trusted once, and the audit says so', async () => {
    const bench = await openBench({ computers: [computer(0, 'tls-only')] })
    const { id } = await bench.begin()
    const [job] = await bench.finished(id)
    expect(job).toMatchObject({ state: 'done', facts: { tls: true } })
    const { entries } = bench.core.store.audit.read({ before: null, count: 50, search: 'certificate trusted' })
    expect(entries).toHaveLength(1)
  })
})
