// The command line as a program of its own, for plain Node.
import { runCommandLine } from './commandLine.ts'
import { keepPrivate } from './private.ts'

keepPrivate()

// Somebody may stop reading before the end (`| head`): that is their right, and no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

void runCommandLine(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
