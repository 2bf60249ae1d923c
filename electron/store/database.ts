// Opens the one SQLite file of a data folder: WAL, full sync, one program that writes, numbered migrations.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { type Disk, diskOf, syncFolder } from './disk.ts'
import { type Lease, takeLease } from './lease.ts'
import { firstTables } from './migrations/0001-first-tables.ts'
import { certificateTables } from './migrations/0002-certificates.ts'
import { callerTables } from './migrations/0003-callers.ts'
import { setUpTables } from './migrations/0004-set-ups.ts'
import { packTables } from './migrations/0005-packs.ts'
import { evidenceTables } from './migrations/0006-evidence.ts'
import { exportResultTables } from './migrations/0007-export-results.ts'
import { settingTables } from './migrations/0008-settings.ts'
import { usbKeyTables } from './migrations/0009-usb-keys.ts'
import { figureIndexes } from './migrations/0010-figures.ts'

export type Db = Database.Database

/** The name of the file in a data folder. */
export const storeFile = 'wizard.db'

/** In the order in which they are made. */
export const migrations = [
  firstTables,
  certificateTables,
  callerTables,
  setUpTables,
  packTables,
  evidenceTables,
  exportResultTables,
  settingTables,
  usbKeyTables,
  figureIndexes
] as const

/** Version of the newest store this program understands. */
export const storeVersion = migrations.length

/** Brings a store up to the newest version, one migration in a transaction each. */
export function migrate(db: Db): void {
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

/** A store that is open, and the lease of the program that writes to it. */
export interface OpenDatabase {
  readonly db: Db
  /** Everything committed before is on the disk. */
  settled(): Promise<void>
  close(): void
}

/** WAL for readers beside the writer; what both need. */
function tune(db: Db, readOnly: boolean): void {
  if (!readOnly) db.pragma('journal_mode = WAL')
  // A killed program loses nothing by this; for power that fails, disk.ts brings every commit onto the disk soon, and before
  // anything is sent that must not be forgotten.
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  // 4 MB of pages in memory: better-sqlite3 takes 16, which a list of 100,000 computers fills and nobody reads again.
  db.pragma('cache_size = -4000')
}

const versionOf = (db: Db): number => db.pragma('user_version', { simple: true }) as number

/** Where the head of a database file says `user_version`: 4 bytes, big-endian (SQLite file format, 1.3). */
const versionAt = 60

/** The version a file says, before anything opens it as a database; 0 for what is none. */
function versionInFile(file: string): number {
  const head = Buffer.alloc(versionAt + 4)
  const fd = openSync(file, 'r')
  try {
    return readSync(fd, head, 0, head.length, 0) === head.length && head.toString('latin1', 0, 15) === 'SQLite format 3'
      ? head.readInt32BE(versionAt)
      : 0
  } finally {
    closeSync(fd)
  }
}

/** The version a killed program left in the log beside the file, read by a connection that cannot write. */
function versionInLog(file: string): number {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) return 0
  const db = new Database(file, { timeout: 5000, readonly: true })
  try {
    return versionOf(db)
  } finally {
    db.close()
  }
}

const tooNew = (version: number): Result<never> =>
  fail('store-newer', { found: `version ${version}`, expected: `at most ${storeVersion}` })

/** A store that a later program wrote must not even have its log moved: that happens when a writer closes it. */
function refusedAsNewer(file: string): Result<never> | undefined {
  if (!existsSync(file)) return undefined
  const version = Math.max(versionInFile(file), versionInLog(file))
  return version > storeVersion ? tooNew(version) : undefined
}

function judge(db: Db, folder: string, readOnly: boolean): Result<null> {
  const version = versionOf(db)
  if (version > storeVersion) return tooNew(version)
  if (!readOnly) return ok(null)
  if (version === 0) return fail('store-missing', { where: folder })
  // Who only looks must not bring it up to date, and would miss what is newer.
  return version < storeVersion ? fail('store-older', { where: folder }) : ok(null)
}

/** Whether an error says that the file is no database, or that pages of it are not what was written. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))

/** Reads every page once (a tenth of a second for 40 MB): damage is better met before the work than within it. */
function soundness(db: Db, folder: string): Result<null> {
  const found = db.pragma('quick_check(1)', { simple: true }) as string
  return found === 'ok' ? ok(null) : fail('store-damaged', { where: folder, detail: found })
}

/**
 * Opens (or creates) `wizard.db` in the folder. Who writes holds the lease of the folder, so two programs never work on the
 * same jobs; who only looks needs none. Problems: store-missing and store-older (when only looking), store-busy, store-newer, store-damaged, store-broken.
 */
export function openDatabase(folder: string, readOnly = false): Result<OpenDatabase> {
  const file = join(folder, storeFile)
  let db: Db | undefined
  let lease: Lease | undefined
  let disk: Disk | undefined
  const close = (): void => {
    disk?.close()
    db?.close()
    lease?.release()
  }
  if (readOnly && !existsSync(file)) return fail('store-missing', { where: folder })
  try {
    const refused = refusedAsNewer(file)
    if (refused) return refused
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!readOnly) {
      lease = takeLease(folder)
      if (!lease) return fail('store-busy', { where: folder })
    }
    db = new Database(file, { timeout: 5000, readonly: readOnly })
    // A store that was copied here may be open to others, its log with it.
    if (!readOnly) for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) chmodSync(file + part, 0o600)
    tune(db, readOnly)
    const sound = readOnly ? ok(null) : soundness(db, folder)
    const judged = sound.ok ? judge(db, folder, readOnly) : sound
    if (!judged.ok) {
      close()
      return judged
    }
    if (readOnly) return ok({ db, settled: async () => undefined, close })
    migrate(db)
    syncFolder(folder)
    disk = diskOf(db, `${file}-wal`)
    return ok({ db, settled: disk.settled, close })
  } catch (error) {
    close()
    const code = codeOf(error)
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return fail('store-busy', { where: folder })
    const detail = error instanceof Error ? error.message : String(error)
    return fail(isDamage(error) ? 'store-damaged' : 'store-broken', { where: folder, detail })
  }
}
