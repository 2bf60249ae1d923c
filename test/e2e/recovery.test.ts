// A damaged store met at the door: what can be read is recovered when the person wants that, and it is said and on record.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openStore } from '../../electron/store/store.ts'
import { button, examine, newFolder, openWizard, shows } from '../screens.ts'

/** A data folder whose store has many entries, and in their midst pages of nonsense. */
function damagedFolder(): string {
  const folder = newFolder()
  const opened = openStore({ folder, actor: 'test', now: Date.now })
  if (!opened.ok) throw new Error(opened.problem.code)
  const { audit, together, close } = opened.value
  together(() => {
    for (let n = 0; n < 2_000; n++) audit.append('secret kept', { slot: `slot-${n}` }, { computer: `PC${n}` })
  })
  close()
  const file = join(folder, 'wizard.db')
  const bytes = readFileSync(file)
  // Near the end lie entries; further ahead the tables themselves are described.
  bytes.fill(0xa5, bytes.length - 30 * 4096, bytes.length - 20 * 4096)
  writeFileSync(file, bytes)
  return folder
}

/**
 * Electron with somebody between the program and the system's dialogs from its first moment on, who answers with a button and
 * notes them all. Playwright takes NODE_OPTIONS away, so a script gives it back.
 */
function answering(response: number): string {
  const folder = newFolder()
  const [module, program] = [join(folder, 'answering.cjs'), join(folder, 'electron')]
  writeFileSync(
    module,
    `const Module = require('node:module')
const load = Module._load
globalThis.shown = []
Module._load = function (name, ...rest) {
  const found = load.call(this, name, ...rest)
  if (name === 'electron' && found.dialog) {
    found.dialog.showMessageBox = async (options) => (globalThis.shown.push(options), { response: ${response} })
    found.dialog.showErrorBox = (title, content) => globalThis.shown.push({ title, content })
  }
  return found
}`
  )
  writeFileSync(program, `#!/bin/sh\nNODE_OPTIONS='--require=${module}' exec "$AMT_ELECTRON" "$@"\n`, { mode: 0o700 })
  return program
}

type Seen = typeof globalThis & { shown?: { title: string; message: string; detail?: string; buttons?: string[] }[] }

test.skip(process.platform === 'win32', 'who stands in between is a shell script')

test('the window offers to recover a damaged store, and says what came of it', async () => {
  const folder = damagedFolder()
  const { app, page } = await openWizard(folder, answering(0))
  await shows(page, 'start')
  const shown = await app.evaluate(() => (globalThis as Seen).shown ?? [])
  expect(shown.map(({ title }) => title)).toEqual(['The data of the wizard is damaged', 'The data was recovered'])
  expect(shown[0]?.buttons).toEqual(['Recover what can be read', 'Quit'])
  expect(shown[1]?.message).toMatch(
    /^\d{3,} entries could be read and are in a new store\. Something is missing in: .*audit/
  )
  expect(readdirSync(folder).filter((name) => name.startsWith('damaged-'))).toHaveLength(1)
  await button(page, /^Audit log$/).click()
  await shows(page, 'audit')
  await expect(page.locator('[data-kind="store recovered"]')).toContainText('The data was damaged and was recovered.')
  await button(page, 'Verify').click()
  await expect(page.locator('[data-chain="broken"]')).toBeVisible()
  await examine(page, 'recovered')
  await app.close()
})
