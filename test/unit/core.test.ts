// The core as a whole: one at a time on a folder, listeners, and the practice fleet at the beginning of a draft.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { logOf, openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import { outerPractice } from '../../electron/practice.ts'
import { vaultOf } from '../../electron/vault.ts'
import { closeBenches, computer, endsOf, listOf, openBench, opens, value } from '../bench.ts'

afterEach(closeBenches)

test('a second core on the folder is refused, and the first one works on', async () => {
  const bench = await openBench()
  const vault = vaultOf(bench.keychain, { kind: 'keychain', words: '' })
  const log = openLog(undefined, Date.now)
  const options = { vaults: { real: vault, practice: vault }, log, version: '', runtime: '' }
  expect(openCore({ ...options, folder: bench.folder })).toMatchObject({ ok: false, problem: { code: 'store-busy' } })
  writeFileSync(join(bench.folder, 'file'), '')
  expect(openCore({ ...options, folder: join(bench.folder, 'file') })).toMatchObject({
    ok: false,
    problem: { code: 'store-broken' }
  })
  expect(() => logOf(join(bench.folder, 'file')).write('happened')).not.toThrow()
  expect(endsOf(await bench.finished((await bench.begin()).id))).toEqual(['done'])
})

test('the snapshot tells drafts, imports and where secrets go', async () => {
  const bench = await openBench()
  const { id } = await bench.begin()
  await bench.finished(id)
  value(await bench.core.beginDraft(true))
  expect(bench.core.snapshot()).toMatchObject({
    keychain: { kind: 'keychain' },
    drafts: [{ practice: true }],
    imports: [{ id, state: 'finished', totals: { done: 1, all: 1 } }]
  })
})

test('jobs are told as they change, until nobody wants to hear', async () => {
  const bench = await openBench()
  const steps: (string | null)[] = []
  const unhear = bench.core.onJob(({ step }) => steps.push(step))
  await bench.finished((await bench.begin()).id)
  unhear()
  expect(new Set(steps.filter((step) => step !== null))).toEqual(
    new Set(['reach', 'login', 'identity', 'state', 'names', 'clock', 'password', 'commit', 'verify'])
  )
  const { length } = steps
  await bench.finished((await bench.begin()).id)
  expect(steps).toHaveLength(length)
})

test('a practice draft comes with the accounts, their passwords in the keychain, and devices as on the first day', async () => {
  const account = { username: 'admin', password: 'Bench-Account1!', description: 'first' }
  const bench = await openBench({ accounts: [account] })
  await bench.finished((await bench.begin()).id)
  expect(opens(bench.device('FIN-0231'), computer(0).password)).toBe(false)
  const draft = value(await bench.core.beginDraft(true))
  expect(opens(bench.device('FIN-0231'), computer(0).password)).toBe(true)
  expect(draft.accounts).toMatchObject([{ username: 'admin', description: 'first' }])
  expect(bench.keychain.secrets.get(draft.accounts[0]?.slot ?? '')).toBe('Bench-Account1!')
  expect(JSON.stringify(draft)).not.toContain('Bench-Account1!')
  expect(bench.core.store.secrets.all(true)).toEqual([])
})

test('while a practice import is open, a new practice draft leaves its devices and secrets alone', async () => {
  const bench = await openBench()
  const { id } = await bench.begin()
  await bench.until(id, ({ state }) => state === 'done')
  bench.core.store.jobs.setImportState(id, 'paused')
  const known = bench.core.store.secrets.all(true)
  value(await bench.core.beginDraft(true))
  expect(bench.core.store.secrets.all(true)).toEqual(known)
  expect(opens(bench.device('FIN-0231'), computer(0).password)).toBe(false)
})

test('devices of another program are never forgotten: the next import logs in with what the first one set', async () => {
  const bench = await openBench()
  await bench.core.close()
  const { name, fqdn, host, port, tls, personality } = bench.device('FIN-0231')
  const practice = outerPractice(JSON.stringify({ name, fqdn, host, port, tls, personality }))
  const vault = vaultOf(bench.keychain, { kind: 'keychain', words: '' })
  const log = openLog(undefined, Date.now)
  const core = value(
    openCore({
      folder: bench.folder,
      vaults: { real: vault, practice: vault },
      log,
      version: '',
      runtime: '',
      practice
    })
  )
  for (let round = 0; round < 2; round++) {
    const draft = value(await core.beginDraft(true))
    value(await core.drafting.give(draft.id, 'list.csv', Buffer.from(listOf([computer(0)]))))
    const ready = value(await core.drafting.ready(draft.id))
    const { id } = value(await core.imports.start(ready.draft, ready.computers, 'list.csv'))
    await core.drafting.started(draft.id)
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (core.imports.view(id).state === 'finished') resolve()
      }
      core.onImport(look)
      look()
    })
    expect(endsOf(core.store.jobs.of(id))).toEqual(['done'])
  }
  await core.close()
})
