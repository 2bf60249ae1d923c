// Evidence of a whole import: the chain is signed at its end, the report leaks nothing, sheet and bundle hold what they should.
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, expect, test } from 'vitest'
import { openSheet } from '../../../electron/evidence/sheet.ts'
import { type Bench, closeBenches, computer, heldSecrets, openBench, value } from '../../bench.ts'

afterEach(closeBenches)

async function through(): Promise<{ bench: Bench; importId: string }> {
  const bench = await openBench({ computers: [computer(0)] })
  const { id } = await bench.begin()
  await bench.finished(id)
  return { bench, importId: id }
}

test('at the end of an import the chain is signed, and an attack on the store is seen', async () => {
  const { bench } = await through()
  await expect.poll(() => bench.core.store.audit.verify().signedTo ?? 0).toBeGreaterThan(0)
  const { signedTo, entries } = bench.core.store.audit.verify()
  await bench.core.close()
  const db = new Database(join(bench.folder, 'wizard.db'))
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[]
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  // Cut off the end, and SQLite's own counter with it: only the signature still knows.
  db.exec(`DELETE FROM audit WHERE seq > 3; UPDATE sqlite_sequence SET seq = 3 WHERE name = 'audit'`)
  db.close()
  const { openStore } = await import('../../../electron/store/store.ts')
  const store = value(openStore({ folder: bench.folder, actor: 'tester', now: () => 0, readOnly: true }))
  const chain = store.audit.verify()
  store.close()
  expect(entries).toBeGreaterThan(3)
  expect(chain).toMatchObject({ holds: false, brokenAt: 4 })
  expect(chain.why).toBe(`${(signedTo ?? 0) - 3} entries are missing at the end.`)
})

test('no report holds a secret, and each tells the certificate and the chain', async () => {
  const { bench, importId } = await through()
  const secrets = heldSecrets(bench.keychain).filter((each) => each.length >= 8)
  expect(secrets.length).toBeGreaterThan(1)
  const { head } = bench.core.store.audit.verify()
  for (const kind of ['report', 'csv', 'json'] as const) {
    const { text } = value(bench.core.imports.document(importId, kind))
    for (const secret of secrets) expect(text.includes(secret), kind).toBe(false)
    if (kind !== 'csv') expect(text).toContain(head)
  }
})

test('the sheet has the password that opens the computer now', async () => {
  const { bench, importId } = await through()
  const sheet = value(await bench.core.secretSheet(importId, 'a long passphrase'))
  const { rows } = value(await openSheet(sheet.text, 'a long passphrase'))
  expect(rows).toHaveLength(sheet.count)
  const admin = rows.find(({ opens }) => opens === 'Remote Admin Account')
  expect(heldSecrets(bench.keychain)).toContain(admin?.password)
  expect(admin?.proved).toBe(true)
})

test('the bundle is written without a secret, and refused as soon as a log holds one', async () => {
  const { bench } = await through()
  const logs = join(bench.folder, 'logs')
  mkdirSync(logs, { recursive: true })
  appendFileSync(join(logs, 'diagnostic.log'), '{"what":"all is well"}\n')
  const files = unzipSync(value(await bench.core.supportBundle()).bytes)
  expect(Object.keys(files).sort()).toEqual([
    'counts.json',
    'logs/diagnostic.log',
    'problems.json',
    'settings.json',
    'versions.json'
  ])
  expect(JSON.parse(strFromU8(files['versions.json'] ?? new Uint8Array()))).toMatchObject({ version: 'bench' })
  const secret = heldSecrets(bench.keychain).find((each) => each.length >= 8) ?? ''
  appendFileSync(
    join(logs, 'diagnostic.log'),
    `Authorization: Basic ${Buffer.from(`admin:${secret}`).toString('base64')}\n`
  )
  const refused = await bench.core.supportBundle()
  expect(refused).toMatchObject({ ok: false, problem: { code: 'bundle-holds-secret', where: 'logs/diagnostic.log' } })
  expect(JSON.stringify(refused)).not.toContain(secret)
})
