// Front door: the window, or the command line when the packaged program is called with --cli.
import { join } from 'node:path'
import { app } from 'electron'
import { defaultFolder } from './folder.ts'
import { keepHeapSmall } from './heap.ts'
import { keepPrivate } from './private.ts'

const marker = '--cli'
const at = process.argv.indexOf(marker)

/** The command line needs no screen; what Chromium wants of one is not asked for. */
async function commandLine(args: readonly string[]): Promise<void> {
  if (process.platform === 'linux') app.commandLine.appendSwitch('ozone-platform', 'headless')
  app.disableHardwareAcceleration()
  // What Chromium writes all the same lies where the window has it, and goes with it.
  app.setPath('userData', join(defaultFolder(process.env, process.platform), 'window'))
  // Somebody may stop reading before the end (`| head`): that is their right, and no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => app.exit(error.code === 'EPIPE' ? 0 : 1))
  const { runCommandLine } = await import('./commandLine.ts')
  app.exit(await runCommandLine(args))
}

keepPrivate()

// A new AppImage is started once by its updater, only to be told to end again.
const isTried = process.env.APPIMAGE_EXIT_AFTER_INSTALL === 'true'

keepHeapSmall()
if (isTried) app.exit(0)
else if (at >= 0) void commandLine(process.argv.slice(at + 1))
else void import('./app/program.ts')
