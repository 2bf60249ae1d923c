// From a range to rows of a draft, and from rows without a GUID to the devices' own word for it.
import { afterEach, expect, test } from 'vitest'
import { practiceAccounts, practiceComputer } from '../../electron/simulator/practice.ts'
import type { Draft } from '../../shared/draft.ts'
import type { Row } from '../../shared/grid.ts'
import { type Bench, closeBenches, filesWith, openBench, value } from '../bench.ts'

afterEach(closeBenches)

// The first account opens the first two; the third has another password.
const computers = [practiceComputer(2), practiceComputer(16), practiceComputer(0)]
const whole = { filter: 'all', search: '', sort: null } as const

async function rowsOf({ core }: Bench, draftId: string): Promise<Row[]> {
  return value(await core.drafting.readRows({ draftId, view: whole, from: 0, count: 100 })).rows
}

async function searched(bench: Bench, ranges: string): Promise<Draft> {
  const draft = value(await bench.core.beginDraft(true))
  const ended = new Promise<void>((resolve) => {
    bench.core.onSearch((draftId) => {
      if (value(bench.core.discovering.read(draftId)).state === 'ended') resolve()
    })
  })
  value(await bench.core.discovering.start({ draftId: draft.id, ranges, outside: false, rate: 200 }))
  await ended
  return draft
}

const kinds = ({ core }: Bench): string[] =>
  core.store.audit.read({ before: null, count: 100, search: '' }).entries.map(({ kind }) => kind)

test('what a search found becomes rows that lack a GUID, with the status in words that are known', async () => {
  const bench = await openBench({ computers, accounts: practiceAccounts })
  const draft = await searched(bench, '192.0.2.0/27')
  expect(value(bench.core.discovering.read(draft.id))).toMatchObject({ state: 'ended', asked: 30, total: 30 })
  const taken = value(await bench.core.discovering.take(draft.id, null))
  expect(taken.source).toMatchObject({ kind: 'file', name: 'Found on 192.0.2.0/27', exported: false })
  expect(taken.counts).toMatchObject({ total: 3, blocked: 3 })
  const [first] = await rowsOf(bench, draft.id)
  expect(first?.values).toMatchObject({
    name: 'FIN-0233',
    fqdn: 'fin-0233.corp.practice.example',
    guid: '',
    address: '192.0.2.11',
    amtStatus: 'Detected'
  })
  expect(first?.issues.map(({ problem }) => problem.code)).toContain('guid-missing')
  expect(kinds(bench)).toContain('network searched')
  for (const device of bench.fleet.devices) expect(device.state().failedLogins).toBe(0)

  // Taken twice it is merged: the same computers, known by their names.
  expect(value(await bench.core.discovering.take(draft.id, null)).counts).toMatchObject({ total: 3 })
})

test('devices tell their GUIDs for one login each; a refused one is counted, and undo takes it all back', async () => {
  const bench = await openBench({ computers, accounts: practiceAccounts })
  const draft = await searched(bench, '192.0.2.11-13')
  const { counts } = value(await bench.core.discovering.take(draft.id, null))
  expect(counts.guidless).toBe(3)
  const { guidReading } = bench.core
  const account = draft.accounts[0]?.id ?? ''
  const read = value(await guidReading.read(draft.id, account))
  expect(read).toMatchObject({
    asked: 3,
    read: 2,
    failed: [{ at: computers[2]?.fqdn, problem: { code: 'login-refused' } }]
  })
  expect(read.draft.counts).toMatchObject({ blocked: 1, ready: 2, guidless: 1 })
  const rows = await rowsOf(bench, draft.id)
  expect(rows.map(({ values }) => values.guid)).toEqual([computers[0]?.uuid, computers[1]?.uuid, ''])
  expect(bench.device('FIN-0231').state().failedLogins).toBe(1)

  // Three refusals in ten minutes, and this device is left in peace.
  value(await guidReading.read(draft.id, account))
  value(await guidReading.read(draft.id, account))
  const last = value(await guidReading.read(draft.id, account))
  expect(last.failed[0]?.problem.code).toBe('tries-used-up')
  expect(bench.device('FIN-0231').state().failedLogins).toBe(3)

  value(await bench.core.drafting.undo({ draftId: draft.id, redo: false }))
  expect((await rowsOf(bench, draft.id)).map(({ values }) => values.guid)).toEqual(['', '', ''])
  expect(kinds(bench)).toContain('guids read')
  expect(filesWith(bench.folder, [practiceAccounts[0]?.password ?? 'none'])).toEqual([])
})

test('what cannot or may not be searched is refused with its reason, and two searches do not run at once', async () => {
  const bench = await openBench({ computers })
  const draft = value(await bench.core.beginDraft(true))
  const { discovering } = bench.core
  const ask = (ranges: string, outside = false) => discovering.start({ draftId: draft.id, ranges, outside, rate: 1 })
  expect(await ask('10.0.0.9-3')).toMatchObject({
    ok: false,
    problem: { code: 'range-refused', found: expect.stringContaining('ends before') }
  })
  expect(await ask('8.8.8.8')).toMatchObject({ ok: false, problem: { code: 'range-outside' } })
  expect(await discovering.take(draft.id, null)).toMatchObject({ ok: false, problem: { code: 'nothing-to-take' } })
  value(await ask('192.0.2.0/24'))
  expect(await ask('192.0.2.0/24')).toMatchObject({ ok: false, problem: { code: 'search-running' } })
  expect(value(await discovering.stop(draft.id))).toMatchObject({ state: 'stopped' })
})
