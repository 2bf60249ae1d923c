// Computers that are done and looked at again for a while: when next, until when, and how they were at first.
import { guidKey } from '../../shared/guid.ts'
import type { Db } from './database.ts'

export interface Watch {
  readonly jobId: string
  readonly importId: string
  /** ms since 1970 */
  readonly nextAt: number
  readonly untilAt: number
  /** How long it is watched in all (ms). */
  readonly span: number
  /** Looks that found out something, the first one among them. */
  readonly looks: number
  /** What the first look saw; null before it. */
  readonly baseline: string | null
}

export interface Watches {
  begin(watch: Pick<Watch, 'jobId' | 'importId' | 'nextAt' | 'untilAt' | 'span'>): void
  /** Due at this time, the earliest first. */
  due(now: number): Watch[]
  nextAt(): number | undefined
  change(jobId: string, change: Pick<Watch, 'nextAt'> & Partial<Pick<Watch, 'looks' | 'baseline'>>): void
  end(jobId: string): void
  /** Nobody looks at this device any more: work on it begins anew. */
  endFor(guid: string): void
  /** Practice devices begin anew. */
  endPractice(): void
  /** Computers of an import that are watched. */
  count(importId: string): number
  /** When the last of them is through (ms since 1970); undefined when none is watched. */
  until(importId: string): number | undefined
  /** Whether practice devices are watched. */
  ofPractice(): boolean
}

const columns = `job_id AS jobId, import_id AS importId, next_at AS nextAt, until_at AS untilAt, span, looks, baseline`

/** The watch table of a store. */
export function watchesOf(db: Db): Watches {
  const put = db.prepare<Pick<Watch, 'jobId' | 'importId' | 'nextAt' | 'untilAt' | 'span'>>(
    `INSERT INTO watches (job_id, import_id, next_at, until_at, span) VALUES (@jobId, @importId, @nextAt, @untilAt, @span)
     ON CONFLICT (job_id) DO UPDATE SET next_at = @nextAt, until_at = @untilAt, span = @span, looks = 0, baseline = NULL`
  )
  const listDue = db.prepare<[number], Watch>(
    `SELECT ${columns} FROM watches WHERE next_at <= ? ORDER BY next_at LIMIT 100`
  )
  const soonest = db.prepare<[], { at: number | null }>('SELECT min(next_at) AS at FROM watches')
  const set = db.prepare<{ jobId: string; nextAt: number; looks: number | null; baseline: string | null }>(
    `UPDATE watches SET next_at = @nextAt, looks = coalesce(@looks, looks), baseline = coalesce(@baseline, baseline)
     WHERE job_id = @jobId`
  )
  const remove = db.prepare('DELETE FROM watches WHERE job_id = ?')
  const removeFor = db.prepare('DELETE FROM watches WHERE job_id IN (SELECT id FROM jobs WHERE guid = ?)')
  const ofPractice = 'import_id IN (SELECT id FROM imports WHERE practice = 1)'
  const removePractice = db.prepare(`DELETE FROM watches WHERE ${ofPractice}`)
  const anyPractice = db.prepare(`SELECT 1 FROM watches WHERE ${ofPractice} LIMIT 1`)
  const countOf = db.prepare<[string], { count: number }>('SELECT count(*) AS count FROM watches WHERE import_id = ?')
  const untilOf = db.prepare<[string], { at: number | null }>(
    'SELECT max(until_at) AS at FROM watches WHERE import_id = ?'
  )
  return {
    begin: (watch) => void put.run(watch),
    due: (now) => listDue.all(now),
    nextAt: () => soonest.get()?.at ?? undefined,
    change: (jobId, { nextAt, looks = null, baseline = null }) => void set.run({ jobId, nextAt, looks, baseline }),
    end: (jobId) => void remove.run(jobId),
    endFor: (guid) => void removeFor.run(guidKey(guid)),
    endPractice: () => void removePractice.run(),
    count: (importId) => countOf.get(importId)?.count ?? 0,
    until: (importId) => untilOf.get(importId)?.at ?? undefined,
    ofPractice: () => anyPractice.get() !== undefined
  }
}
