// Data Preview where a list is bad: a messy one repaired by keyboard alone; small windows, zoom and high contrast.
import { expect, test } from '@playwright/test'
import { drop } from '../lists.ts'
import { faults, messyList, rightGuid, rightName } from '../messy.ts'
import { activeCell, activeRow, blockers, cell, countOf, enter, preview } from '../previewScreens.ts'
import { examine, examineBoth, examineSmall, openWizard, press, tabTo } from '../screens.ts'

test('a messy semicolon list in UTF-16 with 40 faults of 12 kinds is repaired by keyboard alone', async () => {
  test.setTimeout(120_000)
  expect([faults.length, faults.reduce((sum, { rows }) => sum + rows, 0)]).toEqual([12, 40])
  const { app, page } = await openWizard()
  await preview(page, () => drop(page, 'messy.csv', messyList(), true))
  const found = await countOf(page, 'blocker')
  expect(found).toBeGreaterThanOrEqual(35)
  await page.keyboard.press('F8')
  await expect(
    page.locator('[data-row="0"][data-state="blocker"] [aria-invalid="true"][aria-selected="true"]')
  ).toBeVisible()
  await examineBoth(page, 'grid-messy')

  // By group: F7 leads to the repairs, Enter makes the largest of them, as long as there is one.
  await page.keyboard.press('F7')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await examineBoth(page, 'grid-repairs')
  await page.keyboard.press('F7')
  for (let left = Number(await page.locator('[data-repairs]').getAttribute('data-repairs')); left > 0; left--) {
    await page.keyboard.press('Enter')
    await expect(page.locator(`[data-repairs="${left}"]`)).toHaveCount(0)
  }
  expect(await countOf(page, 'blocker')).toBeLessThan(found)

  // Find and replace.
  await page.keyboard.press('Control+H')
  await page.keyboard.type('.corp!.')
  await expect(page.locator('[data-found]')).toHaveText('In 4 rows')
  await tabTo(page, /^Replace by/)
  await page.keyboard.type('.corp.')
  await examine(page, 'grid-replace')
  await press(page, /^Replace all$/)
  await expect(page.locator('[data-found]')).toHaveText('Not found')
  await page.keyboard.press('Escape')

  // One by one: F8 leads to the cell, typing overwrites it.
  for (let left = await countOf(page, 'blocker'); left > 0; left = await countOf(page, 'blocker')) {
    await page.keyboard.press('F8')
    const field = await activeCell(page).getAttribute('data-field')
    const row = await activeRow(page)
    await enter(page, field === 'guid' ? rightGuid(row) : rightName(row))
    await blockers(page).toBeLessThan(left)
  }

  // The versions: found, one typed, the others filled down.
  await page.keyboard.press('Control+F')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('eleven')
  await page.keyboard.press('Enter')
  await expect(activeCell(page)).toHaveText('eleven')
  await page.keyboard.press('Escape')
  const row = await activeRow(page)
  await enter(page, '11.8.50')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Control+D')
  await expect(cell(page, row + 2, 'amtVersion')).toHaveText('11.8.50')
  await expect(page.getByRole('status').last()).toContainText('Filled 2 rows')
  expect(await countOf(page, 'blocker')).toBe(0)
  expect(await countOf(page, 'warning')).toBe(0)
  await expect(page.getByText('All of them can be taken over.')).toBeVisible()
  await examineBoth(page, 'grid-repaired')

  // What the wizard or a person changed goes back to the file, cell by cell.
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F8')
  await page.keyboard.press('Control+F')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('pc032')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Alt+R')
  await expect(cell(page, 31, 'fqdn')).toHaveText('pc032')
  await page.keyboard.press('Control+Z')
  await expect(cell(page, 31, 'fqdn')).toHaveText('pc032.corp.example.com')
  await app.close()
})

test('small windows, zoom and high contrast lose nothing of the grid', async () => {
  const { app, page } = await openWizard()
  await preview(page, () => drop(page, 'messy.csv', messyList()))
  await page.keyboard.press('F8')
  await expect(page.getByRole('grid')).toBeFocused()
  await examineSmall(app, page, 'grid')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowRight')
  await page.emulateMedia({ forcedColors: 'active' })
  await examine(page, 'grid-high-contrast')
  await app.close()
})
