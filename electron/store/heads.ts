// What the store keeps of signatures over the audit chain: heads that say how long it was, and the anchor it begins at after an archive.
import type { Head } from './chain.ts'
import type { Db } from './database.ts'

export interface Heads {
  /** The oldest first. */
  all(): readonly Head[]
  add(head: Head): void
  /** The last entry that is in an archive; undefined while nothing was archived. */
  anchor(): Head | undefined
  addAnchor(head: Head): void
}

const columns = 'seq, hash, at, key, signature'

/** The tables of heads and anchors. */
export function headsIn(db: Db): Heads {
  const all = db.prepare<[], Head>(`SELECT ${columns} FROM audit_heads ORDER BY seq`)
  const put = db.prepare(`INSERT OR REPLACE INTO audit_heads (${columns}) VALUES (@seq, @hash, @at, @key, @signature)`)
  const anchor = db.prepare<[], Head>(`SELECT ${columns} FROM audit_anchors ORDER BY seq DESC LIMIT 1`)
  const putAnchor = db.prepare(`INSERT INTO audit_anchors (${columns}) VALUES (@seq, @hash, @at, @key, @signature)`)
  return {
    all: () => all.all(),
    add: (head) => void put.run(head),
    anchor: () => anchor.get(),
    addAnchor: (head) => void putAnchor.run(head)
  }
}
