// The window as a program: data folder, log, lockdown, core, desk, page; and a quiet way out that lets current steps end.
import { join } from 'node:path'
import { app, BrowserWindow, dialog, session } from 'electron'
import { type Core, logOf, openCore } from '../core.ts'
import { defaultFolder } from '../folder.ts'
import { noVault, openVaults } from '../vault.ts'
import { versionWords } from '../version.ts'
import { deskOf } from './desk.ts'
import { serveDesk, tell } from './ipc.ts'
import { declareScheme, lockEveryPage, lockSession, servePage } from './lockdown.ts'
import { tellsOf } from './tells.ts'
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
  const opened = openCore({ folder, vaults, log, version: versionWords(app.getAppPath()), runtime })
  if (!opened.ok) {
    const { title, meaning, remedy } = opened.problem
    dialog.showErrorBox(title, `${meaning}\n\n${remedy}`)
    app.exit(1)
    return
  }
  show(opened.value, dist)
  await opened.value.goOn()
}

function show(core: Core, dist: string): void {
  const window = openWindow(dist, 'AMT Migration Wizard')
  const tells = tellsOf(core, (body) => tell(window.webContents, 'jobs.changed', body))
  const resources = join(app.getAppPath(), 'resources')
  serveDesk(deskOf({ core, window: () => window, resources, tells }), core.log)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  leaveQuietly(core, tells.close)
}

/** Closing the window lets the steps in work come to their end; a kill is survived as well, this is only politer. */
function leaveQuietly(core: Core, before: () => void): void {
  let left = false
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (left) return
    left = true
    event.preventDefault()
    before()
    void core.close().finally(() => app.exit(0))
  })
}

if (app.requestSingleInstanceLock()) {
  open().catch((error: unknown) => {
    dialog.showErrorBox('AMT Migration Wizard could not start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
} else {
  app.quit()
}

// macOS keeps programs without windows; this one has nothing to do without its window.
app.on('activate', () => BrowserWindow.getAllWindows()[0]?.show())
