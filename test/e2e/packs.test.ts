// Site packs in the real window: saved, run on two other laptops, and what came back merged; one that comes from a stranger.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { practicePasswords } from '../../electron/simulator/practice.ts'
import { computer, listOf, value } from '../bench.ts'
import { drop } from '../lists.ts'
import { button, examine, examineBoth, examineSmall, next, openWizard, shows, walkTo } from '../screens.ts'
import { closeSites, exchangeBoard, type Laptop, leaveOut, openSite, passphrase } from '../sites.ts'

const site = [0, 1, 2, 3].map((n) => computer(n))

const savesTo = (app: ElectronApplication, filePath: string): Promise<void> =>
  app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
  }, filePath)
const opensFrom = (app: ElectronApplication, path: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
  }, path)
const toPacks = async (page: Page): Promise<void> => {
  await button(page, /^Site packs$/).click()
  await shows(page, 'packs')
}

/** A laptop without a window: takes the plan in, leaves some of it out, and runs the rest. */
async function worked(laptop: Laptop, pack: Uint8Array, leave: readonly [number, number]): Promise<void> {
  const { packs } = laptop.core
  const { token } = value(await packs.open('site.amtpack', pack))
  value(await packs.look(token, passphrase))
  const taken = value(await packs.take(token, true))
  if (taken.kind !== 'site') throw new Error('not a site pack')
  const { id = '' } = taken.drafts[0] ?? {}
  await leaveOut(laptop.core, id, ...leave)
  expect((await laptop.run(id)).every(({ state }) => state === 'done')).toBe(true)
}

async function returned({ core }: Laptop, file: string): Promise<string> {
  const ids = core.imports.all().map(({ id }) => id)
  writeFileSync(file, value(await core.packs.giveBack(ids, { by: 'passphrase', passphrase })).bytes)
  return file
}

async function takeIn(app: ElectronApplication, page: Page, file: string, press: RegExp): Promise<void> {
  await opensFrom(app, file)
  await button(page, press).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Passphrase/ }).fill(passphrase)
  await dialog.getByRole('button', { name: 'Open it' }).click()
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Take it in' }).click()
  await expect(dialog).toHaveCount(0)
}

test.afterEach(closeSites)

test('a plan goes out, two laptops run it, and their return packs merge with one planted conflict', async () => {
  const { app, page, folder } = await openWizard()
  const file = join(folder, 'site.amtpack')
  await walkTo(page, 'source')
  await drop(page, 'site.csv', listOf(site))
  await expect(page.locator('[data-recognised]')).toBeVisible()
  await next(page, 'mapping')
  await next(page, 'preview')
  await page.getByRole('button', { name: /menu/i }).first().click()
  await page.getByRole('menuitem', { name: 'Start page' }).click()
  await shows(page, 'start')
  await toPacks(page)
  await savesTo(app, file)
  await button(page, /^Save a site pack/).click()
  const save = button(page, /^Save$/)
  const typed = page.getByRole('textbox', { name: /^Passphrase/ })
  await typed.fill('password1234')
  await expect(page.getByText('Too easy to guess')).toBeVisible()
  await expect(save).toBeDisabled()
  await typed.fill(passphrase)
  await page.getByRole('textbox', { name: /^The same again/ }).fill(passphrase)
  await examine(page, 'packs-save')
  await save.click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const pack = readFileSync(file)
  expect(pack.subarray(0, 10).toString()).toBe('AMTPACK 1\n')
  for (const password of [...practicePasswords, passphrase])
    for (const form of [password, Buffer.from(password).toString('base64')]) expect(pack.includes(form)).toBe(false)

  // Ann does the first three, Ben the last two: the third is done by both, its board exchanged in between.
  const outside = await openSite(site)
  const [ann, ben] = [outside.laptop('Ann’s laptop'), outside.laptop('Ben’s laptop')]
  await worked(ann, pack, [3, 3])
  exchangeBoard(outside, computer(2))
  await worked(ben, pack, [0, 1])
  await takeIn(app, page, await returned(ann, join(folder, 'ann.amtpack')), /^Take a return pack in/)
  await expect(page.locator('[data-taken="return"]')).toContainText('3 results in the pack, 3 new. 3 computers changed')
  await takeIn(app, page, await returned(ben, join(folder, 'ben.amtpack')), /^Take a return pack in/)
  await expect(page.locator('[data-taken="return"]')).toContainText('1 computer needs a choice')
  const conflict = page.locator('[data-conflict]')
  await expect(conflict.locator('[data-side]')).toHaveCount(2)
  await examineBoth(page, 'packs-conflict')
  await examineSmall(app, page, 'packs-conflict')
  await button(page, /This one is true: Ben/).click()
  await expect(conflict).toHaveCount(0)
  await button(page, /^Back$/).click()
  await expect(page.locator('[data-import]')).toContainText('4 of 4 done')

  // What the two laptops recorded stands beside this log.
  await button(page, /^Audit log$/).click()
  await page.getByRole('radio', { name: /^Ann’s laptop/ }).check()
  await expect(page.locator('[data-chain="whole"]')).toContainText('none altered and none missing')
  await expect(page.locator('[data-chain]')).toContainText(/Fingerprint ([a-z]{5} ?){6}/)
  await expect(page.locator('[data-kind="change made"]').first()).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search' }).fill('FIN-0234')
  await expect(page.getByText('No entry fits “FIN-0234”.')).toBeVisible()
  await page.getByRole('radio', { name: /^Ben’s laptop/ }).check()
  await expect(page.locator('[data-entry]').first()).toContainText('FIN-0234')
  await examine(page, 'audit-laptop')
  await app.close()
})

