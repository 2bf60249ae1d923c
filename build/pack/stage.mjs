// Puts together exactly what is shipped: the bundled programs and page, the two native modules, resources, notices.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { at, root } from '../paths.mjs'
import { writeNotices } from './notices.mjs'
import { updateKey } from './sign.mjs'

const git = (...args) => {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}

/** Commit and date of what is packed. The date is the commit's, so that the same commit gives the same package. */
export function buildFacts() {
  const seconds = Number(process.env.SOURCE_DATE_EPOCH ?? git('log', '-1', '--format=%ct') ?? 0)
  const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+changes'
  const commit = git('rev-parse', '--short=12', 'HEAD')
  return {
    commit: commit === '' ? 'unknown' : `${commit}${changed}`,
    date: new Date((seconds || Date.now() / 1000) * 1000).toISOString()
  }
}

/** Sources and other systems' binaries of a native module stay at home. */
const shippedOf = {
  'better-sqlite3': ['package.json', 'LICENSE', 'lib', 'prebuilds', 'build/Release/better_sqlite3.node'],
  keytar: ['package.json', 'LICENSE.md', 'lib', 'prebuilds', 'build/Release/keytar.node']
}

function copyModule(name, from, to) {
  for (const part of shippedOf[name]) {
    const source = path.join(from, part)
    if (existsSync(source))
      cpSync(source, path.join(to, 'node_modules', name, part), { recursive: true, dereference: true })
  }
}

/**
 * @param {string} folder emptied first
 * @param {{ electron: string, fallback: string | undefined }} runtime `fallback`: the folder of the development bundle
 * @returns {{ version: string, commit: string, date: string, release: boolean, updateKey?: string }}
 */
export function stage(folder, { electron, fallback }) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { name, productName, version, description, license, author } = JSON.parse(
    readFileSync(at('package.json'), 'utf8')
  )
  const key = updateKey()
  const facts = { ...buildFacts(), release: fallback === undefined, ...(key ? { updateKey: key.publicKey } : {}) }
  const manifest = {
    name,
    productName,
    version,
    description,
    license,
    author,
    homepage: 'https://amt-migration-wizard.invalid'
  }
  writeFileSync(
    path.join(folder, 'package.json'),
    // electron-builder takes of node_modules what is named here.
    JSON.stringify(
      { ...manifest, main: 'dist/main.cjs', dependencies: { 'better-sqlite3': '*', keytar: '*' }, buildFacts: facts },
      null,
      2
    )
  )
  cpSync(at('dist'), path.join(folder, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.map') })
  for (const each of readdirSync(at('resources')).filter((file) => file !== 'pack' && file !== 'guide')) {
    cpSync(at('resources', each), path.join(folder, 'resources', each), { recursive: true })
  }
  cpSync(at('LICENSE'), path.join(folder, 'LICENSE'))
  copyModule('keytar', at('node_modules/keytar'), folder)
  if (fallback === undefined) {
    copyModule('better-sqlite3', at('node_modules/better-sqlite3'), folder)
  } else {
    // The old runtime has Node-API 9, and better-sqlite3 13 crashes on it: the bundle's own copy goes along.
    cpSync(path.join(fallback, 'resources/app/node_modules'), path.join(folder, 'node_modules'), { recursive: true })
    writeFileSync(path.join(folder, 'NOT-FOR-RELEASE.txt'), notForRelease(electron))
  }
  writeFileSync(path.join(folder, 'app-update.yml'), updaterFacts())
  writeNotices(folder, { version, date: facts.date, electron }, ['better-sqlite3', 'keytar'])
  return { version, ...facts }
}

/**
 * What electron-updater reads: where it puts what it fetches, and on Windows whose Authenticode signature the installer must
 * have, beside our own. No address: that is the person's.
 */
function updaterFacts() {
  const publisher = process.env.AMT_UPDATE_PUBLISHER
  const lines = ['updaterCacheDirName: amt-migration-wizard-updater', 'provider: generic', "url: ''"]
  return `${[...lines, ...(publisher ? [`publisherName: ${JSON.stringify([publisher])}`] : [])].join('\n')}\n`
}

export const notForRelease = (electron) =>
  `This package was built with the development runtime (Electron ${electron}), which is old, no longer supported, and of
unproven origin. It shows that packing works. Do not give it to anybody.\n`
