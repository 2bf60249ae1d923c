// Looks at a packed folder before anything is made of it: every promised file is there, and nothing that must not be.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { listPackage } from '@electron/asar'

const inArchive = [
  'package.json',
  'dist/main.cjs',
  'dist/preload.cjs',
  'dist/cli.cjs',
  'dist/renderer/index.html',
  'resources/sample.csv',
  'resources/verify-audit.mjs',
  'LICENSE',
  'node_modules/keytar/lib/keytar.js',
  'node_modules/better-sqlite3/lib/index.js'
]
const beside = ['THIRD-PARTY-LICENCES.txt', 'sbom.cdx.json']
/** Beside the archive. */
const inResources = ['app-update.yml']
/** Sources, tests, maps and notes have no business in a package. */
const never = /(^|\/)(test|shared|renderer\/src)\/|\.(ts|tsx|map)$|(^|\/)\.env/

/** @param {string} folder where the program's `resources` folder lies @returns {string[]} what is wrong, in words */
export function faultsOf(folder, resources = path.join(folder, 'resources')) {
  const archive = path.join(resources, 'app.asar')
  if (!existsSync(archive)) return [`${archive} is missing`]
  const inside = listPackage(archive).map((file) => file.replaceAll('\\', '/').replace(/^\//, ''))
  const unpacked = path.join(resources, 'app.asar.unpacked')
  const native = existsSync(unpacked)
    ? readdirSync(unpacked, { recursive: true })
        .filter((file) => String(file).endsWith('.node'))
        .map(String)
    : []
  return [
    ...inArchive.filter((file) => !inside.includes(file)).map((file) => `${file} is not in the archive`),
    ...['better-sqlite3', 'keytar']
      .filter((name) => !native.some((file) => file.replaceAll('\\', '/').includes(`node_modules/${name}/`)))
      .map((name) => `no native part of ${name} lies beside the archive`),
    ...beside.filter((file) => !existsSync(path.join(folder, file))).map((file) => `${file} is missing`),
    ...inResources.filter((file) => !existsSync(path.join(resources, file))).map((file) => `${file} is missing`),
    ...inside.filter((file) => never.test(file)).map((file) => `${file} must not be shipped`),
    ...(existsSync(path.join(resources, 'app')) ? ['a folder beside the archive could take its place'] : [])
  ]
}

/** electron-builder's hook: takes the development bundle's start page away, then checks. */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const mac = electronPlatformName === 'darwin'
  const content = mac ? path.join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents') : appOutDir
  const resources = path.join(content, mac ? 'Resources' : 'resources')
  rmSync(path.join(resources, 'app'), { recursive: true, force: true })
  const faults = faultsOf(content, resources)
  if (faults.length > 0) throw new Error(`The package is not whole:\n  ${faults.join('\n  ')}`)
}

/** @returns {number} bytes of a folder */
export const sizeOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0)
