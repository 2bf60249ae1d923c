// Makes a checkout ready to run: packages, system libraries, Electron. Built-ins only: it runs before anything is
// installed, on the Node of the machine (20.19 or later).
//   node build/setup.mjs packages   the packages of the lock file
//   node build/setup.mjs start      the same, and what a window needs (nothing more where there is no display)
//   node build/setup.mjs pack       packages and Electron, for packing without a display
//   node build/setup.mjs test       the same, and what the tests need
// SKIP_APT=1 leaves the system libraries alone.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { at, isHeadless, root } from './paths.mjs'
import { ensureRuntime } from './runtime.mjs'

const windowLibraries = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libsecret-1-0', 'fonts-dejavu-core']
/** A session bus and a keychain of its own: the tests need them, and so does a window that root opens. */
const sessionPrograms = ['dbus', 'gnome-keyring']
/** Clients nobody here wrote, with which the tests try the practice devices. */
const otherClients = ['wsl', 'curl', 'uuid-runtime', 'libxml2-utils']
const testPrograms = ['xvfb', ...sessionPrograms, ...otherClients]

const say = (line) => console.log(`set-up: ${line}`)

/** Runs `npm ci` unless the last successful one was for this very lock file. */
export function ensurePackages() {
  const stamp = at('node_modules/.setup-stamp')
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  say('installing the packages of package-lock.json (npm ci)')
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // What npm prints goes to stderr, so that `amt-migrate --json` stays readable by a program.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32'
  })
  if (done.status !== 0) throw new Error('npm ci did not succeed; its own words are above.')
  writeFileSync(stamp, lock)
}

/** Installs missing Debian packages, when this is a Debian and we may; elsewhere the missing ones are only named. */
function ensureLibraries(wanted) {
  if (process.platform !== 'linux' || process.env.SKIP_APT === '1') return
  if (!existsSync('/usr/bin/apt-get')) return
  // biome-ignore lint/suspicious/noTemplateCurlyInString: these are placeholders of dpkg-query.
  const format = '${Package} ${db:Status-Status}\n'
  const known = spawnSync('dpkg-query', ['-W', '-f', format, ...wanted], { encoding: 'utf8' })
  const lines = known.stdout.split('\n')
  // From Debian 13 and Ubuntu 24.04 on, some libraries carry the suffix t64.
  const isThere = (name) => lines.includes(`${name} installed`) || lines.includes(`${name}t64 installed`)
  const missing = wanted.filter((name) => !isThere(name))
  if (missing.length === 0) return
  if (process.getuid() !== 0) {
    say(`these Debian packages seem to be missing: ${missing.join(' ')}`)
    return
  }
  say(`installing system packages with apt-get: ${missing.join(' ')} (SKIP_APT=1 turns this off)`)
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    }).status === 0
  apt('update')
  const newer = (name) => (spawnSync('apt-cache', ['show', `${name}t64`]).status === 0 ? `${name}t64` : name)
  if (!apt('install', '-y', '--no-install-recommends', ...missing.map(newer))) {
    throw new Error(`apt-get did not succeed. Install these yourself, then run this again: ${missing.join(' ')}`)
  }
}

const purposes = {
  packages: async () => ensurePackages(),
  start: async () => {
    ensurePackages()
    if (isHeadless()) return
    ensureLibraries([...windowLibraries, ...(process.getuid?.() === 0 ? sessionPrograms : [])])
    await ensureRuntime(say)
  },
  pack: async () => {
    ensurePackages()
    await ensureRuntime(say)
  },
  test: async () => {
    ensurePackages()
    ensureLibraries([...windowLibraries, ...testPrograms])
    await ensureRuntime(say)
  }
}

if (import.meta.filename === process.argv[1]) {
  const purpose = purposes[process.argv[2] ?? 'packages']
  if (!purpose) {
    console.error(`set-up: say one of ${Object.keys(purposes).join(', ')}.`)
    process.exit(2)
  }
  try {
    await purpose()
  } catch (error) {
    console.error(`set-up: ${error.message}`)
    process.exit(1)
  }
}
