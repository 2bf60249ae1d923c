// Audit entries that other laptops sent in return packs: kept beside the own log, read like it, never mixed with it.
import { z } from 'zod'
import type { ShownEntry } from '../../shared/audit.ts'
import { type HistoryEntry, historySchema } from '../packs/contents.ts'
import type { Db } from './database.ts'

/** How much of one laptop's log is here. `origin` is the key it signs with. */
export interface Kept {
  readonly origin: string
  /** With their text; the others only link the chain. */
  readonly entries: number
  readonly links: number
}

/** An own entry that says with which hash the log of another laptop ended. */
export interface Vouching {
  readonly seq: number
  readonly signer: string
  /** Six words of the key; entries of older versions name the signer only. */
  readonly fingerprint?: string | undefined
  readonly head: string
}

export interface ReturnedAudit {
  laptops(): readonly Kept[]
  /** Every entry of one laptop in its order. Stored text that cannot be read ends in an exception: the store is damaged then. */
  lines(origin: string): Iterable<HistoryEntry>
  /** Entries with their text, newest first, before the given number. */
  read(
    origin: string,
    page: { before: number | null; count: number; search: string }
  ): { entries: ShownEntry[]; more: boolean }
  vouching(): readonly Vouching[]
}

interface Row {
  readonly seq: number
  readonly prev: string
  readonly hash: string
  readonly line: string | null
}

const entryOf = ({ line, ...row }: Row): HistoryEntry =>
  historySchema.parse({ ...row, line: line === null ? null : JSON.parse(line) })

const bodySchema = z.record(z.string(), z.unknown())
const mergedSchema = z.object({ signer: z.string(), fingerprint: z.string().optional(), head: z.string() })

/** Another laptop wrote it, perhaps with a newer version: a body that makes no sense is shown as an empty one. */
function bodyOf(text: string): ShownEntry['body'] {
  try {
    return bodySchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}

function shown({ seq, hash, line }: HistoryEntry): ShownEntry[] {
  if (line === null) return []
  const { at, actor, kind, import_id, job_id, computer, body } = line
  return [{ seq, at, actor, kind, importId: import_id, jobId: job_id, computer, body: bodyOf(body), hash }]
}

/** The table of returned entries of a store. */
export function returnedAuditIn(db: Db): ReturnedAudit {
  const laptops = db.prepare<[], Kept>(
    `SELECT origin, count(line) AS entries, count(*) - count(line) AS links FROM returned_audit
     GROUP BY origin ORDER BY origin`
  )
  const all = db.prepare<[string], Row>(
    'SELECT seq, prev, hash, line FROM returned_audit WHERE origin = ? ORDER BY seq'
  )
  const page = db.prepare<[string, number, string, string, number], Row>(
    `SELECT seq, prev, hash, line FROM returned_audit WHERE origin = ? AND seq < ? AND line IS NOT NULL AND (? = '' OR
       instr(lower((line ->> '$.kind') || ' ' || coalesce(line ->> '$.computer', '') || ' ' || (line ->> '$.actor') || ' ' ||
         (line ->> '$.body')), ?) > 0)
     ORDER BY seq DESC LIMIT ?`
  )
  const merged = db.prepare<[], { seq: number; body: string }>(
    "SELECT seq, body FROM audit WHERE kind = 'return pack merged' ORDER BY seq"
  )
  return {
    laptops: () => laptops.all(),
    *lines(origin) {
      for (const row of all.iterate(origin)) yield entryOf(row)
    },
    read(origin, { before, count, search }) {
      const text = search.toLowerCase()
      const rows = page.all(origin, before ?? Number.MAX_SAFE_INTEGER, text, text, count + 1)
      return { entries: rows.slice(0, count).flatMap((row) => shown(entryOf(row))), more: rows.length > count }
    },
    vouching: () =>
      merged.all().flatMap(({ seq, body }) => {
        const read = mergedSchema.safeParse(JSON.parse(body))
        // A pack without entries vouches for none.
        return read.success && read.data.head !== '' ? [{ seq, ...read.data }] : []
      })
  }
}
