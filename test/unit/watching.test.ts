// Two programs on one folder: one works, the other looks on and takes over when the first ends.
import { afterEach, expect, test } from 'vitest'
import { openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import { isLeaseFree } from '../../electron/store/lease.ts'
import { vaultOf } from '../../electron/vault.ts'
import { type Bench, closeBenches, openBench, value } from '../bench.ts'

afterEach(closeBenches)

function watcherOf(bench: Bench) {
  const vault = vaultOf(bench.keychain, { kind: 'keychain', words: '' })
  const options = { folder: bench.folder, log: openLog(undefined, Date.now), version: '', runtime: '' }
  return value(openCore({ ...options, vaults: { real: vault, practice: vault }, watching: true }))
}

test('who looks on hears of each job as it moves, and writes nothing', async () => {
  const bench = await openBench()
  const before = bench.core.store.audit.verify().entries
  const watcher = watcherOf(bench)
  const seen = new Set<string>()
  const ended = new Promise<void>((resolve) => {
    watcher.onJob(({ state }) => {
      seen.add(state)
      if (state === 'done') resolve()
    })
  })
  expect(bench.core.store.audit.verify().entries).toBe(before)
  const { id } = await bench.begin()
  await ended
  expect([...seen]).toContain('done')
  expect(watcher.snapshot()).toMatchObject({ watching: true, imports: [{ id, state: 'finished' }] })
  expect(() => watcher.store.audit.append('import paused', {})).toThrow(/readonly/)
  await watcher.close()
})

test('the lease ends with its holder, and only then', async () => {
  const bench = await openBench()
  expect(isLeaseFree(bench.folder)).toBe(false)
  const watcher = watcherOf(bench)
  expect(isLeaseFree(bench.folder)).toBe(false)
  await bench.core.close()
  expect(isLeaseFree(bench.folder)).toBe(true)
  await watcher.close()
})
