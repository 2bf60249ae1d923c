// The command line writes for its user alone, whatever the shell's umask says, and no core file can come from it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sampleCsv } from '../../electron/simulator/practice.ts'
import { leftOut } from '../session.ts'

const program = join(import.meta.dirname, '../../electron/cli.ts')
const folder = mkdtempSync(join(tmpdir(), 'amt-private-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the command line from a shell of this umask that would dump memory without limit. */
const from = (umask: string, ...args: readonly string[]) =>
  spawn('sh', ['-c', `umask ${umask}; ulimit -c unlimited; exec "$@"`, 'sh', process.execPath, program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore']
  })

const open = (below: string): string[] =>
  readdirSync(below, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => (statSync(path).mode & 0o077) !== 0)

test('nobody else can read what a run leaves, whatever the umask', { timeout: 60_000 }, async () => {
  if (process.platform === 'win32') return leftOut('Windows has no modes')
  const here = join(folder, 'all')
  const list = join(folder, 'one.csv')
  writeFileSync(list, sampleCsv.split('\r\n').slice(0, 2).join('\r\n'), { mode: 0o600 })
  const ran = from('000', 'run', list, '--practice', '--data', here)
  ran.stdout.resume()
  // Files that live only as long as the work are looked at while it lasts.
  const seen = new Set<string>()
  const look = setInterval(() => {
    for (const file of statSync(here, { throwIfNoEntry: false }) ? readdirSync(here) : []) seen.add(file)
  }, 20)
  expect(await once(ran, 'exit')).toEqual([0, null])
  clearInterval(look)
  const report = from('022', 'report', '--data', here, '--out', join(here, 'report.html'))
  expect(await once(report, 'exit')).toEqual([0, null])

  expect(statSync(here).mode & 0o777).toBe(0o700)
  expect([...seen, ...readdirSync(here)]).toEqual(
    expect.arrayContaining([
      'wizard.db',
      'wizard.db-wal',
      'wizard.db-shm',
      'worker.lock',
      'practice-fleet.json',
      'report.html'
    ])
  )
  expect(open(here)).toEqual([])
  // The search finds what is open.
  writeFileSync(join(here, 'planted'), '', { mode: 0o644 })
  expect(open(here)).toEqual([join(here, 'planted')])
})

test('no memory of it can be dumped', async () => {
  if (process.platform !== 'linux') return leftOut('only Linux lets a program refuse that')
  const listening = from('022', 'listen', '--practice', '--data', join(folder, 'listens'), '--for', '30')
  await once(listening.stdout, 'data')
  expect(readFileSync(`/proc/${listening.pid}/limits`, 'utf8')).toMatch(/^Max core file size +1 +1 /m)
  listening.kill('SIGSEGV')
  listening.kill('SIGABRT')
  await once(listening, 'exit')
  expect(readdirSync(folder).filter((name) => name.startsWith('core'))).toEqual([])
})
