// Select Source and Choose Mapping in the real window: every kind of list, read otherwise, called off, cleaned, merged, replaced.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { drop, dropBytes, dropPrepared, prepareMany } from '../lists.ts'
import { cell, countOf, toClipboard } from '../previewScreens.ts'
import { button, examineBoth, next, openWizard, picture, shows, walkTo } from '../screens.ts'
import { book } from '../unit/intake/books.ts'

const guid = (n: number): string => `4c4c4544-0046-3000-8000-c7c04f0002${n.toString(16).padStart(2, '0')}`
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const secret = 'Window-Admin7!'

async function openSource() {
  const opened = await openWizard()
  await walkTo(opened.page, 'source')
  return opened
}

const recognised = (page: Page) => page.locator('[data-recognised]')
const columns = (page: Page) => page.locator('tr[data-column]')

/** The save dialog answers with this file. */
const saveAs = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)

/** From Select Source to Data Preview, nothing mapped by hand. */
async function toPreview(page: Page): Promise<void> {
  await next(page, 'mapping')
  await expect(columns(page).first()).toBeVisible()
  await expect(page.locator('[data-sure="open"]')).toHaveCount(0)
  await next(page, 'preview')
  await expect(page.locator('[data-row="0"]')).toBeVisible()
}

async function backToSource(page: Page): Promise<void> {
  await button(page, /^Back$/).click()
  await shows(page, 'mapping')
  await button(page, /^Back$/).click()
  await shows(page, 'source')
}

test('a MeshCommander list needs no mapping; what it lacks is said, and such rows are left out', async () => {
  const { app, page } = await openSource()
  await examineBoth(page, 'source-empty')
  const one = { user: 'admin', pass: secret, tls: 1, ver: '11.8.50', pstate: 2 }
  const computers = [
    { name: 'PC1', host: 'pc1.corp.example.com', ...one, uuid: guid(1) },
    { name: 'PC2', host: 'pc2.corp.example.com', ...one },
    { name: 'PC3', host: 'pc3.corp.example.com', ...one, user: 'helper' }
  ]
  await drop(page, 'meshcommander.json', JSON.stringify({ webappversion: '0.9.6', computers }, null, 2))
  await expect(recognised(page)).toContainText('MeshCommander')
  await expect(page.locator('[data-secrets]')).toBeVisible()
  await examineBoth(page, 'source-meshcommander')
  await next(page, 'mapping')
  await examineBoth(page, 'mapping-meshcommander')
  await next(page, 'preview')
  await expect(cell(page, 0, 'fqdn')).toHaveText('pc1.corp.example.com')
  expect(await countOf(page, 'blocker')).toBe(2)
  await page.getByRole('grid').focus()
  await page.keyboard.press('F8')
  await expect(page.locator('[data-issue="guid-missing"]').first()).toContainText(/inventory|BIOS/)
  await examineBoth(page, 'preview-meshcommander')
  await page.getByRole('grid').focus()
  await page.keyboard.press('Alt+Delete')
  await expect.poll(() => countOf(page, 'leftOut')).toBe(1)
  await page.keyboard.press('F8')
  await page.keyboard.press('Alt+Delete')
  await expect.poll(() => countOf(page, 'leftOut')).toBe(2)
  expect(await countOf(page, 'blocker')).toBe(0)
  await next(page, 'accounts')
  await app.close()
})

test('six columns of Configuration Manager need no mapping; a copy is saved that holds no password', async () => {
  const { app, page, folder } = await openSource()
  const line = (n: number, password: string): string =>
    `PC${n},pc${n}.corp.example.com,${guid(n).toUpperCase()},02:1a:4f:00:00:0${n},,${base64(password)}`
  await drop(page, 'export.csv', [line(1, secret), line(2, `${secret}x`)].join('\r\n'))
  await expect(recognised(page)).toContainText('Configuration Manager, six columns')
  await expect(recognised(page)).toContainText('Exported by another solution')
  await examineBoth(page, 'source-configmgr')
  const copy = join(folder, 'copy.csv')
  await saveAs(app, copy)
  await button(page, 'Save a copy without passwords').click()
  await expect(page.locator('main')).toContainText('copy.csv was saved. Now delete export.csv.')
  const text = readFileSync(copy, 'utf8')
  expect(text).toContain('pc2.corp.example.com')
  for (const word of [secret, base64(secret), base64(`${secret}x`)]) expect(text).not.toContain(word)
  await page.locator('[data-secrets]').scrollIntoViewIfNeeded()
  await examineBoth(page, 'source-clean')
  await next(page, 'mapping')
  await expect(columns(page)).toHaveCount(6)
  await examineBoth(page, 'mapping-passwords')
  expect(await page.content()).not.toContain(base64(secret))
  await next(page, 'preview')
  expect(await countOf(page, 'blocker')).toBe(0)
  // Written in capitals in the file: a note for both rows, and one press brings the file's way of writing back.
  await button(page, 'Keep as in the file').click()
  await expect(cell(page, 0, 'guid')).toHaveText(guid(1).toUpperCase())
  await expect(button(page, 'Write in the usual form')).toBeVisible()
  await examineBoth(page, 'preview-as-in-file')
  await button(page, 'Write in the usual form').click()
  await expect(cell(page, 1, 'guid')).toHaveText(guid(2))
  await app.close()
})

