// Ends the wizard in the middle, politely and by SIGKILL, and finds everything as it was on the next start.
import { expect, type Page, test } from '@playwright/test'
import { button, newFolder, openWizard, shows, untilThrough, walkTo } from '../screens.ts'

const ends = { done: 25, person: 5 } as const

async function expectEnds(page: Page): Promise<void> {
  await untilThrough(page)
  for (const [state, count] of Object.entries(ends)) {
    await expect(page.locator(`[data-job][data-state="${state}"]`)).toHaveCount(count, { timeout: 30_000 })
  }
}

for (const how of ['closed', 'killed'] as const) {
  test(`the window is ${how} in the middle, and the work goes on when it opens again`, async () => {
    const folder = newFolder()
    const first = await openWizard(folder)
    await walkTo(first.page, 'progress')
    await expect(first.page.locator('[data-job][data-state="done"]').first()).toBeVisible()
    if (how === 'closed') {
      await first.app.close()
    } else {
      const ended = new Promise((resolve) => first.app.process().once('exit', resolve))
      first.app.process().kill('SIGKILL')
      await ended
    }

    const second = await openWizard(folder)
    await button(second.page, /^Go on with sample.csv/).click()
    await shows(second.page, 'progress')
    await expectEnds(second.page)
    await second.app.close()
  })
}

test('a draft is where it was left', async () => {
  const folder = newFolder()
  const first = await openWizard(folder)
  await walkTo(first.page, 'profile')
  await first.page.getByLabel('Collection', { exact: false }).first().fill('Leeds, floor 2')
  await first.app.close()

  const second = await openWizard(folder)
  await button(second.page, /^Go on with sample.csv/).click()
  await shows(second.page, 'profile')
  await expect(second.page.getByLabel('Collection', { exact: false }).first()).toHaveValue('Leeds, floor 2')
  await second.app.close()
})

test('pause, resume, stop and retry do what they say', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'progress')
  await button(page, 'Pause').click()
  await expect(page.locator('[data-job][data-state="working"]')).toHaveCount(0, { timeout: 20_000 })
  await expect(page.locator('[data-job][data-state="waiting"]').first()).toBeVisible()
  await button(page, 'Resume').click()
  await button(page, /^Stop after current steps/).click()
  await expect(page.locator('[data-job]:is([data-state="working"], [data-state="waiting"])')).toHaveCount(0, {
    timeout: 20_000
  })
  await expect(page.locator('[data-job][data-state="stopped"]').first()).toBeVisible()
  await button(page, 'Go on with what is left').click()
  await expectEnds(page)
  await page.locator('[data-job="FIN-0243"]').getByRole('button', { name: /Retry/ }).click()
  await untilThrough(page)
  await expect(page.locator('[data-job="FIN-0243"]')).toHaveAttribute('data-state', 'person')
  await app.close()
})
