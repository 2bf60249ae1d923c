// `discover` and `export` as they are typed: what they print and write, and their exit codes.
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../../electron/clock.ts'
import { runCommandLine } from '../../../electron/commandLine.ts'
import { startFleet } from '../../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../../electron/simulator/practice.ts'
import { closeBenches, computer, heldSecrets, openBench } from '../../bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'amt-find-'))
afterEach(async () => {
  vi.restoreAllMocks()
  await closeBenches()
})

/** Runs a command and answers its exit code and what it printed. */
async function typed(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text)
    return true
  })
  const code = await runCommandLine(args)
  vi.restoreAllMocks()
  return { code, out, err }
}

test('discover finds devices by their ports, and writes a list that can be imported', async () => {
  const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
  const fleet = await startFleet({ computers: [practiceComputer(0)], clock: systemClock, random, ownAddresses: 74 })
  const list = join(folder, 'found.csv')
  const { code, out } = await typed('discover', '127.0.74.1-3', '--json', '--out', list)
  await fleet.close()
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(events).toMatchObject([
    { event: 'found', address: '127.0.74.1', amtVersion: '11.8.50.3425', amtStatus: 'Detected' },
    { event: 'ended', asked: 3, total: 3, found: 1 }
  ])
  expect(code).toBe(0)
  const shown = await typed('import', list, '--json', '--data', folder)
  expect(shown.out).toContain('guid-missing')
  expect(shown.out).toContain('127.0.74.1')
})

test('discover refuses what it cannot or may not search, before anything is sent', async () => {
  expect(await typed('discover', '10.0.0.9-3')).toMatchObject({ code: 1, err: expect.stringContaining('ends before') })
  expect(await typed('discover', '8.8.8.8')).toMatchObject({ code: 1, err: expect.stringContaining('on the internet') })
  expect(await typed('discover', '10.0.0.1', '--rate', '0')).toMatchObject({ code: 2 })
})

test('export writes for its owner alone, on record, and reads the result back', async () => {
  const bench = await openBench({ computers: [computer(0)] })
  const { id } = await bench.begin()
  await bench.finished(id)
  const copy = join(folder, 'data')
  cpSync(bench.folder, copy, { recursive: true })
  const file = join(folder, 'six.csv')
  const done = await typed('export', '--to', 'configmgr', '--out', file, '--data', copy)
  expect(done).toMatchObject({ code: 0, out: expect.stringContaining('1 computer') })
  expect(statSync(file).mode & 0o077).toBe(0)
  const text = readFileSync(file, 'utf8')
  expect(text).toContain('FIN-0231')
  for (const secret of heldSecrets(bench.keychain)) expect(text).not.toContain(Buffer.from(secret).toString('base64'))
  const result = join(folder, 'result.csv')
  const guid = practiceComputer(0).uuid
  writeFileSync(result, `Name,Guid,Outcome,ResourceId,Detail\r\nFIN-0231,${guid},failed,,no right\r\n`)
  expect(await typed('export', id, '--result', result, '--data', copy)).toMatchObject({
    code: 1,
    out: expect.stringContaining('no right')
  })
  expect(await typed('export', '--to', 'powershell', '--data', copy)).toMatchObject({ code: 2 })
  rmSync(copy, { recursive: true })
})
