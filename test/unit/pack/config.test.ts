// What the packages of each system promise, read from the configuration they are made with, and from the installer's own script.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Target {
  readonly target: string
  readonly arch: readonly string[]
}
interface Configuration {
  readonly publish: unknown
  readonly fileAssociations: readonly { readonly ext: string; readonly mimeType: string }[]
  readonly extraResources: readonly { readonly to: string }[]
  readonly win: { readonly target: readonly Target[]; readonly icon: string }
  readonly nsis: Readonly<Record<string, unknown>> & { readonly include: string; readonly artifactName: string }
  readonly portable: { readonly artifactName: string }
  readonly mac: Readonly<Record<string, unknown>> & {
    readonly target: readonly Target[]
    readonly entitlements: string
  }
  readonly linux: { readonly target: readonly string[] }
}

const root = join(import.meta.dirname, '../../..')
const script = async <T>(name: string): Promise<T> => (await import(join(root, 'build/pack', name))) as T
const { configuration } = await script<{ configuration(given: object): Configuration }>('config.mjs')
const { desktopEntry, mimeXml, packType } =
  await script<Record<'desktopEntry' | 'mimeXml' | 'packType', string>>('linux.mjs')
const { packageOf } = await script<{ packageOf(file: string): object }>('sign.mjs')
const made = configuration({
  stage: '/stage',
  output: '/output',
  electron: undefined,
  version: '45.0.0',
  level: 'store'
})

test('every target of every system is there, for every processor', () => {
  expect(made.win.target).toEqual([
    { target: 'nsis', arch: ['x64', 'arm64'] },
    { target: 'portable', arch: ['x64', 'arm64'] }
  ])
  expect(made.mac.target).toEqual([
    { target: 'dmg', arch: ['universal'] },
    { target: 'zip', arch: ['universal'] }
  ])
  expect(made.linux.target).toEqual(['AppImage', 'deb', 'rpm', 'tar.gz'])
  expect(made.mac).toMatchObject({ hardenedRuntime: true })
  expect(existsSync(made.mac.entitlements)).toBe(true)
  expect(made.nsis).toMatchObject({
    oneClick: false,
    perMachine: false,
    allowElevation: true,
    createStartMenuShortcut: true,
    deleteAppDataOnUninstall: false
  })
})

test('nothing is published to a place that is built in', () => {
  expect(made.publish).toBeNull()
  expect(made.extraResources.map(({ to }) => to)).toEqual(['app-update.yml'])
})

test('a site pack is opened by a double click on every system', () => {
  expect(made.fileAssociations).toMatchObject([{ ext: 'amtpack', mimeType: packType }])
  expect(desktopEntry).toContain(`MimeType=${packType};`)
  expect(desktopEntry).toMatch(/^Exec=\S+ %f$/m)
  expect(mimeXml).toContain('<glob pattern="*.amtpack"/>')
})

test('the uninstaller keeps the data unless a person says otherwise, and lets the program itself remove it', () => {
  const nsh = readFileSync(made.nsis.include, 'utf8')
  // Yes is the first button and so the one that Enter presses; silent means yes, too.
  expect(nsh).toMatch(/MB_YESNO\|MB_ICONQUESTION "Keep your imports/)
  expect(nsh).toContain('/SD IDYES IDYES amtDataStays')
  expect(nsh).toContain('--cli store remove --yes')
  // It must not give up passwords, nor delete by itself.
  expect(nsh).not.toMatch(/RMDir|Delete|--with-/)
})

test('each package can be told by its name, and no two have the same', () => {
  const named = (form: string): string =>
    form.replace(`\${version}`, '1.2.3').replace(`\${arch}`, 'arm64').replace(`\${ext}`, 'exe')
  expect(packageOf(named(made.nsis.artifactName))).toMatchObject({ kind: 'nsis', platform: 'win32', arch: 'arm64' })
  expect(packageOf(named(made.portable.artifactName))).toMatchObject({ kind: 'portable', version: '1.2.3' })
  expect(packageOf('amt-migration-wizard-1.2.3-rc.1-linux-x64.tar.gz')).toMatchObject({
    ...{ kind: 'tar.gz', version: '1.2.3-rc.1', platform: 'linux', arch: 'x64' }
  })
  expect(packageOf('amt-migration-wizard-1.2.3-mac-universal.zip')).toMatchObject({ kind: 'zip', platform: 'darwin' })
  expect(() => packageOf('something-else.deb')).toThrow(/not the name of a package/)
})
