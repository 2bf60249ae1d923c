// Evidence from the command line: reports in their formats, the signed log with its verifier, the archive, passwords, support.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSheet } from '../../../electron/evidence/sheet.ts'
import { sampleCsv } from '../../../electron/simulator/practice.ts'
import { systemKeychain } from '../../../electron/vault.ts'
import { value } from '../../bench.ts'
import { program } from './program.ts'

const root = mkdtempSync(join(tmpdir(), 'amt-cli-evidence-'))
const data = ['--data', join(root, 'data')]
const at = (name: string): string => join(root, name)
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
}

function cli(args: readonly string[], typed = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
    let out = ''
    child.stdout.on('data', (text) => {
      out += text
    })
    child.stderr.on('data', (text) => {
      out += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out }))
    child.stdin.end(typed)
  })
}

const passphrase = 'four words are enough'
const haveKeychain = (await systemKeychain('AMT Migration Wizard test')).ok
if (!haveKeychain) console.info('No keychain in this session: what needs the key of the installation is skipped.')

beforeAll(async () => {
  const [titles = '', first = ''] = sampleCsv.split('\r\n')
  writeFileSync(at('list.csv'), `${titles}\r\n${first}\r\n`)
  expect((await cli(['run', at('list.csv'), '--practice', '--json', ...data])).code).toBe(0)
}, 60_000)

const long = 60_000

test('the report as JSON; a PDF needs the window and says so', { timeout: long }, async () => {
  expect(JSON.parse((await cli(['report', '--format', 'json', ...data])).out)).toMatchObject({ format: 'amt-report 1' })
  const pdf = await cli(['report', '--format', 'pdf', ...data])
  expect(pdf.code).toBe(1)
  expect(pdf.out).toContain('A PDF needs the window')
})

test.skipIf(!haveKeychain)(
  'the log is exported beside its verifier, archived, and verified',
  { timeout: long },
  async () => {
    const exported = await cli(['audit', 'export', '--out', at('log.jsonl'), '--with-verifier', ...data])
    expect(exported, exported.out).toMatchObject({ code: 0 })
    const run = spawnSync(process.execPath, [at('verify-audit.mjs'), at('log.jsonl')], { encoding: 'utf8' })
    expect(run.stdout).toMatch(/follow one another and are signed/)

    // Evidence is never written over, and nothing leaves the log for a file that is not there.
    const before = ['audit', 'archive', '--before', '2999-01-01']
    expect((await cli([...before, '--out', at('log.jsonl'), ...data])).code).toBe(1)
    const archived = await cli([...before, '--out', at('old.jsonl'), ...data])
    expect(archived, archived.out).toMatchObject({ code: 0 })
    const whole = await cli(['audit', 'verify', at('old.jsonl'), '--json', ...data])
    expect(JSON.parse(whole.out)).toMatchObject({ holds: true, startsAt: 1 })

    const lines = readFileSync(at('old.jsonl'), 'utf8').split('\n')
    writeFileSync(at('cut.jsonl'), lines.toSpliced(4, 1).join('\n'))
    const cut = await cli(['audit', 'verify', at('cut.jsonl'), ...data])
    expect(cut).toMatchObject({ code: 1 })
    expect(cut.out).toContain('Entry 4 is missing.')
  }
)

test.skipIf(!haveKeychain)(
  'passwords leave after the typed word, and are shown on no pipe',
  { timeout: long },
  async () => {
    const refused = await cli(['secret', 'export', '--out', at('no.amtsecrets'), ...data], 'yes\n')
    expect(refused.code).toBe(1)
    expect(existsSync(at('no.amtsecrets'))).toBe(false)
    const done = await cli(['secret', 'export', '--out', at('s.amtsecrets'), ...data], `export\n${passphrase}\n`)
    expect(done, done.out).toMatchObject({ code: 0 })
    const { rows } = value(await openSheet(readFileSync(at('s.amtsecrets'), 'utf8'), passphrase))
    expect(rows.length).toBeGreaterThan(0)
    const shown = await cli(['secret', 'open', at('s.amtsecrets')], `${passphrase}\nshow\n`)
    expect(shown.code).toBe(1)
    expect(shown.out).toContain('on a terminal only')
    for (const { password } of rows) expect(done.out + shown.out).not.toContain(password)
  }
)

test('the support bundle is written', { timeout: long }, async () => {
  const saved = await cli(['support', at('support.zip'), ...data])
  expect(saved, saved.out).toMatchObject({ code: 0 })
  expect(readFileSync(at('support.zip')).subarray(0, 2).toString()).toBe('PK')
})
