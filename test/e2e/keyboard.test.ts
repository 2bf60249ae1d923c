// The whole walk by keyboard alone: no pointer is used from the first page to the saved report.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { focused, inAndOut, openWizard, press, shows, tabAround, tabTo, untilThrough } from '../screens.ts'

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
  expect(await tabAround(page)).toEqual(expect.arrayContaining(['Save failed rows', 'Read the result file']))
  await inAndOut(page, /^Export for another manager/)
  await inAndOut(page, /^Export passwords/)
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

test('the pages beside the walk by keyboard alone', async () => {
  const { app, page } = await openWizard()
  await press(page, /^Out of band$/)
  await shows(page, 'outOfBand')
  const outOfBand = await tabAround(page)
  expect(outOfBand[0]).toBe('Start page')
  expect(outOfBand.indexOf('Listen')).toBeLessThan(outOfBand.indexOf('Make them'))
  await press(page, /^Make them$/)
  await expect(page.getByText('10 pairs kept.')).toBeVisible()
  await inAndOut(page, /^Save as a list/)
  await press(page, /^Start page$/)

  await press(page, /^Site packs$/)
  await shows(page, 'packs')
  await expect(page.getByText('Fingerprint')).toBeVisible()
  expect(await tabAround(page)).toEqual([
    'Back',
    'Open a site pack…',
    'Take a return pack in…',
    'Its name in packs',
    'Copy its address'
  ])
  await press(page, /^Back$/)

  await press(page, /^Audit log$/)
  await shows(page, 'audit')
  await expect(page.locator('[data-entry]').first()).toBeVisible()
  expect((await tabAround(page)).slice(-4)).toEqual(['Verify', 'Export', 'More about the audit log', 'Entries'])
  await press(page, /^More about the audit log$/)
  await expect(page.getByRole('menuitem', { name: 'Verify a file' })).toBeFocused()
  await page.keyboard.press('Escape')
  expect((await focused(page)).name).toBe('More about the audit log')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Archive older entries' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await focused(page)).name).toBe('More about the audit log')
  await page.keyboard.press('F1')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  expect((await focused(page)).name).toBe('More about the audit log')
  await press(page, /^Back$/)

  await press(page, /^Practise on the practice fleet/)
  await expect(page.locator('[data-tour]')).toBeVisible()
  await press(page, /^Hide the tour$/)
  await expect(page.locator('[data-tour]')).toHaveCount(0)
  // The focus is not lost with what had it.
  expect((await focused(page)).name).toBe('Migration Strategy')
  await press(page, /^Next$/)
  await shows(page, 'source')
  await press(page, /^Find computers on the network/)
  const find = await tabAround(page)
  expect(find.length).toBeGreaterThan(4)
  await app.close()
})
