// Who calls, through a whole core: matching in both byte orders, the bounded list, claim and ignore, and practice computers.
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Core } from '../../electron/core.ts'
import type { HelloCall } from '../../electron/hello.ts'
import { sendFrame } from '../../electron/simulator/server.ts'
import { swapGuid } from '../../shared/guid.ts'
import { closeBenches, computer, movableClock, openBench, value } from '../bench.ts'

afterEach(closeBenches)

const raw = (guid: string): string => swapGuid(guid).replaceAll('-', '')

/** A message of version 2 with this GUID, as SMBIOS has it, or printed straight as some firmware sends it. */
const frame = (guid: string, retry = 0, swapped = false): Buffer => {
  const count = Buffer.alloc(4)
  count.writeUInt32LE(retry)
  return Buffer.from(
    `00000200${count.toString('hex')}${swapped ? guid.replaceAll('-', '') : raw(guid)}4142434431323334`,
    'hex'
  )
}

const guidOf = (n: number): string => `4c4c4544-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

async function listening(core: Core, practice = true) {
  const calls: HelloCall[] = []
  core.onCall((call) => calls.push(call))
  const port = await freePort()
  const started = await core.hello.start({ address: '127.0.0.1', port, practice })
  expect(started).toMatchObject({ on: true, problem: null })
  return { calls, to: { host: '127.0.0.1', port: started.port } }
}

/** One that was free a moment ago. */
async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('a known GUID finds its job in either byte order; others are kept until somebody decides', async () => {
  const { core, ...bench } = await openBench()
  const { id } = await bench.begin()
  await bench.finished(id)
  const { calls, to } = await listening(core)
  const { uuid } = computer(0)
  await sendFrame(to, frame(uuid), '127.0.0.1')
  await sendFrame(to, frame(uuid, 1, true), '127.0.0.1')
  await sendFrame(to, frame(guidOf(7)), '127.0.0.1')
  await expect
    .poll(() => calls.map(({ job, count }) => [job?.importId, count]))
    .toEqual([
      [id, 1],
      [id, 2],
      [undefined, 1]
    ])
  const { callers, total } = core.hello.read({ practice: true, ignored: false })
  expect(total).toBe(2)
  expect(callers.find(({ guid }) => guid === guidOf(7))).toMatchObject({
    address: '127.0.0.1',
    pid: 'ABCD1234',
    count: 1,
    job: null
  })
  expect(core.hello.caller(uuid, true)).toMatchObject({ count: 2, job: { importId: id, name: 'FIN-0231' } })
  // A real listener knows nothing of practice, and the other way round.
  expect(core.hello.read({ practice: false, ignored: false }).total).toBe(0)
})

test('callers are ignored and no longer ignored, and stay so after a restart', async () => {
  const bench = await openBench()
  const { to, calls } = await listening(bench.core)
  await sendFrame(to, frame(guidOf(1)), '127.0.0.1')
  await expect.poll(() => calls).toHaveLength(1)
  value(bench.core.hello.ignore({ guids: [guidOf(1)], practice: true, ignored: true }))
  const core = await bench.reopen()
  expect(core.hello.read({ practice: true, ignored: false })).toMatchObject({ total: 0, ignored: 1 })
  value(core.hello.ignore({ guids: [guidOf(1)], practice: true, ignored: false }))
  expect(core.hello.read({ practice: true, ignored: false }).callers).toMatchObject([{ guid: guidOf(1), count: 1 }])
  expect(core.hello.ignore({ guids: [guidOf(2)], practice: true, ignored: true })).toMatchObject({
    problem: { code: 'caller-gone' }
  })
  const kinds = core.store.audit.read({ before: null, count: 50, search: '' }).entries.map(({ kind }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['hello listener started', 'hello listener stopped', 'callers ignored']))
})

test('claimed callers become rows of a draft with GUID and address, the ones that are there once', async () => {
  const { core } = await openBench()
  const { to, calls } = await listening(core)
  for (const n of [1, 2]) await sendFrame(to, frame(guidOf(n)), '127.0.0.1')
  await expect.poll(() => calls).toHaveLength(2)
  const draft = value(await core.hello.claim({ guids: [guidOf(1)], practice: true, draftId: null }))
  expect(draft).toMatchObject({ practice: true, counts: { total: 1 } })
  const both = [guidOf(1), guidOf(2)]
  const again = value(await core.hello.claim({ guids: both, practice: true, draftId: draft.id }))
  expect(again.counts.total).toBe(2)
  const view = { filter: 'all', search: '', sort: null } as const
  const { rows } = value(await core.drafting.readRows({ draftId: draft.id, view, from: 0, count: 10 }))
  expect(rows.map(({ values }) => [values.guid, values.address, values.amtStatus])).toEqual(
    both.map((guid) => [guid, '127.0.0.1', 'Not Provisioned'])
  )
  expect(core.hello.caller(guidOf(2), true)?.draftId).toBe(draft.id)
  value(await core.drafting.discard(draft.id))
  expect(core.hello.caller(guidOf(2), true)?.draftId).toBe(null)
})

test('the list stays within bounds, and one address cannot drive the others out', async () => {
  const bench = await openBench()
  const { callers } = bench.core.store
  const kept = (n: number, address: string) => ({
    practice: true,
    guid: guidOf(n),
    address,
    version: 3 as const,
    pid: null,
    hashes: [],
    credentialsSet: false,
    count: 1,
    firstAt: n,
    lastAt: n,
    retry: 0,
    openedAt: n,
    exact: true,
    reopened: 0,
    ignored: false,
    draftId: null
  })
  bench.core.store.together(() => {
    for (let n = 0; n < 1_000; n++) callers.keep(kept(n, '127.0.0.1'))
    for (let n = 1_000; n < 5_000; n++) callers.keep(kept(n, `192.0.2.${n % 250}`))
  })
  const { to, calls } = await listening(bench.core)
  await sendFrame(to, frame(guidOf(6_000)), '127.0.0.1')
  await expect.poll(() => calls).toHaveLength(1)
  bench.core.hello.read({ practice: true, ignored: false })
  // Crowded: this address has as many lines as it may. Those it has are still heard.
  expect(bench.core.hello.caller(guidOf(6_000), true)).toBe(null)
  await sendFrame(to, frame(guidOf(5)), '127.0.0.1')
  await expect.poll(() => calls).toHaveLength(2)
  expect(bench.core.hello.caller(guidOf(5), true)).toMatchObject({ count: 2 })
  callers.trim(true, 3)
  expect(callers.count(true, false)).toBe(3)
})

test('the window is reckoned from the count in the message', async () => {
  const clock = movableClock()
  const { core } = await openBench({ clock })
  const { to, calls } = await listening(core)
  const begun = clock.now()
  await sendFrame(to, frame(guidOf(1), 2), '127.0.0.1')
  await expect.poll(() => calls).toHaveLength(1)
  clock.ahead += 3 * 60_000
  await sendFrame(to, frame(guidOf(1), 5), '127.0.0.1')
  await expect.poll(() => calls).toHaveLength(2)
  const caller = core.hello.caller(guidOf(1), true)
  expect(caller).toMatchObject({ exact: true, count: 2, retry: 5, reopened: 0 })
  expect(Math.abs((caller?.openedAt ?? 0) - (begun - 2 * 60_000))).toBeLessThan(5_000)
})

test('a port that is taken is a problem of the listener, and another one can be chosen', async () => {
  const { core } = await openBench()
  const { to } = await listening(core)
  const other = await openBench()
  expect(await other.core.hello.start({ address: '127.0.0.1', port: to.port, practice: true })).toMatchObject({
    on: false,
    port: to.port,
    problem: { code: 'hello-port-taken' }
  })
  expect(await core.hello.stop()).toMatchObject({ on: false, problem: null })
  expect(await other.core.hello.start({ address: '127.0.0.1', port: to.port, practice: true })).toMatchObject({
    on: true
  })
  await other.core.close()
  const refused = await new Promise((resolve) => {
    connect(to.port, '127.0.0.1')
      .once('error', () => resolve(true))
      .once('connect', () => resolve(false))
  })
  expect(refused).toBe(true)
})

test('practice computers call as long as somebody listens, by certificate or by PID', async () => {
  const { startPractice } = await import('../../electron/practice.ts')
  const bench = await openBench()
  const practice = await startPractice({
    folder: bench.folder,
    clock: movableClock(),
    random: (count) => crypto.getRandomValues(new Uint8Array(count))
  })
  try {
    const { calls, to } = await listening(bench.core)
    await practice.sayHello(to)
    await expect.poll(() => new Set(calls.map(({ hello }) => hello.guid)).size).toBe(12)
    expect(new Set(calls.map(({ hello }) => hello.version))).toEqual(new Set([2, 3]))
    const { guid } = calls[0]?.hello ?? { guid: '' }
    const found = practice.locate({
      name: '',
      fqdn: 'named-by-a-person.example',
      guid,
      mac: '',
      address: '',
      amtVersion: '',
      amtStatus: '',
      automaticPrevented: false
    })
    expect(found).toMatchObject({ ok: true, value: { host: '127.0.0.1' } })
  } finally {
    await practice.close()
  }
})
