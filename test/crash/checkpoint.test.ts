// Killed while SQLite moves its log into the database: what was written before is there, and nothing is half.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openStore } from '../../electron/store/store.ts'

const lives = 12

/** Writes entries as fast as it can and makes SQLite move them again and again, until it is killed. */
const program = (folder: string): string => `
  import Database from ${JSON.stringify(import.meta.resolve('better-sqlite3'))}
  import { openStore } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../electron/store/store.ts')).href)}
  const store = openStore({ folder: ${JSON.stringify(folder)}, actor: 'child', now: () => 1 }).value
  const other = new Database(${JSON.stringify(join(folder, 'wizard.db'))})
  process.stdout.write('begun')
  for (let at = 0; ; at++) {
    store.together(() => {
      for (let n = 0; n < 20; n++) store.audit.append('report saved', { kind: 'x'.repeat(500) })
    })
    other.pragma(at % 3 === 0 ? 'wal_checkpoint(TRUNCATE)' : 'wal_checkpoint(PASSIVE)')
  }`

function liveFor(folder: string, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const life = spawn(process.execPath, ['--input-type=module', '-e', program(folder)], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    life.stdout.once('data', () => setTimeout(() => life.kill('SIGKILL'), ms))
    life.on('error', reject)
    life.on('exit', (_, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error('the child ended before it was killed'))
    )
  })
}

test('killed in the middle of checkpoints: the store is whole, and whole transactions are in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'amt-checkpoint-'))
  let before = 0
  for (let life = 0; life < lives; life++) {
    await liveFor(folder, 15 + life * 7)
    const db = new Database(join(folder, 'wizard.db'), { readonly: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
    const opened = openStore({ folder, actor: 'test', now: () => 1, readOnly: true })
    if (!opened.ok) throw new Error(opened.problem.title)
    const chain = opened.value.audit.verify()
    opened.value.close()
    expect(chain).toMatchObject({ holds: true })
    // Each life writes one entry when it opens and then twenty at a time.
    expect((chain.entries - (life + 1)) % 20).toBe(0)
    expect(chain.entries).toBeGreaterThan(before)
    before = chain.entries
  }
  rmSync(folder, { recursive: true, force: true })
}, 60_000)
