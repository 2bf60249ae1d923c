// What stays behind after a take-over: the report in all its forms, the charts, passwords on purpose, the audit log and its files.
import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { practicePasswords } from '../../electron/simulator/practice.ts'
import { button, examine, examineSmall, look, openWizard, pictures, shows, untilThrough, walkTo } from '../screens.ts'

/** The next save dialog answers this file. */
const saveAs = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)

async function saved(file: string): Promise<Buffer> {
  const read = (): Buffer => {
    try {
      return readFileSync(file)
    } catch {
      return Buffer.alloc(0)
    }
  }
  await expect.poll(() => read().length, { timeout: 20_000 }).toBeGreaterThan(0)
  return read()
}

const more = async (page: Page, item: string): Promise<void> => {
  await button(page, 'More about the audit log').click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('the evidence of a practice take-over is saved, verified, archived and looked at', async () => {
  const { app, page, folder } = await openWizard()
  await look(page, 'Light')
  await walkTo(page, 'progress')
  await untilThrough(page)

  // The charts, and what a device logged itself.
  await button(page, 'Charts').click()
  await expect(page.getByRole('img', { name: /Outcome by cause/ })).toBeVisible()
  await examine(page, 'evidence-progress-light')
  await button(page, 'Charts').click()
  const done = page.locator('[data-job][data-state="done"]').first()
  await done.getByRole('button', { name: /^Details/ }).click()
  await done.getByRole('button', { name: /logged itself/ }).click()
  await expect(done.locator('[data-device-log]')).toContainText(/in the device’s own audit log/)
  await examine(page, 'evidence-device-log')

  await button(page, /^Next$/).click()
  await shows(page, 'confirmation')
  await examine(page, 'evidence-confirmation-light')
  await examineSmall(app, page, 'evidence-confirmation')
  await button(page, 'Outcome by cause as a table').click()
  await expect(page.getByRole('cell', { name: '25', exact: true })).toBeVisible()

  for (const [name, begin] of [
    ['report.pdf', '%PDF-'],
    ['report.json', '{'],
    ['report.csv', '\ufeffComputer']
  ] as const) {
    const file = join(folder, name)
    await saveAs(app, file)
    await button(page, 'Save report').click()
    const bytes = await saved(file)
    expect(bytes.toString('utf8').startsWith(begin), name).toBe(true)
    for (const secret of practicePasswords) expect(bytes.includes(secret)).toBe(false)
  }
  copyFileSync(join(folder, 'report.pdf'), join(pictures, 'evidence-report.pdf'))
  expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({ totals: { done: 25, all: 30 } })

  // Passwords leave encrypted only, and only after the typed word.
  await button(page, 'Export passwords').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Passphrase').fill('four words are enough')
  await dialog.getByLabel('The same again').fill('four words are enough')
  await expect(dialog.getByRole('button', { name: 'Save encrypted file' })).toBeDisabled()
  await dialog.getByLabel(/^Type export/).fill('export')
  await examine(page, 'evidence-passwords')
  const sheet = join(folder, 'passwords.amtsecrets')
  await saveAs(app, sheet)
  await dialog.getByRole('button', { name: 'Save encrypted file' }).click()
  expect(JSON.parse((await saved(sheet)).toString('utf8'))).toMatchObject({ format: 'amt-secrets 1' })

  // The audit log: exported with its verifier, which agrees; then archived; and the chain still holds.
  await button(page, 'Audit log').click()
  await shows(page, 'audit')
  const [file, verifier, archive] = ['audit.jsonl', 'verify-audit.mjs', 'archive.jsonl'].map((name) =>
    join(folder, name)
  )
  if (file === undefined || verifier === undefined || archive === undefined) throw new Error('three names')
  await saveAs(app, file)
  await button(page, 'Export').click()
  await saved(file)
  await saveAs(app, verifier)
  await more(page, 'Save the verifier')
  await saved(verifier)
  const run = spawnSync(process.execPath, [verifier, file], { encoding: 'utf8' })
  expect(run.stdout + run.stderr).toMatch(/All entries from 1 to \d+ follow one another and are signed/)

  await more(page, 'Archive older entries')
  await page.getByLabel('Before').fill(new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10))
  await examine(page, 'evidence-archive')
  await saveAs(app, archive)
  await button(page, 'Save archive').click()
  await saved(archive)
  await expect(page.getByRole('main').getByText(/moved to archive.jsonl/)).toBeVisible()
  await button(page, 'Verify').click()
  await expect(page.locator('[data-chain="holds"]')).toContainText(
    /begins at entry \d+; the ones before are in an archive/
  )
  await look(page, 'Dark')
  await examine(page, 'evidence-audit-dark')

  const zip = join(folder, 'support.zip')
  await saveAs(app, zip)
  await more(page, 'Save a support bundle')
  const bundle = await saved(zip)
  expect(bundle.toString('latin1').startsWith('PK')).toBe(true)
  await app.close()
})
