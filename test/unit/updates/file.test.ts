// An update chosen as a file: taken when every part of it holds, else refused with the reason.
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeUpdateFile } from '../../../electron/updates/file.ts'
import type { Running } from '../../../electron/updates/statement.ts'
import { checkedWords } from '../../../electron/updates/words.ts'
import { newPublisher, writePackage } from './signed.ts'

const publisher = newPublisher()
const { platform, arch } = process
const running: Running = { version: '0.1.0', platform, arch }
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'amt-update-'))

async function take(chosen: string, more: { older?: boolean; key?: string | undefined; running?: Running } = {}) {
  const folder = newFolder()
  const taken = await takeUpdateFile(chosen, { key: publisher.publicKey, running, folder, ...more })
  return { folder, code: taken.ok ? 'ok' : taken.problem.code, taken }
}

test('the package or its description may be chosen; a checked copy lies in the data folder', async () => {
  const file = writePackage(newFolder(), publisher)
  for (const chosen of [file, `${file}.amtupdate`]) {
    const { taken, folder } = await take(chosen)
    if (!taken.ok) throw new Error(taken.problem.code)
    expect(taken.value.path.startsWith(folder)).toBe(true)
    expect(readFileSync(taken.value.path, 'utf8')).toBe('a new version')
    expect(statSync(join(folder, 'updates')).mode & 0o777).toBe(0o700)
    expect(checkedWords(taken.value)).toContain('Version 9.0.0 is signed by the publisher and whole.')
  }
})

test('a build without a key accepts nothing', async () => {
  expect((await take(writePackage(newFolder(), publisher), { key: undefined })).code).toBe('update-no-key')
})

test('a signature by somebody else, or over something else, is refused before anything is read', async () => {
  const stranger = newPublisher()
  expect((await take(writePackage(newFolder(), stranger))).code).toBe('update-unsigned')
  const file = writePackage(newFolder(), publisher)
  const description = `${file}.amtupdate`
  writeFileSync(description, readFileSync(description, 'utf8').replace('9.0.0', '9.0.1'))
  expect((await take(file)).code).toBe('update-unsigned')
})

test('an equal or lower version is refused unless the person says so', async () => {
  for (const version of ['0.1.0', '0.0.9', '0.1.0-beta.2']) {
    const file = writePackage(newFolder(), publisher, { version })
    expect((await take(file)).code, version).toBe('update-not-newer')
    expect((await take(file, { older: true })).code, version).toBe('ok')
  }
})

test('another system is refused, also when an older version was allowed', async () => {
  const file = writePackage(newFolder(), publisher)
  const other = { ...running, arch: arch === 'x64' ? 'arm64' : 'x64' }
  expect((await take(file, { running: other, older: true })).code).toBe('update-other-system')
  const mac = writePackage(newFolder(), publisher, { system: 'mac-universal', ending: 'zip' })
  const onMac: Running = { version: '0.1.0', platform: 'darwin', arch: 'arm64' }
  expect((await take(mac, { running: onMac })).code).toBe('ok')
  expect((await take(mac, { running: { ...onMac, platform: 'linux' } })).code).toBe('update-other-system')
})

test('a package that is not the signed one is refused, and nothing of it stays', async () => {
  const longer = writePackage(newFolder(), publisher)
  appendFileSync(longer, 'more')
  const same = writePackage(newFolder(), publisher)
  writeFileSync(same, 'b new version')
  for (const file of [longer, same]) {
    const { code, folder } = await take(file)
    expect(code).toBe('update-altered')
    expect(existsSync(join(folder, 'updates')) ? readdirSync(join(folder, 'updates')) : []).toEqual([])
  }
})

test('each half by itself, and what is no description at all', async () => {
  const alone = writePackage(newFolder(), publisher)
  rmSync(`${alone}.amtupdate`)
  expect((await take(alone)).code).toBe('update-file-missing')
  const described = writePackage(newFolder(), publisher)
  rmSync(described)
  expect((await take(`${described}.amtupdate`)).code).toBe('update-file-missing')
  for (const text of ['', 'hello\n', '{}\n', `{"a":1}\nAAAA\nmore\n`, 'x'.repeat(10_000)]) {
    const file = writePackage(newFolder(), publisher)
    writeFileSync(`${file}.amtupdate`, text)
    expect((await take(file)).code, text.slice(0, 20)).toBe('not-an-update')
  }
})

test('a folder in the name of the package leads nowhere, even signed', async () => {
  for (const name of ['../evil.AppImage', '/etc/hostname', 'C:\\evil.exe', 'a b.AppImage']) {
    const file = writePackage(newFolder(), publisher)
    const [line = ''] = readFileSync(`${file}.amtupdate`, 'utf8').split('\n')
    const forged = JSON.stringify({ ...(JSON.parse(line) as object), file: name })
    writeFileSync(`${file}.amtupdate`, `${forged}\n${publisher.sign(Buffer.from(forged)).toString('base64')}\n`)
    expect((await take(file)).code, name).toBe('not-an-update')
  }
})
