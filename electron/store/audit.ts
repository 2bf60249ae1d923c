// The audit log: appended in the caller's transaction, each entry chained to the one before by SHA-256.
import {
  type AuditBody,
  type AuditEntry,
  type AuditKind,
  auditEntrySchema,
  auditKinds,
  type Chain
} from '../../shared/audit.ts'
import { genesis, hashOf, judge, type Line, type Piece } from './chain.ts'
import type { Db } from './database.ts'
import { type Heads, headsIn } from './heads.ts'
import { installationIn } from './installation.ts'

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
  /** Of the store's entries, after those of archives (given in their order), with every signature there is. */
  verify(archives?: readonly Piece[]): Chain
  readonly heads: Heads
  /** The last entry; undefined while there is none. */
  last(): { readonly seq: number; readonly hash: string } | undefined
  /** Entries from a number to a number, in their order. */
  lines(from: number, to: number): readonly Line[]
  /** The last entry of those at the front that are all older than this (ms since 1970). */
  lastBefore(at: number): number | undefined
  /** Takes out the entries up to the anchor; what a take-over needs of them is noted apart. */
  dropArchived(): void
  /** Whether a change was ever intended for this job: it may have been made, even if a kill kept that from being noted. */
  intended(jobId: string): boolean
}

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
  const archivedIntent = db.prepare<[string]>('SELECT 1 FROM archived_intents WHERE job_id = ?')
  const between = db.prepare<[number, number], Line>('SELECT * FROM audit WHERE seq BETWEEN ? AND ? ORDER BY seq')
  const firstSince = db.prepare<[number], { seq: number | null }>('SELECT min(seq) AS seq FROM audit WHERE at >= ?')
  const keepIntents = db.prepare(
    `INSERT OR IGNORE INTO archived_intents SELECT job_id FROM audit
     WHERE kind = 'change intended' AND job_id IS NOT NULL AND seq <= ?`
  )
  const drop = db.prepare('DELETE FROM audit WHERE seq <= ?')
  const dropHeads = db.prepare('DELETE FROM audit_heads WHERE seq <= ?')
  const heads = headsIn(db)
  const installation = installationIn(db, options.now)

  function append<K extends AuditKind>(kind: K, body: AuditBody<K>, about: About = {}): void {
    const before = last.get() ?? heads.anchor()
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

  function verify(archives: readonly Piece[] = []): Chain {
    const anchor = heads.anchor()
    const known = installation.keys()
    const [first] = known
    // The anchor vouches for where the store begins; with the archives at hand it is one more head.
    const own: Piece = {
      name: 'the store',
      from: (anchor?.seq ?? 0) + 1,
      prev: anchor?.hash ?? genesis,
      lines: { [Symbol.iterator]: () => between.iterate(0, Number.MAX_SAFE_INTEGER) },
      heads: [...(anchor ? [anchor] : []), ...heads.all()],
      // SQLite's own counter still knows how many there were: entries cut off the end show here.
      to: counter.get()?.seq ?? 0
    }
    const keys = known.map(({ publicKey }) => publicKey)
    return judge([...archives, own], first && { installation: first.installation, keys })
  }

  return {
    append,
    read,
    verify,
    heads,
    last: () => last.get(),
    lines: (from, to) => between.all(from, to),
    lastBefore(at) {
      const end = (firstSince.get(at)?.seq ?? (last.get()?.seq ?? 0) + 1) - 1
      return end > (heads.anchor()?.seq ?? 0) ? end : undefined
    },
    dropArchived() {
      const upTo = heads.anchor()?.seq ?? 0
      keepIntents.run(upTo)
      drop.run(upTo)
      dropHeads.run(upTo)
    },
    intended: (jobId) => intent.get(jobId) !== undefined || archivedIntent.get(jobId) !== undefined
  }
}
