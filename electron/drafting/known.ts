// Holds the rows of a list against the computers of earlier imports of the same kind.
import { deviceReadOf } from '../../shared/amtStatus.ts'
import { isSecret } from '../../shared/computer.ts'
import { isGuid } from '../../shared/guid.ts'
import type { Jobs } from '../store/jobs.ts'
import { emptyRow, type KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import type { Taken } from './edits.ts'
import { differing } from './merge.ts'
import type { Open } from './open.ts'

/** The row with what earlier imports knew of it. */
function judged<R extends KeptRow>(row: R, jobs: Pick<Jobs, 'earlierJob'>, practice: boolean): R {
  const { guid } = row.values
  const before = isGuid(guid) ? jobs.earlierJob(guid, practice) : undefined
  if (before === undefined) {
    // It may have been another computer until its GUID was edited.
    const { device: _, ...rest } = row
    return { ...(rest as R), known: 'new', differs: emptyRow.differs }
  }
  const values = { ...emptyRow.values, ...before.computer, mebxPassword: '', adminPassword: '', oneTimePassword: '' }
  const differs = differing({ ...emptyRow, values }, row, (field) => !isSecret(field) && row.values[field] !== '')
  const device = deviceReadOf(before)
  return { ...row, known: differs.length === 0 ? 'same' : 'changed', differs, ...(device && { device }) }
}

/** The same rows, each beside what is known of it; as they are while nothing is known. null when cancelled. */
export async function besideEarlier(
  rows: Taken,
  jobs: Pick<Jobs, 'earlierJob' | 'imports'>,
  practice: boolean,
  turns: Turns
): Promise<Taken | null> {
  if (!jobs.imports().some((each) => each.practice === practice)) return rows
  const list: KeptRow[] = []
  for (const row of rows) {
    const more = turns.next(list.length, rows.length)
    if (more !== true && !(await more)) return null
    // Those that files given earlier had are known already.
    list.push(row.known === 'none' || row.known === 'new' ? judged(row, jobs, practice) : row)
  }
  return list
}

/**
 * Edited rows, each held anew against what it was held against when it came in: the computers before the latest file, else those
 * of earlier imports. After a restart the former are gone, and rows stay as they were judged.
 */
export async function besideAgain(
  rows: readonly KeptRow[],
  { file, draft: { practice, source } }: Pick<Open, 'file' | 'draft'>,
  jobs: Pick<Jobs, 'earlierJob' | 'imports'>,
  turns: Turns
): Promise<KeptRow[]> {
  const merging = source?.kind === 'file' && source.earlier.length > 0
  if (merging && file === undefined) return [...rows]
  const earlier = jobs.imports().some((each) => each.practice === practice)
  const list: KeptRow[] = []
  for (const row of rows) {
    await turns.next(list.length, rows.length)
    const before = file?.base[row.row]
    if (before !== undefined && row.known !== 'missing') {
      const differs = differing(before, row)
      list.push({ ...row, known: differs.length === 0 ? 'same' : 'changed', differs })
    } else list.push(before === undefined && earlier ? judged(row, jobs, practice) : row)
  }
  return list
}
