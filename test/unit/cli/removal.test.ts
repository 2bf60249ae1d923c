// `store show`, `store remove` and `update` as they are typed.
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { removeKept } from '../../../electron/cli/removal.ts'
import { checkUpdate } from '../../../electron/cli/update.ts'
import { openStore } from '../../../electron/store/store.ts'
import { noVault, openVaults } from '../../../electron/vault.ts'
import { value } from '../../bench.ts'
import { leftOut } from '../../session.ts'
import { newPublisher, writePackage } from '../updates/signed.ts'
import { here } from './here.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'amt-store-'))
const guid = '4c4c4544-0042-3510-8051-b4c04f325a33'
const service = 'AMT Migration Wizard'

test('a folder with nothing in it: shown as empty, and its removal is done', async () => {
  const folder = newFolder()
  const shown = await here('store', 'show', '--json', '--data', folder)
  expect([shown.code, JSON.parse(shown.out)]).toEqual([
    0,
    { event: 'kept', folder, files: [], entries: 0, unproved: 0, inUse: 0 }
  ])
  // To look must not make a store.
  expect(readdirSync(folder)).toEqual([])
  expect((await here('store', 'remove', '--yes', '--data', folder)).code).toBe(0)
  expect(existsSync(folder)).toBe(false)
})

test('while another program works on the folder nothing is removed', async () => {
  const folder = newFolder()
  const store = value(openStore({ folder, actor: 'test', now: Date.now }))
  const refused = await here('store', 'remove', '--yes', '--with-unproved', '--data', folder)
  store.close()
  expect(refused.code).toBe(4)
  expect(existsSync(join(folder, 'wizard.db'))).toBe(true)
})

test('passwords stand against it until they are given up by name; then entries and files are gone', async () => {
  const { real } = await openVaults(service)
  if (real.kind === 'none') return leftOut('There is no keychain')
  const folder = newFolder()
  const store = value(openStore({ folder, actor: 'test', now: Date.now }))
  const about = { guid, username: 'admin', practice: false, jobId: 'j' } as const
  const [slot, used] = ['job/removal-test/new-admin', 'job/removal-test/before']
  for (const each of [slot, used]) value(await real.keep(each, 'Never-shown-1'))
  value(await real.keep('job/removal-test-of-another-folder/new-admin', 'Never-shown-2'))
  store.secrets.add({ ...about, slot, role: 'pending' })
  store.secrets.add({ ...about, slot: used, role: 'current' })
  store.close()
  const remove = (...more: string[]) => here('store', 'remove', '--yes', '--json', '--data', folder, ...more)
  const code = ({ out }: { out: string }): unknown => JSON.parse(out.trim().split('\n').at(-1) ?? '').problem?.code

  expect(code(await remove())).toBe('passwords-unproved')
  expect(code(await remove('--with-passwords'))).toBe('passwords-unproved')
  expect(value(await real.find(slot))).toBe('Never-shown-1')
  const shown = await here('store', 'show', '--data', folder)
  expect(shown.out).toContain('new passwords of 1 computer that no login has proved yet')
  writeFileSync(join(folder, 'report.html'), 'a person saved this here')
  const removed = await remove('--with-unproved')
  expect([removed.code, readdirSync(folder)]).toEqual([0, ['report.html']])
  expect(JSON.parse(removed.out.trim().split('\n').at(-1) ?? '')).toEqual({
    event: 'removed',
    removed: true,
    keychain: true,
    left: ['report.html']
  })
  expect(shown.out + removed.out + removed.err).not.toContain('Never-shown')
  expect([value(await real.find(slot)), value(await real.find(used))]).toEqual([undefined, undefined])
  const others = 'job/removal-test-of-another-folder/new-admin'
  expect(value(await real.find(others))).toBe('Never-shown-2')
  await real.forget([others])
})

test('a keychain that does not answer may hold practice entries: removed, but never exit code 0', async () => {
  const folder = newFolder()
  const store = value(openStore({ folder, actor: 'test', now: Date.now }))
  store.audit.append('secret kept', { slot: 'import/i/account/a' })
  store.close()
  const nobody = noVault('nobody answers')
  const vaults = async () => ({ real: nobody, practice: nobody })
  const said = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  const code = await removeKept({ folder, json: false, vaults, accepted: 'nothing', yes: true, asking: undefined })
  const words = said.mock.calls.join('')
  said.mockRestore()
  expect(words).toContain('Removed, but for the keychain.')
  expect([code, existsSync(folder)]).toEqual([1, false])
})

test('an update file is checked; a checkout has no key to check it with', async () => {
  const publisher = newPublisher()
  const folder = newFolder()
  const file = writePackage(newFolder(), publisher)
  const refused = await here('update', file, '--json', '--data', folder)
  expect([refused.code, JSON.parse(refused.out).problem.code]).toEqual([1, 'update-no-key'])
  expect((await here('update')).code).toBe(2)
  const { platform, arch } = process
  const running = { version: '0.1.0', platform, arch }
  const given = { file, folder, older: false, json: true, running }
  const said = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  expect(await checkUpdate({ ...given, key: publisher.publicKey })).toBe(0)
  expect(existsSync(join(folder, 'updates'))).toBe(true)
  writeFileSync(file, 'b new version')
  expect(await checkUpdate({ ...given, key: publisher.publicKey })).toBe(1)
  said.mockRestore()
})
