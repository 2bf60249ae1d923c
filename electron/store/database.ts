// Opens the one SQLite file of a data folder: WAL, full sync, one process at a time, numbered migrations.
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { firstTables } from './migrations/0001-first-tables.ts'

export type Db = Database.Database

const migrations = [firstTables] as const

/** Version of the newest store this program understands. */
export const storeVersion = migrations.length

function migrate(db: Db): void {
  const version = db.pragma('user_version', { simple: true }) as number
  for (const [index, { sql }] of migrations.entries()) {
    if (index < version) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${index + 1}`)
    })()
  }
}

const codeOf = (error: unknown): string =>
  error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : ''

/**
 * Opens (or creates) `wizard.db` in the folder. The exclusive lock ends with the process, however it ends,
 * so two programs never work on the same jobs. Problems: store-missing (when only looking), store-busy, store-newer, store-broken.
 */
export function openDatabase(folder: string, readOnly = false): Result<Db> {
  const file = join(folder, 'wizard.db')
  let db: Db | undefined
  if (readOnly && !existsSync(file)) return fail('store-missing', { where: folder })
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    db = new Database(file, { timeout: 2000 })
    chmodSync(file, 0o600)
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    // A laptop may lose power right after a password was escrowed: NORMAL would be allowed to forget that.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    const version = db.pragma('user_version', { simple: true }) as number
    if (version > storeVersion) {
      db.close()
      return fail('store-newer', { found: `version ${version}`, expected: `at most ${storeVersion}` })
    }
    if (readOnly && version === 0) {
      db.close()
      return fail('store-missing', { where: folder })
    }
    if (!readOnly) migrate(db)
    return ok(db)
  } catch (error) {
    db?.close()
    const code = codeOf(error)
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return fail('store-busy', { where: folder })
    return fail('store-broken', { where: folder, detail: error instanceof Error ? error.message : String(error) })
  }
}
