import { expect, test } from 'vitest'
import { fieldGuide } from '../../../electron/intake/guide.ts'
import { columnsOfForm } from '../../../electron/intake/recognise.ts'
import { readTable } from '../../../electron/intake/table.ts'
import { templateList, templateTitles } from '../../../electron/intake/template.ts'
import { listSeparator } from '../../../electron/intake/write.ts'
import { checkField } from '../../../shared/check.ts'
import { fields, fieldTitles, isSecret } from '../../../shared/computer.ts'
import { guessColumns } from '../../../shared/mapping.ts'
import { checkPassword } from '../../../shared/password.ts'

test.each([',', ';'] as const)(
  'the template imports again: every column known, no example row blocked (%s)',
  async (delimiter) => {
    const read = await readTable(new TextEncoder().encode(templateList(delimiter)))
    if (!read.ok) throw new Error(read.problem.code)
    const { titles, lines, header } = read.value
    expect(read.value).toMatchObject({ delimiter, header: true, skipped: 0, notes: [] })
    expect(titles).toEqual(templateTitles)
    const cells = lines.map((line) => line.cells)
    const guesses = columnsOfForm(read.value) ?? guessColumns(titles, cells, header)
    expect(guesses.map(({ field, confidence }) => [field === null ? null : fieldTitles[field], confidence])).toEqual(
      templateTitles.map((title) => [title, 1])
    )
    for (const line of cells) {
      guesses.forEach(({ field }, at) => {
        if (field === null) return
        const text = line[at] ?? ''
        const checked = isSecret(field) ? checkPassword(field, text, 'base64') : checkField(field, text)
        expect(checked.severity).not.toBe('blocker')
      })
    }
  }
)

test('the guide speaks of every field and needs nothing else', () => {
  const guide = fieldGuide()
  for (const field of fields) expect(guide).toContain(`<th scope="row">${fieldTitles[field]}</th>`)
  expect(guide).not.toMatch(/<script|<link|src=|href=/)
})

test('the separator of a country', () => {
  expect([listSeparator('de'), listSeparator('en-GB'), listSeparator('fr')]).toEqual([';', ',', ';'])
  expect([listSeparator('C'), listSeparator(''), listSeparator('POSIX')]).toEqual([',', ',', ','])
})
