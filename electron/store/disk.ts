// Brings committed transactions onto the disk beside other work, many at a time: who must not go on before waits for it.
import { closeSync, fdatasync, fsyncSync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type Database from 'better-sqlite3'

export interface Disk {
  /**
   * Resolves once everything that was committed before is on the disk, so that power may fail; rejects when the disk
   * refuses. Those who ask side by side share one write. Not to be asked within a transaction.
   */
  settled(): Promise<void>
  close(): void
}

/** Nobody may be waiting: what was committed is on the disk after this time all the same (ms). */
const latest = 100

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** On the disk, not in its cache, as far as the system can tell. */
type Sync = (fd: number) => Promise<void>

/** A file that was just made is found again after a power cut only when its folder is on the disk, too. */
export function syncFolder(folder: string): void {
  // Windows does that by itself, and opens no folders.
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/**
 * The log of a database (the `-wal` file beside it) of which this connection is the only writer, with `synchronous = NORMAL`:
 * then SQLite itself waits for the disk only when it moves the log into the database, and never leaves it half.
 */
export function diskOf(db: Database.Database, log: string, sync: Sync = promisify(fdatasync)): Disk {
  const counter = db.prepare<[], { rows: number }>('SELECT total_changes() AS rows')
  const written = (): number => counter.get()?.rows ?? 0
  /** So many changed rows are on the disk for sure; what was there before this connection may not be. */
  let safe = -1
  let closed = false
  let fd: number | undefined
  /** On its way to the disk; may have begun before the last commit. */
  let going: Promise<void> | undefined
  /** Not begun yet: whoever comes now goes with it. */
  let gathering: Promise<void> | undefined

  async function bring(): Promise<void> {
    await going?.catch(() => undefined)
    // Everybody who was woken by the same turn of the program shares one write.
    await endOfTurn()
    gathering = undefined
    // Who still waits must not go on: nobody knows whether it is there.
    if (closed) throw new Error('the store was closed before it was on the disk')
    const rows = written()
    fd ??= openSync(log, 'r+')
    going = sync(fd)
    try {
      await going
      safe = rows
    } finally {
      going = undefined
    }
  }

  function settled(): Promise<void> {
    if (written() === safe) return Promise.resolve()
    gathering ??= bring()
    return gathering
  }

  const timer = setInterval(() => {
    // A refusal is met again by whoever waits for the disk.
    settled().catch(() => undefined)
  }, latest)
  timer.unref()

  return {
    settled,
    close() {
      clearInterval(timer)
      closed = true
      const close = (): void => {
        // Closed twice, the number may be somebody else's file by then.
        if (fd !== undefined) closeSync(fd)
        fd = undefined
      }
      if (going === undefined) close()
      else going.then(close, close)
    }
  }
}
