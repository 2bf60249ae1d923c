// What computers are set up with, in the real window: a certificate comes in, is judged and leaves; pairs are made and written out.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, test } from '@playwright/test'
import { setupPki } from '../../electron/simulator/certificate.ts'
import { practiceCallers } from '../../electron/simulator/practice.ts'
import { drop } from '../lists.ts'
import { button, examine, examineBoth, next, openWizard, press, shows, start, walkTo } from '../screens.ts'

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
