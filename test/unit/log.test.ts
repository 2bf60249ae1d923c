// The diagnostic log: lines of JSON in which no known secret stands.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLog } from '../../electron/log.ts'
import { filesWith } from '../bench.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-log-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

const file = () => join(folder, 'diagnostic.log')
const lines = () =>
  readFileSync(file(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('a secret is struck out wherever it stands, also where JSON escapes it', () => {
  const log = openLog(folder, () => 0)
  const secrets = ['Bench-Plain1!', 'Bench-"Quote"\\1!', 'a{b}$&c1A']
  for (const secret of secrets) log.secret(secret)
  log.write('happened', { text: `before ${secrets.join(' ')} after`, deep: { list: secrets } })
  expect(filesWith(folder, secrets)).toEqual([])
  expect(lines()).toMatchObject([
    { what: 'happened', at: '1970-01-01T00:00:00.000Z', deep: { list: ['•••', '•••', '•••'] } }
  ])
})

test('a secret that begins like another leaves nothing of the longer one', () => {
  const log = openLog(folder, () => 0)
  log.secret('Bench-Same')
  log.secret('Bench-Same-Longer1!')
  expect(log.redact('Bench-Same-Longer1!')).toBe('•••')
})

test('a secret is struck out in Base64 too', () => {
  const log = openLog(folder, () => 0)
  log.secret('Bench-Plain1!')
  expect(log.redact(`row: ${Buffer.from('Bench-Plain1!').toString('base64')}`)).toBe('row: •••')
})

test('the scan finds a secret that is planted', () => {
  openLog(folder, () => 0).write('happened', { text: 'Bench-Plain1!' })
  expect(filesWith(folder, ['Bench-Plain1!'])).toEqual([file()])
})

test('beyond 5 MB it rolls over once', () => {
  const log = openLog(folder, () => 0)
  writeFileSync(file(), '')
  truncateSync(file(), 5_000_001)
  log.write('next')
  expect(lines()).toHaveLength(1)
  expect(existsSync(`${file()}.1`)).toBe(true)
})

test('a folder that cannot be written stops nobody', () => {
  writeFileSync(join(folder, 'file'), '')
  openLog(join(folder, 'file', 'logs'), () => 0).write('happened')
  openLog(undefined, () => 0).write('happened')
  expect(existsSync(file())).toBe(false)
})

test('strikes secrets out by value in every form, and by name', () => {
  const log = openLog(folder, () => 0)
  const secret = 'a"b<c&Geheim'
  log.secret(secret)
  log.write('sent', {
    plain: `it is ${secret}.`,
    xml: '<h:Other>a"b&lt;c&amp;Geheim</h:Other>',
    base64: Buffer.from(secret).toString('base64'),
    body: '<h:SetMEBxPassword_INPUT><h:Password>Unt0ld!</h:Password></h:SetMEBxPassword_INPUT>',
    RFBPassword: 'Unt0ld!',
    HostName: 'pc-01'
  })
  const line = readFileSync(join(folder, 'diagnostic.log'), 'utf8')
  expect(line).not.toMatch(/Geheim|Unt0ld|YSJiPG/)
  expect(JSON.parse(line)).toMatchObject({ plain: 'it is •••.', RFBPassword: '•••', HostName: 'pc-01' })
})
