// The data folder of each operating system.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultFolder } from '../../electron/folder.ts'

test.each([
  ['win32', { APPDATA: 'roaming' }, join('roaming', 'AMT Migration Wizard')],
  ['win32', {}, join(homedir(), 'AppData', 'Roaming', 'AMT Migration Wizard')],
  ['darwin', {}, join(homedir(), 'Library', 'Application Support', 'AMT Migration Wizard')],
  ['linux', { XDG_CONFIG_HOME: 'config' }, join('config', 'AMT Migration Wizard')],
  ['linux', {}, join(homedir(), '.config', 'AMT Migration Wizard')]
] as const)('%s %o', (platform, env, folder) => {
  expect(defaultFolder(env, platform)).toBe(folder)
})
