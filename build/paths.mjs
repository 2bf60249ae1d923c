// Where things lie in a checkout, for every script in this folder. Built-ins only: it is read before anything is installed.
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')

/** @param {...string} parts @returns {string} an absolute path inside the checkout */
export const at = (...parts) => path.join(root, ...parts)

/**
 * The Node 24 that the lock brings along. Tools and the command line run on it, whatever Node the machine has.
 * Not node_modules/.bin/node, which is a command file on Windows and cannot be started without a shell.
 */
export const node24 = at('node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** True when a Linux machine has nowhere to show a window, or when AMT_HEADLESS=1 says so. */
export function isHeadless(env = process.env) {
  if (env.AMT_HEADLESS === '1') return true
  return process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY
}

/**
 * True when `output` does not exist or a file under one of `folders` is younger.
 * @param {string} output @param {readonly string[]} folders both relative to the checkout
 */
export function isStale(output, folders) {
  if (!existsSync(at(output))) return true
  const built = statSync(at(output)).mtimeMs
  return folders.some((folder) =>
    readdirSync(at(folder), { recursive: true, withFileTypes: true }).some(
      (entry) => entry.isFile() && statSync(path.join(entry.parentPath, entry.name)).mtimeMs > built
    )
  )
}
