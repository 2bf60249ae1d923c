// Starts the window and the tests as the user, on the screen, bus and keychain they should have.
// Tests on Linux never touch a person's keychain, home or screen: they get their own, gone when they end. Root gets an
// unprivileged uid in a user namespace, so that Chromium's sandbox stays on. Elsewhere things are started directly.
//   node build/run.mjs <command> [arguments]     runs one command as the window tests are run
// What is started finds AMT_ELECTRON (the Electron program) and AMT_ROOT (the checkout) in its environment; a test says
//   _electron.launch({ executablePath: process.env.AMT_ELECTRON, args: [process.env.AMT_ROOT], chromiumSandbox: true })
// and without that last word Playwright would switch the sandbox off by itself.
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { at, node24, root } from './paths.mjs'
import { electronPath } from './runtime.mjs'

const isLinux = process.platform === 'linux'
const isRoot = process.getuid?.() === 0
const asOrdinaryUser = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** What a session gets to end its programs in order, before all of them are ended at once. */
const graceMs = 8_000

/** Opens the window on the screen that is there. @returns {Promise<number>} its exit code */
export function openWindow(args) {
  const program = electronPath()
  if (!isLinux || !isRoot) return runAndWait([program, root, ...args], { env: environment() })
  return windowForRoot([program, root, ...args])
}

/**
 * Runs a command in a throw-away session.
 * @param {readonly string[]} command @param {{ screen: boolean, env?: Record<string, string>, into?: string }} needs whether it opens windows; what it finds
 *   in its environment; the file that takes what it says
 * @returns {Promise<number>} the exit code
 */
export async function runTests(command, { screen, env: more = {}, into }) {
  if (!isLinux) return runAndWait(command, { env: { ...environment(), ...more }, into })
  const home = mkdtempSync(path.join(tmpdir(), 'amt-'))
  const folder = (name) => {
    mkdirSync(path.join(home, name), { mode: 0o700 })
    return path.join(home, name)
  }
  const env = {
    ...environment(),
    ...compiled(),
    ...more,
    HOME: home,
    TMPDIR: folder('tmp'),
    XDG_DATA_HOME: folder('data'),
    XDG_CONFIG_HOME: folder('config'),
    XDG_CACHE_HOME: folder('cache'),
    XDG_RUNTIME_DIR: folder('run')
  }
  try {
    return await inSession(command, { env, screen: screen ? 'own' : 'none', keychainPassword: newPassword(), into })
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Root has no desktop session, so the window gets a bus and a keychain. That keychain must outlive the window, or the
 * jobs would lose their secrets; what unlocks it lies beside it, readable for root alone, as everything of root is.
 */
async function windowForRoot(command) {
  const data = process.env.XDG_DATA_HOME || path.join(homedir(), '.local/share')
  const own = path.join(data, 'amt-migration-wizard-root')
  const passwordFile = path.join(own, 'keychain-password')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, newPassword(), { mode: 0o600 })
  const runtime = mkdtempSync(path.join(tmpdir(), 'amt-'))
  const { WAYLAND_DISPLAY: wayland, XDG_RUNTIME_DIR: before } = process.env
  const env = {
    ...environment(),
    XDG_DATA_HOME: own,
    XDG_RUNTIME_DIR: runtime,
    XAUTHORITY: process.env.XAUTHORITY ?? path.join(homedir(), '.Xauthority'),
    ...(wayland && before ? { WAYLAND_DISPLAY: path.resolve(before, wayland) } : {})
  }
  console.log(`started by root: the window runs as an ordinary user, with a keychain only root can read in ${own}`)
  try {
    return await inSession(command, { env, screen: 'present', keychainPassword: readFileSync(passwordFile, 'utf8') })
  } finally {
    rmSync(runtime, { recursive: true, force: true, maxRetries: 5 })
  }
}

function inSession(command, { env, screen, keychainPassword, into }) {
  const needed = ['dbus-run-session', 'gnome-keyring-daemon', ...(screen === 'own' ? ['Xvfb'] : [])]
  const missing = needed.filter((program) => !isOnPath(program))
  if (missing.length > 0) {
    console.error(`These programs are missing: ${missing.join(', ')}. Debian has them as dbus, gnome-keyring, xvfb.`)
    return 1
  }
  const changesUser = isRoot && spawnSync(asOrdinaryUser[0], [...asOrdinaryUser.slice(1), 'true']).status === 0
  if (isRoot && !changesUser && screen !== 'none') {
    console.error('This system forbids user namespaces to root, and a window is not opened without its sandbox.')
    console.error('Run this as an ordinary user, or allow user namespaces (in a container: its seccomp profile).')
    return 1
  }
  const session = ['dbus-run-session', '--', node24, at('build/session.mjs'), screen, ...command]
  return runAndWait(changesUser ? [...asOrdinaryUser, ...session] : session, { env, keychainPassword, into })
}

/**
 * Runs a command, passes signals on and waits for its exit code. A session also holds the other end of a pipe: the keychain's password goes in
 * first, and when the pipe closes, for whatever reason, the session ends all it has started. `into`: a file for what it says.
 */
export function runAndWait([program, ...args], { env = process.env, keychainPassword, into } = {}) {
  const isSession = keychainPassword !== undefined
  const told = into === undefined ? 'inherit' : openSync(into, 'w')
  const stdio = ['inherit', told, told, ...(isSession ? ['pipe'] : [])]
  const child = spawn(program, args, { cwd: root, env, stdio, detached: isSession })
  if (into !== undefined) closeSync(told)
  const lifeline = child.stdio[3]
  // The session may be gone before it has read its password; its exit code says so.
  lifeline?.on('error', () => {})
  lifeline?.write(`${keychainPassword}\n`)
  const endAtOnce = () => isSession && endGroup(child.pid)
  let signalled = 0
  const stop = (signal) => {
    signalled = 128 + constants.signals[signal]
    if (!isSession) child.kill(signal)
    lifeline?.end()
    if (isSession) setTimeout(endAtOnce, graceMs).unref()
  }
  for (const signal of endings) process.on(signal, stop)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      endAtOnce()
      for (const ending of endings) process.off(ending, stop)
      resolve(signalled || (code ?? 128 + constants.signals[signal]))
    })
  })
}

/** The last sweep: whoever is left of a session's process group. */
function endGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // Nobody is left, which is the usual case.
  }
}

const newPassword = () => randomBytes(24).toString('base64url')

const environment = () => ({ ...process.env, AMT_ELECTRON: electronPathOrNone(), AMT_ROOT: root })

/** Hundreds of short programs are started by the tests; what one has compiled the next need not. */
const compiled = () => ({ NODE_COMPILE_CACHE: at('test-results/compiled') })

function electronPathOrNone() {
  try {
    return electronPath()
  } catch {
    // The tests without a window do not need it, and the window says so itself.
    return ''
  }
}

const isOnPath = (program) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)))

if (import.meta.filename === process.argv[1]) {
  const command = process.argv.slice(2)
  if (command.length === 0) {
    console.error('Usage: node build/run.mjs <command> [arguments]')
    process.exit(2)
  }
  process.exit(await runTests(command, { screen: true }))
}
