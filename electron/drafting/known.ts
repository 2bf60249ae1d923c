// Holds the rows of a list against the computers of earlier imports of the same kind.
import { deviceReadOf } from '../../shared/amtStatus.ts'
import { isSecret } from '../../shared/computer.ts'
import { isGuid } from '../../shared/guid.ts'
import type { Jobs } from '../store/jobs.ts'
import { emptyRow, type KeptRow } from '../store/keptRow.ts'
import type { Turns } from '../turns.ts'
import type { Changed } from './edits.ts'
import { differing } from './merge.ts'

/** The row with what earlier imports knew of it; those that files given earlier had are known already. */
function judged<R extends KeptRow>(row: R, jobs: Pick<Jobs, 'earlierJob'>, practice: boolean): R {
  if (row.known !== 'none' && row.known !== 'new') return row
  const { guid } = row.values
  const before = isGuid(guid) ? jobs.earlierJob(guid, practice) : undefined
  if (before === undefined) return { ...row, known: 'new' }
  const values = { ...emptyRow.values, ...before.computer, mebxPassword: '', adminPassword: '' }
  const differs = differing({ ...emptyRow, values }, row, (field) => !isSecret(field) && row.values[field] !== '')
  const device = deviceReadOf(before)
  return { ...row, known: differs.length === 0 ? 'same' : 'changed', differs, ...(device && { device }) }
}

/** The same rows, each beside what is known of it; as they are while nothing is known. null when cancelled. */
export async function besideEarlier(
  rows: Changed,
  jobs: Pick<Jobs, 'earlierJob' | 'imports'>,
  practice: boolean,
  turns: Turns
): Promise<Changed | null> {
  if (!jobs.imports().some((each) => each.practice === practice)) return rows
  const list: KeptRow[] = []
  for (const row of rows) {
    const more = turns.next(list.length, rows.length)
    if (more !== true && !(await more)) return null
    list.push(judged(row, jobs, practice))
  }
  return list
}
