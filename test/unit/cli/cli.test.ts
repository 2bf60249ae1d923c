// The command line as a person starts it: lines, JSON, exit codes, and no secret in anything it leaves behind.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { practicePasswords, sampleCsv } from '../../../electron/simulator/practice.ts'
import { jobSchema } from '../../../shared/job.ts'
import { problemSchema } from '../../../shared/problem.ts'
import { filesWith } from '../../bench.ts'
import { program } from './program.ts'

const root = mkdtempSync(join(tmpdir(), 'amt-cli-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function cli(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (text) => {
      out += text
    })
    child.stderr.on('data', (text) => {
      err += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

const events = ({ out }: Ended): readonly Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

function fileOf(name: string, text: string): string {
  const path = join(root, name)
  writeFileSync(path, text)
  return path
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const holdsSecret = (text: string): boolean =>
  practicePasswords.some((each) => text.includes(each) || text.includes(base64(each)))
const [titles = '', first = '', second = ''] = sampleCsv.split('\r\n')

describe('import', () => {
  test('a good list: exit code 0, every row, secrets masked', async () => {
    const ended = await cli('import', fileOf('good.csv', sampleCsv), '--json')
    expect(ended.code).toBe(0)
    const [shown] = events(ended)
    expect(shown).toMatchObject({ file: 'good.csv', header: true, counts: { total: 30, ready: 30, blocked: 0 } })
    const rows = shown?.rows as { values: Record<string, string> }[]
    expect(rows[0]?.values).toMatchObject({ name: 'FIN-0231', adminPassword: expect.stringMatching(/^[•*]+$/) })
    expect(holdsSecret(ended.out)).toBe(false)
  })

  test('a list with a bad row: exit code 1, the row and what to do', async () => {
    const file = fileOf('bad.csv', [titles, first, second.replace('4C4C', 'XXXX')].join('\r\n'))
    const ended = await cli('import', file, '--json')
    expect(ended.code).toBe(1)
    expect(events(ended)[0]).toMatchObject({ counts: { total: 2, ready: 1, blocked: 1 } })
    const words = await cli('import', file)
    expect(words).toMatchObject({ code: 1, err: '' })
    expect(words.out).toContain('line 3, SMBIOS GUID')
    expect(words.out).toContain('What to do:')
    expect(holdsSecret(words.out + ended.out)).toBe(false)
  })

  test('a password in clear text is not shown either', async () => {
    const clear = practicePasswords[0] ?? ''
    const ended = await cli(
      'import',
      fileOf('clear.csv', [titles, `PC,pc.x.example,${'1'.repeat(32)},,,${clear}`].join('\n')),
      '--json'
    )
    expect(ended.code).toBe(1)
    expect(holdsSecret(ended.out + ended.err)).toBe(false)
  })

  test.each([
    ['empty.csv', '', 'file-empty'],
    ['quote.csv', `${titles}\n"a,b\n`, 'file-unclosed-quote']
  ])('%s: a Problem and exit code 1', async (name, text, code) => {
    const ended = await cli('import', fileOf(name, text), '--json')
    expect(ended.code).toBe(1)
    const [event] = events(ended)
    expect(problemSchema.parse(event?.problem)).toMatchObject({ code, where: expect.stringContaining(name) })
  })

  test('no such file: in words on stderr, exit code 1', async () => {
    const ended = await cli('import', join(root, 'nowhere.csv'))
    expect(ended).toMatchObject({ code: 1, out: '' })
    expect(ended.err).toContain('What to do:')
    expect(ended.err).not.toContain('    at ')
  })
})

describe('run', () => {
  const data = join(root, 'data')
  let ended: Ended
  beforeAll(async () => {
    ended = await cli('run', fileOf('sample.csv', sampleCsv), '--practice', '--json', '--data', data)
  }, 60_000)

  test('every computer ends as its personality promised: exit code 0, and each line is an event', () => {
    const told = events(ended)
    expect(told.map(({ event }) => event)).toEqual(['keychain', 'started', ...Array(30).fill('job'), 'summary'])
    for (const { state, step, problem } of told.filter(({ event }) => event === 'job')) {
      jobSchema.pick({ state: true, step: true, problem: true }).parse({ state, step, problem })
    }
    expect(told.at(-1)).toMatchObject({ asExpected: true, unexpected: [], totals: { all: 30, done: 25, person: 5 } })
    expect(ended).toMatchObject({ code: 0, err: '' })
  })

  test('no practice password in what was printed, or in any file', () => {
    expect(holdsSecret(ended.out)).toBe(false)
    expect(filesWith(data, practicePasswords)).toEqual([])
  })

  test('the scan finds one that is planted, plain or in Base64', () => {
    const [password = ''] = practicePasswords
    for (const text of [password, base64(password)]) {
      const file = join(data, 'planted')
      writeFileSync(file, `before${text}after`)
      expect(filesWith(data, practicePasswords)).toEqual([file])
      rmSync(file)
    }
  })

  test('the audit holds; altered it does not', async () => {
    const good = await cli('audit', 'verify', '--json', '--data', data)
    expect(good.code).toBe(0)
    expect(events(good)[0]).toMatchObject({ holds: true, brokenAt: null })
    expect((await cli('audit', 'verify', '--data', data)).out).toContain('The chain holds.')
    const db = new Database(join(data, 'wizard.db'))
    db.exec("DROP TRIGGER audit_never_altered; UPDATE audit SET actor = 'nobody' WHERE seq = 7")
    db.close()
    const bad = await cli('audit', 'verify', '--json', '--data', data)
    expect(bad.code).toBe(1)
    expect(events(bad)[0]).toMatchObject({ holds: false, brokenAt: 7 })
  })

  test('real computers need a yes; without one nothing is started', async () => {
    const other = join(root, 'other')
    const refused = await cli('run', fileOf('sample.csv', sampleCsv), '--json', '--data', other)
    expect(refused.code).toBe(1)
    expect(events(refused).at(-1)).toMatchObject({ problem: { code: 'not-agreed' } })
    const status = await cli('status', '--json', '--data', other)
    expect(status.code).toBe(1)
    expect(events(status)[0]).toMatchObject({ problem: { code: 'import-gone' } })
  })

  // Each command is a program of its own; on a busy computer one takes seconds.
  test('status, retry and report of what was run', { timeout: 60_000 }, async () => {
    const listed = await cli('status', '--json', '--data', data)
    expect(listed.code).toBe(1)
    const [{ imports }] = events(listed) as unknown as [{ imports: { id: string; totals: Record<string, number> }[] }]
    expect(imports).toHaveLength(1)
    const [one] = imports
    expect(one?.totals).toMatchObject({ all: 30, person: 5, done: 25 })
    const told = await cli('status', one?.id.slice(0, 8) ?? '', '--data', data)
    expect(told.out.split('\n').filter((line) => line.includes('Needs a person'))).toHaveLength(5)
    const failed = await cli('report', '--failed-rows', '--data', data)
    expect(failed.code).toBe(0)
    expect(failed.out.trim().split('\r\n')).toHaveLength(6)
    const file = join(root, 'report.html')
    expect((await cli('report', '--out', file, '--data', data)).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain('25 of 30 computers taken over')
    const none = await cli('retry', '--cause', 'nothing-like-it', '--data', data)
    expect(none.out).toContain('0 computers will be tried again.')
    expect(none.code).toBe(1)
    const nobody = await cli('retry', '--computer', 'nobody', 'no-one.example', '--data', data)
    expect(nobody.out).toContain('0 computers will be tried again.')
  })

  test.each([
    ['a computer that is not in the fleet', `PC,pc.contoso.com,${'1'.repeat(31)}2,,,`, 'not-in-practice-fleet'],
    ['a row that must be repaired', 'PC,pc.contoso.com,nonsense,,,', 'not-ready']
  ])('%s: exit code 1 and no stack', async (name, row, code) => {
    const folder = join(root, code)
    const refused = await cli(
      'run',
      fileOf(`${code}.csv`, `${titles}\n${row}\n`),
      '--practice',
      '--json',
      '--data',
      folder
    )
    expect(refused, name).toMatchObject({ code: 1, err: '' })
    expect(refused.out).toContain(`"${code}"`)
  })

  test('a fleet file that cannot be read is told, not thrown', async () => {
    const file = fileOf('sample.csv', sampleCsv)
    const fleets = [join(root, 'nowhere.jsonl'), fileOf('fleet.jsonl', '{"host":"10.0.0.7"}')]
    for (const fleet of fleets) {
      const refused = await cli('run', file, '--practice', '--fleet', fleet, '--data', join(root, 'fleet'))
      expect(refused.code).toBe(1)
      expect(refused.err).toContain('What to do:')
      expect(refused.err).not.toContain('    at ')
    }
  })
})

test('audit verify of a folder without data: told, exit code 1, and nothing is made', async () => {
  const folder = join(root, 'nothing')
  const ended = await cli('audit', 'verify', '--json', '--data', folder)
  expect(ended.code).toBe(1)
  expect(events(ended)[0]).toMatchObject({ problem: { code: 'store-missing' } })
  expect(() => filesWith(folder, [])).toThrow(/ENOENT/)
})

test.each([[], ['unknown'], ['run'], ['import', 'a.csv', '--nonsense']])(
  'wrong use %j: exit code 2',
  async (...args) => {
    const ended = await cli(...args.flat())
    expect(ended.code).toBe(2)
    expect(ended.out).toBe('')
  }
)
