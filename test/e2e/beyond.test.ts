// Computers refused by a number that is only believed: the choice to try them anyway is asked once, and heeded.
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { storeFile } from '../../electron/store/database.ts'
import { problem } from '../../shared/problem.ts'
import {
  button,
  examine,
  examineBoth,
  examineSmall,
  openWizard,
  press,
  shows,
  untilThrough,
  walkTo
} from '../screens.ts'

test('two computers are tried beyond belief, one waits for a signature: retrying all leaves that one out', async () => {
  const before = await openWizard()
  await walkTo(before.page, 'progress')
  await untilThrough(before.page)
  await before.app.close()
  // As such devices and a request for a signature would have left them; the practice fleet has neither.
  const db = new Database(join(before.folder, storeFile))
  const put = db.prepare("UPDATE jobs SET state = 'person', problem = ? WHERE ordinal = ?")
  const full = problem('store-believed-full', { values: { removable: 'Everything in it is in use.' } })
  for (const ordinal of [1, 2]) put.run(JSON.stringify(full), ordinal)
  put.run(JSON.stringify(problem('certificate-unsigned')), 3)
  db.close()

  const { app, page } = await openWizard(before.folder)
  await button(page, /sample\.csv/)
    .first()
    .click()
  await shows(page, 'progress')
  await expect(page.getByText('Perhaps no room for another certificate').first()).toBeVisible()
  await examineBoth(page, 'beyond')
  await examineSmall(app, page, 'beyond')
  await press(page, /^Try these 2 anyway$/)
  await examine(page, 'beyond-asked')
  await page.getByRole('dialog').getByRole('button', { name: 'Try it anyway' }).click()
  await expect(page.locator('[data-job][data-state="done"]')).toHaveCount(24)
  await button(page, /^Retry all that need you$/).click()
  await expect(page.locator('[data-job][data-state="working"]').first()).toBeVisible()
  await untilThrough(page)
  await expect(page.locator('[data-job][data-state="person"]')).toHaveCount(6)
  await expect(page.getByText('The certificate is to be signed')).toBeVisible()
  await examine(page, 'beyond-left-out')
  await app.close()
})
