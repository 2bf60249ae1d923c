// Which job is next: what is due, whose device nobody has, and whose subnet has room.
import { guidKey } from '../../shared/guid.ts'
import type { Job } from '../../shared/job.ts'
import type { Db } from './database.ts'
import { jobOf, type Line } from './jobLine.ts'

/** What a job is looked for among: those of one import that are due, whose device nobody has and whose subnet has room. */
export interface Search {
  readonly importId: string
  readonly now: number
  /** GUIDs in somebody's hands. */
  readonly busy?: readonly string[]
  /** Subnets without room. */
  readonly full?: readonly string[]
  /** Jobs whose subnet is being looked up. */
  readonly unplaced?: readonly string[]
  /** Only those that were tried before and are armed again. */
  readonly onlyAgain?: boolean
}

export interface Due {
  /** The next due job of an import, with its subnet once that is known; not moved yet. What waits goes before what is tried again. */
  nextDue(search: Search): { readonly job: Job; readonly subnet: string | undefined } | undefined
  /** When the next armed or planned job of an import becomes due, after the given time; undefined when there is none. */
  nextDueAt(importId: string, after: number): number | undefined
  setSubnet(id: string, subnet: string): void
  /** Whether a job is at work on the device with this GUID. */
  isWorkedOn(guid: string): boolean
  /** Jobs found `working`: their process ended under them. */
  interrupted(): Job[]
}

interface DueParameters {
  readonly importId: string
  readonly now: number
  readonly busy: string
  readonly full: string
  readonly unplaced: string
}

/** The queries of a queue. */
export function dueIn(db: Db): Due {
  const free = `import_id = @importId AND guid NOT IN (SELECT value FROM json_each(@busy))
     AND id NOT IN (SELECT value FROM json_each(@unplaced))
     AND (subnet IS NULL OR subnet NOT IN (SELECT value FROM json_each(@full)))`
  const dueFirst = db.prepare<DueParameters, Line>(
    `SELECT * FROM jobs WHERE state = 'waiting' AND ${free} AND (not_before IS NULL OR not_before <= @now)
     ORDER BY not_before, ordinal LIMIT 1`
  )
  const dueAgain = db.prepare<DueParameters, Line>(
    `SELECT * FROM jobs WHERE state = 'later' AND ${free} AND due_at <= @now ORDER BY due_at LIMIT 1`
  )
  const armed = db.prepare<{ importId: string; after: number }, { at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT min(due_at) AS at FROM jobs WHERE import_id = @importId AND state = 'later' AND due_at > @after
       UNION ALL
       SELECT min(not_before) FROM jobs WHERE import_id = @importId AND state = 'waiting' AND not_before > @after)`
  )
  const place = db.prepare('UPDATE jobs SET subnet = ? WHERE id = ?')
  const atWork = db.prepare<[string]>("SELECT 1 FROM jobs WHERE guid = ? AND state = 'working' LIMIT 1")
  const working = db.prepare<[], Line>("SELECT * FROM jobs WHERE state = 'working' ORDER BY import_id, ordinal")
  return {
    nextDue({ importId, now, busy = [], full = [], unplaced = [], onlyAgain = false }) {
      const parameters = {
        importId,
        now,
        busy: JSON.stringify(busy.map(guidKey)),
        full: JSON.stringify(full),
        unplaced: JSON.stringify(unplaced)
      }
      const line = (onlyAgain ? undefined : dueFirst.get(parameters)) ?? dueAgain.get(parameters)
      return line && { job: jobOf(line), subnet: line.subnet ?? undefined }
    },
    nextDueAt: (importId, after) => armed.get({ importId, after })?.at ?? undefined,
    setSubnet: (id, subnet) => void place.run(subnet, id),
    isWorkedOn: (guid) => atWork.get(guidKey(guid)) !== undefined,
    interrupted: () => working.all().map(jobOf)
  }
}
