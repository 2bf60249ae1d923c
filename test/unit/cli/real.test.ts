// `amt-migrate` on a device that is real to it: address in the list, secrets from every source, the real keychain.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../../electron/clock.ts'
import { type Fleet, startFleet } from '../../../electron/simulator/fleet.ts'
import { systemKeychain } from '../../../electron/vault.ts'
import { defaultProfile, type Profile } from '../../../shared/profile.ts'
import { computer, filesWith, opens } from '../../bench.ts'
import { leftOut } from '../../session.ts'
import { here } from './here.ts'
import { program } from './program.ts'

// One account, so that nobody waits the twenty seconds between two tries.
const computers = [computer(0, 'tls-only')]
let fleet: Fleet
beforeAll(async () => {
  const random = (count: number) => new Uint8Array(randomBytes(count))
  fleet = await startFleet({ computers, clock: systemClock, random })
})
afterAll(() => fleet.close())

/** Runs a command; `lines` go to descriptor 3, or to standard input. */
function run(
  lines: string,
  descriptor: 0 | 3,
  ...args: readonly string[]
): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    const stdio = [
      descriptor === 0 ? 'pipe' : 'ignore',
      'pipe',
      'inherit',
      descriptor === 3 ? 'pipe' : 'ignore'
    ] as const
    const child = spawn(process.execPath, [program, ...args], { stdio: [...stdio] })
    let out = ''
    child.stdout?.on('data', (text) => {
      out += text
    })
    child.on('close', (code) => resolve({ code, out }))
    const to = child.stdio[descriptor]
    if (to !== null && to !== undefined && 'end' in to) to.end(lines)
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

test('secrets from standard input, the keychain and a descriptor take a real computer over; none is in a file or a line', async () => {
  const keychain = await systemKeychain('AMT Migration Wizard')
  if (!keychain.ok) return leftOut('no keychain answers here')
  const folder = mkdtempSync(join(tmpdir(), 'amt-real-'))
  const data = join(folder, 'data')
  const profile = join(folder, 'given.json')
  const given: Profile = { ...defaultProfile, password: { kind: 'given' } }
  writeFileSync(
    profile,
    JSON.stringify({ format: 'AMT Migration Wizard profile', formatVersion: 1, name: 'Given', profile: given })
  )
  const [{ fqdn, password } = computer(0)] = computers
  const news = 'Bench-Given1!'
  const more = ['--json', '--data', data]
  const told: string[] = []
  const expected = (code: number, ended: { code: number | null; out: string }): string => {
    told.push(ended.out)
    expect(ended.code, ended.out).toBe(code)
    return ended.out
  }
  const step = async (code: number, ...all: Parameters<typeof run>): Promise<string> =>
    expected(code, await run(...all))
  /** In this process, with a file as the descriptor. */
  const quick = async (code: number, lines: string, ...args: readonly string[]): Promise<string> => {
    const file = join(folder, 'lines')
    writeFileSync(file, lines)
    const descriptor = openSync(file, 'r')
    rmSync(file)
    const ended = await here(...args, ...(args[0] === 'secret' ? [] : ['--secrets-fd', String(descriptor)]), ...more)
    closeSync(descriptor)
    return expected(code, ended)
  }

  await step(0, `account:admin=${password}\n`, 0, 'secret', 'keep', 'account:admin', ...more)
  const lists = [list(folder), '--account', 'admin', '--profile', profile]
  const checked = await quick(0, '', 'check', ...lists)
  expect(checked).toContain('"event":"secret","name":"account:admin","from":"keychain"')
  expect(checked).toContain('"ready":1')
  const device = fleet.find(fqdn)
  expect(device?.state().changes).toEqual({})

  // Nobody sits there, and the profile wants a password: told, and nothing begun.
  const missing = await quick(1, '', 'run', ...lists, '--yes')
  expect(missing).toContain('"code":"answer-missing"')
  const unasked = await quick(1, `admin-password=${news}\nadmin-pasword=x`, 'run', ...lists, '--yes')
  expect(unasked).toContain('line 2 of descriptor')
  expect(device && opens(device, password)).toBe(true)

  const json = JSON.stringify({ name: 'admin-password', value: news })
  const ended = await step(0, json, 3, 'run', ...lists, '--yes', '--secrets-fd', '3', '--no-watch', ...more)
  expect(ended).toContain('"state":"done"')
  expect(device && opens(device, news)).toBe(true)
  expect(await quick(0, '', 'secret', 'forget', 'account:admin')).toContain('"forgotten":true')
  expect(await quick(0, '', 'secret', 'forget', 'account:admin')).toContain('"forgotten":false')
  expect(await quick(1, '', 'secret', 'forget', 'accounts:admin')).toContain('"code":"secret-unnamed"')
  const secrets = [password, news]
  expect(secrets.filter((secret) => told.join('').includes(secret))).toEqual([])
  expect(filesWith(data, secrets)).toEqual([])
}, 120_000)
