// Page objects of Data Preview: getting there with a list, its cells, the clipboard, typing into it.
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { next, walkTo } from './screens.ts'

/** The number that a filter of Data Preview counts. */
export const countOf = async (page: Page, filter: string): Promise<number> =>
  Number((await page.locator(`[data-filter="${filter}"]`).textContent())?.replace(/\D/g, ''))

/** A cell of Data Preview, by the number of its row in the draft. */
export const cell = (page: Page, row: number, field: string) =>
  page.locator(`[data-row="${row}"] [data-field="${field}"]`)

/** The cell that the keys are for. */
export const activeCell = (page: Page) => page.locator('[role="gridcell"][id^="cell-"]')

/** What the clipboard of the system holds, and putting something there. */
export const copied = (app: ElectronApplication): Promise<string> =>
  app.evaluate(({ clipboard }) => clipboard.readText())
export const toClipboard = (app: ElectronApplication, text: string): Promise<void> =>
  app.evaluate(({ clipboard }, held) => clipboard.writeText(held), text)

/** Drops a list on Select Source and goes on to Data Preview. */
export async function preview(page: Page, give: () => Promise<void>): Promise<void> {
  await walkTo(page, 'source')
  await give()
  await expect(page.locator('[data-recognised]')).toBeVisible({ timeout: 60_000 })
  await next(page, 'mapping')
  await next(page, 'preview')
  await expect(page.locator('[data-row="0"]')).toBeVisible()
}

export const blockers = (page: Page) => expect.poll(() => countOf(page, 'blocker'))

/** The number of the row with the active cell. */
export const activeRow = async (page: Page): Promise<number> =>
  Number(await page.locator('[data-row]', { has: activeCell(page) }).getAttribute('data-row'))

/** Types over the active cell and waits until the core has it. */
export async function enter(page: Page, text: string): Promise<void> {
  const row = await activeRow(page)
  const field = (await activeCell(page).getAttribute('data-field')) ?? ''
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await expect(cell(page, row, field)).toHaveText(text)
}

/** From wherever the focus is to the name in the first row. */
export async function toFirstName(page: Page): Promise<void> {
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+Home')
  while ((await activeCell(page).getAttribute('data-field')) !== 'name') await page.keyboard.press('Tab')
}
