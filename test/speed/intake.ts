// What reading a list costs beside the bare parser on the same file: text to checked rows, each side in a process of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Parser } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { keepHeapSmall } from '../../electron/heap.ts'
import { parserOptions } from '../../electron/intake/delimited.ts'
import { readList } from '../../electron/intake/list.ts'
import { openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import { oneTurn } from '../../electron/turns.ts'
import { memoryKeychain, vaultOf } from '../../electron/vault.ts'

/** One line of the table, as run.ts prints it. */
interface Row {
  readonly what: string
  readonly found: string
  readonly target: string
  readonly met: boolean
}

/** Runs a role of the bench in a process of its own, and answers what that told. */
export type InChild = <T>(role: string, ...args: readonly (string | number)[]) => Promise<{ told: T; end(): void }>

const many = 100_000
const few = 1_000
const pairs = 7

/** How the list is written: bare, or each cell in quotation marks as PowerShell does. */
type Form = 'bare' | 'quoted'

/**
 * A list as an export utility writes it: six columns with passwords, address and version. `different` says how many passwords
 * there are; with 0 their columns are blank.
 */
export function listOf(rows: number, form: Form, different = rows + 1): Uint8Array {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
  const password = (at: number): string =>
    different === 0 ? '' : Buffer.from(`Bench-${hex(at % different, 6)}-A1!`).toString('base64')
  const bytes = Buffer.alloc(220 * (rows + 1))
  const written = (line: string): string => (form === 'bare' ? line : `"${line.replaceAll(',', '","')}"`)
  // Straight into bytes: a hundred thousand texts would count as memory of the reading.
  const titles = 'Name,FQDN,SMBIOS GUID,MAC address,MEBx password,Remote admin password,Address,AMT version'
  let end = bytes.write(`${written(titles)}\r\n`)
  for (let at = 0; at < rows; at++) {
    const name = `PC${String(at).padStart(6, '0')}`
    const mac = `02:1a:4f:${hex(at >> 16, 2)}:${hex((at >> 8) & 255, 2)}:${hex(at & 255, 2)}`
    const address = `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`
    const guid = `4c4c4544-0046-3000-8000-c7c0${hex(at, 8)}`
    const names = `${name},${name.toLowerCase()}.corp.example.com`
    const line = `${names},${guid},${mac},${password(at)},${password(at + 1)},${address},11.8.50`
    end += bytes.write(`${written(line)}\r\n`, end)
  }
  return bytes.subarray(0, end)
}

async function wizard(bytes: Uint8Array): Promise<number> {
  const wanted = { name: 'bench.csv', bytes, chosen: {}, guesses: null, passwords: null } as const
  const read = await readList(wanted, { reading: oneTurn, checking: oneTurn })
  if (!read.ok) throw new Error(read.problem.code)
  return read.value.rows.length
}

const bareOptions = { ...parserOptions(','), record_delimiter: '\r\n' }

/** The parser alone, as it is used where nothing may block: fed in slices, its records collected. */
async function bare(bytes: Uint8Array): Promise<number> {
  const records: unknown[] = []
  const parser = new Parser(bareOptions).on('data', (record) => records.push(record))
  for (let at = 0; at < bytes.length; at += 65_536) {
    await new Promise((resolve) => parser.write(bytes.subarray(at, at + 65_536), resolve))
  }
  await new Promise<void>((resolve) => parser.end(resolve))
  return records.length
}

/** The parser alone, all at once: the quickest form it has, which blocks everything else. */
const atOnce = (bytes: Uint8Array): number => parse(Buffer.from(bytes), bareOptions).length

const readers = { bare, atOnce, wizard } as const
type Who = keyof typeof readers
const isWho = (name: string | undefined): name is Who => name !== undefined && name in readers

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** What one process found. */
interface Told {
  /** Milliseconds of processor time for the whole list, the median of its runs: a busy computer makes them no longer. */
  readonly ms: number
  /** The most memory the process ever had, in MB. */
  readonly mb: number
}

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function timed(who: Who, rows: number, runs: number, form: Form): Promise<Told> {
  const bytes = listOf(rows, form)
  globalThis.gc?.()
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const begun = processorMs()
    await readers[who](bytes)
    times.push(processorMs() - begun)
  }
  return { ms: median(times), mb: process.resourceUsage().maxRSS / 1024 }
}

/** What a process found that took a list into a draft. */
interface Taken {
  readonly ms: number
  /** MB that the process had grown by at its largest; and that are still in use when the garbage is gone. */
  readonly growth: number
  readonly kept: number
  /** Longest time (ms) in which nothing else had its turn. */
  readonly longest: number
}

