// The contract: what may cross between page and core, and above all what may not.
import { describe, expect, test } from 'vitest'
import { asks, tells } from '../../../shared/contract.ts'
import { rowSchema } from '../../../shared/grid.ts'

const view = { filter: 'all', search: '', sort: null } as const

describe('what the page may send', () => {
  test.each([
    ['draft.begin', {}],
    ['draft.open', { draftId: '' }],
    ['draft.open', { draftId: 'x'.repeat(65) }],
    ['draft.change', { draftId: 'd', change: { page: 'elsewhere' } }],
    ['source.give', { draftId: 'd', name: 'x', bytes: [1, 2] }],
    ['source.map', { draftId: 'd', fields: ['password'], header: true, passwords: 'clear' }],
    ['rows.read', { draftId: 'd', view, from: 0, count: 501 }],
    ['rows.read', { draftId: 'd', view, from: -1, count: 1 }],
    ['rows.edit', { draftId: 'd', edit: { kind: 'set', row: 0, values: { nonsense: 'x' } } }],
    ['rows.edit', { draftId: 'd', edit: { kind: 'set', row: 0.5, values: {} } }],
    ['rows.edit', { draftId: 'd', edit: { kind: 'paste', view, at: 0, fields: ['name'], cells: [] } }],
    ['secret.keep', { draftId: 'd', purpose: 'other', value: 'x' }],
    ['secret.keep', { draftId: 'd', purpose: 'account', value: '' }],
    ['import.retry', { importId: 'i', jobIds: 'all' }],
    ['audit.read', { before: 0, count: 1, search: '' }]
  ] as const)('%s refuses %j', (ask, input) => {
    expect(asks[ask].input.safeParse(input).success).toBe(false)
  })

  test('nothing else: asks without input take none', () => {
    expect(asks['app.snapshot'].input.safeParse({ path: '/' }).success).toBe(false)
    expect(asks['app.snapshot'].input.safeParse({}).success).toBe(true)
  })

  test('never a path', () => {
    for (const [name, { input }] of Object.entries(asks)) expect(Object.keys(input.shape), name).not.toContain('path')
  })
})

test('secrets go one way: they are kept, and no ask or tell reads one', () => {
  expect(Object.keys(asks).filter((name) => name.startsWith('secret'))).toEqual([
    'secret.keep',
    'secrets.held',
    'secrets.release',
    'secrets.export'
  ])
  // What leaves goes into a file that the main side writes, encrypted; the page hears its name and how many.
  expect(asks['secrets.export'].output.parse({ file: 'a', count: 1, text: 'x' })).toEqual({ file: 'a', count: 1 })
  expect(asks['secrets.held'].output.parse({ former: 2, slots: ['x'] })).toEqual({ former: 2 })
  expect(Object.keys(tells).sort()).toEqual([
    'checks.changed',
    'hello.changed',
    'jobs.changed',
    'pack.handed',
    'search.changed',
    'source.head',
    'source.progress'
  ])
  const head = (cell: string) => ({
    draftId: 'd',
    name: 'a.csv',
    words: '',
    fields: ['name', 'adminPassword'],
    rows: [{ line: 2, cells: ['PC1', cell] }]
  })
  for (const cell of ['', '••••••••']) expect(tells['source.head'].safeParse(head(cell)).success).toBe(true)
  expect(tells['source.head'].safeParse(head('Clear-Admin1!')).success).toBe(false)
})

test('a change of a draft cannot reach what the core derives', () => {
  const change = { page: 'summary', practice: false, counts: {}, source: null }
  expect(asks['draft.change'].input.parse({ draftId: 'd', change })).toEqual({
    draftId: 'd',
    change: { page: 'summary' }
  })
})

test('a row in the grid names all fields', () => {
  expect(rowSchema.safeParse({ row: 0, line: 0, values: { name: 'PC' }, issues: [], leftOut: false }).success).toBe(
    false
  )
})
