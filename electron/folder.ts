// Where the wizard keeps its data unless told otherwise: the same folder for the window and the command line.
import { homedir } from 'node:os'
import { join } from 'node:path'

const name = 'AMT Migration Wizard'

/** The per-user data folder of this operating system. */
export function defaultFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), name)
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', name)
  return join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), name)
}
