// Out of band in the real window: listen, see who calls, claim and ignore, a port that is taken; dark, small and at 200 %.
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { expect, type Page, test } from '@playwright/test'
import { button, examine, examineBoth, examineSmall, openWizard, press, shows } from '../screens.ts'

async function taken(): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 }
}

const rows = (page: Page) => page.locator('[data-caller]')

test('practice computers call, are claimed into a draft and ignored; a taken port says so', async () => {
  const { app, page } = await openWizard()
  const { server, port } = await taken()
  await press(page, /^Out of band$/)
  await shows(page, 'outOfBand')
  await expect(page.getByText('Nobody can call while nobody listens')).toBeVisible()
  await examineBoth(page, 'out-of-band-empty')
  await page.getByLabel('Address of this PC').fill('192.0.2.77')
  await button(page, /^Listen$/).click()
  await expect(page.locator('[data-problem="hello-address-unknown"]')).toBeVisible()

  await page.getByLabel(/^Practise/).check()
  await page.getByLabel('Port').fill(String(port))
  await button(page, /^Listen$/).click()
  await expect(page.locator('[data-problem="hello-port-taken"]')).toContainText(`127.0.0.1, port ${port}`)
  await examine(page, 'out-of-band-taken')
  await new Promise((resolve) => server.close(resolve))
  await button(page, /^Listen$/).click()
  await expect(rows(page)).toHaveCount(12, { timeout: 15_000 })
  await expect(page.locator('[data-tally]')).toContainText('12 messages')
  await expect(rows(page).first()).toContainText('if AMT was enabled for the first time')
  await page.getByText('Which ones').first().click()
  await examineBoth(page, 'out-of-band')
  await examineSmall(app, page, 'out-of-band')

  const first = await rows(page).first().getAttribute('data-caller')
  const second = await rows(page).nth(1).getAttribute('data-caller')
  await button(page, `Ignore ${first}`).click()
  await expect(rows(page)).toHaveCount(11)
  await page.getByRole('radio', { name: 'Ignored (1)' }).check()
  await expect(rows(page)).toHaveCount(1)
  await button(page, `No longer ignore ${first}`).click()
  await expect(page.getByText('Nobody is ignored.')).toBeVisible()
  await page.getByRole('radio', { name: /^Who is calling/ }).check()
  await expect(rows(page)).toHaveCount(12)

  await page.getByLabel(`Choose ${first}`).check()
  await page.getByLabel(`Choose ${second}`).check()
  await button(page, 'Claim 2 chosen').click()
  await examine(page, 'out-of-band-claim')
  await page.getByRole('dialog').getByRole('button', { name: 'Claim' }).click()
  await expect(page.locator(`[data-caller="${first}"]`)).toContainText('In the draft computers-that-called.csv')
  await button(page, /^How long a computer calls/).click()
  await button(page, /^Stop listening$/).click()
  await expect(button(page, /^Listen$/)).toBeVisible()
  await examine(page, 'out-of-band-stopped')
  await page.locator(`[data-caller="${second}"]`).getByText('computers-that-called.csv').click()
  await shows(page, 'strategy')
  await app.close()
})