test('of a workbook with two sheets another one is chosen; an encoding is chosen otherwise', async () => {
  const { app, page } = await openSource()
  const head = ['Name', 'FQDN', 'UUID']
  const rows = (from: number, count: number): string[][] =>
    Array.from({ length: count }, (_, at) => [`PC${from + at}`, `pc${from + at}.corp.example.com`, guid(from + at)])
  const bytes = book({ name: 'North', rows: [head, ...rows(1, 3)] }, { name: 'South', rows: [head, ...rows(10, 2)] })
  await dropBytes(page, 'sites.xlsx', bytes)
  await expect(recognised(page)).toContainText('3 lines')
  await page.getByLabel(/^Sheet/).selectOption('South')
  await expect(recognised(page)).toContainText('2 lines')
  await expect(page.getByLabel('Sheet (chosen)')).toHaveValue('South')
  await examineBoth(page, 'source-workbook')
  await toPreview(page)
  await expect(cell(page, 0, 'name')).toHaveText('PC10')
  await backToSource(page)

  await page.getByRole('radio', { name: /Replace everything/ }).check()
  await expect(button(page, 'Browse')).toBeDisabled()
  await page.getByLabel(/Type replace/).fill('replace')
  await examineBoth(page, 'source-replace')
  const umlauts = ['Name;FQDN;GUID;Raum', `PC1;pc1.corp.example.com;${guid(1)};Größe`].join('\r\n')
  await dropBytes(page, 'western.csv', Buffer.from(umlauts, 'latin1'))
  await expect(recognised(page)).toContainText('western.csv')
  await expect(page.getByLabel('Encoding (detected)')).toBeVisible()
  await expect(page.locator('main')).toContainText('The text encoding was guessed')
  await page.getByLabel(/^Encoding/).selectOption('UTF-8')
  await expect(page.getByRole('alert')).toContainText('The chosen encoding does not fit')
  await examineBoth(page, 'source-encoding')
  await expect(page.getByLabel('Encoding (detected)').locator('option').first()).toHaveText('Windows-1252')
  await next(page, 'mapping')
  await expect(page.locator('main')).toContainText('Größe')
  await button(page, /^Back$/).click()

  // What is Unicode can be read as something else, and handed back to detection.
  await page.getByRole('radio', { name: /Replace everything/ }).check()
  await page.getByLabel(/Type replace/).fill('replace')
  await drop(page, 'unicode.csv', umlauts)
  await expect(recognised(page)).toContainText('unicode.csv')
  await page.getByLabel(/^Encoding/).selectOption('Windows-1252')
  await expect(page.getByLabel('Encoding (chosen)')).toHaveValue('Windows-1252')
  await next(page, 'mapping')
  await expect(page.locator('main')).toContainText('GrÃ¶ÃŸe')
  await button(page, /^Back$/).click()
  await page.getByLabel(/^Encoding/).selectOption('Detect it')
  await expect(page.getByLabel('Encoding (detected)')).toBeVisible()
  await next(page, 'mapping')
  await expect(page.locator('main')).toContainText('Größe')
  await next(page, 'preview')
  expect(await countOf(page, 'all')).toBe(1)
  await app.close()
})

