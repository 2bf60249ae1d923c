// The program as something installed: site packs handed over by a second start, updates by a server and by a file, and its removal.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { newPair } from '../../electron/packs/keys.ts'
import { seal } from '../../electron/packs/seal.ts'
import { openStore } from '../../electron/store/store.ts'
import { button, examine, examineBoth, examineSmall, newFolder, shows } from '../screens.ts'
import { newPublisher, writePackage } from '../unit/updates/signed.ts'

const root = process.env.AMT_ROOT ?? ''
const electron = process.env.AMT_ELECTRON ?? ''

interface Opened {
  readonly app: ElectronApplication
  readonly page: Page
}

async function open(words: readonly string[], env: Record<string, string> = {}): Promise<Opened> {
  const app = await _electron.launch({
    executablePath: electron,
    args: [...words],
    chromiumSandbox: true,
    env: { ...(process.env as Record<string, string>), ...env }
  })
  const page = await app.firstWindow()
  await expect(page.locator('main[data-page]')).toBeVisible()
  return { app, page }
}

/** Starts the program a second time; answers its exit code. */
async function startAgain(...words: readonly string[]): Promise<number | null> {
  const child = spawn(electron, [...words], { stdio: 'ignore', cwd: newFolder() })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

/** A pack that is signed and locked; what is in it nobody opens here. */
async function writePack(folder: string): Promise<string> {
  const [signing, boxing] = [newPair('ed25519'), newPair('x25519')]
  const sealed = await seal(
    { kind: 'site', id: 'a', createdAt: Date.UTC(2026, 10, 20) },
    { plans: [], profiles: [], withSecrets: false, secrets: [] },
    {
      opener: { by: 'passphrase', passphrase: 'copper lantern drifts north 7' },
      sealer: { name: 'Ann’s laptop', key: signing.open, box: boxing.open, signing, boxing },
      random: (count) => new Uint8Array(randomBytes(count)),
      cost: 14
    }
  )
  if (!sealed.ok) throw new Error(sealed.problem.code)
  const file = join(folder, 'branch office.amtpack')
  writeFileSync(file, sealed.value)
  return file
}

const problem = (page: Page, code: string) => page.locator(`[data-problem="${code}"]`)

test('a pack is handed over by the first start and by a second one; anything else is answered with a sentence', async () => {
  const folder = newFolder()
  const pack = await writePack(newFolder())
  const broken = join(newFolder(), 'broken.amtpack')
  writeFileSync(broken, 'not a pack at all')
  const list = join(newFolder(), 'computers.csv')
  writeFileSync(list, 'name\r\nPC1\r\n')

  const { app, page } = await open([root, `--data=${folder}`, broken])
  await shows(page, 'packs')
  await expect(problem(page, 'not-a-pack')).toBeVisible()

  const again = (file: string) => startAgain(root, `--data=${folder}`, file)
  expect(await again(pack)).toBe(0)
  const dialog = page.getByRole('dialog', { name: 'A site pack' })
  await expect(dialog).toContainText('branch office.amtpack')
  await expect(dialog.getByRole('textbox', { name: /^Passphrase/ })).toBeFocused()
  await examine(page, 'packs-handed')
  await button(page, 'Put it away').click()
  await button(page, 'Back').click()
  await shows(page, 'start')

  expect(await again(list)).toBe(0)
  await shows(page, 'packs')
  await expect(problem(page, 'handed-not-a-pack')).toBeVisible()
  expect(await again(join(folder, 'gone.amtpack'))).toBe(0)
  await expect(problem(page, 'file-gone')).toBeVisible()
  // As macOS does it.
  await app.evaluate(({ app: program }, path) => program.emit('open-file', { preventDefault() {} }, path), pack)
  await expect(dialog).toBeVisible()
  await button(page, 'Put it away').click()
  // Without a file it is only brought to the front.
  expect(await startAgain(root, `--data=${folder}`)).toBe(0)
  await expect(dialog).toHaveCount(0)
  expect(app.windows()).toHaveLength(1)
  await app.close()
})

/** The program as a build with a key: the same files beside a manifest of its own. */
function buildWith(key: string): string {
  const folder = newFolder()
  for (const part of ['dist', 'resources', 'node_modules']) symlinkSync(join(root, part), join(folder, part))
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object
  const buildFacts = { commit: 'test', date: '2026-11-23T08:00:00.000Z', release: false, updateKey: key }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, version: '0.1.0', buildFacts }))
  writeFileSync(join(folder, 'dev-app-update.yml'), 'updaterCacheDirName: amt-migration-wizard-updater\n')
  return folder
}

