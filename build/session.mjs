// The inside of a session that build/run.mjs opens: unlocks a keychain, starts a screen, runs one command, ends them all.
//   node build/session.mjs <own|present|none> <command> [arguments]      the first word tells which screen
// File descriptor 3 brings the keychain's password on a line; when it closes, the session is over.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'

const [screen, program, ...args] = process.argv.slice(2)
const lifeline = new Socket({ fd: 3 })
const readyLimitMs = 10_000
const graceMs = 3_000
/** Started last, ended first. */
const started = []

function launch(command, options) {
  const child = spawn(command[0], command.slice(1), options)
  child.ended = once(child, 'exit')
  started.unshift(child)
  return child
}

const lines = createInterface({ input: lifeline })
const [password] = await once(lines, 'line')
lines.once('close', () => end(1))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => end(1))

async function end(code) {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    const waiting = new AbortController()
    await Promise.race([child.ended, delay(graceMs, undefined, { signal: waiting.signal })])
    waiting.abort()
    child.kill('SIGKILL')
  }
  process.exit(code)
}

async function unlockKeychain() {
  const keyring = launch(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'], {
    stdio: ['pipe', 'ignore', 'ignore']
  })
  keyring.stdin.end(password)
  const question = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets']
  const ask = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', ...question]
  for (const giveUp = Date.now() + readyLimitMs; Date.now() < giveUp; await delay(50)) {
    if (spawnSync('dbus-send', ask, { encoding: 'utf8' }).stdout?.includes('boolean true')) return
  }
  throw new Error('the keychain (gnome-keyring-daemon) did not come up')
}

/** @returns {Promise<string>} the display, once the server takes windows */
async function startScreen() {
  const server = launch(['Xvfb', '-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe']
  })
  const number = once(createInterface({ input: server.stdio[3] }), 'line')
  const failed = server.ended.then(() => Promise.reject(new Error('the screen (Xvfb) did not come up')))
  const [line] = await Promise.race([number, failed])
  failed.catch(() => {})
  return `:${line}`
}

try {
  await unlockKeychain()
  const { WAYLAND_DISPLAY, XDG_SESSION_TYPE, DISPLAY, XAUTHORITY, ...bare } = process.env
  const env = {
    present: () => process.env,
    none: () => bare,
    own: async () => ({ ...bare, DISPLAY: await startScreen() })
  }
  const command = launch([program, ...args], { stdio: 'inherit', env: await env[screen]() })
  const [code] = await command.ended
  await end(code ?? 1)
} catch (error) {
  console.error(`session: ${error.message}`)
  await end(1)
}
