// Data Preview as it is worked with: paste and undo, 100,000 rows, marks of exported files, a second file merged in.
import { expect, test } from '@playwright/test'
import { drop, dropPrepared, prepareMany } from '../lists.ts'
import { activeRow, cell, copied, countOf, enter, preview, toClipboard, toFirstName } from '../previewScreens.ts'
import { button, examine, examineBoth, next, openWizard, shows, walkTo } from '../screens.ts'

test('50 rows of 3 columns are pasted from a spreadsheet, undone and done again; cells are copied, cleared, left out', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'preview')
  const line = (n: number): string =>
    `NEW-${n}\tnew-${n}.example.com\t"{4C4C4544-0046-3000-8000-C7C04F01${n.toString(16).padStart(4, '0')}}"`
  await toClipboard(app, `${Array.from({ length: 50 }, (_, n) => line(n)).join('\r\n')}\r\n`)
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+V')
  await expect.poll(() => countOf(page, 'all')).toBe(50)
  await expect(cell(page, 0, 'name')).toHaveText('NEW-0')
  await expect(cell(page, 3, 'guid')).toHaveText('4c4c4544-0046-3000-8000-c7c04f010003')
  await examineBoth(page, 'grid-pasted')
  await page.keyboard.press('Control+Z')
  await expect.poll(() => countOf(page, 'all')).toBe(30)
  await expect(cell(page, 0, 'name')).toHaveText('FIN-0231')
  await page.keyboard.press('Control+Y')
  await expect.poll(() => countOf(page, 'all')).toBe(50)
  await expect(cell(page, 0, 'name')).toHaveText('NEW-0')
  await page.keyboard.press('Control+Shift+Z')
  await page.keyboard.press('Control+Z')
  await expect.poll(() => countOf(page, 'all')).toBe(30)

  await toFirstName(page)
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Control+C')
  await expect
    .poll(() => copied(app))
    .toMatch(/^FIN-0231\tfin-0231\.corp\.practice\.example\r?\nFIN-0232\tfin-0232\.corp\.practice\.example\s*$/)
  await page.keyboard.press('Delete')
  await expect(cell(page, 1, 'fqdn')).toHaveText('–')
  await page.keyboard.press('Control+Z')
  await expect(cell(page, 1, 'fqdn')).toHaveText('fin-0232.corp.practice.example')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Alt+Delete')
  await expect.poll(() => countOf(page, 'leftOut')).toBe(2)
  await page.keyboard.press('Control+Z')
  await expect(page.locator('[data-filter="leftOut"]')).toHaveCount(0)

  // With the pointer: a block is dragged, a row chosen by its line, a column sorted.
  await cell(page, 1, 'name').hover()
  await page.mouse.down()
  await cell(page, 3, 'mac').hover()
  await page.mouse.up()
  await expect(page.locator('[role="gridcell"][aria-selected="true"]')).toHaveCount(12)
  await page.locator('[data-row="2"] [data-column="1"]').click()
  await expect(page.locator('[data-row="2"] [aria-selected="true"]')).toHaveCount(14)
  await page.locator('[data-sort="name"]').click()
  await page.locator('[data-sort="name"]').click()
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
  await expect(page.locator('[data-index="0"] [data-field="name"]')).not.toHaveText('FIN-0231')
  await page.keyboard.press('?')
  await examineBoth(page, 'grid-keys')
  await app.close()
})

test('100,000 computers are imported, searched, sorted, edited, filtered and undone', async () => {
  test.setTimeout(150_000)
  const { app, page } = await openWizard()
  await preview(page, async () => {
    await prepareMany(page, 'large.csv', 100_000)
    await dropPrepared(page)
  })
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '100001')
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+End')
  await expect(page.locator('[data-row="99999"]')).toBeVisible()
  await page.keyboard.press('Control+Home')
  await page.getByLabel('Search').fill('pc0123')
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '101')
  await page.getByRole('grid').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Alt+ArrowDown')
  await expect(page.locator('[data-index="0"]')).toHaveAttribute('data-row', '12399')
  await page.keyboard.press('F2')
  await page.keyboard.press('Escape')
  await page.getByLabel('Search').fill('')
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '100001')
  await page.locator('[data-sort="fqdn"]').click()
  await page.getByRole('grid').focus()
  await toFirstName(page)
  const row = await activeRow(page)
  await enter(page, 'ZZZ')
  await expect.poll(() => countOf(page, 'edited')).toBe(1)
  await page.locator('[data-filter="edited"]').click()
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2')
  await expect(cell(page, row, 'name')).toHaveText('ZZZ')
  await page.locator('[data-filter="all"]').click()
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '100001')
  await examine(page, 'grid-large')
  await page.keyboard.press('Control+Z')
  await expect(cell(page, row, 'name')).toHaveText(`PC${String(row).padStart(6, '0')}`)
  await expect(page.locator('[data-filter="edited"]')).toHaveCount(0)
  await app.close()
})

