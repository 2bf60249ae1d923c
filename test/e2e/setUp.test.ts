// What computers are set up with, in the real window: a certificate comes in, is judged and leaves; pairs are made and written out.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, test } from '@playwright/test'
import { readUsbKey } from '../../electron/setup/usbKey.ts'
import { setupPki } from '../../electron/simulator/certificate.ts'
import { practiceCallers } from '../../electron/simulator/practice.ts'
import { drop } from '../lists.ts'
import {
  button,
  examine,
  examineBoth,
  examineSmall,
  look,
  next,
  openWizard,
  press,
  shows,
  start,
  walkTo
} from '../screens.ts'

const folder = mkdtempSync(join(tmpdir(), 'amt-set-up-e2e-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const choose = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)

test('a provisioning certificate is imported and removed, pairs are made and saved by choice', async () => {
  const { app, page } = await openWizard()
  const pki = await setupPki('corp.example', Date.now, (count) => new Uint8Array(randomBytes(count)))
  const file = join(folder, 'setup.pem')
  writeFileSync(file, `${pki.chain}${pki.key}`)
  await press(page, /^Out of band$/)
  await shows(page, 'outOfBand')
  await expect(page.locator('[data-certificates="none"]')).toBeVisible()
  await choose(app, file)
  await button(page, /^Import PFX or PEM/).click()
  await expect(page.locator('[data-certificate]')).toContainText('setup.corp.example')
  await expect(page.locator('[data-certificate]')).toContainText('Practice Provisioning Root')
  await button(page, /^Make them$/).click()
  await expect(page.getByText('10 pairs kept.')).toBeVisible()
  await examineBoth(page, 'set-up')
  await choose(app, join(folder, 'pairs.csv'))
  await button(page, /^Save as a list/).click()
  await examine(page, 'set-up-print')
  expect(existsSync(join(folder, 'pairs.csv'))).toBe(false)
  await page.getByRole('dialog').getByRole('button', { name: 'Save in clear' }).click()
  await expect(() => {
    expect(readFileSync(join(folder, 'pairs.csv'), 'utf8').trim().split('\r\n')).toHaveLength(11)
  }).toPass()
  // A USB key: nothing is written before the warning is ticked, and what is on it comes in again.
  const keyFile = join(folder, 'setup.bin')
  await choose(app, keyFile)
  await button(page, /^Make a USB key file/).click()
  const making = page.getByRole('dialog')
  const write = making.getByRole('button', { name: /^Save setup\.bin/ })
  await making.getByRole('textbox', { name: /^Computers/ }).fill('3')
  await making.getByRole('textbox', { name: /^New MEBx password/ }).fill('weak')
  await expect(making.getByText(/Needs .*upper-case/)).toBeVisible()
  await making.getByRole('checkbox').check()
  await expect(write).toBeDisabled()
  await making.getByRole('textbox', { name: /^New MEBx password/ }).fill('')
  await making.getByRole('checkbox').uncheck()
  await expect(write).toBeDisabled()
  await examine(page, 'usb-key')
  await examineSmall(app, page, 'usb-key')
  expect(existsSync(keyFile)).toBe(false)
  await making.getByRole('checkbox').check()
  await write.click()
  await expect(making).toHaveCount(0)
  await expect(page.getByRole('main').getByText('Saved as setup.bin for 3 computers')).toBeVisible()
  await expect(page.locator('[data-usb-key]')).toContainText('3 computers, format 1')
  const bytes = readFileSync(keyFile)
  expect([bytes.length, statSync(keyFile).mode & 0o777]).toEqual([4 * 512, 0o600])
  const read = readUsbKey(bytes)
  const records = read.ok ? read.value.records.map(({ record }) => record) : []
  expect(records.map(({ currentPassword, pid, pps }) => [currentPassword, pid?.length, pps?.length])).toEqual(
    Array(3).fill(['admin', 8, 32])
  )
  await expect(page.getByText('13 pairs kept.')).toBeVisible()
  await examine(page, 'usb-key-made')
  await button(page, /^Remove all$/).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('No pair is here.')).toBeVisible()
  await button(page, /^Import a list or setup\.bin/).click()
  await expect(page.getByText('3 pairs kept.')).toBeVisible()
  // For certificates: one record, with a password that has to be typed.
  await look(page, 'Dark')
  await button(page, /^Make a USB key file/).click()
  await making.getByRole('radio', { name: /set up by certificate/ }).check()
  await making.getByRole('checkbox').check()
  await expect(write).toBeDisabled()
  await making.getByRole('textbox', { name: /^PKI DNS suffix/ }).fill('corp.example')
  await making.getByRole('textbox', { name: /^New MEBx password/ }).fill('Window-Safe7!')
  await making.getByRole('textbox', { name: /^The same again/ }).fill('Window-Safe7!')
  await examine(page, 'usb-key-certificate')
  await write.click()
  await expect(making).toHaveCount(0)
  await expect(page.locator('[data-usb-key]')).toHaveCount(2)
  await look(page, 'Light')
  expect(readFileSync(keyFile).includes('corp.example')).toBe(true)
  await button(page, /^Remove the certificate/).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.locator('[data-certificates="none"]')).toBeVisible()
  await app.close()
})

test('a computer whose list did not say that nobody has set it up is set up from nothing by a press', async () => {
  const [caller] = practiceCallers
  if (caller === undefined) throw new Error('nobody calls')
  const { app, page } = await openWizard()
  await button(page, /^Out of band$/).click()
  await page.getByLabel(/^Practise/).check()
  await button(page, /^Listen$/).click()
  await expect(page.locator(`[data-caller="${caller.uuid}"]`)).toBeVisible({ timeout: 15_000 })
  await button(page, 'Start page').click()
  await walkTo(page, 'source')
  const { name, fqdn, uuid } = caller
  await drop(page, 'one.csv', `Name,FQDN,SMBIOS GUID\n${name},${fqdn},${uuid}`)
  await expect(page.locator('[data-recognised]')).toBeVisible()
  await next(page, 'mapping')
  await button(page, 'Finish').click()
  await shows(page, 'summary')
  await expect(page.locator('[data-set-up]')).toHaveCount(0)
  await start(page)
  const job = page.locator(`[data-job="${name}"]`)
  await expect(job).toHaveAttribute('data-state', 'person', { timeout: 20_000 })
  await button(page, `Set up ${name} from nothing`).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(button(page, `Set up ${name} from nothing`)).toBeFocused()
  await page.keyboard.press('Enter')
  await examine(page, 'set-up-from-nothing')
  await dialog.getByRole('button', { name: 'Set up from nothing' }).click()
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  await app.close()
})
