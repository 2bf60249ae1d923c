// Every way to tamper with an exported audit log, named at the same entry by the wizard and by the verifier that stands alone.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../../electron/evidence/auditing.ts'
import { fingerprintWords } from '../../../electron/signature.ts'
import { value } from '../../bench.ts'
import { dayLong, type Installed, installed } from './installed.ts'

const verifier = join(import.meta.dirname, '../../../resources/verify-audit.mjs')

type Lines = Record<string, unknown>[]

let here: Installed
let other: Installed
let whole: string
let foreign: string

beforeAll(async () => {
  here = installed(4)
  value(await here.auditing.signHead())
  here.store.audit.append('import paused', {})
  here.store.audit.append('import resumed', {})
  whole = value(await here.auditing.export()).text
  other = installed(4)
  foreign = value(await other.auditing.export()).text
})
afterAll(() => {
  here.close()
  other.close()
})

const parse = (text: string): Lines =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Lines[number])
const write = (lines: Lines): string => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

/** Gives an entry the hash that fits what it now says, as somebody would who knows the format. */
const rehash = (line: Lines[number] | undefined): void => {
  if (!line) throw new Error('no such line')
  const { seq, at, actor, kind, importId, jobId, computer, body, prev } = line
  const text = JSON.stringify([seq, at, actor, kind, importId, jobId, computer, body, prev])
  line.hash = createHash('sha256').update(text).digest('hex')
}

/** Rewrites everything from an entry on, so that all hashes fit again. */
const rewriteFrom = (lines: Lines, first: number): void => {
  for (let at = first; at < lines.length; at++) {
    const [line, before] = [lines[at], lines[at - 1]]
    if (line?.seq === undefined) break
    if (at > first) line.prev = before?.hash
    rehash(line)
  }
}

/** What the wizard says, and what the process of the verifier does. */
function both(text: string, ...options: string[]): { app: string; alone: string; code: number | null } {
  const file = join(here.folder, 'tampered.jsonl')
  writeFileSync(file, text)
  const judged = verifyAudit(here.store, [{ name: file, text }])
  const app = judged.ok
    ? `${judged.value.brokenAt}: ${judged.value.why}`
    : `${judged.problem.code}: ${judged.problem.where} ${judged.problem.meaning}`
  const run = spawnSync(process.execPath, [verifier, ...options, file], { encoding: 'utf8' })
  return { app, alone: run.stdout + run.stderr, code: run.status }
}

/** Line n of the file is entry n: line 0 is the beginning. */
const tampers: readonly (readonly [string, (lines: Lines) => Lines | undefined, RegExp])[] = [
  [
    'a value changed',
    (all) => void Object.assign(all[3] ?? {}, { actor: 'nobody' }),
    /Entry 3 is not what was written/
  ],
  ['a body changed', (all) => void Object.assign(all[4] ?? {}, { body: '{"attempt":9}' }), /Entry 4 is not what was/],
  [
    'a value changed and its hash with it',
    (all) => {
      Object.assign(all[3] ?? {}, { actor: 'nobody' })
      rehash(all[3])
      return undefined
    },
    /Entry 4 does not follow the entry before it/
  ],
  [
    'everything since an entry written anew',
    (all) => {
      Object.assign(all[7] ?? {}, { actor: 'nobody' })
      rewriteFrom(all, 7)
      return undefined
    },
    /Between entry 7 and entry 8 the history was written anew/
  ],
  ['an entry deleted', (all) => all.filter((_, at) => at !== 3), /Entry 3 is missing/],
  ['the first entry deleted', (all) => all.filter((_, at) => at !== 1), /Entry 1 is missing/],
  [
    'an entry deleted and the rest renumbered',
    (all) => {
      const left = all.filter((_, at) => at !== 3)
      for (const line of left.slice(3)) if (typeof line.seq === 'number') line.seq -= 1
      return left
    },
    /Entry 3 does not follow/
  ],
  ['an entry inserted', (all) => all.toSpliced(4, 0, { ...all[3], actor: 'nobody' }), /Entry 3 stands there twice/],
  [
    'two entries in the other order',
    (all) => all.with(3, all[4] ?? {}).with(4, all[3] ?? {}),
    /Entry 3 is not in its place: entry 4/
  ],
  ['an entry cut off the end', (all) => all.filter(({ seq }) => seq !== 8), /1 entry is missing at the end/],
  ['entries and the signature cut off', (all) => all.slice(0, 6), /last entry that is there is 5/],
  [
    'an entry added at the end',
    (all) => all.toSpliced(9, 0, { ...all[8], seq: 9, prev: all[8]?.hash }),
    /Entry 9 is not what was written/
  ],
  ['a line that is no entry', (all) => all.with(5, { note: 'hello' }), /entry 5 is expected/],
  ['a claim of another beginning', (all) => all.with(0, { ...all[0], from: 2 }), /not what was signed/],
  [
    'the name of another installation',
    (all) => all.with(0, { ...all[0], installation: 'x' }),
    /another installation|never had|not what was signed/
  ],
  [
    'a kept signature moved to another entry',
    (all) => all.map((line) => (line.head ? { head: { ...(line.head as object), seq: 2 } } : line)),
    /The signature for entry 2 is not by this installation/
  ]
]

