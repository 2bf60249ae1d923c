// What the wizard would show of a list, without a draft or a keychain: the same reading, the same sheet, the same repairs.
import type { Counts, FileSource } from '../../shared/draft.ts'
import type { Repair, Row } from '../../shared/grid.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Answers, RouteCounts } from '../../shared/strategy.ts'
import { readList } from '../intake/list.ts'
import type { Store } from '../store/store.ts'
import { oneTurn } from '../turns.ts'
import { adviceOf, routesOf } from './advice.ts'
import { besideEarlier } from './known.ts'
import { repairsOf } from './repairs.ts'
import { slottedNowhere } from './secretsOf.ts'
import { sheetOf, viewOf } from './sheet.ts'

export interface Looked {
  readonly source: Omit<FileSource, 'earlier' | 'atHand'>
  readonly counts: Counts
  readonly rows: readonly Row[]
  readonly repairs: readonly Repair[]
  /** Computers by the route that each can take. */
  readonly routes: RouteCounts
}

/** The command line asks no questions. */
const noAnswers: Answers = {}

/**
 * Reads a list as it is found. With a `store` earlier mappings are remembered, and computers of earlier imports are known.
 * Problems: those of the file.
 */
export async function lookAt(
  name: string,
  bytes: Uint8Array,
  store?: Pick<Store, 'mappings' | 'jobs'>
): Promise<Result<Looked>> {
  const wanted = { name, bytes, chosen: {}, guesses: null, passwords: null }
  const read = await readList(wanted, { reading: oneTurn, checking: oneTurn }, store?.mappings.find)
  if (!read.ok) return read
  const { rows } = read.value
  const beside = store === undefined ? rows : await besideEarlier(rows, store.jobs, false, oneTurn)
  const sheet = beside && (await sheetOf(await slottedNowhere(beside), oneTurn))
  const repairs = sheet && (await repairsOf(sheet, read.value.clearCells, oneTurn))
  if (sheet === null || repairs === null) return fail('reading-cancelled', { where: name })
  return ok({
    source: read.value.source,
    counts: sheet.counts(),
    rows: sheet.rows.map((row) => viewOf(sheet, row, adviceOf(noAnswers, row), false)),
    repairs: repairs.groups.map(({ repair }) => repair),
    routes: routesOf(noAnswers, sheet.grounds())
  })
}
