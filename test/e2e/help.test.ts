// Help on every page, by key and by button, and the tour of practice mode.
import { expect, test } from '@playwright/test'
import { help } from '../../shared/help.ts'
import { button, examineBoth, next, openWizard, shows } from '../screens.ts'

test('F1 tells what a page is for and why it asks; practice has a tour that can be put away and brought back', async () => {
  const { app, page } = await openWizard()
  const dialog = page.getByRole('dialog')
  await expect(button(page, /^Practise/)).toBeVisible()
  await page.keyboard.press('F1')
  await expect(dialog.getByRole('heading', { name: 'Help: Start' })).toBeVisible()
  await expect(dialog).toContainText(help.start.why[1]?.because ?? '')
  await expect(button(page, 'Show the practice tour')).toHaveCount(0)
  await page.keyboard.press('F1')
  await expect(dialog).toHaveCount(0)

  await button(page, /^Practise/).click()
  await shows(page, 'strategy')
  await expect(page.locator('[data-tour]')).toContainText(help.strategy.practise)
  await button(page, 'Help').click()
  await expect(dialog.getByRole('heading', { name: 'Help: Migration Strategy' })).toBeVisible()
  await page.screenshot({ path: 'test-results/pictures/help-dialog.png' })
  await page.keyboard.press('Escape')
  // Where one was before, one is again.
  await expect(button(page, 'Help')).toBeFocused()
  await next(page, 'source')
  await expect(page.locator('[data-tour]')).toContainText(help.source.practise)
  await examineBoth(page, 'help-tour')
  await button(page, 'Hide the tour').click()
  await expect(page.locator('[data-tour]')).toHaveCount(0)
  await page.keyboard.press('F1')
  await button(page, 'Show the practice tour').click()
  await expect(page.locator('[data-tour]')).toBeVisible()
  await app.close()
})
