// A damaged store: kept as it is, and what can still be read of it moved into a new one.
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { type Db, migrate, storeFile } from './database.ts'
import { takeLease } from './lease.ts'

/** What became of one table: rows read, and whether some could not be. */
export interface Salvaged {
  readonly table: string
  readonly rows: number
  readonly whole: boolean
}

export interface Salvage {
  /** The folder with the damaged files, untouched. */
  readonly kept: string
  readonly tables: readonly Salvaged[]
}

type Row = Readonly<Record<string, unknown>>

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The columns that a table lies sorted by on disk. */
function orderOf(db: Db, table: string): readonly string[] {
  const { sql } = db.prepare<[string], { sql: string }>('SELECT sql FROM sqlite_schema WHERE name = ?').get(table) ?? {
    sql: ''
  }
  if (!/WITHOUT ROWID/i.test(sql)) return ['rowid']
  const columns = db.pragma(`table_info(${quoted(table)})`) as readonly { name: string; pk: number }[]
  return columns
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(({ name }) => quoted(name))
}

/** Reads as far as it goes; `whole` when no page was in the way. */
function readAlong(db: Db, table: string, order: string): { rows: Row[]; whole: boolean } {
  const rows: Row[] = []
  try {
    for (const row of db.prepare<[], Row>(`SELECT * FROM ${quoted(table)} ORDER BY ${order}`).iterate()) rows.push(row)
    return { rows, whole: true }
  } catch {
    return { rows, whole: false }
  }
}

/** From the front up to the damage, then from the back up to it: what lies between cannot be reached. */
function readAround(db: Db, table: string): { rows: Row[]; whole: boolean } {
  const order = orderOf(db, table)
  const front = readAlong(db, table, order.join(', '))
  if (front.whole) return front
  const back = readAlong(db, table, order.map((column) => `${column} DESC`).join(', '))
  return { rows: [...front.rows, ...back.rows.reverse()], whole: false }
}

function copyTable(from: Db | undefined, to: Db, table: string): Salvaged {
  if (!from) return { table, rows: 0, whole: false }
  try {
    const { rows, whole } = readAround(from, table)
    const columns = (to.pragma(`table_info(${quoted(table)})`) as readonly { name: string }[]).map(({ name }) => name)
    const known = columns.filter((name) => rows[0] !== undefined && name in rows[0])
    if (known.length === 0) return { table, rows: 0, whole }
    const insert = to.prepare(
      `INSERT OR IGNORE INTO ${quoted(table)} (${known.map(quoted).join(', ')}) VALUES (${known.map(() => '?').join(', ')})`
    )
    let count = 0
    for (const row of rows) count += take(insert, known, row)
    return { table, rows: count, whole: whole && count === rows.length }
  } catch {
    return { table, rows: 0, whole: false }
  }
}

/** A row with values that the damage made impossible is left out. */
function take(insert: Database.Statement, columns: readonly string[], row: Row): number {
  try {
    return insert.run(columns.map((name) => row[name])).changes
  } catch {
    return 0
  }
}

/** Rows whose owner was lost would stop the program; secrets and audit entries have none. */
function dropOrphans(db: Db): void {
  const orphans = db.pragma('foreign_key_check') as readonly { table: string; rowid: number | null }[]
  for (const table of new Set(orphans.map((each) => each.table))) {
    const [link] = db.pragma(`foreign_key_list(${quoted(table)})`) as readonly {
      from: string
      to: string
      table: string
    }[]
    if (!link) continue
    db.exec(
      `DELETE FROM ${quoted(table)} WHERE ${quoted(link.from)} NOT IN (SELECT ${quoted(link.to)} FROM ${quoted(link.table)})`
    )
  }
}

function openDamaged(file: string): Db | undefined {
  try {
    const db = new Database(file, { timeout: 5000 })
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return db
  } catch {
    return undefined
  }
}

/** Tables in the order in which they were made, so that owners come before what they own. */
const tablesOf = (db: Db): readonly string[] =>
  db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    )
    .all()
    .map(({ name }) => name)

function rebuild(damaged: string, file: string): readonly Salvaged[] {
  rmSync(file, { force: true })
  const from = openDamaged(damaged)
  const to = new Database(file)
  try {
    chmodSync(file, 0o600)
    to.pragma('foreign_keys = OFF')
    migrate(to)
    const tables = to.transaction(() => {
      const found = tablesOf(to).map((table) => copyTable(from, to, table))
      dropOrphans(to)
      return found
    })()
    return tables
  } finally {
    to.close()
    from?.close()
  }
}

const stamp = (at: number): string => new Date(at).toISOString().replaceAll(':', '').slice(0, 17)

/**
 * Puts the damaged files of a data folder aside and a new store, with all that could be read, in their place. The passwords
 * are in the keychain and not touched. Problems: store-missing, store-busy, store-broken (the disk refuses).
 */
export function salvageStore(folder: string, now: number): Result<Salvage> {
  const file = join(folder, storeFile)
  if (!existsSync(file)) return fail('store-missing', { where: folder })
  const lease = takeLease(folder)
  if (!lease) return fail('store-busy', { where: folder })
  try {
    const kept = join(folder, `damaged-${stamp(now)}`)
    mkdirSync(kept, { mode: 0o700 })
    const parts = ['', '-wal', '-shm'].filter((part) => existsSync(file + part))
    for (const part of parts) copyFileSync(file + part, join(kept, storeFile + part))
    // Reading a copy may write to it (its log is taken in), so what is kept is copied once more.
    const scratch = join(kept, 'scratch.db')
    for (const part of parts) copyFileSync(file + part, scratch + part)
    const fresh = `${file}.new`
    const tables = rebuild(scratch, fresh)
    for (const part of ['', '-wal', '-shm']) rmSync(scratch + part, { force: true })
    // The old log must be gone first: it would be taken for the new file's.
    for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true })
    renameSync(fresh, file)
    return ok({ kept, tables })
  } catch (error) {
    return fail('store-broken', { where: folder, detail: messageOf(error) })
  } finally {
    lease.release()
  }
}

/** What was saved, in a sentence for a person. */
export function salvageWords({ kept, tables }: Salvage): string {
  const lost = tables.filter(({ whole }) => !whole).map(({ table }) => table.replaceAll('_', ' '))
  const saved = tables.reduce((sum, { rows }) => sum + rows, 0)
  const missing = lost.length === 0 ? 'Nothing seems to be missing.' : `Something is missing in: ${lost.join(', ')}.`
  return `${saved} entries could be read and are in a new store. ${missing} The damaged files are in ${kept}.`
}
