// From Start to report: one draft becomes one import, and documents tell what became of it.
import { afterEach, describe, expect, test } from 'vitest'
import { openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import { noVault } from '../../electron/vault.ts'
import { type Bench, closeBenches, computer, filesWith, listOf, openBench, value } from '../bench.ts'

afterEach(closeBenches)

async function drafted() {
  const bench = await openBench({ computers: [computer(0), computer(1, 'switched-off')] })
  const draft = value(await bench.core.beginDraft(true))
  value(await bench.core.drafting.give(draft.id, 'list.csv', Buffer.from(listOf([computer(0), computer(1)]))))
  const ready = value(await bench.core.drafting.ready(draft.id))
  const start = () => bench.core.imports.start(ready.draft, ready.computers, ready.source)
  return { bench, start, ready }
}

describe('start', () => {
  test('pressed twice starts once', async () => {
    const { bench, start } = await drafted()
    const both = await Promise.all([start(), start()])
    expect(both.map(({ ok }) => ok)).toEqual([true, false])
    expect(both[1]).toMatchObject({ problem: { code: 'draft-gone' } })
    expect(bench.core.imports.all()).toHaveLength(1)
  })

  test('takes the draft away and writes what was decided', async () => {
    const { bench, start } = await drafted()
    const { id, totals } = value(await start())
    expect(totals.all).toBe(2)
    expect(bench.core.store.drafts.all()).toEqual([])
    const { entries } = bench.core.store.audit.read({ before: null, count: 500, search: 'import started' })
    expect(entries[0]).toMatchObject({ importId: id, body: { computers: 2, source: 'list.csv', practice: true } })
    await bench.finished(id)
  })

  test('is refused while something is missing, and says what', async () => {
    const { bench } = await drafted()
    const empty = value(await bench.core.beginDraft(true))
    const refused = await bench.core.imports.start(empty, [], '')
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: 'not-ready', meaning: 'Choose a file, or a single computer.' }
    })
    expect(bench.core.imports.all()).toEqual([])
  })

  test('of real computers needs a keychain', async () => {
    const { bench, ready } = await drafted()
    await bench.core.close()
    const none = noVault(undefined)
    const log = openLog(undefined, Date.now)
    const core = value(
      openCore({ folder: bench.folder, vaults: { real: none, practice: none }, log, version: '', runtime: '' })
    )
    const refused = await core.imports.start({ ...ready.draft, practice: false }, ready.computers, 'list.csv')
    await core.close()
    expect(refused).toMatchObject({ ok: false, problem: { code: 'keychain-missing' } })
  })
})

describe('the checklist', () => {
  const ticks = (bench: Bench) =>
    bench.core.store.audit
      .read({ before: null, count: 500, search: 'checklist ticked' })
      .entries.map(({ actor, body }) => [actor !== '', body.item, body.done, body.what])

  test('goes from the draft to the import with who and when, and is on record', async () => {
    const { bench, ready } = await drafted()
    const checklist = { infrastructure: { at: 7 }, 'no-such-item': { at: 8 } }
    const draft = value(
      bench.core.drafting.change(ready.draft.id, { answers: { client: 'no', exportUtility: 'no' }, checklist })
    )
    const { id, checklist: kept } = value(await bench.core.imports.start(draft, ready.computers, ready.source))
    expect(kept).toEqual({ infrastructure: { at: 7, by: expect.stringMatching(/./) } })
    expect(ticks(bench)).toEqual([[true, 'infrastructure', true, expect.stringContaining('provisioning certificate')]])

    const { imports } = bench.core
    expect(Object.keys(value(imports.tick(id, 'verify', true)).checklist)).toEqual(['infrastructure', 'verify'])
    expect(Object.keys(value(imports.tick(id, 'infrastructure', false)).checklist)).toEqual(['verify'])
    await bench.finished(id)
    await bench.reopen()
    expect(bench.core.imports.view(id).checklist.verify).toMatchObject({ by: expect.stringMatching(/./) })
    expect(ticks(bench)).toHaveLength(3)
    const { text } = value(bench.core.imports.document(id, 'report'))
    expect(text).toMatch(/AMT status of the computers in Configuration Manager is Provisioned.*<b>Done<\/b>/)
    expect(bench.core.store.audit.verify().holds).toBe(true)
  })
})