/** The whole way of a list into a draft: read, checked, secrets kept (in memory here), compared with each other, saved. */
async function taken(rows: number): Promise<Taken> {
  // As the window does.
  keepHeapSmall()
  const folder = mkdtempSync(join(tmpdir(), 'amt-speed-'))
  const log = openLog(folder, Date.now)
  const vault = vaultOf(memoryKeychain(), { kind: 'keychain', words: 'In memory.', onSecret: log.secret })
  const core = openCore({ folder, vaults: { real: vault, practice: vault }, log, version: 'bench', runtime: 'bench' })
  if (!core.ok) throw new Error(core.problem.code)
  const draft = await core.value.beginDraft(false)
  if (!draft.ok) throw new Error(draft.problem.code)
  const bytes = listOf(rows, 'bare')
  globalThis.gc?.()
  const before = process.memoryUsage()
  const begun = processorMs()
  let [longest, last] = [0, performance.now()]
  const others = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 1)
  const found = await core.value.drafting.give(draft.value.id, 'bench.csv', bytes)
  clearInterval(others)
  if (!found.ok) throw new Error(found.problem.code)
  const ms = processorMs() - begun
  const most = process.resourceUsage().maxRSS * 1024
  globalThis.gc?.()
  const kept = process.memoryUsage().heapUsed - before.heapUsed
  await core.value.close()
  rmSync(folder, { recursive: true, force: true })
  return { ms, growth: (most - before.rss) / 1048576, kept: kept / 1048576, longest }
}

/** The roles of this part of the bench, by name. */
export const intakeRoles: Readonly<Record<string, (...args: readonly string[]) => Promise<void>>> = {
  read: async (who, rows, runs, form) => {
    if (!isWho(who)) throw new Error(`nobody is called ${who}`)
    process.send?.(await timed(who, Number(rows), Number(runs), form === 'quoted' ? form : 'bare'))
    process.disconnect?.()
  },
  take: async (rows) => {
    process.send?.(await taken(Number(rows)))
    process.disconnect?.()
  }
}

interface Round extends Readonly<Record<'sliced' | 'atOnce' | 'wizard' | 'quotedAtOnce' | 'quoted' | 'small', Told>> {
  readonly take: Taken
}

export async function intakeRows(inChild: InChild): Promise<Row[]> {
  const run = async (who: Who, rows: number, runs: number, form: Form = 'bare'): Promise<Told> => {
    const child = await inChild<Told>('read', who, rows, runs, form)
    return child.told
  }
  const rounds: Round[] = []
  // In turn, so that a busy minute of the computer meets all. A long list is read once by a fresh process, as people do;
  // short ones are over before the compiler has seen what counts, so their process reads many.
  for (let pair = 0; pair < pairs; pair++) {
    rounds.push({
      sliced: await run('bare', many, 1),
      atOnce: await run('atOnce', many, 1),
      wizard: await run('wizard', many, 1),
      quotedAtOnce: await run('atOnce', many, 1, 'quoted'),
      quoted: await run('wizard', many, 1, 'quoted'),
      small: await run('wizard', few, 60),
      take: (await inChild<Taken>('take', many)).told
    })
  }
  const ms = (who: keyof Round): string => `${Math.round(median(rounds.map((round) => round[who].ms)))} ms`
  const beside = (one: keyof Round, other: keyof Round): number =>
    median(rounds.map((all) => all[one].ms / all[other].ms))
  const taking = (what: 'growth' | 'kept' | 'longest'): number => median(rounds.map(({ take }) => take[what]))
  const [ratio, quoted] = [beside('wizard', 'atOnce'), beside('quoted', 'quotedAtOnce')]
  const flat = (beside('wizard', 'small') * few) / many
  const memory = median(rounds.map(({ wizard }) => wizard.mb))
  const list = `${many.toLocaleString('en')} rows of 8 columns`
  return [
    {
      what: `Reading, mapping and checking ${list}, beside the bare parser given all at once`,
      found: `${ratio.toFixed(2)} × (${ms('wizard')} of processor time beside ${ms('atOnce')}; ${ms('sliced')} when fed in slices)`,
      target: '≤ 2.5 ×',
      met: ratio <= 2.5
    },
    {
      what: 'The same with every cell in quotation marks',
      found: `${quoted.toFixed(2)} × (${ms('quoted')} beside ${ms('quotedAtOnce')})`,
      target: '≤ 2.5 ×',
      met: quoted <= 2.5
    },
    {
      what: 'Most memory of the process while it reads them, a hundred thousand different passwords among them',
      found: `${memory.toFixed(0)} MB`,
      target: '< 350 MB',
      met: memory < 350
    },
    {
      what: `Time for each row of ${many.toLocaleString('en')} beside each of ${few.toLocaleString('en')}`,
      found: `${flat.toFixed(2)} ×`,
      target: '≤ 1.5 ×',
      met: flat <= 1.5
    },
    {
      what: `Taking ${list} into a draft, secrets and store included: most that the process grows by`,
      found: `${taking('growth').toFixed(0)} MB (${taking('kept').toFixed(0)} MB kept; ${ms('take')} of processor time)`,
      target: '< 350 MB',
      met: taking('growth') < 350
    },
    {
      what: 'Longest time in which it lets nobody else have a turn',
      found: `${taking('longest').toFixed(0)} ms`,
      target: '≤ 100 ms',
      met: taking('longest') <= 100
    }
  ]
}
