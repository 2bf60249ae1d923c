// `amt-migrate pack …` as a person starts it: what it says, its exit codes, and that a passphrase comes from standard input.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPair } from '../../../electron/packs/keys.ts'
import { seal } from '../../../electron/packs/seal.ts'
import { newDraft } from '../../../shared/draft.ts'
import { value } from '../../bench.ts'
import { program } from './program.ts'

const root = mkdtempSync(join(tmpdir(), 'amt-pack-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const data = join(root, 'data')
const file = join(root, 'site.amtpack')
const passphrase = 'copper lantern drifts north 7'

function cli(input: string, ...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, 'pack', ...args, '--data', data], { stdio: 'pipe' })
    let [out, err] = ['', '']
    child.stdout.on('data', (text) => {
      out += text
    })
    child.stderr.on('data', (text) => {
      err += text
    })
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** Another installation saved a pack with one practice computer in it. */
beforeAll(async () => {
  const [signing, boxing] = [newPair('ed25519'), newPair('x25519')]
  const guid = '44454c4c-4200-1035-8051-b4c04f325a33'
  const values = { name: 'FIN-0231', fqdn: 'fin-0231.contoso.com', guid }
  const draft = { ...newDraft('a-plan', true, 1), source: { kind: 'single' as const } }
  const content = {
    plans: [{ draft, rows: [JSON.stringify({ values })] }],
    profiles: [],
    withSecrets: true,
    secrets: []
  }
  const sealer = { name: 'Ann', key: signing.open, box: boxing.open, signing, boxing }
  const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
  const opener = { by: 'passphrase', passphrase } as const
  const about = { kind: 'site', id: 'one', createdAt: 1 } as const
  writeFileSync(file, value(await seal(about, content, { opener, sealer, random, cost: 14 })))
})

test('shown, refused while nobody knows the signer, taken in with the fingerprint, and saved again', async () => {
  const shown = await cli(`${passphrase}\n`, 'show', file, '--json')
  expect(shown.code, shown.out + shown.err).toBe(0)
  const told = JSON.parse(shown.out) as { signer: { fingerprint: string }; plans: object[] }
  expect(told).toMatchObject({ kind: 'site', signer: { name: 'Ann', known: false }, plans: [{ computers: 1 }] })

  const unknown = await cli(`${passphrase}\n`, 'open', file, '--json')
  expect(unknown.code).toBe(1)
  expect(unknown.out).toContain('pack-signer-unknown')
  const opened = await cli(`${passphrase}\n`, 'open', file, '--json', '--trust', told.signer.fingerprint)
  expect(opened.code, opened.out + opened.err).toBe(0)
  expect(JSON.parse(opened.out)).toMatchObject({ kind: 'site', drafts: [{ id: 'a-plan', computers: 1 }] })

  const again = join(root, 'again.amtpack')
  const saved = await cli(`${passphrase}\n${passphrase}\n`, 'save', again)
  expect(saved.code, saved.err).toBe(0)
  expect(readFileSync(again).subarray(0, 10).toString()).toBe('AMTPACK 1\n')
  for (const { out, err } of [shown, unknown, opened, saved]) expect(out + err).not.toContain(passphrase)
}, 60_000)
