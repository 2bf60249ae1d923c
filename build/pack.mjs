// `npm run pack`: packages for this machine's system, as far as it can make them, and a plain word about the rest.
//   npm run pack                     everything that works here
//   npm run pack -- dir              only the unpacked folder (what the smoke test uses)
//   npm run pack -- deb tar.gz       only these
// Signing: electron-builder reads CSC_LINK, CSC_KEY_PASSWORD, WIN_CSC_LINK, APPLE_ID … from the environment; updates are signed
// with AMT_UPDATE_KEY (pack/sign.mjs).
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { afterPack, sizeOf } from './pack/check.mjs'
import { configuration } from './pack/config.mjs'
import { makeDeb } from './pack/deb.mjs'
import { makeRpm } from './pack/rpm.mjs'
import { signPackage, updateKey } from './pack/sign.mjs'
import { stage } from './pack/stage.mjs'
import { at, node24, root } from './paths.mjs'
import { electronPath } from './runtime.mjs'

const systems = { linux: 'linux', darwin: 'mac', win32: 'windows' }
const titles = { linux: 'Linux', mac: 'macOS', windows: 'Windows' }
const output = at('release')

/** The Electron that is packed: the official one, or the development bundle, which is marked as not for release. */
function runtime() {
  const program = electronPath()
  if (program.startsWith(at('node_modules/electron/dist'))) {
    const folder = at('node_modules/electron/dist')
    return { electron: readFileSync(path.join(folder, 'version'), 'utf8').trim(), folder, fallback: undefined }
  }
  const folder = path.dirname(program)
  return { electron: /electron-([\d.]+)$/.exec(folder)?.[1] ?? 'unknown', folder, fallback: folder }
}

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
const seven = ['/usr/bin/7zz', '/usr/bin/7za', '/usr/bin/7z'].find((file) => existsSync(file))

/** What each target needs on this machine beside electron-builder; '' = nothing is missing. */
const lacking = {
  linux: {
    dir: () => '',
    'tar.gz': () => (has('tar') ? '' : 'it needs tar'),
    deb: () => (has('fakeroot') && has('dpkg-deb') ? '' : 'it needs fakeroot and dpkg-deb'),
    rpm: () => (has('rpmbuild') ? '' : 'it needs rpmbuild (Debian: rpm)'),
    AppImage: () =>
      process.env.APPIMAGE_TOOLS_PATH
        ? ''
        : 'it needs the AppImage tools of electron-builder, whose runtime is in no package of Debian or npm: give their folder as APPIMAGE_TOOLS_PATH'
  },
  mac: { dir: () => '', dmg: () => '', zip: () => '' },
  windows: { dir: () => '', nsis: () => '', portable: () => '' }
}

const say = (line) => console.log(`pack: ${line}`)

/** The packed folder under a name of its own, as whoever unpacks it expects. */
function makeArchive(folder, output, { version }) {
  const name = `amt-migration-wizard-${version}`
  const file = path.join(output, `${name}-linux-${process.arch}.tar.gz`)
  const words = [
    '-C',
    output,
    '--owner=0',
    '--group=0',
    `--transform=s,^[^/]*,${name},`,
    '-cf',
    file,
    path.basename(folder)
  ]
  execFileSync('tar', ['-I', 'gzip -1', ...words], { stdio: ['ignore', 'ignore', 'inherit'] })
  return file
}

/** What is made here without electron-builder. */
const own = { deb: makeDeb, rpm: makeRpm, 'tar.gz': makeArchive }

/** Processors that packages of a system are made for; the development bundle is for this one alone. */
const processors = { linux: [process.arch], mac: ['universal'], windows: ['x64', 'arm64'] }

const archs = (system, facts) => (facts.release ? processors[system] : [process.arch]).map((each) => Arch[each])

async function packFolder(system, given) {
  const platform = Platform[system.toUpperCase()]
  await build({
    projectDir: given.stage,
    targets: platform.createTarget(['dir']),
    config: configuration(given),
    publish: 'never'
  })
  return path.join(output, system === 'windows' ? 'win-unpacked' : `${system}-unpacked`)
}

async function packTarget(system, target, folder, given, facts) {
  if (system === 'linux' && own[target]) return own[target](folder, output, facts)
  const platform = Platform[system.toUpperCase()]
  const processors = archs(system, facts)
  // The folder that is there is for one processor; for others electron-builder fetches their Electron and packs anew.
  const same = processors.length === 1 && processors[0] === Arch[process.arch]
  await build({
    projectDir: given.stage,
    targets: platform.createTarget([target], ...processors),
    config: configuration(same ? given : { ...given, electron: undefined, version: given.electron.version }),
    ...(same ? { prepackaged: folder } : {}),
    publish: 'never'
  })
}

async function main(wanted) {
  const system = systems[process.platform]
  const known = Object.keys(lacking[system])
  const stranger = wanted.find((target) => !known.includes(target))
  if (stranger !== undefined) {
    say(`${stranger} cannot be made on this system; it makes ${known.join(', ')}`)
    return 2
  }
  if (seven) process.env.ELECTRON_BUILDER_7ZIP_PATH ??= seven
  const bundled = spawnSync(node24, [at('build/bundle.mjs')], { cwd: root, stdio: 'inherit' })
  if (bundled.status !== 0) return 1
  const { electron, folder: electronFolder, fallback } = runtime()
  const staged = path.join(output, 'stage')
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  const facts = stage(staged, { electron, fallback })
  if (!facts.release) say(`this is the development runtime (Electron ${electron}): the packages are not for release`)
  const given = {
    stage: staged,
    output,
    electron: { folder: electronFolder, version: electron },
    afterPack,
    level: facts.release ? 'normal' : 'store'
  }
  const folder = await packFolder(system, given)
  say(`folder: ${path.relative(root, folder)}, ${(sizeOf(folder) / 1e6).toFixed(0)} MB`)
  const refused = []
  for (const target of (wanted.length > 0 ? wanted : known).filter((each) => each !== 'dir')) {
    const why = lacking[system][target]()
    if (why !== '') {
      refused.push(target)
      say(`${target}: not made here, ${why}`)
      continue
    }
    await packTarget(system, target, folder, given, facts)
    say(`${target}: made`)
  }
  const key = updateKey()
  const packages = readdirSync(output).filter((file) =>
    /^amt-migration-wizard-.*\.(exe|dmg|zip|AppImage|deb|rpm|tar\.gz)$/.test(file)
  )
  if (key) for (const file of packages) signPackage(path.join(output, file), key, facts.date)
  say(
    key
      ? `updates: ${packages.length} packages are signed (.amtupdate beside each)`
      : 'updates: not signed, AMT_UPDATE_KEY is not given; this build cannot check updates and says so'
  )
  const others = Object.keys(lacking).filter((each) => each !== system)
  for (const other of others)
    say(
      `${Object.keys(lacking[other]).slice(1).join(', ')}: not made here, they are made and signed on ${titles[other]}`
    )
  writeFileSync(
    path.join(output, 'packed.json'),
    JSON.stringify({ ...facts, electron, folder: path.basename(folder), refused })
  )
  // Asked for by name and not made is a failure; of everything, what works is what there is.
  return wanted.length > 0 && refused.length > 0 ? 1 : 0
}

process.exit(await main(process.argv.slice(2)))
