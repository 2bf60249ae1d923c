// What is installed is what was looked at: exact versions, hashes, few installation scripts, and licences that may be shipped.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
/** The very list that packing goes by. */
const { allowedLicences } = (await import(pathToFileURL(path.join(root, 'build/pack/notices.mjs')).href)) as {
  readonly allowedLicences: readonly string[]
}
const json = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'))

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly allowScripts: Readonly<Record<string, boolean>>
}
interface Locked {
  /** Only where it is not the folder's own. */
  readonly name?: string
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly license?: string
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const manifest = json('package.json') as Manifest
const { packages } = json('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> }
const locked = Object.entries(packages).filter(([where]) => where !== '')
const nameOf = ([where, { name }]: readonly [string, Locked]): string =>
  name ?? where.split('node_modules/').at(-1) ?? ''
const named = (found: readonly (readonly [string, Locked])[]): string[] => found.map(nameOf).sort()

test('every package is asked for in one version, and the lock is for these', () => {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies }
  expect(Object.entries(asked).filter(([, version]) => !/^(npm:@?[\w/.-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([])
  expect(packages['']).toMatchObject({
    dependencies: manifest.dependencies,
    devDependencies: manifest.devDependencies
  })
})

test('every package of the lock has its hash, and none a place of its own', () => {
  expect(locked.length).toBeGreaterThan(300)
  expect(named(locked.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==/.test(integrity ?? '')))).toEqual([])
  expect(named(locked.filter(([, { resolved }]) => resolved !== undefined))).toEqual([])
})

/** A program that is fetched, two that are put in place; who is added here has been read. */
const mayRun = ['@github/keytar', 'esbuild', 'node']

test('who has an installation script is named in allowScripts, and only three may run one', () => {
  const withScript = named(locked.filter(([, { hasInstallScript }]) => hasInstallScript === true))
  expect(withScript).toEqual(expect.arrayContaining(mayRun))
  expect(withScript.filter((name) => !(name in manifest.allowScripts))).toEqual([])
  const allowed = Object.entries(manifest.allowScripts).filter(([, allowed]) => allowed)
  expect(allowed.map(([name]) => name).sort()).toEqual(mayRun)
})

/** Packages that the sources of the program name. */
function imported(): Set<string> {
  const files = ['electron', 'renderer', 'shared']
    .flatMap((room) => readdirSync(path.join(root, room), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  const names = files.flatMap((entry) => {
    const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8')
    return [...text.matchAll(/(?:from|import) '((?:@[\w-]+\/)?[\w-]+)[^']*'/g)].map(([, name = '']) => name)
  })
  return new Set(names.filter((name) => name in manifest.dependencies || name in manifest.devDependencies))
}

/** The place in the lock that a package's own need is met from: beside it, or further up. */
function placeOf(name: string, from: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (place in packages) return place
    if (at === '') return undefined
  }
}

function closure(names: Iterable<string>): Set<string> {
  const found = new Set<string>()
  const walk = (name: string, from: string): void => {
    const place = placeOf(name, from)
    if (place === undefined || found.has(place)) return
    found.add(place)
    for (const needed of Object.keys(packages[place]?.dependencies ?? {})) walk(needed, place)
  }
  for (const name of names) walk(name, '')
  return found
}

/** Installed, but in no bundle: only the command of js-yaml asks for it. Packing, which reads the bundles, would refuse its licence. */
const neverBundled = ['node_modules/argparse']

test('everything that could be shipped has a licence of the list', () => {
  const names = imported()
  expect([...names]).toEqual(expect.arrayContaining(['react', 'better-sqlite3', 'zod', '@fluentui/react-components']))
  // The program that runs it comes with its own licences.
  names.delete('electron')
  const shipped = closure([...Object.keys(manifest.dependencies), ...names])
  expect(shipped.size).toBeGreaterThan(80)
  const strange = [...shipped].flatMap((place) => {
    if (neverBundled.includes(place)) return []
    const { license = 'none' } = packages[place] ?? {}
    const choices = license.replace(/^\((.*)\)$/, '$1').split(' OR ')
    return choices.some((choice) => allowedLicences.includes(choice)) ? [] : [`${place}: ${license}`]
  })
  expect(strange).toEqual([])
})
