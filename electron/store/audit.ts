// The audit log: appended in the caller's transaction, each entry chained to the one before by SHA-256.
import { createHash } from 'node:crypto'
import {
  type AuditBody,
  type AuditEntry,
  type AuditKind,
  auditEntrySchema,
  auditKinds,
  type Chain
} from '../../shared/audit.ts'
import type { Db } from './database.ts'

/** Who and what an entry is about; everything may be absent. */
export interface About {
  readonly importId?: string
  readonly jobId?: string
  readonly computer?: string
}

export interface Audit {
  append<K extends AuditKind>(kind: K, body: AuditBody<K>, about?: About): void
  /** Newest first, before the given number. */
  read(options: { before: number | null; count: number; search: string }): { entries: AuditEntry[]; more: boolean }
  verify(): Chain
  /** Whether a change was ever intended for this job: it may have been made, even if a kill kept that from being noted. */
  intended(jobId: string): boolean
}

interface Line {
  readonly seq: number
  readonly at: number
  readonly actor: string
  readonly kind: string
  readonly import_id: string | null
  readonly job_id: string | null
  readonly computer: string | null
  readonly body: string
  readonly prev: string
  readonly hash: string
}

const genesis = '0'.repeat(64)

const hashOf = (line: Omit<Line, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        line.seq,
        line.at,
        line.actor,
        line.kind,
        line.import_id,
        line.job_id,
        line.computer,
        line.body,
        line.prev
      ])
    )
    .digest('hex')

const entryOf = (line: Line): AuditEntry =>
  auditEntrySchema.parse({
    seq: line.seq,
    at: line.at,
    actor: line.actor,
    kind: line.kind,
    importId: line.import_id,
    jobId: line.job_id,
    computer: line.computer,
    body: JSON.parse(line.body) as unknown,
    hash: line.hash
  })

/** The audit of a store. `watch` hears of each entry once it is written (not yet committed, when inside a transaction). */
export function auditOf(
  db: Db,
  options: {
    readonly actor: string
    readonly now: () => number
    readonly watch?: ((kind: AuditKind) => void) | undefined
  }
): Audit {
  const last = db.prepare<[], Pick<Line, 'seq' | 'hash'>>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1')
  const counter = db.prepare<[], { seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
  const insert = db.prepare(
    `INSERT INTO audit (seq, at, actor, kind, import_id, job_id, computer, body, prev, hash)
     VALUES (@seq, @at, @actor, @kind, @import_id, @job_id, @computer, @body, @prev, @hash)`
  )
  const page = db.prepare<[number, string, string, number], Line>(
    `SELECT * FROM audit WHERE seq < ? AND (? = '' OR instr(lower(kind || ' ' || coalesce(computer,'') || ' ' || actor || ' ' || body), ?) > 0)
     ORDER BY seq DESC LIMIT ?`
  )
  const intent = db.prepare<[string]>("SELECT 1 FROM audit WHERE job_id = ? AND kind = 'change intended' LIMIT 1")
  const all = db.prepare<[], Line>('SELECT * FROM audit ORDER BY seq')

  function append<K extends AuditKind>(kind: K, body: AuditBody<K>, about: About = {}): void {
    const before = last.get()
    const line = {
      seq: (before?.seq ?? 0) + 1,
      at: options.now(),
      actor: options.actor,
      kind,
      import_id: about.importId ?? null,
      job_id: about.jobId ?? null,
      computer: about.computer ?? null,
      body: JSON.stringify(auditKinds[kind].parse(body)),
      prev: before?.hash ?? genesis
    }
    insert.run({ ...line, hash: hashOf(line) })
    options.watch?.(kind)
  }

  function read({ before, count, search }: { before: number | null; count: number; search: string }) {
    const text = search.toLowerCase()
    const lines = page.all(before ?? Number.MAX_SAFE_INTEGER, text, text, count + 1)
    return { entries: lines.slice(0, count).map(entryOf), more: lines.length > count }
  }

  function verify(): Chain {
    let prev = genesis
    let entries = 0
    const broken = (at: number, why: string): Chain => ({ holds: false, entries, brokenAt: at, head: prev, why })
    for (const line of all.iterate()) {
      entries += 1
      if (line.seq !== entries) return broken(entries, `Entry ${entries} is missing.`)
      if (line.prev !== prev) return broken(line.seq, `Entry ${line.seq} does not follow the entry before it.`)
      if (hashOf(line) !== line.hash) return broken(line.seq, `Entry ${line.seq} is not what was written.`)
      prev = line.hash
    }
    // SQLite's own counter still knows how many there were: entries cut off the end show here.
    const counted = counter.get()?.seq ?? 0
    if (counted !== entries) return broken(entries + 1, `${counted - entries} entries are missing at the end.`)
    return { holds: true, entries, brokenAt: null, head: prev, why: `All ${entries} entries follow one another.` }
  }

  return { append, read, verify, intended: (jobId) => intent.get(jobId) !== undefined }
}
