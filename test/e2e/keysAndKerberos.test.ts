// Keys of certificates and Kerberos in the real window: chosen, refused in words, and what a dry run tells of them.
import { expect, type Page, test } from '@playwright/test'
import { sampleCsv } from '../../electron/simulator/practice.ts'
import { drop } from '../lists.ts'
import { preview } from '../previewScreens.ts'
import { button, examine, examineBoth, examineSmall, next, openWizard } from '../screens.ts'

const rows = sampleCsv.split('\r\n')
const panel = (page: Page, id: string) => page.locator(`[data-panel="${id}"]`)

test('Kerberos and ECC keys are chosen with the keyboard and the mouse, and the dry run tells what each computer gets', async () => {
  const { app, page } = await openWizard()
  await preview(page, () => drop(page, 'branch.csv', [rows[0], rows[2], rows[3]].join('\n')))
  await next(page, 'accounts')
  await next(page, 'profile')

  const refused = page.locator('[data-findings="refused"]')
  await button(page, /^Kerberos/).press('Enter')
  const kerberos = panel(page, 'kerberos')
  await kerberos.getByLabel('Kerberos', { exact: false }).first().selectOption('On, where the device has a key')
  await expect(refused).toContainText('Kerberos needs its realm')
  await kerberos.getByLabel('Realm').fill('corp.practice.example')
  await kerberos.getByLabel('Clock tolerance').fill('9')
  await expect(kerberos).toContainText('A whole number from 1 to 5.')
  await kerberos.getByLabel('Clock tolerance').fill('3')
  await expect(refused).toHaveCount(0)
  await kerberos.scrollIntoViewIfNeeded()
  await examineBoth(page, 'kerberos')
  await examineSmall(app, page, 'kerberos', () => kerberos.getByLabel('Realm').scrollIntoViewIfNeeded())

  await button(page, /^TLS and certificates/).click()
  const tls = panel(page, 'tls')
  await expect(tls.getByLabel('Keys of the certificates')).toHaveCount(0)
  await tls.getByLabel('TLS', { exact: false }).first().selectOption('On')
  await tls.getByLabel('Keys of the certificates').selectOption('ECC P-384 with SHA-384')
  await tls.scrollIntoViewIfNeeded()
  await examine(page, 'keys')
  await next(page, 'schedule')
  await next(page, 'summary')
  await expect(page.locator('main')).toContainText('Every key is ECC P-384.')
  await expect(page.locator('main')).toContainText('a key for corp.practice.example')
  await button(page, /^Check/)
    .first()
    .click()
  await expect(page.locator('[data-cause]').first()).toContainText('The device cannot have the key', {
    timeout: 20_000
  })
  await examine(page, 'keys-check')
  await app.close()
})