describe('an exported log', () => {
  test('holds as it is, for both, and tells its key', () => {
    const { app, alone, code } = both(whole)
    expect(app).toBe('null: All 8 entries follow one another.')
    expect(code).toBe(0)
    const words = fingerprintWords(here.store.installation.key()?.publicKey ?? '')
    expect(alone).toContain(`Key: ${words}`)
    expect(alone).toContain('All entries from 1 to 8')
    expect(both(whole, '--key', words).code).toBe(0)
  })

  test.each(tampers)('%s', (_, change, named) => {
    const lines = parse(whole)
    const { app, alone, code } = both(write(change(lines) ?? lines))
    expect(app).toMatch(named)
    expect(alone).toMatch(named)
    expect(code).toBe(1)
  })

  test('a file swapped for that of another installation', () => {
    expect(both(foreign).app).toMatch(/audit-file-foreign/)
    const words = fingerprintWords(here.store.installation.key()?.publicKey ?? '')
    expect(both(foreign, '--key', words).alone).toMatch(/signed by another key/)
    const two = spawnSync(process.execPath, [verifier, saved('a', whole), saved('b', foreign)], { encoding: 'utf8' })
    expect(two.stderr).toMatch(/of another installation/)
  })

  test('an older export in the place of a newer one shows by the hash that was noted', () => {
    const old = parse(whole)
    expect(both(whole, '--head', String(old[8]?.hash)).code).toBe(0)
    expect(both(whole, '--head', 'f'.repeat(64)).alone).toMatch(/No entry has the hash/)
  })

  test('wrong use and a file that is none are said', () => {
    expect(spawnSync(process.execPath, [verifier], { encoding: 'utf8' }).status).toBe(2)
    expect(both('no json\n').code).toBe(1)
    expect(both('').alone).toMatch(/not the beginning of an audit log/)
  })
})

const saved = (name: string, text: string): string => {
  const file = join(here.folder, `${name}.jsonl`)
  writeFileSync(file, text)
  return file
}

describe('an archive', () => {
  test('takes entries out and leaves an anchor; both verify, apart and together', async () => {
    const own = installed(4)
    const { store, auditing } = own
    store.audit.append('change intended', { step: 'clock', what: 'the clock' }, { jobId: 'old' })
    own.at += 10 * dayLong
    store.audit.append('import paused', {})
    const texts: string[] = []
    const before = 20 * dayLong
    const done = value(
      await auditing.archive(before, async ({ text }) => {
        texts.push(text)
        return { ok: true, value: { file: 'a.jsonl' } }
      })
    )
    expect(done).toEqual({ file: 'a.jsonl', entries: 6 })
    expect(store.audit.read({ before: null, count: 9, search: '' }).entries.map(({ seq }) => seq)).toEqual([9, 8, 7])
    expect(store.audit.intended('old')).toBe(true)
    expect(store.audit.verify()).toMatchObject({ holds: true, entries: 3, startsAt: 7 })
    const [text = ''] = texts
    expect(value(verifyAudit(store, [{ name: 'a', text }]))).toMatchObject({ holds: true, entries: 9, startsAt: 1 })

    // Another archive and an export on top: the lone verifier reads them as one.
    own.at += dayLong
    value(
      await auditing.archive(own.at, async (file) => {
        texts.push(file.text)
        return { ok: true, value: { file: 'b.jsonl' } }
      })
    )
    const exported = value(await auditing.export()).text
    const files = [exported, ...texts].map((each, at) => saved(`part${at}`, each))
    const run = execFileSync(process.execPath, [verifier, ...files], { encoding: 'utf8' })
    expect(run).toContain('All entries from 1 to 10')
    const gap = spawnSync(process.execPath, [verifier, files[0] ?? '', files[1] ?? ''], { encoding: 'utf8' })
    expect(gap.stderr).toMatch(/Entries 7 to 9 are missing before it/)
    expect(value(verifyAudit(store, [{ name: 'a', text }]))).toMatchObject({ holds: false, brokenAt: 7 })
    own.close()
  })

  test('nothing leaves the store when it is not saved, when nothing is old enough, or when the chain is broken', async () => {
    const own = installed(4)
    const save = async () => ({ ok: true, value: null }) as const
    expect(value(await own.auditing.archive(own.at, save))).toBeNull()
    expect(await own.auditing.archive(0, save)).toMatchObject({ ok: false, problem: { code: 'audit-nothing-older' } })
    expect(own.store.audit.verify()).toMatchObject({ holds: true, startsAt: 1 })
    own.close()
  })
})
