// The schedule in the real window: presets, a plan that does not fit and is made to, the picture, and an import that waits for its time.
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { button, examine, examineBoth, next, openWizard, shows, start, untilThrough, walkTo } from '../screens.ts'

const two = (value: number): string => String(value).padStart(2, '0')

const resize = (app: ElectronApplication, width: number, height: number): Promise<void> =>
  app.evaluate(
    ({ BrowserWindow }, [w, h]) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setMinimumSize(1, 1)
      window?.setContentSize(w, h)
    },
    [width, height] as const
  )

const unfold = (page: Page, name: RegExp): Promise<void> => page.getByRole('button', { name, expanded: false }).click()

test('a plan that does not fit says what would make it fit, and each press does', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'schedule')
  const verdict = page.locator('[data-verdict]')
  await expect(verdict).toHaveAttribute('data-verdict', 'fits')
  await examine(page, 'schedule-now')

  await page.getByRole('radio', { name: /Against an export deadline/ }).check()
  await expect(verdict).toContainText('It fits: 30 computers in 1 batch')
  await page.getByLabel(/Time limit of the export utility/).fill('0.25')
  await expect(verdict).toContainText('It does not fit. The export time limit runs out first')
  await expect(page.locator('[data-batch="1"]')).toHaveAttribute('data-fits', 'false')
  await examineBoth(page, 'schedule-short')
  await button(page, /^Finish$/).click()
  await expect(page.locator('[data-missing="schedule"]')).toContainText('The plan does not fit')
  await expect(button(page, /^Start$/)).toBeDisabled()
  await page.locator('[data-missing="schedule"]').getByRole('button', { name: 'Schedule' }).click()
  await shows(page, 'schedule')
  await page.locator('[data-remedy="export"]').click()
  await expect(verdict).toHaveAttribute('data-verdict', 'fits')

  await unfold(page, /Details/)
  await page.getByLabel(/Computers in a batch/).fill('6')
  await unfold(page, /as a table/)
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(6)
  await expect(page.locator('[data-batch]')).toHaveCount(5)
  await page.locator('[data-timeline]').scrollIntoViewIfNeeded()
  await examineBoth(page, 'schedule-batches')
  await page.locator('[data-pace]').scrollIntoViewIfNeeded()
  await examine(page, 'schedule-details')

  for (const [width, height] of [
    [1024, 700],
    [640, 400]
  ] as const) {
    await resize(app, width, height)
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width)
    await examine(page, `schedule-${width}`)
    const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wider, `at ${width} the page is wider than its window`).toBe(false)
  }
  await resize(app, 1280, 800)
  await page.emulateMedia({ forcedColors: 'active' })
  await page.locator('[data-timeline]').scrollIntoViewIfNeeded()
  await examine(page, 'schedule-high-contrast')
  await page.emulateMedia({ forcedColors: 'none' })

  await next(page, 'summary')
  await start(page)
  await expect(page.locator('[data-plan]')).toContainText('Export and import batch 1 (6 computers) now')
  await expect(page.locator('[data-plan]')).toContainText('The export time limit of batch 1 ends at')
  await examineBoth(page, 'progress-batches')
  await app.close()
})

test('an import in change windows waits for its time, also when the window is opened anew, until somebody says now', async () => {
  const { app, page, folder } = await openWizard()
  await walkTo(page, 'schedule')
  await page.getByRole('radio', { name: /In change windows/ }).check()
  const hour = new Date(Date.now() + 3 * 3_600_000).getHours()
  // Late in the evening that is tomorrow, with its day before the time.
  const inHours = new RegExp(`${two(hour)}:00 \\(in [23] h`)
  await page.getByLabel('From').fill(`${two(hour)}:00`)
  await page.getByLabel(/^To/).fill(`${two((hour + 2) % 24)}:00`)
  for (const day of ['Saturday', 'Sunday']) await page.getByRole('button', { name: day }).click()
  await expect(page.locator('[data-verdict]')).toContainText('It fits: 30 computers in 1 batch')
  await expect(page.locator('[data-countdown]')).toContainText(inHours)
  await examineBoth(page, 'schedule-windows')
  await next(page, 'summary')
  await expect(page.getByText(/Nothing is begun outside the change windows/)).toBeVisible()
  await start(page)
  await expect(page.locator('[data-plan]')).toContainText(inHours)
  await expect(page.locator('[data-job="FIN-0231"]')).toContainText(inHours)
  await examineBoth(page, 'progress-waits')
  await app.close()

  const again = await openWizard(folder)
  await button(again.page, /^Go on with/).click()
  await shows(again.page, 'progress')
  await expect(again.page.locator('[data-plan]')).toContainText(inHours)
  await expect(again.page.locator('[data-job][data-state="waiting"]')).toHaveCount(30)
  await button(again.page, /Start now anyway/).click()
  await examine(again.page, 'progress-start-anyway')
  await again.page.getByRole('dialog').getByRole('button', { name: 'Start now anyway' }).click()
  await untilThrough(again.page)
  await expect(again.page.locator('[data-job="FIN-0231"]')).toHaveAttribute('data-state', 'done')
  await again.app.close()
})
