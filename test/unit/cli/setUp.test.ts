// Setting up from nothing on the command line: the whole practice route by hello, and what the setup commands refuse.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readUsbKey } from '../../../electron/setup/usbKey.ts'
import { outOfBandCsv } from '../../../electron/simulator/practice.ts'
import { program } from './program.ts'

const root = mkdtempSync(join(tmpdir(), 'amt-set-up-cli-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const cli = (...args: readonly string[]) => cliWith('', ...args)

function cliWith(
  input: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' })
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    let out = ''
    child.stdout.on('data', (text) => {
      out += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out }))
  })
}

const sample = join(import.meta.dirname, '../../../resources/sample-out-of-band.csv')

test('the sample list is that of the computers that call', () => {
  expect(readFileSync(sample, 'utf8').split(/\r?\n/)).toEqual(outOfBandCsv.split('\r\n'))
})

test('a practice run waits for the hellos and ends with every computer set up', { timeout: 60_000 }, async () => {
  const ended = await cli('run', sample, '--practice', '--json', '--data', join(root, 'data'))
  expect(ended.out).toContain('"state":"done"')
  expect(ended.out).not.toContain('"state":"person"')
  expect(ended.code).toBe(0)
})

test('a file that is no certificate, and a number of pairs that is none', async () => {
  const file = join(root, 'no.pem')
  writeFileSync(file, 'hello')
  const refused = await cli('setup', 'certificate', file, '--json', '--data', join(root, 'other'))
  expect([refused.code, refused.out.includes('provisioning-file-unreadable')]).toEqual([1, true])
  expect((await cli('setup', 'psk', 'generate', '0', '--data', join(root, 'other'))).code).toBe(2)
})

test('new pairs are kept, and only their PIDs are told; without a keychain it says so', async () => {
  const made = await cli('setup', 'psk', 'generate', '2', '--json', '--data', join(root, 'pairs'))
  const told = JSON.parse(made.out) as { pids?: readonly string[]; code?: string }
  if (made.code === 0) {
    expect(told.pids).toHaveLength(2)
    expect(Object.keys(told).sort()).toEqual(['event', 'pids'])
  } else expect(made.out).toContain('keychain-missing')
})

test('a USB key: passwords by standard input, a yes, and a file for its owner alone', { timeout: 60_000 }, async () => {
  const [data, file] = [join(root, 'usb'), join(root, 'setup.bin')]
  const made = await cliWith('\n\nyes\n', 'setup', 'usb-key', file, '--computers', '2', '--json', '--data', data)
  if (made.out.includes('keychain-missing')) {
    console.log('There is no keychain here: no key was written.')
    expect([made.code, existsSync(file)]).toEqual([1, false])
    return
  }
  expect([made.code, JSON.parse(made.out)]).toEqual([0, { event: 'usb key', version: '1', computers: 2, leftOut: 0 }])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const read = readUsbKey(readFileSync(file))
  expect(read.ok && read.value.records.map(({ record }) => record.currentPassword)).toEqual(['admin', 'admin'])
  const other = join(root, 'other.bin')
  const refused = await cliWith('\n\nno\n', 'setup', 'usb-key', other, '--json', '--data', data)
  expect([refused.out.includes('not-agreed'), existsSync(other)]).toEqual([true, false])
})