test('computers of an exported file are marked, until automatic provisioning is enabled for one or for all', async () => {
  const { app, page } = await openWizard()
  await walkTo(page, 'preview')
  await expect.poll(() => countOf(page, 'prevented')).toBe(30)
  const mark = page.locator('[data-row="0"]').getByRole('img', { name: 'Automatic in-band provisioning prevented' })
  await expect(mark).toBeVisible()
  await button(page, /^Enable automatic provisioning$/).click()
  await expect.poll(() => countOf(page, 'prevented')).toBe(29)
  await expect(mark).toHaveCount(0)
  await button(page, /provisioning for all$/).click()
  await expect(page.locator('[data-filter="prevented"]')).toHaveCount(0)
  await button(page, /^Undo:/).click()
  await expect.poll(() => countOf(page, 'prevented')).toBe(29)
  await button(page, /^Do again:/).click()
  await expect(page.locator('[data-filter="prevented"]')).toHaveCount(0)
  await app.close()
})

const list = (rows: readonly (readonly [n: number, mac: number])[]): string =>
  [
    'Name,FQDN,SMBIOS GUID,MAC',
    ...rows.map(
      ([n, mac]) => `PC${n},pc${n}.example.com,4c4c4544-0046-3000-8000-c7c04f00000${n},02:1a:4f:46:00:0${mac}`
    )
  ].join('\r\n')

test('a second file is merged by GUID, what differs is shown, and replacing takes the typed word', async () => {
  const { app, page } = await openWizard()
  const known = [1, 2, 3, 4].map((n) => [n, n] as const)
  await preview(page, () => drop(page, 'first.csv', list(known)))
  await button(page, /^Back$/).click()
  await shows(page, 'mapping')
  await button(page, /^Back$/).click()
  await shows(page, 'source')
  await drop(
    page,
    'second.csv',
    list([
      [1, 1],
      [2, 9],
      [5, 5]
    ])
  )
  await expect(page.locator('[data-recognised]')).toContainText('second.csv')
  await next(page, 'mapping')
  await next(page, 'preview')
  await expect.poll(() => countOf(page, 'all')).toBe(5)
  for (const [filter, count] of [
    ['new', 1],
    ['changed', 1],
    ['same', 1],
    ['missing', 2]
  ] as const) {
    expect([filter, await countOf(page, filter)]).toEqual([filter, count])
  }
  await page.locator('[data-filter="changed"]').click()
  await expect(page.locator('[data-index="0"] [data-field="name"]')).toHaveText('PC2')
  await page.locator('[data-index="0"] [data-field="mac"]').click()
  await expect(page.getByText('Differs from what was known')).toBeVisible()
  await page.locator('[data-filter="all"]').click()
  await examineBoth(page, 'grid-merged')

  const replace = async (word: string | undefined): Promise<unknown> =>
    page.evaluate(
      async ([text, replace]) => {
        const { wizard } = window as unknown as {
          wizard: {
            ask(
              name: string,
              input: unknown
            ): Promise<{ ok: boolean; value?: { drafts?: { id: string }[]; counts?: { total: number } } }>
          }
        }
        const snapshot = await wizard.ask('app.snapshot', {})
        const draftId = snapshot.value?.drafts?.[0]?.id
        const bytes = new TextEncoder().encode(text)
        const answer = await wizard.ask('source.give', {
          draftId,
          name: 'third.csv',
          bytes,
          ...(replace && { replace })
        })
        return answer.ok ? answer.value?.counts?.total : 'refused'
      },
      [list([[6, 6]]), word ?? ''] as const
    )
  expect(await replace('yes')).toBe('refused')
  expect(await replace(undefined)).toBe(6)
  expect(await replace('replace')).toBe(1)
  await app.close()
})
