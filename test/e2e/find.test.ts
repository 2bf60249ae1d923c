// Computers found on the network instead of in a file, their GUIDs read from the devices, and out to another manager in the end.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { blockers } from '../previewScreens.ts'
import {
  button,
  examine,
  examineBoth,
  examineSmall,
  look,
  next,
  openWizard,
  shows,
  start,
  untilThrough,
  walkTo
} from '../screens.ts'

const saveAs = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
const choose = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
  }, file)

const range = (page: Page) => page.getByRole('textbox', { name: 'Addresses to search' })

test('a range is searched, GUIDs are read, and the computers go on to Configuration Manager and back', async () => {
  const { app, page, folder } = await openWizard()
  await walkTo(page, 'source')
  await button(page, /^Find computers on the network/).click()
  await range(page).fill('10.0.0.9-3, 10.0.0.0/8')
  await expect(page.locator('main')).toContainText('it ends before it begins')
  await expect(button(page, 'Search')).toBeDisabled()
  await range(page).scrollIntoViewIfNeeded()
  await examine(page, 'find-refused')
  await range(page).fill('8.8.8.8')
  await expect(button(page, 'Search')).toBeDisabled()
  await page.getByRole('checkbox', { name: /on the internet/ }).check()
  await expect(button(page, 'Search')).toBeEnabled()

  // Slowly, to be stopped on the way.
  await range(page).fill('192.0.2.0/26')
  await page.getByRole('textbox', { name: 'Addresses in a second' }).fill('5')
  await button(page, 'Search').click()
  await expect(page.getByRole('progressbar', { name: 'Addresses asked' })).toBeVisible()
  await button(page, 'Stop the search').click()
  await expect(page.locator('main')).toContainText('Stopped after')
  await page.getByRole('textbox', { name: 'Addresses in a second' }).fill('200')
  await button(page, 'Search').click()
  // The one that is switched off answers nothing.
  await expect(button(page, 'Take 29 computers into the list')).toBeEnabled()
  await button(page, 'Take 29 computers into the list').scrollIntoViewIfNeeded()
  await examineBoth(page, 'find-found')
  await examineSmall(app, page, 'find-found')
  await button(page, 'Take 29 computers into the list').click()
  await expect(page.locator('[data-recognised]')).toContainText('Found on 192.0.2.0/26')

  await next(page, 'mapping')
  await next(page, 'preview')
  await blockers(page).toBe(29)
  await expect(page.locator('[data-guids="29"]')).toBeVisible()
  await examine(page, 'find-preview')
  await button(page, 'Read it from the devices').click()
  await expect(page.locator('[data-guids]')).toContainText(/devices told its GUID/)
  await examineBoth(page, 'find-read')
  const told = 29 - Number(await page.locator('[data-guids]').getAttribute('data-guids'))
  expect(told).toBeGreaterThan(0)
  await blockers(page).toBe(29 - told)

  // The others have another password: they are left out here.
  await page.locator('[data-filter="blocker"]').click()
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Alt+Delete')
  await blockers(page).toBe(0)
  for (const name of ['accounts', 'profile', 'schedule', 'summary']) await next(page, name)
  await start(page)
  await untilThrough(page)
  await button(page, /^Next$/).click()
  await shows(page, 'confirmation')

  await look(page, 'Dark')
  await button(page, /^Export for another manager/).click()
  await page.getByRole('checkbox', { name: 'With passwords' }).check()
  await expect(page.locator('[data-warning]')).toContainText('Base64 hides nothing')
  await examine(page, 'export-list-dark')
  await page.getByRole('combobox', { name: 'For' }).selectOption('powershell')
  await page.getByRole('textbox', { name: 'Site code' }).fill('AB')
  await expect(button(page, /^Save$/)).toBeDisabled()
  await page.getByRole('textbox', { name: 'Site code' }).fill('ABC')
  await examineSmall(app, page, 'export-script')
  const script = join(folder, 'import.ps1')
  await saveAs(app, script)
  await button(page, /^Save$/).click()
  await expect(page.locator('main')).toContainText('saved as import.ps1.')
  const [, name = '', guid = ''] = /Name = '([^']+)'.*Guid = '([^']+)'/.exec(readFileSync(script, 'utf8')) ?? []
  expect(guid).toMatch(/^4C4C4544-/)

  const result = join(folder, 'result.csv')
  writeFileSync(result, `Name,Guid,Outcome,ResourceId,Detail\r\n${name},${guid},created,16777220,\r\n`)
  await choose(app, result)
  await button(page, 'Read the result file').click()
  await expect(page.locator('[data-outcome="created"]')).toContainText(name)
  await page.locator('[data-results]').scrollIntoViewIfNeeded()
  await examine(page, 'export-result')
  await app.close()
})