type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: Buffer | string }

/** A server on loopback that answers what it is told to, and remembers what it was asked. */
async function serve() {
  const asked: string[] = []
  const answers = new Map<string, Answer>()
  const server: Server = createServer((request, response) => {
    asked.push(`${request.url} ${JSON.stringify(request.headers)}`)
    const { status = 200, headers, body } = answers.get(request.url ?? '') ?? { status: 404, body: 'no' }
    const length = Buffer.byteLength(body)
    response.writeHead(status, headers ?? { 'Content-Length': length })
    response.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/amt/`
  return { server, asked, answers, address }
}

const ask = (page: Page, name: string, input: object = {}) =>
  page.evaluate(
    async ([ask, value]) => {
      const { wizard } = window as unknown as {
        wizard: { ask(n: string, v: unknown): Promise<{ ok: boolean; problem?: { code: string }; value?: unknown }> }
      }
      const answer = await wizard.ask(ask, value)
      return answer.ok ? (answer.value as { state?: string; found?: unknown }) : { state: answer.problem?.code }
    },
    [name, input] as const
  )

test('updates: off they ask nobody; on they take only what is signed, newer, whole and where it was said to be', async () => {
  const publisher = newPublisher()
  const home = newFolder()
  const [image, marker] = [join(home, 'wizard.AppImage'), join(home, 'started')]
  writeFileSync(image, 'the old one')
  const { server, asked, answers, address } = await serve()
  const other = await serve()
  const words = [buildWith(publisher.publicKey), `--data=${newFolder()}`]
  const { app, page } = await open(words, { APPIMAGE: image })
  await button(page, /^Settings$/).click()
  await shows(page, 'settings')
  await expect(page.getByText('Updates are off')).toBeVisible()
  await examineBoth(page, 'settings')
  expect(await ask(page, 'updates.check')).toEqual({ state: 'update-off' })
  expect(asked).toEqual([])

  const field = page.getByRole('textbox', { name: /Address of the update server/ })
  await field.fill('https://someone:secret@updates.example/')
  await button(page, 'Turn updates on').click()
  await expect(problem(page, 'update-address')).toBeVisible()
  await field.fill(address)
  await button(page, 'Turn updates on').click()
  await expect(button(page, 'Look for an update now')).toBeVisible()
  expect(asked).toEqual([])

  // What a server may send instead of an update.
  const newest = `/amt/latest-linux-${process.arch}-AppImage.amtupdate`
  const made = newFolder()
  const content = `#!/bin/sh\necho started > "${marker}"\n`
  const good = writePackage(made, publisher, { content })
  const name = good.slice(made.length + 1)
  const description = readFileSync(`${good}.amtupdate`)
  const signedBy = (by: typeof publisher, version: string): Buffer =>
    readFileSync(`${writePackage(newFolder(), by, { version, content })}.amtupdate`)
  const wrong: readonly (readonly [string, Answer | undefined])[] = [
    ['update-unreachable', undefined],
    ['update-unsigned', { body: signedBy(newPublisher(), '9.0.0') }],
    ['update-unsigned', { body: description.toString().replace('9.0.0', '9.9.0') }],
    ['not-an-update', { body: '<html>Welcome to our proxy</html>' }],
    ['update-size', { body: Buffer.alloc(5_000_000, 'x') }],
    ['update-size', { body: description, headers: { 'Transfer-Encoding': 'chunked' } }],
    ['update-redirected', { status: 302, body: '', headers: { Location: `${other.address}latest` } }],
    ['idle', { body: signedBy(publisher, '0.1.0') }],
    ['idle', { body: signedBy(publisher, '0.0.9') }]
  ]
  for (const [what, answer] of wrong) {
    answers.clear()
    if (answer) answers.set(newest, answer)
    expect((await ask(page, 'updates.check')).state, what).toBe(what)
  }
  // What it may send instead of the package that is signed.
  answers.set(newest, { body: description })
  expect((await ask(page, 'updates.check')).state).toBe('found')
  const packed = `/amt/${name}`
  const same = Buffer.from(content.replace('started', 'startet'))
  for (const [what, answer] of [
    ['update-altered', { body: same }],
    ['update-size', { body: `${content}more` }],
    ['update-size', { body: content, headers: { 'Transfer-Encoding': 'chunked' } }],
    ['update-redirected', { status: 301, body: '', headers: { Location: `${other.address}${name}` } }],
    ['update-unreachable', { status: 500, body: 'no' }]
  ] as const) {
    answers.set(packed, answer)
    expect((await ask(page, 'updates.fetch')).state, what).toBe(what)
  }
  expect(other.asked).toEqual([])
  expect(asked.join('\n')).not.toMatch(/staging|cookie/i)

  answers.set(packed, { body: content })
  await button(page, 'Back').click()
  await button(page, /^Settings$/).click()
  await button(page, 'Download it').click()
  await expect(page.locator('[data-found="9.0.0"]')).toContainText('is here and whole')
  await examine(page, 'settings-update')
  expect(readFileSync(image, 'utf8')).toBe('the old one')
  const closed = app.waitForEvent('close')
  await button(page, 'Install it and start anew').click()
  await closed
  expect(readFileSync(image, 'utf8')).toBe(content)
  await expect.poll(() => existsSync(marker)).toBe(true)
  // From now on each start looks by itself, once.
  const before = asked.length
  const again = await open(words, { APPIMAGE: image })
  await expect.poll(() => asked.slice(before).map((line) => line.split(' ')[0])).toEqual([newest])
  await again.app.close()
  server.close()
  other.server.close()
})

test('a file is checked without any server; and everything kept here can be removed', async () => {
  const publisher = newPublisher()
  const folder = newFolder()
  const opened = openStore({ folder, actor: 'test', now: Date.now })
  if (!opened.ok) throw new Error(opened.problem.code)
  const about = { username: 'admin', practice: false, jobId: 'j', role: 'pending' } as const
  opened.value.secrets.add({
    ...about,
    slot: 'job/e2e-removal/new-admin',
    guid: '4c4c4544-0042-3510-8051-b4c04f325a33'
  })
  opened.value.close()
  const { app, page } = await open([buildWith(publisher.publicKey), `--data=${folder}`])
  await button(page, /^Settings$/).click()
  await shows(page, 'settings')
  // Not installed by anything: a server could not replace it.
  await expect(page.getByText('This copy is replaced by hand')).toBeVisible()

  const chooses = (path: string): Promise<void> =>
    app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
    }, path)
  await chooses(writePackage(newFolder(), newPublisher()))
  await button(page, /^Check an update file/).click()
  await expect(problem(page, 'update-unsigned')).toBeVisible()
  await chooses(writePackage(newFolder(), publisher, { version: '0.0.9' }))
  await button(page, /^Check an update file/).click()
  await expect(problem(page, 'update-not-newer')).toBeVisible()
  await examineSmall(app, page, 'settings-older')
  await button(page, 'Take it although it is not newer').click()
  await expect(page.locator('[data-checked="0.0.9"]')).toContainText('signed by the publisher and whole')
  expect(readdirSync(join(folder, 'updates'))).toHaveLength(1)

  await button(page, /^Remove everything…/).click()
  const remove = page.getByRole('dialog').getByRole('button', { name: 'Remove everything' })
  await page.getByRole('textbox', { name: /Type the word/ }).fill('remove')
  await expect(remove).toBeDisabled()
  await page.getByRole('checkbox', { name: /no login has proved/ }).check()
  await examine(page, 'settings-remove')
  // Whoever cannot press a dialog of the system removes nothing.
  await app.evaluate(({ dialog }) => {
    const told = globalThis as unknown as { answer: number }
    told.answer = 1
    dialog.showMessageBox = (async () => ({ response: told.answer, checkboxChecked: false })) as never
  })
  expect(await ask(page, 'data.remove', { word: 'remove', accepted: 'passwords' })).toEqual({
    state: 'passwords-unproved'
  })
  await ask(page, 'data.remove', { word: 'remove', accepted: 'unproved' })
  expect(existsSync(join(folder, 'wizard.db'))).toBe(true)
  await app.evaluate(() => {
    ;(globalThis as unknown as { answer: number }).answer = 0
  })
  const closed = app.waitForEvent('close')
  await remove.click()
  await closed
  // What the window leaves of its own memory may remain, and nothing else.
  expect(existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'window') : []).toEqual([])
})
