// The profile through the real window: presets and folds, what does not go together, a name, a file, the dry run, the undo card.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { button, examine, examineBoth, look, next, openWizard, start, untilThrough, walkTo } from '../screens.ts'

const fold = (page: Page, title: RegExp) => button(page, title).click()

test('a profile is put together, named, given away, taken back; refused combinations are told', async () => {
  const { app, page, folder } = await openWizard()
  // A fold that is still moving would be clicked beside.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await walkTo(page, 'profile')
  await examineBoth(page, 'profile-presets')
  await page.getByRole('radio', { name: /^Closed/ }).check()
  await expect(page.locator('[data-panel="redirection"]')).toContainText('5 chosen')
  await fold(page, /^Redirection, KVM and consent/)
  await page.getByLabel('KVM', { exact: true }).selectOption('On')
  await expect(page.locator('[data-findings="refused"]')).toContainText('KVM needs the redirection listener')
  await examineBoth(page, 'profile-refused')
  await page.getByLabel('Consent of the person at the computer').scrollIntoViewIfNeeded()
  await examine(page, 'profile-fold')
  await page.getByLabel('KVM', { exact: true }).selectOption('Off')
  await expect(page.locator('[data-findings="refused"]')).toHaveCount(0)

  await fold(page, /^User accounts/)
  await button(page, /^Add user$/).click()
  await page.getByLabel('User name').fill('helpdesk')
  await page.getByRole('textbox', { name: 'Password' }).fill('Practice-Helpdesk1!')
  await examine(page, 'profile-user')
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click()
  await expect(page.getByRole('list', { name: 'Users' })).toContainText('password kept in the keychain')

  await button(page, /^Save under a name$/).click()
  await page.getByLabel('Name', { exact: true }).fill('Branch offices')
  await button(page, /^Save$/).click()
  await expect(page.getByRole('radio', { name: /^Branch offices/ })).toBeChecked()
  const file = join(folder, 'branch.json')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
  }, file)
  await button(page, /^Export$/).click()
  await expect.poll(() => readable(file)).toContain('helpdesk')
  expect(readable(file)).not.toMatch(/slot|Practice-/)
  await page.getByRole('radio', { name: /^Take over only/ }).check()
  await button(page, /^Import$/).click()
  await expect(page.getByRole('list', { name: 'Users' })).toContainText('no password yet')

  await page.getByRole('radio', { name: /^Full removal/ }).check()
  await expect(page.locator('[data-clean-up="full"]')).toContainText('The MEBx password')
  await expect(page.locator('[data-panel]')).toHaveCount(0)
  await page.locator('[data-clean-up]').scrollIntoViewIfNeeded()
  await examineBoth(page, 'profile-removal')
  await app.close()
})

test('the dry run says what would change; afterwards one press puts a computer back', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'profile')
  await page.getByRole('radio', { name: /^As Configuration Manager/ }).check()
  await next(page, 'schedule')
  await next(page, 'summary')
  await button(page, /^Check$/).click()
  await expect(page.locator('[data-check-headline]')).toContainText('25 of 30 computers ready', { timeout: 30_000 })
  await expect(page.locator('[data-changes]')).toContainText('Admin password')
  await expect(page.locator('[data-cause="unlike"]')).toContainText('Another computer')
  await page.locator('[data-changes]').scrollIntoViewIfNeeded()
  await examineBoth(page, 'summary-checked')
  await page.getByText('Computer by computer').click()
  await expect(page.getByText(/places for certificates free/).first()).toBeVisible()
  await examine(page, 'summary-computers')
  await start(page)
  await untilThrough(page)
  await expect(page.locator('[data-job][data-state="done"]')).toHaveCount(25)
  await button(page, /^Details of FIN-0231$/).click()
  await examineBoth(page, 'progress-changes')
  await button(page, /^Put back the changes on FIN-0231$/).click()
  await examine(page, 'progress-undo')
  await button(page, /^Put \d+ changes back$/).click()
  await expect(page.locator('[data-job="FIN-0231"]')).toContainText('put back at', { timeout: 15_000 })
  await app.close()
})

test('at 200 % nothing of the profile is lost', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'profile')
  await look(page, 'Dark')
  // 200 % zoom on 1280 x 800 lays the page out as if the window had half of each side.
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setMinimumSize(1, 1)
    window?.setContentSize(640, 400)
  })
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640)
  await page.getByRole('radio', { name: /^Closed/ }).check()
  await fold(page, /^Network and power/)
  await page.getByLabel('Idle timeout in minutes').fill('70000')
  await expect(page.locator('[data-findings="refused"]')).toContainText('1 to 65,535')
  await page.getByLabel('Idle timeout in minutes').scrollIntoViewIfNeeded()
  await examine(page, 'profile-200')
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(wider).toBe(false)
  await app.close()
})

function readable(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
