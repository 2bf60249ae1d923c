// The small facts around an update: which version is later, what an address is, how the program was installed.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readAddress } from '../../../electron/updates/address.ts'
import { installedAs, replacesItself } from '../../../electron/updates/installed.ts'
import { newestName } from '../../../electron/updates/statement.ts'
import { compareVersions } from '../../../electron/updates/version.ts'
import { updateFacts } from '../../../electron/version.ts'

test('versions stand in the order of their standard', () => {
  const ordered = ['0.9.10', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2'].concat(
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '1.2.0',
    '1.10.0',
    '2.0.0'
  )
  for (const [at, one] of ordered.entries())
    for (const [other, two] of ordered.entries())
      expect(Math.sign(compareVersions(one, two)), `${one} ${two}`).toBe(Math.sign(at - other))
})

test('an address is a folder on a server, with nothing hidden in it', () => {
  const folder = (text: string) => {
    const read = readAddress(text)
    return read.ok ? read.value : read.problem.code
  }
  expect(folder(' https://updates.example/amt ')).toBe('https://updates.example/amt/')
  expect(folder('http://10.0.0.7:8080/')).toBe('http://10.0.0.7:8080/')
  for (const wrong of ['', 'updates.example', 'file:///srv/amt', 'ftp://updates.example/', 'javascript:1'])
    expect(folder(wrong), wrong).toBe('update-address')
  for (const wrong of [
    'https://a:secret@updates.example/',
    'https://updates.example/?x=1',
    'https://updates.example/#x'
  ])
    expect(folder(wrong), wrong).toBe('update-address')
  const secret = readAddress('https://a:secret@updates.example/')
  expect(JSON.stringify(secret)).not.toContain('secret')
})

test('how it was installed decides what may replace it', () => {
  const resources = mkdtempSync(join(tmpdir(), 'amt-installed-'))
  expect(installedAs('linux', {}, resources)).toBe('tar.gz')
  expect(installedAs('linux', { APPIMAGE: '/x.AppImage' }, resources)).toBe('AppImage')
  for (const type of ['deb', 'rpm'] as const) {
    writeFileSync(join(resources, 'package-type'), type)
    expect(installedAs('linux', {}, resources)).toBe(type)
  }
  expect(installedAs('win32', {}, resources)).toBe('nsis')
  expect(installedAs('win32', { PORTABLE_EXECUTABLE_FILE: 'x.exe' }, resources)).toBe('portable')
  expect(installedAs('darwin', {}, resources)).toBe('zip')
  expect(['tar.gz', 'portable', 'dmg'].some((kind) => replacesItself(kind as 'dmg'))).toBe(false)
  expect(newestName({ version: '1.0.0', platform: 'darwin', arch: 'arm64' }, 'zip')).toBe(
    'latest-darwin-universal-zip.amtupdate'
  )
})

test('the key is that of the build, and a checkout has none', () => {
  const root = mkdtempSync(join(tmpdir(), 'amt-facts-'))
  const write = (manifest: object): void => writeFileSync(join(root, 'package.json'), JSON.stringify(manifest))
  write({ version: '1.2.3' })
  expect(updateFacts(root)).toEqual({ version: '1.2.3', key: undefined })
  write({ version: '1.2.3', buildFacts: { commit: 'c', date: 'd', release: true, updateKey: 'MCow' } })
  expect(updateFacts(root)).toEqual({ version: '1.2.3', key: 'MCow' })
})