describe('automatic in-band provisioning', () => {
  test('stays prevented until it is allowed, for one or for all, on record', async () => {
    const { bench, ready } = await drafted()
    const computers = ready.computers.map((each) => ({ ...each, automaticPrevented: true }))
    const { id, prevented } = value(await bench.core.imports.start(ready.draft, computers, ready.source))
    expect(prevented).toBe(2)
    const jobs = await bench.finished(id)
    const { imports, store } = bench.core
    expect(value(imports.document(id, 'report')).text).toContain('Automatic in-band provisioning prevented (2)')
    expect(value(imports.allowAutomatic(id, [jobs[0]?.id ?? ''])).prevented).toBe(1)
    expect(store.jobs.of(id).map(({ computer: { automaticPrevented } }) => automaticPrevented)).toEqual([false, true])
    // Asked again it changes nothing, and nothing is put on record.
    expect(value(imports.allowAutomatic(id, [jobs[0]?.id ?? ''])).prevented).toBe(1)
    expect(value(imports.allowAutomatic(id, null)).prevented).toBe(0)
    expect(value(imports.allowAutomatic(id, null)).prevented).toBe(0)
    const { entries } = store.audit.read({ before: null, count: 500, search: 'automatic provisioning allowed' })
    expect(entries.map(({ computer: name, body }) => [name, body.computers])).toEqual([
      [jobs[1]?.computer.name, 1],
      [jobs[0]?.computer.name, 1]
    ])
    expect(value(imports.document(id, 'report')).text).not.toContain('provisioning prevented')
  })

  test('of another import is left alone', async () => {
    const { bench, ready } = await drafted()
    const computers = ready.computers.map((each) => ({ ...each, automaticPrevented: true }))
    const { id } = value(await bench.core.imports.start(ready.draft, computers, ready.source))
    await bench.finished(id)
    expect(value(bench.core.imports.allowAutomatic(id, ['elsewhere'])).prevented).toBe(2)
  })
})

describe('documents', () => {
  test('the report tells both ends, the failed rows hold the one that failed, and neither holds a secret', async () => {
    const { bench, start } = await drafted()
    const { id } = value(await start())
    await bench.finished(id)
    const report = value(bench.core.imports.document(id, 'report'))
    expect(report.name).toMatch(/^amt-take-over-report-\d{4}-\d\d-\d\d-[0-9a-f]{6}\.html$/)
    expect(report.text).toContain('1 of 2 computers taken over')
    expect(report.text).toContain('Practice fleet')
    const failed = value(bench.core.imports.document(id, 'failedRows'))
    expect(failed.text).toContain('FIN-0232')
    expect(failed.text).not.toContain('FIN-0231')
    for (const secret of bench.keychain.secrets.values()) {
      expect(report.text + failed.text).not.toContain(secret)
    }
    const secrets = [...bench.keychain.secrets.values()].flatMap((text) =>
      text.startsWith('[') ? (JSON.parse(text) as string[]) : [text]
    )
    expect(secrets.length).toBeGreaterThan(1)
    expect(filesWith(bench.folder, secrets)).toEqual([])
  })

  test('the failed rows can be given as a new list', async () => {
    const { bench, start } = await drafted()
    const { id } = value(await start())
    await bench.finished(id)
    const draft = bench.core.drafting.begin(true, [])
    const { text } = value(bench.core.imports.document(id, 'failedRows'))
    expect(value(await bench.core.drafting.give(draft.id, 'failed.csv', Buffer.from(text))).counts).toMatchObject({
      total: 1,
      ready: 1
    })
  })
})

test('what is not there is told', async () => {
  const { bench } = await drafted()
  const { imports } = bench.core
  const gone = { ok: false, problem: { code: 'import-gone' } }
  expect(imports.jobs('x')).toMatchObject(gone)
  expect(imports.document('x', 'report')).toMatchObject(gone)
  expect(imports.tick('x', 'verify', true)).toMatchObject(gone)
  expect(imports.allowAutomatic('x', null)).toMatchObject(gone)
  expect(await imports.steer('x', 'pause')).toMatchObject(gone)
  expect(await imports.retry('x', null)).toMatchObject(gone)
})
