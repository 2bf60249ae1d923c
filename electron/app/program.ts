// The window as a program: data folder, log, lockdown, core, desk, page; and a quiet way out that lets current steps end.
import { join } from 'node:path'
import { app, BrowserWindow, dialog, session } from 'electron'
import type { Result } from '../../shared/problem.ts'
import { systemClock } from '../clock.ts'
import type { Core, CoreOptions } from '../core.ts'
import { defaultFolder } from '../folder.ts'
import { logOf } from '../log.ts'
import { openCore } from '../openCore.ts'
import { recoverFolder } from '../recovery.ts'
import { entriesIn } from '../removal.ts'
import { isLeaseFree } from '../store/lease.ts'
import { installedAs } from '../updates/installed.ts'
import { noVault, openVaults } from '../vault.ts'
import { updateFacts, versionWords } from '../version.ts'
import { deskOf } from './desk.ts'
import { fileIn, fileSent, handedFiles } from './handed.ts'
import { serveDesk, tell } from './ipc.ts'
import { type InUse, type Leaving, leaveQuietly, startAnew } from './leaving.ts'
import { declareScheme, lockEveryPage, lockSession, servePage } from './lockdown.ts'
import { powerOf } from './power.ts'
import { confirmRemoval, removeAll } from './removing.ts'
import { tellsOf } from './tells.ts'
import { updatesOf } from './updates/updates.ts'
import { openWindow } from './window.ts'

/** `--data DIR`: everything a run writes goes there. */
const dataArgument = process.argv.find((argument) => argument.startsWith('--data='))?.slice('--data='.length)
const folder = dataArgument ?? defaultFolder(process.env, process.platform)
app.setPath('userData', join(folder, 'window'))
declareScheme()
app.enableSandbox()

/** The smoke test of a package drives its page from outside. Nobody else may, and then there is nothing but practice. */
const isSmoke = process.argv.includes('--smoke')
if (app.isPackaged && !isSmoke) {
  for (const door of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(door)
}

let page: BrowserWindow | undefined
const handed = handedFiles(() => {
  if (page) tell(page.webContents, 'pack.handed', {})
})

async function open(): Promise<void> {
  await app.whenReady()
  const log = logOf(folder)
  process.on('uncaughtException', (error) => log.write('uncaught', { error: error.stack ?? error.message }))
  process.on('unhandledRejection', (reason) => log.write('unhandled', { error: String(reason) }))
  const dist = join(app.getAppPath(), 'dist')
  lockEveryPage(log)
  lockSession(session.defaultSession, log)
  servePage(session.defaultSession, join(dist, 'renderer'), log)
  const found = await openVaults('AMT Migration Wizard', log.secret)
  const vaults = isSmoke ? { ...found, real: noVault('a smoke test practises only') } : found
  const runtime = `Electron ${process.versions.electron}`
  const options = { folder, vaults, log, version: versionWords(app.getAppPath()), runtime }
  const opened = await openOrRecover(options)
  if (!opened.ok) {
    const { title, meaning, remedy } = opened.problem
    dialog.showErrorBox(title, `${meaning}\n\n${remedy}`)
    app.exit(1)
    return
  }
  const window = openWindow(dist, 'AMT Migration Wizard')
  page = window
  await serveInTurn(opened.value, window, options)
}

/** The core that works, or one that looks on while another program does. */
function openEither(options: CoreOptions): Result<Core> {
  const opened = openCore(options)
  return !opened.ok && opened.problem.code === 'store-busy' ? openCore({ ...options, watching: true }) : opened
}

/** A damaged store is recovered when the person wants that; the damaged files stay. */
async function openOrRecover(options: CoreOptions): Promise<Result<Core>> {
  const opened = openEither(options)
  if (opened.ok || opened.problem.code !== 'store-damaged') return opened
  const { title, meaning, detail = '' } = opened.problem
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title,
    message: title,
    detail: `${meaning}\n\n${detail}`,
    buttons: ['Recover what can be read', 'Quit'],
    defaultId: 0,
    cancelId: 1
  })
  if (response !== 0) return opened
  const recovered = recoverFolder(options.folder, () => systemClock.now())
  if (!recovered.ok) return recovered
  await dialog.showMessageBox({ type: 'info', title: 'The data was recovered', message: recovered.value })
  return openEither(options)
}

/** Serves the page from a core; when that one only looks on, from the next as soon as nobody else works. */
async function serveInTurn(first: Core, window: BrowserWindow, options: CoreOptions): Promise<void> {
  const leaving = leaveQuietly()
  let core = first
  for (;;) {
    leaving.inUse = await serve(core, window, options, leaving)
    if (core !== first) window.reload()
    if (!core.watching) return
    await untilFree()
    if (leaving.left) return
    await leaving.inUse.end()
    const next = openEither(options)
    if (!next.ok) throw new Error(next.problem.title)
    core = next.value
  }
}

async function serve(core: Core, window: BrowserWindow, { vaults }: CoreOptions, leaving: Leaving): Promise<InUse> {
  const tells = tellsOf(core, (name, body) => tell(window.webContents, name, body))
  const resources = join(app.getAppPath(), 'resources')
  const power = powerOf(core)
  const endFirst = (): Promise<void> => leaving.end()
  const { version, key } = updateFacts(app.getAppPath())
  const { platform, arch, env, resourcesPath } = process
  const kind = installedAs(platform, env, resourcesPath)
  const updates = updatesOf({
    core,
    folder,
    key,
    kind,
    running: { version, platform, arch },
    endFirst,
    failed: startAnew
  })
  const settings = {
    updates,
    removing: { folder, store: core.store, vaults },
    confirmRemoval: () => confirmRemoval(window),
    removeAll: () => void removeAll({ folder, entries: entriesIn(core.store), vaults, endFirst })
  }
  const unserve = serveDesk(deskOf({ core, window: () => window, resources, tells, power, handed, settings }), core)
  await core.goOn()
  updates.begin()
  return {
    async end() {
      tells.close()
      power.close()
      unserve()
      await core.close()
    }
  }
}

/** Waits until nobody works on the data folder any more. */
function untilFree(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isLeaseFree(folder)) return
      clearInterval(timer)
      resolve()
    }, 2000)
  })
}

const file = fileIn(process.argv, process.cwd(), app.isPackaged)
if (app.requestSingleInstanceLock(file === undefined ? {} : { file })) {
  if (file !== undefined) handed.take(file)
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const sent = fileSent(data)
    if (sent !== undefined) handed.take(sent)
    if (page?.isMinimized()) page.restore()
    page?.focus()
  })
  open().catch((error: unknown) => {
    dialog.showErrorBox('AMT Migration Wizard could not start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
} else {
  app.quit()
}

// macOS names a file this way, at the start and later.
app.on('open-file', (event, path) => {
  event.preventDefault()
  handed.take(path)
})

// macOS keeps programs without windows; this one has nothing to do without its window.
app.on('activate', () => BrowserWindow.getAllWindows()[0]?.show())