test('a pack from a laptop that is not known is opened only with its passphrase and a compared fingerprint', async () => {
  const home = (await openSite(site)).laptop('Home')
  const { id } = await home.plan(site)
  const { app, page, folder } = await openWizard()
  const file = join(folder, 'site.amtpack')
  writeFileSync(file, value(await home.core.packs.save([id], true, { by: 'passphrase', passphrase })).bytes)
  await toPacks(page)
  await opensFrom(app, file)
  await button(page, /^Open a site pack/).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('not known here yet')
  await dialog.getByRole('textbox', { name: /^Passphrase/ }).fill('not the passphrase')
  await dialog.getByRole('button', { name: 'Open it' }).click()
  await expect(dialog).toContainText('The passphrase does not fit')
  await dialog.getByRole('textbox', { name: /^Passphrase/ }).fill(passphrase)
  await dialog.getByRole('button', { name: 'Open it' }).click()
  await expect(dialog.locator('[data-pack-content]')).toContainText('4 computers')
  const take = dialog.getByRole('button', { name: 'Take it in' })
  await expect(take).toBeDisabled()
  await dialog.getByRole('checkbox').check()
  await examine(page, 'packs-open')
  await take.click()
  await expect(page.locator('[data-taken="site"]')).toContainText('1 draft with 4 computers')
  await button(page, /^Back$/).click()
  await shows(page, 'start')
  await expect(page.locator('[data-draft]')).toContainText('4 computers')

  // Locked by an address: whose it is opens it without typing anything, and nobody else does.
  await toPacks(page)
  await button(page, /^Copy its address$/).click()
  const address = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(address).toMatch(/^amtpack1:/)
  const addressed = join(folder, 'addressed.amtpack')
  writeFileSync(addressed, value(await home.core.packs.save([id], true, { by: 'address', address })).bytes)
  await opensFrom(app, addressed)
  await button(page, /^Open a site pack/).click()
  await expect(dialog.locator('[data-pack-content]')).toContainText('4 computers')
  await expect(dialog.getByRole('textbox')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await savesTo(app, addressed)
  await button(page, /^Save a site pack/).click()
  await page.getByRole('radio', { name: /by its address/ }).check()
  const { address: another } = value(await home.core.packs.card())
  await page.getByRole('textbox', { name: /^Address of the other laptop/ }).fill(another)
  await button(page, /^Save$/).click()
  await expect(dialog).toHaveCount(0)
  await opensFrom(app, addressed)
  await button(page, /^Open a site pack/).click()
  await expect(page.getByText('The pack is for another laptop')).toBeVisible()
  const { token } = value(await home.core.packs.open('addressed.amtpack', readFileSync(addressed)))
  expect(value(await home.core.packs.look(token, undefined))).toMatchObject({ plans: [{ computers: 4 }] })
  await app.close()
})
