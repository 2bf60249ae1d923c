// Site packs in the real window: saved on one laptop, opened on another, and two results that differ decided side by side.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import type { ResultBody } from '../../electron/packs/contents.ts'
import { practicePasswords } from '../../electron/simulator/practice.ts'
import { openStore } from '../../electron/store/store.ts'
import { defaultProfile } from '../../shared/profile.ts'
import { noRoutes } from '../../shared/strategy.ts'
import { button, examine, examineBoth, examineSmall, newFolder, openWizard, shows, walkTo } from '../screens.ts'

const guid = '4c4c4544-0042-3510-8051-b4c04f325a33'
const computer = {
  ...{ name: 'FIN-0231', fqdn: 'fin-0231.branch-office-with-a-long-name.contoso.example', guid, mac: '', address: '' },
  ...{ amtVersion: '', amtStatus: '', automaticPrevented: false }
}
const key = (letter: string): string => Buffer.alloc(32, letter).toString('base64')

const resultOf = (hostName: string, endedAt: number): ResultBody => ({
  ...{
    computer,
    state: 'done',
    problem: null,
    startedAt: endedAt - 40_000,
    endedAt,
    attempts: 1,
    touched: true,
    pin: null
  },
  facts: {
    ...{ amtVersion: '16.1.25.1885', endpoint: '10.1.2.3:16993', tls: true, account: 'admin of the list' },
    changes: [
      {
        ...{ step: 'names', key: 'HostName', setting: 'Host name', from: 'FIN-1', to: hostName },
        ...{ reversible: true, proved: true }
      }
    ]
  },
  secrets: [{ purpose: 'admin', username: 'admin', role: 'current', slot: `return-${hostName}/0#0` }]
})

/** A data folder in which two laptops have sent results of one computer that do not agree. */
function folderWithConflict(): string {
  const folder = newFolder()
  const opened = openStore({ folder, actor: 'test', now: Date.now })
  if (!opened.ok) throw new Error(opened.problem.code)
  const { jobs, packs, together, close } = opened.value
  const at = Date.UTC(2026, 10, 20, 9, 30)
  together(() => {
    jobs.create(
      {
        ...{ id: 'import', draftId: 'plan', practice: false, source: 'branch-office.csv', collection: '', route: null },
        ...{ answers: {}, routes: noRoutes, checklist: {}, profile: defaultProfile, accounts: [], startedAt: at },
        actor: 'test'
      },
      [{ id: 'job', computer }]
    )
    jobs.setImportState('import', 'stopped')
    jobs.change('job', { state: 'stopped' })
    for (const [letter, name, hostName] of [
      ['a', 'Ann’s laptop', 'FIN-0231'],
      ['b', 'Ben’s laptop', 'FIN-0231-OLD']
    ] as const) {
      packs.trust({ name, key: key(letter), box: key(letter) })
      packs.addResult('plan', { guid, origin: key(letter), rev: 7, body: resultOf(hostName, at + 3_600_000) })
    }
  })
  close()
  return folder
}

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

const passphrase = 'copper lantern drifts north 7'

test('a plan goes from one laptop to another; two results that differ are put side by side', async () => {
  const folder = folderWithConflict()
  const file = join(folder, 'site.amtpack')
  const home = await openWizard(folder)
  {
    const { app, page } = home
    await walkTo(page, 'preview')
    await page.getByRole('button', { name: /menu/i }).first().click()
    await page.getByRole('menuitem', { name: 'Start page' }).click()
    await shows(page, 'start')
    await toPacks(page)
    const conflict = page.locator('[data-conflict]')
    await expect(conflict.locator('[data-side]')).toHaveCount(2)
    await examineBoth(page, 'packs-conflict')
    await examineSmall(app, page, 'packs-conflict')
    await button(page, /This one is true: Ben/).click()
    await expect(conflict).toHaveCount(0)

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
  }

  const { app, page } = await openWizard()
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
  await expect(dialog.locator('[data-pack-content]')).toContainText('30 computers')
  const take = dialog.getByRole('button', { name: 'Take it in' })
  await expect(take).toBeDisabled()
  await dialog.getByRole('checkbox').check()
  await examine(page, 'packs-open')
  await take.click()
  await expect(page.locator('[data-taken="site"]')).toContainText('1 draft with 30 computers')
  await button(page, /^Back$/).click()
  await shows(page, 'start')
  await expect(page.locator('[data-draft]')).toContainText('30 computers')

  // Locked to the first laptop by its address: that one opens it without typing anything, and nobody else does.
  await button(home.page, /^Copy its address$/).click()
  const address = await home.app.evaluate(({ clipboard }) => clipboard.readText())
  expect(address).toMatch(/^amtpack1:/)
  const addressed = join(folder, 'for-the-first.amtpack')
  await toPacks(page)
  await savesTo(app, addressed)
  await button(page, /^Save a site pack/).click()
  await page.getByRole('radio', { name: /by its address/ }).check()
  await page.getByRole('textbox', { name: /^Address of the other laptop/ }).fill(address)
  await button(page, /^Save$/).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await opensFrom(app, addressed)
  await button(page, /^Open a site pack/).click()
  await expect(page.getByText('The pack is for another laptop')).toBeVisible()
  await app.close()
  await opensFrom(home.app, addressed)
  await button(home.page, /^Open a site pack/).click()
  const opened = home.page.getByRole('dialog')
  await expect(opened.locator('[data-pack-content]')).toContainText('30 computers')
  await expect(opened.getByRole('textbox')).toHaveCount(0)
  await home.app.close()
})
