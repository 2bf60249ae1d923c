// What the wizard would show of a list, without a draft, a store or a keychain: the same reading, the same sheet, the same repairs.
import type { Counts, FileSource } from '../../shared/draft.ts'
import type { Repair, Row } from '../../shared/grid.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Answers } from '../../shared/strategy.ts'
import { readList } from '../intake/list.ts'
import { oneTurn } from '../turns.ts'
import { adviceOf } from './advice.ts'
import { repairsOf } from './repairs.ts'
import { slottedNowhere } from './secretsOf.ts'
import { sheetOf, viewOf } from './sheet.ts'

export interface Looked {
  readonly source: Omit<FileSource, 'earlier' | 'atHand'>
  readonly counts: Counts
  readonly rows: readonly Row[]
  readonly repairs: readonly Repair[]
}

/** The command line asks no questions. */
const noAnswers: Answers = {}

/** Reads a list as it is found. Problems: those of the file. */
export async function lookAt(name: string, bytes: Uint8Array): Promise<Result<Looked>> {
  const wanted = { name, bytes, chosen: {}, fields: null, passwords: null }
  const read = await readList(wanted, { reading: oneTurn, checking: oneTurn })
  if (!read.ok) return read
  const sheet = await sheetOf(await slottedNowhere(read.value.rows), oneTurn)
  const repairs = sheet && (await repairsOf(sheet, read.value.clearCells, oneTurn))
  if (sheet === null || repairs === null) return fail('reading-cancelled', { where: name })
  return ok({
    source: read.value.source,
    counts: sheet.counts(),
    rows: sheet.rows.map((row) => viewOf(sheet, row, adviceOf(noAnswers, row), false)),
    repairs: repairs.groups.map(({ repair }) => repair)
  })
}
