// The whole walk by keyboard alone: no pointer is used from the first page to the saved report.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { focused, openWizard, press, shows, tabTo, untilThrough } from '../screens.ts'

test('the whole walk by keyboard alone', async () => {
  const { app, page, folder } = await openWizard()
  await press(page, /^Practise on the practice fleet/)
  await shows(page, 'strategy')
  await tabTo(page, /Not sure yet|Yes/)
  await page.keyboard.press('ArrowDown')
  await press(page, /^Next$/)
  await shows(page, 'source')
  await press(page, /sample file/)
  await expect(page.locator('[data-recognised]')).toBeVisible()
  await press(page, /^Next$/)
  await shows(page, 'mapping')
  await press(page, /^Next$/)
  await shows(page, 'preview')

  // The grid: to the end, back, a cell edited and given up again, a row left out and taken back.
  await expect(page.locator('[data-row="0"]')).toBeVisible()
  await tabTo(page, /^Computers$/)
  await page.keyboard.press('Control+End')
  await expect(page.locator('[data-row="29"]')).toBeVisible()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Alt+Delete')
  await expect(page.locator('[data-row="0"]')).toHaveAttribute('data-state', 'leftOut')
  await page.keyboard.press('Alt+Delete')
  await expect(page.locator('[data-row="0"]')).toHaveAttribute('data-state', 'ready')

  // F6 goes to the next region; the footer is the last.
  await press(page, /^Next$/)
  await shows(page, 'accounts')
  await press(page, /^Next$/)
  await shows(page, 'profile')
  await tabTo(page, /Collection/)
  await page.keyboard.type('By keyboard')
  await press(page, /^Next$/)
  await shows(page, 'schedule')
  await tabTo(page, /Start now/)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: /In change windows/ })).toBeChecked()
  await page.keyboard.press('ArrowUp')
  await press(page, /^Next$/)
  await shows(page, 'summary')
  await press(page, /^Start$/)
  await shows(page, 'progress')
  await untilThrough(page)
  await press(page, /^Next$/)
  await shows(page, 'confirmation')
  const report = join(folder, 'report.html')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, report)
  await press(page, /^Save report/)
  await expect.poll(() => readdirSync(folder)).toContain('report.html')
  await app.close()
})

test('F6 walks through the regions', async () => {
  const { app, page } = await openWizard()
  await page.keyboard.press('F6')
  const first = await focused(page)
  await page.keyboard.press('F6')
  const second = await focused(page)
  expect(second.name).not.toBe(first.name)
  await app.close()
})
