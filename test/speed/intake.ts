// What reading a list costs beside the bare parser on the same file: text to checked rows, each side in a process of its own.
import { Parser } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { parserOptions } from '../../electron/intake/delimited.ts'
import { readList } from '../../electron/intake/list.ts'
import { oneTurn } from '../../electron/turns.ts'

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

/** A list as an export utility writes it: six columns with passwords, address and version. */
function listOf(rows: number): Uint8Array {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
  const password = (at: number): string => Buffer.from(`Bench-${hex(at, 6)}-A1!`).toString('base64')
  const bytes = Buffer.alloc(200 * (rows + 1))
  // Straight into bytes: a hundred thousand texts would count as memory of the reading.
  let end = bytes.write('Name,FQDN,SMBIOS GUID,MAC address,MEBx password,Remote admin password,Address,AMT version\r\n')
  for (let at = 0; at < rows; at++) {
    const name = `PC${String(at).padStart(6, '0')}`
    const mac = `02:1a:4f:${hex(at >> 16, 2)}:${hex((at >> 8) & 255, 2)}:${hex(at & 255, 2)}`
    const address = `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`
    const guid = `4c4c4544-0046-3000-8000-c7c0${hex(at, 8)}`
    const names = `${name},${name.toLowerCase()}.corp.example.com`
    end += bytes.write(`${names},${guid},${mac},${password(at)},${password(at + 1)},${address},11.8.50\r\n`, end)
  }
  return bytes.subarray(0, end)
}

async function wizard(bytes: Uint8Array): Promise<number> {
  const wanted = { name: 'bench.csv', bytes, chosen: {}, fields: null, passwords: null } as const
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

async function timed(who: Who, rows: number, runs: number): Promise<Told> {
  const bytes = listOf(rows)
  globalThis.gc?.()
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const begun = processorMs()
    await readers[who](bytes)
    times.push(processorMs() - begun)
  }
  return { ms: median(times), mb: process.resourceUsage().maxRSS / 1024 }
}

/** The roles of this part of the bench, by name. */
export const intakeRoles: Readonly<Record<string, (...args: readonly string[]) => Promise<void>>> = {
  read: async (who, rows, runs) => {
    if (!isWho(who)) throw new Error(`nobody is called ${who}`)
    process.send?.(await timed(who, Number(rows), Number(runs)))
    process.disconnect?.()
  }
}

export async function intakeRows(inChild: InChild): Promise<Row[]> {
  const run = async (who: Who, rows: number, runs: number): Promise<Told> => {
    const child = await inChild<Told>('read', who, rows, runs)
    return child.told
  }
  const found: Record<Who | 'small', Told>[] = []
  // In turn, so that a busy minute of the computer meets both. A long list is read once by a fresh process, as people do;
  // short ones are over before the compiler has seen what counts, so their process reads many.
  for (let pair = 0; pair < pairs; pair++) {
    found.push({
      bare: await run('bare', many, 1),
      atOnce: await run('atOnce', many, 1),
      wizard: await run('wizard', many, 1),
      small: await run('wizard', few, 60)
    })
  }
  const beside = (who: Who): number => median(found.map((one) => one.wizard.ms / one[who].ms))
  const ratio = beside('bare')
  const flat = median(found.map((one) => one.wizard.ms / many / (one.small.ms / few)))
  const memory = median(found.map((one) => one.wizard.mb))
  const ms = (who: Who) => Math.round(median(found.map((one) => one[who].ms)))
  return [
    {
      what: `Reading, mapping and checking ${many.toLocaleString('en')} rows of 8 columns, beside the bare parser fed in slices`,
      found: `${ratio.toFixed(2)} × (${ms('wizard')} ms of processor time beside ${ms('bare')} ms); ${beside('atOnce').toFixed(2)} × all at once`,
      target: '≤ 2.5 ×',
      met: ratio <= 2.5
    },
    {
      what: 'Most memory of the process while it reads them',
      found: `${memory.toFixed(0)} MB`,
      target: '< 350 MB',
      met: memory < 350
    },
    {
      what: `Time for each row of ${many.toLocaleString('en')} beside each of ${few.toLocaleString('en')}`,
      found: `${flat.toFixed(2)} ×`,
      target: '≤ 1.5 ×',
      met: flat <= 1.5
    }
  ]
}
