// `amt-migrate run` on a device that is real to it: address in the list, passwords from standard input, the real keychain.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../../electron/clock.ts'
import { type Fleet, startFleet } from '../../../electron/simulator/fleet.ts'
import { systemKeychain } from '../../../electron/vault.ts'
import { computer, filesWith, opens } from '../../bench.ts'
import { leftOut } from '../../session.ts'

const program = join(import.meta.dirname, '../../../electron/cli.ts')
// One account, so that nobody waits the twenty seconds between two tries.
const computers = [computer(0, 'tls-only')]
let fleet: Fleet
beforeAll(async () => {
  const random = (count: number) => new Uint8Array(randomBytes(count))
  fleet = await startFleet({ computers, clock: systemClock, random })
})
afterAll(() => fleet.close())

function run(input: string, ...args: readonly string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (text) => {
      out += text
    })
    child.on('close', (code) => resolve({ code, out }))
    child.stdin.end(input)
  })
}

/** A list with addresses and without passwords. */
function list(folder: string): string {
  const rows = computers.map(({ name, fqdn, uuid }) => {
    const device = fleet.find(fqdn)
    return `${name},${fqdn},${uuid},${device?.host}:${device?.port}`
  })
  const file = join(folder, 'real.csv')
  writeFileSync(file, ['Name,FQDN,SMBIOS GUID,Address', ...rows].join('\n'))
  return file
}

test('a password from standard input takes real computers over; it is in no file and no line', async () => {
  const keychain = await systemKeychain('AMT Migration Wizard')
  if (!keychain.ok) return leftOut('no keychain answers here')
  const folder = mkdtempSync(join(tmpdir(), 'amt-real-'))
  const input = [...computers.map(({ password }) => password), 'yes', ''].join('\n')
  const data = join(folder, 'data')
  const ended = await run(input, 'run', list(folder), '--account', 'admin', '--json', '--data', data)
  expect(ended.out).toContain('"state":"done"')
  expect(ended.code, ended.out).toBe(0)
  for (const { fqdn, password } of computers) {
    const device = fleet.find(fqdn)
    expect(device && opens(device, password)).toBe(false)
  }
  const secrets = computers.map(({ password }) => password)
  expect(secrets.filter((secret) => ended.out.includes(secret))).toEqual([])
  expect(filesWith(data, secrets)).toEqual([])
}, 120_000)
