// The strategy page once a list is read: routes by row, the checklist ticked by keyboard, and ticks that survive a restart.
import { expect, type Page, test } from '@playwright/test'
import { button, examineBoth, next, openWizard, shows, walkTo } from '../screens.ts'

const guid = (n: number): string => `4c4c4544-0046-3000-8000-c7c04f0001${n.toString(16).padStart(2, '0')}`
const versions = ['5.0.2', '5.0.2', '4.0.1', '3.0.1', '2.5.1', '8.1.71', '']
const list = [
  'Name,FQDN,SMBIOS GUID,AMT version',
  ...versions.map((version, n) => `PC${n},pc${n}.example.com,${guid(n)},${version}`)
].join('\r\n')

const answer = (page: Page, question: RegExp, name: string): Promise<void> =>
  page.getByRole('radiogroup', { name: question }).getByRole('radio', { name, exact: true }).check()

test('each computer takes the route of its own facts, and the steps around are ticked', async () => {
  const { app, page, folder } = await openWizard()
  await walkTo(page, 'source')
  await page.evaluate((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'fleet.csv', { type: 'text/csv' }))
    document
      .querySelector('main')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }, list)
  await expect(page.locator('[data-recognised]')).toContainText('fleet.csv')
  await next(page, 'mapping')
  await button(page, 'Back').click()
  await button(page, 'Back').click()
  await shows(page, 'strategy')
  const count = (of: string) => page.locator(`[data-count="${of}"]`)
  await expect(count('open')).toContainText('7')

  await answer(page, /client be installed/, 'Yes')
  await expect(count('in-band')).toContainText('3')
  await answer(page, /export a file/, 'No')
  await answer(page, /translator/, 'No')
  await expect(count('none')).toContainText('2')
  await expect(count('open')).toContainText('2')
  await answer(page, /support natively/, 'Those and every later version')
  await expect(count('in-band')).toContainText('4')
  await answer(page, /translator/, 'Yes')
  await expect(count('without-export')).toContainText('2')

  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded()
  await examineBoth(page, 'strategy-rows')
  const checkbox = page.locator('[data-item="client"]').getByRole('checkbox')
  await checkbox.focus()
  await page.keyboard.press('Space')
  await expect(checkbox).toBeChecked()
  await expect(page.locator('[data-item="client"]')).toContainText('Done')
  await page.locator('[data-item="hello"]').scrollIntoViewIfNeeded()
  await examineBoth(page, 'strategy-checklist')
  await button(page, 'Finish').click()
  await shows(page, 'summary')
  await expect(page.locator('main')).toContainText('4 in-band, 2 without an export utility, 1 not decided yet')
  await examineBoth(page, 'summary-routes')
  await app.close()

  const again = await openWizard(folder)
  await button(again.page, /fleet\.csv/)
    .first()
    .click()
  await shows(again.page, 'summary')
  await expect(again.page.locator('main')).toContainText(/Of the checklist 1 of \d+ steps done/)
  await again.app.close()
})
