// The single gate for Next and Start: what is missing, on which page.
import { describe, expect, test } from 'vitest'
import type { Field } from '../../../shared/computer.ts'
import {
  type Draft,
  draftChangeSchema,
  draftSchema,
  type FileSource,
  missing,
  newDraft,
  noComputers,
  pagesFor,
  tooManyAccounts
} from '../../../shared/draft.ts'
import { defaultProfile, maxTries } from '../../../shared/profile.ts'

const column = (field: Field | null) => ({ title: '', samples: [], field, because: '', confidence: 1 })
const file = (...fields: readonly (Field | null)[]): FileSource => ({
  kind: 'file',
  name: 'list.csv',
  bytes: 1,
  format: 'text',
  encoding: 'UTF-8',
  delimiter: ',',
  sheets: [],
  skipped: 0,
  header: true,
  chosen: {},
  lines: 1,
  passwords: 'base64',
  columns: fields.map(column),
  recognised: { kind: 'unknown', words: '', confidence: 0 },
  exported: false,
  secrets: false,
  notes: [],
  earlier: [],
  atHand: true
})
const counts = (ready: number, blocked = 0) => ({ ...noComputers, total: ready + blocked, ready, blocked })
const whole: Draft = { ...newDraft('id', true, 0), source: file('name', 'fqdn', 'guid'), counts: counts(1) }
const gaps = (draft: Draft) => missing(draft).map(({ page, text }) => `${page}: ${text}`)

describe('missing', () => {
  test('nothing, when there is a computer and a way to it', () => {
    expect(gaps(whole)).toEqual([])
    expect(gaps({ ...whole, source: { kind: 'single' } })).toEqual([])
  })

  test('a new draft needs its source first', () => {
    expect(gaps(newDraft('id', true, 0))).toEqual(['source: Choose a file, or a single computer.'])
  })

  test('the three columns Configuration Manager demands', () => {
    expect(gaps({ ...whole, source: file('mac', null) })).toEqual([
      'mapping: No column is taken for Name.',
      'mapping: No column is taken for FQDN.',
      'mapping: No column is taken for SMBIOS GUID.'
    ])
  })

  test('a name can still be taken from the FQDN, nothing else can be done without', () => {
    expect(gaps({ ...whole, source: file('fqdn', 'guid') })).toEqual([])
    expect(gaps({ ...whole, source: file('name', 'guid') })).toEqual(['mapping: No column is taken for FQDN.'])
  })

  test('ties must be settled, also those of fields that are not mandatory', () => {
    const tie = (field: Field) => ({ ...column(null), could: [field] })
    const from = (columns: FileSource['columns']) => gaps({ ...whole, source: { ...file(), columns } })
    const rest = (['name', 'guid'] as const).map(column)
    expect(from([...rest, tie('fqdn'), tie('fqdn')])).toEqual(['mapping: Two columns could be the FQDN; choose one.'])
    const four = [...rest, column('fqdn'), tie('mac'), tie('mac'), tie('mac')]
    expect(from(four)).toEqual(['mapping: Three columns could be the MAC address; choose one.'])
    expect(from([...rest, column('fqdn'), tie('fqdn'), tie('fqdn')])).toEqual([])
    expect(from([...rest, column('fqdn'), column('fqdn')])).toEqual(['mapping: Two columns are taken for FQDN.'])
  })

  test.each([
    [counts(1, 1), 'preview: 1 computer must be repaired or left out.'],
    [counts(1, 2), 'preview: 2 computers must be repaired or left out.'],
    [counts(0), 'preview: There is no computer to take over yet.']
  ])('computers %o', (these, text) => {
    expect(gaps({ ...whole, counts: these })).toEqual([text])
    expect(gaps({ ...whole, source: { kind: 'single' }, counts: these })).toEqual([text.replace('preview', 'single')])
  })

  test('passwords not typed yet', () => {
    const account = { id: 'a', username: 'admin', description: '' }
    expect(gaps({ ...whole, accounts: [account, { ...account, slot: 's' }] })).toEqual([
      'accounts: The account admin has no password yet.'
    ])
    expect(gaps({ ...whole, profile: { ...defaultProfile, password: { kind: 'given' } } })).toEqual([
      'profile: The new admin password has not been typed yet.'
    ])
    expect(gaps({ ...whole, profile: { ...defaultProfile, password: { kind: 'given', slot: 's' } } })).toEqual([])
  })
})

test('the pages of a file and of a single computer', () => {
  const common = ['preview', 'accounts', 'profile', 'schedule', 'summary', 'progress', 'confirmation']
  expect(pagesFor(whole)).toEqual(['strategy', 'source', 'mapping', ...common])
  expect(pagesFor({ source: null })).toEqual(['strategy', 'source', 'mapping', ...common])
  expect(pagesFor({ source: { kind: 'single' } })).toEqual(['strategy', 'source', 'single', ...common])
})

test('more accounts than can be tried are told', () => {
  const accounts = Array.from({ length: maxTries }, (_, n) => ({ id: `${n}`, username: 'admin', description: '' }))
  expect(tooManyAccounts({ ...whole, accounts })).toBe(false)
  expect(tooManyAccounts({ ...whole, accounts: [...accounts, { id: 'x', username: 'admin', description: '' }] })).toBe(
    true
  )
})

test('the page decides its own parts only', () => {
  const change = { page: 'summary', practice: false, counts: counts(9), source: null, id: 'other' }
  expect(draftChangeSchema.parse(change)).toEqual({ page: 'summary' })
})

test('a draft survives being written and read', () => {
  expect(draftSchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole)
})
