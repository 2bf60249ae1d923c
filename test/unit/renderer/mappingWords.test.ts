// What the mapping page asks and says, without a window.
import { describe, expect, test } from 'vitest'
import { columnName, questionsOf, samplesOf, surenessOf } from '../../../renderer/parts/mappingWords.ts'
import type { Column } from '../../../shared/draft.ts'

const column = (more: Partial<Column> = {}): Column => ({
  title: 'Kiste',
  samples: ['PC1', 'PC2'],
  field: null,
  because: '',
  confidence: 0,
  ...more
})

test('a column is called by its title, and by its place where that says too little', () => {
  const columns = [column(), column({ title: ' ' }), column({ title: 'MAC' }), column({ title: 'MAC' })]
  expect(columns.map((_, at) => columnName(columns, at))).toEqual([
    'Kiste',
    'Column 2',
    'MAC (column 3)',
    'MAC (column 4)'
  ])
})

test('samples are hidden at once when a column becomes a password', () => {
  expect(samplesOf(column(), 'adminPassword')).toEqual(['••••••••', '••••••••'])
  expect(samplesOf(column(), 'name')).toEqual(['PC1', 'PC2'])
})

test.each([
  [column({ field: 'guid', because: 'the title is the same', confidence: 1 }), 'guid', false, 'sure', 'sure'],
  [column({ field: 'guid', because: 'why', confidence: 0.85 }), 'guid', false, 'likely', 'likely'],
  [column({ field: 'guid', because: 'why', confidence: 0.6 }), 'guid', false, 'guess', 'a guess'],
  [column({ field: 'guid', because: 'why', confidence: 0.6 }), 'mac', false, 'chosen', 'you chose this'],
  [column({ field: 'guid', because: 'why', confidence: 0.6 }), 'guid', true, 'chosen', 'you chose this'],
  [column({ confidence: 1 }), null, false, 'chosen', 'you chose this'],
  [column({ because: 'why', could: ['fqdn'] }), null, false, 'open', 'to be chosen'],
  [column(), null, false, 'none', '']
] as const)('how sure %j taken for %s is', (given, field, touched, kind, words) => {
  expect(surenessOf(given, field, touched)).toMatchObject({ kind, words })
})

test('an earlier choice says from when it is', () => {
  const year = new Date().getFullYear()
  const from = (at: number) =>
    surenessOf(column({ field: 'name', because: 'why', confidence: 1, chosenAt: at }), 'name', false).words
  expect(from(new Date(year, 10, 3, 12).getTime())).toBe('remembered from 3 Nov')
  expect(from(new Date(2020, 10, 3, 12).getTime())).toBe('remembered from 3 Nov 2020')
})

describe('questions', () => {
  const tied = column({ could: ['mac'] })
  test('ties first of all fields, gaps only of mandatory ones', () => {
    const columns = [column(), tied, tied]
    expect(questionsOf(columns, ['fqdn', null, null])).toEqual([
      { field: 'name', kind: 'missing', columns: [1, 2] },
      { field: 'guid', kind: 'missing', columns: [1, 2] },
      { field: 'mac', kind: 'tie', columns: [1, 2] }
    ])
  })
  test('none when everything is settled', () => {
    expect(questionsOf([column(), column(), column(), tied], ['name', 'fqdn', 'guid', 'mac'])).toEqual([])
  })
})
