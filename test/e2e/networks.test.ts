// Certificates and networks of a profile through the real window: TLS by signing requests, trusted roots, Wi-Fi, 802.1X on the
// cable; then the requests are saved, signed by somebody else's authority, and brought back in.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { sampleCsv } from '../../electron/simulator/practice.ts'
import { drop } from '../lists.ts'
import { preview } from '../previewScreens.ts'
import { button, examine, examineBoth, examineSmall, look, next, openWizard, start } from '../screens.ts'
import { siteAuthority } from '../siteAuthority.ts'

const rows = sampleCsv.split('\r\n')
/** AMT 11.8, where TLS stays as it is without a permission for its old versions; 12; 15; and 16.1, which speaks TLS already. */
const list = [0, 1, 2, 3, 11].map((at) => rows[at]).join('\n')
const waiting = ['FIN-0232', 'FIN-0233', 'FIN-0241']

/** File dialogs of either kind answer this file. */
const answerWith = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
  }, file)

const panel = (page: Page, id: string) => page.locator(`[data-panel="${id}"]`)
const inState = (page: Page, state: string) => page.locator(`[data-job][data-state="${state}"]`)

async function chooseTls(app: ElectronApplication, page: Page, root: string): Promise<void> {
  const tls = panel(page, 'tls')
  await button(page, /^TLS and certificates/).click()
  await tls.getByLabel('TLS', { exact: false }).first().selectOption('On')
  await tls.getByLabel('Certificates of the devices').selectOption('Signed by your authority, by signing requests')
  await tls.getByRole('checkbox', { name: /^Mutual TLS/ }).check()
  await tls.getByRole('checkbox', { name: /^Leave the open port/ }).check()
  await expect(page.locator('[data-findings="refused"]')).toContainText('Mutual TLS is of no use')
  await tls.getByRole('checkbox', { name: /^Mutual TLS/ }).uncheck()
  await tls.getByRole('checkbox', { name: /^Leave the open port/ }).uncheck()
  await expect(page.locator('[data-findings="refused"]')).toHaveCount(0)
  await answerWith(app, root)
  await tls.getByRole('button', { name: 'Add from a file' }).click()
  await expect(tls).toContainText('Site Root')
  await tls.getByRole('button', { name: 'Leave out Site Root' }).click()
  await expect(tls).not.toContainText('Site Root')
  await tls.getByRole('button', { name: 'Add from a file' }).click()
  await expect(tls).toContainText('Site Root')
}

async function chooseNetworks(page: Page): Promise<void> {
  const networks = panel(page, 'networks')
  await button(page, /^Wi-Fi and 802.1X/).click()
  await networks.getByLabel('Wi-Fi profiles').selectOption('Add these')
  await expect(page.locator('[data-findings="refused"]')).toContainText('No Wi-Fi network to be added')
  await networks.getByRole('button', { name: 'Add network' }).click()
  await networks.getByLabel('Network name (SSID)').fill('Branch office')
  const passphrase = networks.getByLabel('Passphrase')
  await passphrase.fill('short')
  await passphrase.press('Enter')
  await expect(networks).toContainText('Not kept. AMT wants 8 to 63 characters.')
  await passphrase.fill('a passphrase for practice')
  await passphrase.press('Enter')
  await expect(networks).toContainText('kept in the keychain')
  await networks.getByRole('button', { name: 'Add network' }).click()
  await networks.getByLabel('Network name (SSID)').nth(1).fill('Guests')
  await networks.getByLabel('Security').nth(1).selectOption('WPA3')
  await networks.getByRole('button', { name: 'Remove Guests' }).click()
  await expect(networks.getByLabel('Network name (SSID)')).toHaveValue('Branch office')
  await networks.getByLabel('Wi-Fi profiles').selectOption('Only these')
  await networks.getByLabel('Wi-Fi profiles').selectOption('Add these')
  await networks.getByLabel('802.1X on the cable').selectOption('On')
  await networks.getByLabel('User name for 802.1X').fill('amt')
  await networks.getByLabel('Domain of the user').fill('corp')
  await networks.getByLabel('Password for 802.1X').fill('Practice-Wired1!')
  await networks.getByLabel('Name of the server').fill('radius.corp.example')
  // The keychain answered in the middle of it: what was filled in meanwhile is still there.
  await expect(networks.getByText('kept in the keychain')).toHaveCount(2)
  await expect(networks.getByLabel('Name of the server')).toHaveValue('radius.corp.example')
  await expect(page.locator('[data-findings="refused"]')).toContainText('needs the root of its server')
  await networks.getByLabel('Root of the server’s certificate').selectOption('Site Root')
  await expect(page.locator('[data-findings="refused"]')).toHaveCount(0)
  // By certificate there is no password; with TLS on both are signed by the same authority.
  await networks.getByLabel('Method of 802.1X').selectOption('EAP-TLS (certificate)')
  await expect(networks.getByLabel('Password for 802.1X')).toHaveCount(0)
  await expect(page.locator('[data-findings="refused"]')).toContainText('let the same authority sign for both')
  await networks.getByLabel('Certificates for 802.1X').selectOption('Signed by your authority, by signing requests')
  await expect(page.locator('[data-findings="refused"]')).toHaveCount(0)
  await networks.getByLabel('Method of 802.1X').selectOption('PEAP (MS-CHAP v2)')
  await networks.getByLabel('Password for 802.1X').fill('Practice-Wired1!')
  await networks.getByLabel('Password for 802.1X').press('Enter')
  await expect(networks.getByText('kept in the keychain')).toHaveCount(2)
}