test('the reading of 100,000 computers is called off, and nothing has changed', async () => {
  test.setTimeout(90_000)
  const { app, page } = await openSource()
  await prepareMany(page, 'large.csv', 100_000)
  await dropPrepared(page)
  const cancel = page.getByRole('main').getByRole('button', { name: 'Cancel' })
  await expect(cancel).toBeFocused()
  // Its first computers are there long before the rest, which is said.
  const head = page.locator('[data-head]')
  await expect(head).toContainText('pc000039.corp.example.com')
  await picture(page, 'source-reading')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').last()).toContainText('Reading was cancelled')
  await expect(recognised(page)).toHaveCount(0)
  await expect(head).toHaveCount(0)
  await expect(button(page, 'Browse')).toBeEnabled()

  // Longer than the reading lasts, so that it can be looked at.
  const draftId = await page.evaluate(() => {
    const { wizard } = window as unknown as {
      wizard: { ask(name: string, input: unknown): Promise<{ value: { drafts: { id: string }[] } }> }
    }
    return wizard.ask('app.snapshot', {}).then(({ value }) => value.drafts[0]?.id)
  })
  await app.evaluate(({ BrowserWindow }, id) => {
    const cells = ['PC1', 'pc1.corp.example.com', '••••••••']
    BrowserWindow.getAllWindows()[0]?.webContents.send('tell:source.head', {
      draftId: id,
      name: 'large.csv',
      words: 'List with column titles, 3 of 3 columns understood',
      fields: ['name', 'fqdn', 'adminPassword'],
      rows: Array.from({ length: 40 }, (_, at) => ({ line: at + 2, cells }))
    })
  }, draftId)
  await expect(head).toBeVisible()
  await head.scrollIntoViewIfNeeded()
  await examineBoth(page, 'source-head')
  await app.close()
})

test('cells of a spreadsheet are pasted; a choice between columns is asked for, and remembered', async () => {
  const { app, page } = await openSource()
  const cells = [
    ['Kiste', 'FQDN', 'GUID one', 'GUID two', 'Kennwort'],
    ...[1, 2].map((n) => [`PC${n}`, `pc${n}.corp.example.com`, guid(n), guid(n + 8), base64(secret)])
  ]
  const pasted = cells.map((line) => line.join('\t')).join('\r\n')
  await toClipboard(app, pasted)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('Control+V')
  await expect(recognised(page)).toContainText('pasted.csv')
  await expect(
    page
      .getByLabel(/^Cells are separated by/)
      .locator('option')
      .first()
  ).toHaveText('Tabs')
  await next(page, 'mapping')
  const tie = page.getByRole('radiogroup', { name: /columns could be the SMBIOS GUID/ })
  await expect(tie).toBeVisible()
  await examineBoth(page, 'mapping-tie')
  await tie.getByRole('radio', { name: /^GUID two/ }).check()
  await expect(page.locator('tr[data-column="3"]').getByRole('combobox')).toHaveValue('guid')
  await next(page, 'preview')
  await expect(cell(page, 0, 'guid')).toHaveText(guid(9))

  await backToSource(page)
  await page.getByRole('radio', { name: /Replace everything/ }).check()
  await page.getByLabel(/Type replace/).fill('replace')
  await drop(page, 'next-week.csv', cells.map((line) => line.join(',')).join('\n'))
  await expect(recognised(page)).toContainText('next-week.csv')
  await next(page, 'mapping')
  await expect(tie).toHaveCount(0)
  await expect(page.locator('tr[data-column="3"]')).toContainText(/remembered from \d+ \w+/)
  await examineBoth(page, 'mapping-remembered')
  await app.close()
})

test('the list to fill in is saved, imports again as it stands, and another file is merged or takes its place', async () => {
  const { app, page, folder } = await openSource()
  const template = join(folder, 'template.csv')
  await saveAs(app, template)
  await button(page, 'Save the list to fill in').click()
  await expect.poll(() => existsSync(template)).toBe(true)
  await saveAs(app, join(folder, 'guide.html'))
  await button(page, 'Save the field guide').click()
  await expect.poll(() => existsSync(join(folder, 'guide.html'))).toBe(true)
  await drop(page, 'template.csv', readFileSync(template, 'utf8'))
  await expect(recognised(page)).toContainText('The list of this wizard, filled in')
  await expect(page.locator('main')).toContainText('The example rows are still in the list')
  await examineBoth(page, 'source-template')
  await toPreview(page)
  expect([await countOf(page, 'all'), await countOf(page, 'blocker')]).toEqual([3, 0])

  await backToSource(page)
  const other = (n: number): string => `Name,FQDN,SMBIOS GUID\r\nNEW${n},new${n}.corp.example.com,${guid(n)}`
  await drop(page, 'second.csv', other(1))
  await expect(recognised(page)).toContainText('Merged onto template.csv')
  await examineBoth(page, 'source-merged')
  await page.getByRole('radio', { name: /Replace everything/ }).check()
  await drop(page, 'third.csv', other(2))
  await expect(page.getByRole('status').last()).toContainText('Type replace first')
  await expect(recognised(page)).toContainText('second.csv')
  await page.getByLabel(/Type replace/).fill('replace')
  await drop(page, 'third.csv', other(2))
  await expect(recognised(page)).toContainText('third.csv')
  await expect(recognised(page)).not.toContainText('Merged')
  await toPreview(page)
  expect(await countOf(page, 'all')).toBe(1)
  await expect(cell(page, 0, 'name')).toHaveText('NEW2')
  await app.close()
})
