// What was committed comes onto the disk: for many at once by one write, never too late for one that waits, and by itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Disk, diskOf } from '../../../electron/store/disk.ts'
import { openStore } from '../../../electron/store/store.ts'
import { value } from '../../bench.ts'

let folder = ''
let db: Database.Database
let disk: Disk
/** Rows there were when each write to the disk began; each ends when it is let go. */
let begun: number[] = []
let letGo: (() => void)[] = []

const count = (): number => (db.prepare('SELECT count(*) AS n FROM t').get() as { n: number }).n
const commit = (): void => void db.prepare('INSERT INTO t VALUES (1)').run()

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-disk-'))
  db = new Database(join(folder, 'a.db'))
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE t (a)')
  begun = []
  letGo = []
  disk = diskOf(db, join(folder, 'a.db-wal'), async () => {
    begun.push(count())
    await new Promise<void>((resolve) => letGo.push(resolve))
  })
})

afterEach(() => {
  for (const each of letGo) each()
  disk.close()
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a commit that comes while the disk is written waits for the next write, and all who wait share it', async () => {
  const order: string[] = []
  commit()
  const first = disk.settled().then(() => order.push('first'))
  await expect.poll(() => begun).toEqual([1])
  commit()
  const others = [1, 2, 3].map(() => disk.settled().then(() => order.push('other')))
  expect(begun).toEqual([1])
  letGo.shift()?.()
  await first
  await pause(5)
  expect(order).toEqual(['first'])
  expect(begun).toEqual([1, 2])
  letGo.shift()?.()
  await Promise.all(others)
  expect(order).toEqual(['first', 'other', 'other', 'other'])
  // Nothing new: nobody waits, nothing is written.
  await disk.settled()
  expect(begun).toEqual([1, 2])
})

test('what is committed in the same turn of the program goes with one write', async () => {
  commit()
  const first = disk.settled()
  commit()
  const second = disk.settled()
  await expect.poll(() => begun).toEqual([2])
  letGo.shift()?.()
  await Promise.all([first, second])
  expect(begun).toEqual([2])
})

test('who still waits when it is closed does not go on', async () => {
  commit()
  const waiting = disk.settled()
  disk.close()
  await expect(waiting).rejects.toThrow('closed')
  expect(begun).toEqual([])
})

test('without anybody waiting it is brought there all the same', async () => {
  commit()
  await expect.poll(() => begun).toEqual([1])
})

test('a disk that refuses is told to who waits, and asked again by the next', async () => {
  disk.close()
  let refuses = true
  disk = diskOf(db, join(folder, 'a.db-wal'), async () => {
    if (refuses) throw new Error('EIO')
  })
  commit()
  await expect(disk.settled()).rejects.toThrow('EIO')
  refuses = false
  await disk.settled()
})

test('a store brings what it wrote onto a real disk, also after its log was moved into the database', async () => {
  const store = value(openStore({ folder, actor: 'test', now: () => 1 }))
  await store.settled()
  const other = new Database(join(folder, 'wizard.db'))
  other.pragma('wal_checkpoint(TRUNCATE)')
  other.close()
  store.audit.append('report saved', { kind: 'x' })
  await store.settled()
  expect(store.audit.verify()).toMatchObject({ holds: true, entries: 2 })
  store.close()
})
