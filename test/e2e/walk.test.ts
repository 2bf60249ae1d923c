// The whole job through the real window on the practice fleet: every page looked at by axe, light and dark, and pictured.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { button, chooseLook, examine, openWizard, shows, untilThrough, walkTo } from '../screens.ts'

for (const theme of ['Light', 'Dark'] as const) {
  test(`a technician takes the practice fleet over, ${theme.toLowerCase()}`, async () => {
    const { app, page, folder } = await openWizard()
    const picture = (name: string) => examine(page, `${name}-${theme.toLowerCase()}`)
    await chooseLook(page, theme)
    await picture('start-empty')
    let begin: unknown

    await walkTo(page, 'progress', async (name) => {
      if (name === 'strategy') {
        await page
          .getByRole('radiogroup', { name: /client be installed/ })
          .getByRole('radio', { name: 'Yes' })
          .check()
        await page
          .getByRole('radiogroup', { name: /run AMT 3.2.1/ })
          .getByRole('radio', { name: 'Some' })
          .check()
        await page
          .getByRole('radiogroup', { name: /export a file/ })
          .getByRole('radio', { name: 'Yes' })
          .check()
        await step(page, 'infrastructure').check()
        await expect(page.locator('[data-ticked="1"]')).toBeVisible()
      }
      if (name === 'summary') await expect(page.locator('main')).toContainText(/Of the checklist 1 of \d+ steps done/)
      if (name === 'preview') await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '31')
      if (name === 'summary') begin = await button(page, /^Start$/).boundingBox()
      if (name !== 'progress') await picture(name)
    })
    // Pressed twice, Start must not stop what it began: in its place there is nothing that acts.
    expect(await button(page, /^Next$/).boundingBox()).toEqual(begin)
    await page.waitForTimeout(700)
    await picture('progress')
    await untilThrough(page)
    await picture('progress-through')
    await expect(page.locator('[data-job][data-state="done"]')).toHaveCount(25)
    await expect(page.locator('[data-job][data-state="person"]')).toHaveCount(5)
    await button(page, /^5 need you$/).click()
    await expect(page.locator('[data-job]')).toHaveCount(5)
    await picture('progress-needing')
    await button(page, /^5 need you$/).click()
    await expect(page.locator('[data-job]')).toHaveCount(30)

    await button(page, /^Next$/).click()
    await shows(page, 'confirmation')
    await expect(step(page, 'infrastructure')).toBeChecked()
    await step(page, 'verify').check()
    await expect(page.locator('[data-item="verify"]')).toContainText(/Done .* by /)
    await picture('confirmation')
    const report = join(folder, 'report.html')
    const failed = join(folder, 'failed.csv')
    for (const [file, name] of [
      [report, /Save report/],
      [failed, /Save failed rows/]
    ] as const) {
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath })
      }, file)
      await button(page, name).click()
      await expect.poll(() => readable(file)).not.toBe('')
    }
    expect(readFileSync(report, 'utf8')).toContain('25 of 30 computers taken over')
    expect(readFileSync(report, 'utf8').match(/<b>Done<\/b>/g)).toHaveLength(2)
    expect(readFileSync(failed, 'utf8').trim().split('\r\n')).toHaveLength(6)

    await button(page, /audit log/i)
      .first()
      .click()
    await shows(page, 'audit')
    await button(page, /verify/i).click()
    await expect(page.getByText(/follow one another/)).toBeVisible()
    await expect(page.locator('[data-entry]').first()).toBeVisible()
    await picture('audit')
    await app.close()
  })
}

const step = (page: Page, item: string) => page.locator(`[data-item="${item}"]`).getByRole('checkbox')

function readable(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
