// What computers are set up with, in the real window: a certificate comes in, is judged and leaves; pairs are made and written out.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, test } from '@playwright/test'
import { setupPki } from '../../electron/simulator/certificate.ts'
import { button, examine, examineBoth, openWizard, press, shows } from '../screens.ts'

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