test('TLS by signing requests, roots, Wi-Fi and 802.1X: chosen, run, signed elsewhere, brought in, done', async () => {
  const site = await siteAuthority('Site Root')
  const { app, page, folder } = await openWizard()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const root = join(folder, 'root.pem')
  writeFileSync(root, site.root)
  await preview(page, () => drop(page, 'branch.csv', list))
  await next(page, 'accounts')
  await next(page, 'profile')
  await chooseTls(app, page, root)
  await panel(page, 'tls').scrollIntoViewIfNeeded()
  await examineBoth(page, 'networks-tls')
  await chooseNetworks(page)
  await panel(page, 'networks').scrollIntoViewIfNeeded()
  await examineBoth(page, 'networks-wifi')
  await examineSmall(app, page, 'networks-wifi', () =>
    panel(page, 'networks').getByLabel('Network name (SSID)').scrollIntoViewIfNeeded()
  )
  await next(page, 'schedule')
  await next(page, 'summary')
  await expect(page.locator('main')).toContainText('your authority signs, by signing requests')
  await expect(page.locator('main')).toContainText('Wi-Fi profiles added: Branch office.')
  await start(page)

  await expect(inState(page, 'person')).toHaveCount(3, { timeout: 30_000 })
  await expect(inState(page, 'done')).toHaveCount(1, { timeout: 15_000 })
  await look(page, 'Dark')
  await button(page, /^Certificate of FIN-0232$/).click()
  await examine(page, 'networks-signing-dark')
  await button(page, /^Close$/).click()
  await look(page, 'Light')
  // Asked again they would only wait again: what helps all of them is a signature.
  const group = page.locator('[data-cause="certificate-unsigned"]')
  await expect(group.getByRole('button')).toHaveText(['Have these 3 signed'])
  await expect(button(page, /^Retry FIN-0232$/)).toHaveCount(0)
  await group.getByRole('button').click()
  await examineSmall(app, page, 'networks-signing')
  const requests = join(folder, 'requests.pem')
  await answerWith(app, requests)
  await button(page, /^Save the signing requests$/).click()
  await expect.poll(() => readable(requests).match(/BEGIN CERTIFICATE REQUEST/g)?.length).toBe(3)
  const signed = join(folder, 'signed.pem')
  writeFileSync(signed, await site.sign(readable(requests)))
  await answerWith(app, signed)
  await button(page, /^Bring in certificates$/).click()
  await expect(inState(page, 'done')).toHaveCount(4, { timeout: 30_000 })

  for (const name of waiting) await expect(page.locator(`[data-job="${name}"]`)).toHaveAttribute('data-state', 'done')
  await button(page, /^Details of FIN-0233$/).click()
  const details = page.locator('main')
  for (const setting of [
    'Certificate of the device',
    'Trusted root Site Root',
    'Wi-Fi profile Branch office',
    '802.1X'
  ])
    await expect(details).toContainText(setting)
  await examineBoth(page, 'networks-done')
  await app.close()
})

function readable(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
