// How the program that runs came onto this computer: what may replace it follows from that.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageKind } from './statement.ts'

/** What electron-updater has an installer for. */
const replaceable: readonly PackageKind[] = ['nsis', 'zip', 'AppImage', 'deb', 'rpm']

/**
 * The kind of package; `resources` is the packed program's folder of that name. A .deb and an .rpm leave a file
 * `package-type` there (build/pack/deb.mjs), an AppImage and a portable program are told by their own start.
 */
export function installedAs(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, resources: string): PackageKind {
  if (platform === 'win32') return env.PORTABLE_EXECUTABLE_FILE === undefined ? 'nsis' : 'portable'
  // Of the two packages for macOS the .zip is the one that replaces a program (Squirrel.Mac).
  if (platform === 'darwin') return 'zip'
  if (env.APPIMAGE !== undefined) return 'AppImage'
  const said = join(resources, 'package-type')
  const type = existsSync(said) ? readFileSync(said, 'utf8').trim() : ''
  return type === 'deb' || type === 'rpm' ? type : 'tar.gz'
}

/** Whether a program of this kind can be replaced without a person's hands. */
export const replacesItself = (kind: PackageKind): boolean => replaceable.includes(kind)
