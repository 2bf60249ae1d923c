// States the straight walk does not show: a bad file, the form, details, going on, small windows, 200 % zoom, high contrast.
import { expect, test } from '@playwright/test'
import { drop } from '../lists.ts'
import {
  button,
  examine,
  examineBoth,
  examineSmall,
  next,
  openWizard,
  shows,
  untilThrough,
  walkTo
} from '../screens.ts'

const guid = (n: number): string => `4c4c4544-0046-3000-8000-c7c04f0000${n.toString(16).padStart(2, '0')}`

/** Every fault a row can have that the issue names, one a line, in the six columns without titles. */
const badRows = [
  `PC01,pc01.example.com,${guid(1)},02:1A:4F:46:00:01,,${btoa('Practice-Crane7!')}`,
  `PC02,pc02.example.com,00000000-0000-0000-0000-000000000000,,,`,
  `PC03,pc03.example.com,ffffffff-ffff-ffff-ffff-ffffffffffff,,,`,
  `PC04,pc04.example.com,{${guid(4).toUpperCase()}},021a4f460004,,`,
  `PC05,other.example.com,${guid(5)},,,`,
  `PC06,pc06.example.com,${guid(6)},,,clear-Text1!`,
  `PC07,pc07.example.com,${guid(8)},,,`,
  `PC08,pc08.example.com,${guid(8)},,,`,
  `=cmd|' /C calc'!A0,pc09.example.com,${guid(9)},,,`,
  `${'x'.repeat(300)},pc10.example.com,${guid(10)},,,`,
  `PC-WITH-A-VERY-LONG-NAME-INDEED,pc-with-a-very-long-name-indeed.branch-office.subsidiary.holding.example.com,${guid(11)},,,`
].join('\r\n')

test('a bad file is refused in words, and bad rows are repaired in the grid', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'source')
  await drop(page, 'empty.csv', '')
  await expect(page.getByRole('alert')).toContainText('empty')
  await examineBoth(page, 'source-refused')
  await drop(page, 'leeds-export.csv', badRows)
  await expect(page.locator('[data-recognised]')).toContainText('leeds-export.csv')
  await next(page, 'mapping')
  await next(page, 'preview')
  await expect(page.locator('[data-filter="blocker"]')).toContainText('7')
  await page.keyboard.press('F8')
  await examineBoth(page, 'preview-bad')

  await page.locator('[data-filter="blocker"]').click()
  const before = Number((await page.locator('[data-filter="blocker"]').textContent())?.replace(/\D/g, ''))
  await page.locator('[data-row="1"] [data-field="guid"]').dblclick()
  await page.keyboard.press('Control+A')
  await page.keyboard.type(guid(2))
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-filter="blocker"]')).toContainText(String(before - 1))
  await app.close()
})

test('a single computer is typed in, its passwords never shown again', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'source')
  await button(page, /single computer/).click()
  await shows(page, 'single')
  await page.getByLabel(/^Name/).fill('FIN-0231')
  await page.getByLabel(/^FQDN/).fill('other.corp.practice.example')
  await page.getByLabel(/^SMBIOS GUID/).fill('not a guid')
  await page.getByLabel(/^SMBIOS GUID/).blur()
  await expect(page.getByText(/not an SMBIOS GUID/).first()).toBeVisible()
  await examineBoth(page, 'single')
  await page.getByLabel(/^FQDN/).fill('fin-0231.corp.practice.example')
  await page.getByLabel(/^SMBIOS GUID/).fill('4C4C4544-0046-3000-8000-C7C04F000031')
  await page.getByLabel(/^Remote admin password/).fill('Practice-Crane7!')
  await page.getByLabel(/^Remote admin password/).blur()
  await expect(page.getByText(/kept in the keychain/i).first()).toBeVisible()
  expect(await page.content()).not.toContain('Practice-Crane7!')
  await button(page, 'Finish').click()
  await shows(page, 'summary')
  await button(page, /^Start$/).click()
  await shows(page, 'progress')
  await untilThrough(page)
  await expect(page.locator('[data-job="FIN-0231"]')).toHaveAttribute('data-state', 'done')
  await app.close()
})

test('the explorer reads a device, class by class, and copies what it said', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'progress')
  await untilThrough(page)
  await button(page, /Details of FIN-0231/).click()
  await button(page, /Look into FIN-0231/).click()
  await shows(page, 'explorer')
  const answer = page.getByRole('region', { name: 'Answer' })
  await button(page, 'Read').click()
  await expect(answer).toContainText('"HostName": "fin-0231"')
  await examineBoth(page, 'explorer')
  await button(page, 'Copy').click()
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toContain('"HostName": "fin-0231"')

  await page.getByRole('combobox', { name: 'Class' }).fill('CIM_SoftwareIdentity')
  await page.getByRole('radio', { name: /Enumerate/ }).check()
  await button(page, 'Read').click()
  await expect(answer).toContainText('"InstanceID": "AMT"')
  await page.getByRole('combobox', { name: 'Class' }).fill('AMT_NoSuchClass')
  await button(page, 'Read').click()
  await expect(page.locator('[data-problem="class-missing"]')).toBeVisible()
  await button(page, 'Back').click()
  await shows(page, 'progress')
  await app.close()
})

test('an account found later opens the computer that refused all others', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'progress')
  await untilThrough(page)
  const row = page.locator('[data-job="FIN-0238"]')
  await expect(row).toHaveAttribute('data-state', 'person')
  // The device is left alone for as long as the practice pace demands after three refusals.
  await page.waitForTimeout(10_500)
  await button(page, 'Add account for FIN-0238').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Password/).fill('Practice-Cellar6%')
  await dialog.getByLabel(/^Description/).fill('found in a drawer')
  await examine(page, 'add-account')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(row).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  expect(await page.content()).not.toContain('Practice-Cellar6%')
  await app.close()
})

test('details, going on, small windows, zoom and high contrast', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'progress')
  await untilThrough(page)
  await button(page, 'Sort again').click()
  await button(page, /Details of FIN-0249/).click()
  await examineBoth(page, 'progress-details')
  await button(page, 'Start page').click()
  await shows(page, 'start')
  await examineBoth(page, 'start-go-on')
  await button(page, /^Go on with/).click()
  await shows(page, 'progress')

  await examineSmall(app, page, 'progress')
  await page.emulateMedia({ forcedColors: 'active' })
  await examine(page, 'progress-high-contrast')
  await app.close()
})
