// What lies on the disk: for nobody else to read under any umask, and no memory in it when a process crashes.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { storeFile, storeVersion } from '../../electron/store/database.ts'
import { button, shows } from '../screens.ts'

test.skip(process.platform === 'win32', 'Windows has neither modes nor core files')

/** Made anew: what stands in this file stands in caches of the test runner, too. */
const secretInPage = `page ${randomUUID()}`
const secretInMain = `main ${randomUUID()}`

/** A program that starts Electron as the most careless shell would: files for everybody, and memory dumped at a crash. */
function careless(folder: string): string {
  const program = join(folder, 'careless')
  writeFileSync(program, '#!/bin/sh\numask 000\nulimit -c unlimited\nexec "$AMT_ELECTRON" "$@"\n')
  chmodSync(program, 0o755)
  return program
}

async function openCareless(folder: string) {
  const cwd = join(folder, 'here')
  mkdirSync(cwd)
  const data = join(folder, 'data')
  const app = await _electron.launch({
    executablePath: careless(folder),
    args: [process.env.AMT_ROOT ?? '', `--data=${data}`],
    chromiumSandbox: true,
    cwd
  })
  const page = await app.firstWindow()
  await expect(page.locator('main[data-page]')).toBeVisible()
  return { app, page, cwd, data }
}

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** Files below a folder that hold one of the texts; a dump of memory would. */
const holding = (folder: string, texts: readonly string[]): string[] =>
  filesBelow(folder).filter((file) => {
    // Nothing this program writes is that large; a dump is.
    if (statSync(file).size > 2 ** 30) return true
    const bytes = readFileSync(file)
    return texts.some((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')))
  })

/** Ends a process as a fault of its own would. A handler swallows the first signals where no fault stands behind them. */
async function crash(pid: number): Promise<void> {
  for (const signal of ['SIGSEGV', 'SIGABRT'] as const) {
    process.kill(pid, signal)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

test('files are for this user alone under the most careless umask, and crashes leave no memory behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'amt-rest-'))
  const { app, page, cwd, data } = await openCareless(folder)
  await button(page, /^Practise/).click()
  await shows(page, 'strategy')
  await app.evaluate((_, text) => {
    ;(globalThis as { planted?: string }).planted = `${text}!`
  }, secretInMain)
  await page.evaluate((text) => {
    ;(globalThis as { planted?: string }).planted = `${text}!`
  }, secretInPage)

  expect(statSync(data).mode & 0o777).toBe(0o700)
  const open = filesBelow(data).filter((file) => (statSync(file).mode & 0o077) !== 0)
  // Chromium's own notes, in a folder that nobody else can enter.
  expect(open.filter((file) => !file.startsWith(join(data, 'window')))).toEqual([])
  expect(statSync(join(data, 'window')).mode & 0o077).toBe(0)
  expect(filesBelow(data).map((file) => file.slice(data.length + 1))).toEqual(
    expect.arrayContaining(['wizard.db', 'wizard.db-wal', 'wizard.db-shm', 'worker.lock'])
  )

  const main = app.process()
  const renderer = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId()
  )
  const gone = app.evaluate(
    ({ BrowserWindow }) =>
      new Promise((resolve) => {
        BrowserWindow.getAllWindows()[0]?.webContents.once('render-process-gone', (_event, { reason }) =>
          resolve(reason)
        )
      })
  )
  await crash(renderer ?? 0)
  expect(await gone).toMatch(/crashed|abnormal-exit/)
  const ended = new Promise<unknown>((resolve) => main.once('exit', (_code, signal) => resolve(signal)))
  const pid = await app.evaluate(() => process.pid)
  await crash(pid).catch(() => undefined)
  expect(await ended).toMatch(/SIGSEGV|SIGABRT/)

  expect(readdirSync(cwd)).toEqual([])
  const home = process.env.HOME ?? ''
  expect(tmpdir().startsWith(home)).toBe(true)
  expect(holding(home, [secretInMain, secretInPage])).toEqual([])
  writeFileSync(join(cwd, 'planted'), `x${secretInMain}y`)
  expect(holding(home, [secretInMain, secretInPage])).toEqual([join(cwd, 'planted')])
})

test('a store that a later version wrote is refused in words by the window, and left as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'amt-rest-'))
  const store = join(folder, storeFile)
  const db = new Database(store)
  db.exec('CREATE TABLE later (a TEXT)')
  db.pragma(`user_version = ${storeVersion + 1}`)
  db.close()
  const before = readFileSync(store)
  // The box itself waits for a person; a program around ours writes what it would say into a file.
  const said = join(folder, 'said')
  const around = mkdtempSync(join(tmpdir(), 'amt-rest-'))
  writeFileSync(join(around, 'package.json'), '{ "name": "around", "version": "1.0.0", "main": "around.cjs" }')
  writeFileSync(
    join(around, 'around.cjs'),
    `require('electron').dialog.showErrorBox = (...words) => require('node:fs').writeFileSync(${JSON.stringify(said)}, words.join('\\n'))
    require(${JSON.stringify(join(process.env.AMT_ROOT ?? '', 'dist/main.cjs'))})`
  )
  const program = spawn(process.env.AMT_ELECTRON ?? '', [around, `--data=${folder}`], { stdio: 'ignore' })
  const [code] = (await once(program, 'exit')) as [number]
  expect(code).toBe(1)
  expect(readFileSync(said, 'utf8')).toMatch(
    /^The data folder was written by a newer version\n.*left as it is\.\n\nInstall the newer version again/
  )
  expect(readFileSync(store).equals(before)).toBe(true)
  expect(readdirSync(folder).filter((name) => name.startsWith('w') && name !== 'window')).toEqual([storeFile])
})
