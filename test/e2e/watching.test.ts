// A window beside a program that works on the same data: it looks on, changes nothing, and takes over by itself.
import { expect, test } from '@playwright/test'
import { takeLease } from '../../electron/store/lease.ts'
import { button, examine, newFolder, openWizard, shows } from '../screens.ts'

test('a window that looks on says so, refuses to change anything, and takes over when the other ends', async () => {
  const folder = newFolder()
  const first = await openWizard(folder)
  await first.app.close()
  const lease = takeLease(folder)
  expect(lease).toBeDefined()
  const { app, page } = await openWizard(folder)
  const bar = page.locator('[data-watching]')
  await expect(bar).toBeVisible()
  await examine(page, 'start-watching')
  await button(page, /^Practise on the practice fleet/).click()
  await expect(page.getByText('Another program works on these imports')).toBeVisible()
  lease?.release()
  await expect(bar).toHaveCount(0, { timeout: 10_000 })
  await button(page, /^Practise on the practice fleet/).click()
  await shows(page, 'strategy')
  await app.close()
})
