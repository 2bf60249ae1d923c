// After a whole run through the window, no practice password is in any file; and the search finds one that was planted.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { practicePasswords } from '../../electron/simulator/practice.ts'
import { button, openWizard, untilThrough, walkTo } from '../screens.ts'

/** How a password could stand in a file: as it is, as Base64, as UTF-16, JSON-escaped. */
const forms = (password: string): Buffer[] => [
  Buffer.from(password, 'utf8'),
  Buffer.from(Buffer.from(password, 'utf8').toString('base64')),
  Buffer.from(password, 'utf16le'),
  Buffer.from(JSON.stringify(password).slice(1, -1))
]

/** Files below the folder that hold a practice password. */
function leaks(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return practicePasswords.some((password) => forms(password).some((form) => bytes.includes(form)))
    })
}

test('no password is left in the data folder, the logs or the report', async () => {
  const { app, page, folder } = await openWizard()
  await walkTo(page, 'progress')
  await untilThrough(page)
  await button(page, /^Next$/).click()
  const report = join(folder, 'report.html')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, report)
  await button(page, /Save report/).click()
  await expect.poll(() => readdirSync(folder)).toContain('report.html')
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }) + document.documentElement.outerHTML)
  expect(practicePasswords.filter((password) => stored.includes(password))).toEqual([])
  await app.close()

  expect(readdirSync(folder)).toContain('wizard.db')
  expect(leaks(folder)).toEqual([])
  writeFileSync(join(folder, 'planted.log'), `x${practicePasswords[0]}y`)
  expect(leaks(folder)).toEqual([join(folder, 'planted.log')])
})
