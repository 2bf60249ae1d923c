// Chromium's sandbox stays on everywhere: nothing asks for less, and no test lets Playwright ask for less on its behalf.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
/** Put together here, so that this file does not find itself. */
const forbidden = ['no', 'sandbox'].join('-')
const launch = ['_electron', 'launch('].join('.')

const sources = ['build', 'electron', 'test', '.ci']
  .filter((folder) => existsSync(path.join(root, folder)))
  .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name))
  .concat(path.join(root, 'package.json'))
  .map((file) => ({ file: path.relative(root, file), text: readFileSync(file, 'utf8') }))

test('nothing switches the sandbox off', () => {
  expect(sources.filter(({ text }) => text.includes(forbidden)).map(({ file }) => file)).toEqual([])
})

test('every window a test opens keeps it on', () => {
  const opening = sources.filter(({ file, text }) => file.startsWith('test') && text.includes(launch))
  expect(opening.filter(({ text }) => !text.includes('chromiumSandbox: true')).map(({ file }) => file)).toEqual([])
})

test('nothing is handed to the programs of the system: a page or a device could choose the address', () => {
  const opening = sources.filter(
    ({ file, text }) => file.startsWith('electron') && /\bshell\b.*from 'electron'/.test(text)
  )
  expect(opening.map(({ file }) => file)).toEqual([])
})

test('no crash reporter is started: a dump would hold what the program remembers', () => {
  const reporter = ['crash', 'Reporter'].join('')
  expect(sources.filter(({ text }) => text.includes(reporter)).map(({ file }) => file)).toEqual([])
})
