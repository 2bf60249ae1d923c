// Who said hello, as the store keeps it: one line a computer, bounded, the ones that were quiet for longest leaving first.
import { z } from 'zod'
import { guidKey } from '../../shared/guid.ts'
import type { Heard } from '../../shared/helloWindow.ts'
import type { Db } from './database.ts'

/** A computer that said hello. */
export interface KeptCaller extends Heard {
  readonly practice: boolean
  /** As it said it: 8-4-4-4-12, lower case. */
  readonly guid: string
  /** Where the last hello came from. */
  readonly address: string
  readonly version: 2 | 3
  readonly pid: string | null
  /** Thumbprints of the roots it accepts, lower-case hex. */
  readonly hashes: readonly string[]
  readonly credentialsSet: boolean
  readonly count: number
  readonly firstAt: number
  readonly ignored: boolean
  /** The draft it was claimed into. */
  readonly draftId: string | null
}

export interface Callers {
  find(guid: string, practice: boolean): KeptCaller | undefined
  /** New, or in the place of what was kept of it. */
  keep(caller: KeptCaller): void
  /** How many lines this address has. */
  from(address: string, practice: boolean): number
  /** The last heard first. */
  list(practice: boolean, ignored: boolean, most: number): KeptCaller[]
  count(practice: boolean, ignored: boolean): number
  change(guid: string, practice: boolean, change: Partial<Pick<KeptCaller, 'ignored' | 'draftId'>>): boolean
  /** Forgets those that were quiet for longest, so that at most so many stay. */
  trim(practice: boolean, most: number): void
}

interface Line {
  readonly said: string
  readonly address: string
  readonly version: number
  readonly pid: string | null
  readonly hashes: string
  readonly credentials_set: number
  readonly count: number
  readonly first_at: number
  readonly last_at: number
  readonly retry: number
  readonly opened_at: number
  readonly exact: number
  readonly reopened: number
  readonly ignored: number
  readonly draft_id: string | null
  readonly practice: number
}

const hashesSchema = z.array(z.string())

const callerOf = (line: Line): KeptCaller => ({
  practice: line.practice === 1,
  guid: line.said,
  address: line.address,
  version: line.version === 2 ? 2 : 3,
  pid: line.pid,
  hashes: hashesSchema.parse(JSON.parse(line.hashes)),
  credentialsSet: line.credentials_set === 1,
  count: line.count,
  firstAt: line.first_at,
  lastAt: line.last_at,
  retry: line.retry,
  openedAt: line.opened_at,
  exact: line.exact === 1,
  reopened: line.reopened,
  ignored: line.ignored === 1,
  draftId: line.draft_id
})

const bit = (value: boolean): number => (value ? 1 : 0)

/** The caller table of a store. Both byte orders of a GUID are one caller. */
export function callersOf(db: Db): Callers {
  const get = db.prepare<[number, string], Line>('SELECT * FROM callers WHERE practice = ? AND guid = ?')
  const put = db.prepare(
    `INSERT OR REPLACE INTO callers (practice, guid, said, address, version, pid, hashes, credentials_set, count, first_at,
       last_at, retry, opened_at, exact, reopened, ignored, draft_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const countFrom = db.prepare<[number, string], { count: number }>(
    'SELECT count(*) AS count FROM callers WHERE practice = ? AND address = ?'
  )
  const some = db.prepare<[number, number, number], Line>(
    'SELECT * FROM callers WHERE practice = ? AND ignored = ? ORDER BY last_at DESC, guid LIMIT ?'
  )
  const countAll = db.prepare<[number, number], { count: number }>(
    'SELECT count(*) AS count FROM callers WHERE practice = ? AND ignored = ?'
  )
  const set = db.prepare('UPDATE callers SET ignored = ?, draft_id = ? WHERE practice = ? AND guid = ?')
  const drop = db.prepare(
    `DELETE FROM callers WHERE practice = @practice AND guid IN (
       SELECT guid FROM callers WHERE practice = @practice ORDER BY last_at DESC, guid LIMIT -1 OFFSET @most)`
  )
  const find = (guid: string, practice: boolean): KeptCaller | undefined => {
    const line = get.get(bit(practice), guidKey(guid))
    return line && callerOf(line)
  }
  return {
    find,
    keep: (caller) =>
      void put.run(
        bit(caller.practice),
        guidKey(caller.guid),
        caller.guid,
        caller.address,
        caller.version,
        caller.pid,
        JSON.stringify(caller.hashes),
        bit(caller.credentialsSet),
        caller.count,
        caller.firstAt,
        caller.lastAt,
        caller.retry,
        caller.openedAt,
        bit(caller.exact),
        caller.reopened,
        bit(caller.ignored),
        caller.draftId
      ),
    from: (address, practice) => countFrom.get(bit(practice), address)?.count ?? 0,
    list: (practice, ignored, most) => some.all(bit(practice), bit(ignored), most).map(callerOf),
    count: (practice, ignored) => countAll.get(bit(practice), bit(ignored))?.count ?? 0,
    change(guid, practice, change) {
      const known = find(guid, practice)
      if (known === undefined) return false
      const { ignored, draftId } = { ...known, ...change }
      set.run(bit(ignored), draftId, bit(practice), guidKey(guid))
      return true
    },
    trim: (practice, most) => void drop.run({ practice: bit(practice), most })
  }
}
