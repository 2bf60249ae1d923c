// Who works on a data folder: one program at a time. The others may look, and take over when it ends.
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export interface Lease {
  release(): void
}

const isBusy = (error: unknown): boolean =>
  error !== null && typeof error === 'object' && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')

/**
 * Takes the lease of an existing folder, or answers undefined while another program has it. It is a lock of the operating
 * system on a file of its own, so it ends with the process however that ends, and no clock is needed to tell a dead holder.
 */
export function takeLease(folder: string): Lease | undefined {
  const file = join(folder, 'worker.lock')
  const db = new Database(file, { timeout: 0 })
  try {
    chmodSync(file, 0o600)
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => void db.close() }
  } catch (error) {
    db.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

/** Whether nobody works on the folder now. */
export function isLeaseFree(folder: string): boolean {
  const lease = takeLease(folder)
  lease?.release()
  return lease !== undefined
}
