// The packed program as it would be shipped: started, walked through with one practice import, its fuses and policy read.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { newFolder } from '../screens.ts'
import { drive } from './drive.ts'

const release = join(import.meta.dirname, '..', '..', 'release')
const packed = JSON.parse(readFileSync(join(release, 'packed.json'), 'utf8')) as {
  folder: string
  version: string
  commit: string
  date: string
  release: boolean
}
const folder = join(release, packed.folder)
const program = join(folder, 'amt-migration-wizard')

async function start(data: string, ...more: readonly string[]): Promise<ChildProcess> {
  return spawn(program, ['--remote-debugging-port=0', `--data=${data}`, ...more], { stdio: 'ignore' })
}

async function end(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit') as Promise<[number | null]>
  child.kill('SIGTERM')
  return (await ended)[0]
}

test('the packed program walks through a practice import, sandboxed, and ends with 0', async () => {
  const data = newFolder()
  const began = performance.now()
  const child = await start(data, '--smoke')
  const page = await drive(data)
  await page.shows('start')
  console.log(`cold start to the first page: ${Math.round(performance.now() - began)} ms`)
  expect(sandboxOf(child.pid ?? 0)).toEqual({ seccomp: '2', root: false })
  // The page may fetch nothing; the refusal quotes the whole policy.
  const policy = `new Promise((resolve) => {
    addEventListener('securitypolicyviolation', (event) => resolve(event.originalPolicy), { once: true })
    fetch('http://127.0.0.1:9/').catch(() => undefined)
  })`
  expect(await page.evaluate(policy)).toContain("default-src 'none'")
  await page.press(/^Practise on the practice fleet/)
  for (const name of ['strategy', 'source', 'mapping', 'preview', 'accounts', 'profile', 'schedule', 'summary']) {
    await page.shows(name)
    if (name === 'source') await page.press(/sample/i)
    if (name !== 'summary') await page.press(/^Next$/)
  }
  await page.press(/^Start$/)
  await page.shows('progress')
  await page.until(
    `document.querySelector('[data-job]') && !document.querySelector(
    '[data-job]:is([data-state="waiting"], [data-state="working"], [data-state="later"])')`,
    60_000
  )
  await page.press(/^Next$/)
  await page.shows('confirmation')
  await page.press(/audit log/i)
  await page.shows('audit')
  page.close()
  expect(await end(child)).toBe(0)
})

/** How a renderer of the program runs: seccomp filter on, not as root. */
function sandboxOf(parent: number): { seccomp: string | undefined; root: boolean } {
  const status = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/status`, 'utf8')
    } catch {
      return ''
    }
  }
  const isRenderer = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')
    } catch {
      return false
    }
  }
  const parentOf = (pid: string): string => /^PPid:\s+(\d+)/m.exec(status(pid))?.[1] ?? ''
  const isOurs = (pid: string): boolean =>
    pid !== '' && pid !== '0' && (pid === String(parent) || isOurs(parentOf(pid)))
  const renderer = readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && isRenderer(pid) && isOurs(pid)) ?? ''
  const text = status(renderer)
  return { seccomp: /^Seccomp:\s+(\d)/m.exec(text)?.[1], root: /^Uid:\s+0\b/m.test(text) }
}

test('without --smoke nobody can drive it from outside', async () => {
  const data = newFolder()
  const child = await start(data)
  try {
    // The window is up when its profile is there; the door would be there by then too.
    await expect.poll(() => existsSync(join(data, 'window', 'Local Storage')), { timeout: 30_000 }).toBe(true)
    // From here on it hears when it is asked to end.
    await expect.poll(() => existsSync(join(data, 'wizard.db-wal')), { timeout: 30_000 }).toBe(true)
    expect(existsSync(join(data, 'window', 'DevToolsActivePort'))).toBe(false)
  } finally {
    expect(await end(child)).toBe(0)
  }
})

test('its fuses are blown as promised', async () => {
  const wire = await getCurrentFuseWire(program)
  const off = 48
  const on = 49
  expect({
    runAsNode: wire[FuseV1Options.RunAsNode],
    nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
    onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
    integrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    cookies: wire[FuseV1Options.EnableCookieEncryption],
    file: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
    snapshot: wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]
  }).toEqual({
    runAsNode: off,
    nodeOptions: off,
    inspect: off,
    onlyAsar: on,
    integrity: on,
    cookies: on,
    file: off,
    snapshot: off
  })
})

test('the command line is a mode of it, with its exit codes and nothing but its own words on stdout', () => {
  const command = join(folder, 'amt-migrate')
  expect(execFileSync(command, ['--version'], { encoding: 'utf8' }).trim()).toBe(
    `${packed.version} (${packed.commit}, ${packed.date.slice(0, 10)}${packed.release ? '' : ', not for release'})`
  )
  const sample = join(release, '..', 'resources', 'sample.csv')
  const told = JSON.parse(
    execFileSync(command, ['import', sample, '--json'], { encoding: 'utf8', maxBuffer: 2 ** 25 })
  ) as { counts: { total: number } }
  expect(told.counts.total).toBe(30)
  expect(() => execFileSync(command, ['nonsense'], { stdio: 'ignore' })).toThrow(/Command failed/)
})

test('licences and the bill of materials are inside, and a build for practice says so', () => {
  const bill = JSON.parse(readFileSync(join(folder, 'sbom.cdx.json'), 'utf8')) as {
    bomFormat: string
    components: { name: string }[]
  }
  expect(bill.bomFormat).toBe('CycloneDX')
  const names = bill.components.map(({ name }) => name)
  for (const part of ['electron', 'react', 'better-sqlite3', 'keytar', 'zod', 'saxes']) expect(names).toContain(part)
  expect(readFileSync(join(folder, 'THIRD-PARTY-LICENCES.txt'), 'utf8')).toContain('MIT')
  const size = statSync(join(folder, 'resources', 'app.asar')).size
  console.log(`app.asar: ${(size / 1e6).toFixed(1)} MB`)
})
