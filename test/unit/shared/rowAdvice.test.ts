// The route of one computer: every condition of the page against its own facts, and never an advice against the rules.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knowsPki, supportOf } from '../../../shared/native.ts'
import { adviseRow, adviserFor, placeOf } from '../../../shared/rowAdvice.ts'
import type { RowFacts } from '../../../shared/rowGrounds.ts'
import { type Answers, advise, noRoutes, type Route, routesWords } from '../../../shared/strategy.ts'

const plain: RowFacts = {
  amtVersion: '5.0.2',
  amtStatus: '',
  missing: [],
  hasAdminPassword: true,
  automaticPrevented: false
}
const row = (change: Partial<RowFacts> = {}): RowFacts => ({ ...plain, ...change })
const old = row({ amtVersion: '3.0.1' })
const told = (answers: Answers, facts: RowFacts) => adviseRow(answers, facts).reasons.join(' ')

const exportable: Answers = { client: 'no', exportUtility: 'yes', time: 'yes' }
const byHand: Answers = { client: 'no', exportUtility: 'no' }

describe('the route', () => {
  test.each<[string, Answers, RowFacts, Route | 'open' | 'none']>([
    ['client and a native version', { client: 'yes' }, row(), 'in-band'],
    ['client open', {}, row(), 'open'],
    ['client, version not known', { client: 'yes' }, row({ amtVersion: '' }), 'open'],
    ['client, version not known, all native', { client: 'yes', native: 'all' }, row({ amtVersion: '' }), 'in-band'],
    ['client, version not named', { client: 'yes' }, row({ amtVersion: '8.1' }), 'open'],
    ['client, version later, counted', { client: 'yes', natives: 'later' }, row({ amtVersion: '8.1' }), 'in-band'],
    ['client, version not exact', { client: 'yes' }, row({ amtVersion: '3.2' }), 'open'],
    ['no client', byHand, row(), 'without-export'],
    ['client, but an older version', { ...byHand, client: 'yes', translator: 'yes' }, old, 'without-export'],
    ['client, but prevented', { ...exportable, client: 'yes' }, row({ automaticPrevented: true }), 'with-export'],
    ['export and time', exportable, row(), 'with-export'],
    ['export, time open', { client: 'no', exportUtility: 'yes' }, row(), 'open'],
    ['export, no time', { ...exportable, time: 'no' }, row(), 'without-export'],
    ['export, older, translator', { ...exportable, translator: 'yes' }, old, 'with-export'],
    ['export, older, translator open', exportable, old, 'open'],
    ['export, older, no translator', { ...exportable, translator: 'no' }, old, 'none'],
    [
      'export, not listed, no translator',
      { ...exportable, natives: 'sp1', translator: 'no' },
      row({ amtVersion: '8.1' }),
      'none'
    ],
    [
      'export, not listed, translator',
      { ...exportable, natives: 'sp1', translator: 'yes' },
      row({ amtVersion: '8.1' }),
      'with-export'
    ],
    [
      'export, version not known, translator',
      { ...exportable, translator: 'yes' },
      row({ amtVersion: '' }),
      'with-export'
    ],
    ['export, version not known, no translator', { ...exportable, translator: 'no' }, row({ amtVersion: '' }), 'open'],
    ['export, but FQDN missing', exportable, row({ missing: ['fqdn', 'mac'] }), 'without-export'],
    ['export open', { client: 'no' }, row(), 'open'],
    [
      'export open, but it came with an exported file',
      { client: 'no', time: 'yes' },
      row({ automaticPrevented: true }),
      'with-export'
    ],
    ['no export, older, no translator', { ...byHand, translator: 'no' }, old, 'none'],
    ['no export, older, translator open', byHand, old, 'open'],
    ['no AMT', { client: 'yes' }, row({ amtStatus: '0', amtVersion: 'none' }), 'none'],
    ['window over', byHand, row({ amtStatus: '0' }), 'without-export']
  ])('%s', (_, answers, facts, expected) => {
    const { route, decided } = adviseRow(answers, facts)
    expect(route ?? (decided ? 'none' : 'open')).toBe(expected)
  })
})

describe('the reasons', () => {
  test('name the conditions met, not met and open', () => {
    expect(told({ client: 'yes' }, row())).toContain('AMT 5.0.2 is natively supported.')
    expect(told({ client: 'yes' }, row())).toContain('more secure than out of band')
    expect(told(exportable, row())).toMatch(/can export it.*time enough.*client will not be installed/)
    expect(told({ client: 'yes' }, row({ amtVersion: '' }))).toMatch(
      /In-band provisioning is not decided. Its AMT version is not known/
    )
    expect(told({ ...exportable, translator: 'no' }, old)).toMatch(
      /AMT 3.0.1 is before 3.2.1.*translator, which is not installed/
    )
  })

  test('never assume what no document says', () => {
    expect(told({ client: 'yes' }, row({ amtVersion: '8.1' }))).toMatch(
      /AMT 8.1 .*is not known: the list for SP1 names 3.2 .*no list for SP2/
    )
    expect(told({ client: 'yes', natives: 'later' }, row({ amtVersion: '8.1' }))).toContain('you count those as native')
    expect(told({ ...exportable, natives: 'sp1', translator: 'yes' }, row({ amtVersion: '8.1' }))).toContain(
      'is not documented'
    )
  })

  test('the row wins over the answers, and says so', () => {
    expect(told({ ...exportable, native: 'all' }, old)).toContain('this one runs AMT 3.0.1: the row counts')
    expect(told({ client: 'yes', native: 'none' }, row())).toContain('this one runs AMT 5.0.2: the row counts')
    expect(told(byHand, row({ automaticPrevented: true }))).toContain('came with an exported file: the row counts')
    expect(told({ information: 'yes' }, row({ missing: ['guid'] }))).toContain('SMBIOS GUID. The row counts')
    expect(told({ information: 'no' }, row())).toContain('this row has it all')
    expect(told({ native: 'all' }, row({ amtVersion: '' }))).not.toContain('row counts')
  })

  test('what the device said wins over the list', () => {
    const facts = row({ amtVersion: '3.2.1', deviceState: { amtVersion: '3.0.1', setup: 'after' } })
    expect(told(byHand, facts)).toContain('The list says AMT 3.2.1, the device itself said 3.0.1')
    expect(adviseRow({ ...byHand, translator: 'no' }, facts)).toMatchObject({ route: null, decided: true })
    const longer = row({ amtVersion: '5.0', deviceState: { amtVersion: '5.0.2' } })
    expect(told(byHand, longer)).not.toContain('The list says')
  })

  test.each([
    ['2.0.5', '2.2'],
    ['2.1', '2.2'],
    ['2.5.1', '2.6']
  ])('AMT %s has no PKI; firmware %s has', (amtVersion, firmware) => {
    expect(told({ ...byHand, translator: 'yes' }, row({ amtVersion }))).toMatch(
      new RegExp(`does not know remote configuration.*PID and PPS.*MEBx, or firmware ${firmware.replace('.', '\\.')}`)
    )
  })

  test('prevention is said, with what lifts it', () => {
    const reasons = told({ ...exportable, client: 'yes' }, row({ automaticPrevented: true }))
    expect(reasons).toMatch(
      /prevented, because it came with an exported file.*Enable automatic provisioning lifts that/
    )
  })

  test('after a partial removal a password is needed', () => {
    const partial: Answers = { ...byHand, partial: 'yes' }
    expect(told(partial, row({ hasAdminPassword: false }))).toContain('Provisioning and Discovery Account')
    expect(told(partial, row())).not.toContain('Provisioning and Discovery Account')
    expect(told(byHand, row({ hasAdminPassword: false }))).not.toContain('Provisioning and Discovery Account')
  })

  test('the status is explained with its remedies', () => {
    expect(told(byHand, row({ amtStatus: '1' }))).toMatch(/AMT status Detected: .*Remove the provisioning/)
    expect(told(byHand, row({ amtStatus: '0' }))).toMatch(/window is over.*Restart the hello/)
    expect(told(byHand, row())).not.toContain('AMT status')
  })
})

const yesNo = fc.constantFrom<'yes' | 'no' | undefined>('yes', 'no', undefined)
const anyAnswers: fc.Arbitrary<Answers> = fc.record({
  client: yesNo,
  native: fc.constantFrom<Answers['native']>('all', 'some', 'none', undefined),
  exportUtility: yesNo,
  time: yesNo,
  translator: yesNo,
  information: yesNo,
  partial: yesNo,
  natives: fc.constantFrom<Answers['natives']>('sp1', 'later', undefined)
})
const versions = [
  '',
  '2.0',
  '2.5.1',
  '2.6',
  '3.0.1',
  '3.2',
  '3.2.1',
  '4',
  '4.0.1',
  '4.2',
  '5.0',
  '6.1',
  '11.8.50',
  'none',
  'x'
]
const anyFacts: fc.Arbitrary<RowFacts> = fc.record({
  amtVersion: fc.constantFrom(...versions),
  amtStatus: fc.constantFrom('', '0', '1', '2', '3', '4', '5', 'nonsense'),
  missing: fc.subarray(['name', 'fqdn', 'guid', 'mac', 'address'] as const).map((some) => [...some]),
  hasAdminPassword: fc.boolean(),
  automaticPrevented: fc.boolean(),
  deviceState: fc.option(
    fc.record({
      amtVersion: fc.constantFrom(undefined, '3.0.1', '5.0', '8.1'),
      setup: fc.constantFrom(undefined, 'before' as const, 'in' as const, 'after' as const)
    }),
    { nil: undefined }
  )
})
const isNative = (answers: Answers, version: string): boolean | undefined => {
  const support = supportOf(version, answers.natives)
  if (support === 'not-told') return answers.native === 'all' ? true : answers.native === 'none' ? false : undefined
  if (support === 'native' || support === 'counted') return true
  return support === 'older' || support === 'not-listed' ? false : undefined
}

test('no advice goes against a rule of the page', () => {
  fc.assert(
    fc.property(anyAnswers, anyFacts, (answers, facts) => {
      const { route, decided, reasons } = adviseRow(answers, facts)
      const native = isNative(answers, facts.deviceState?.amtVersion ?? facts.amtVersion)
      const complete = !facts.missing.some((field) => ['name', 'fqdn', 'guid'].includes(field))
      const text = reasons.join(' ')
      expect(reasons.length).toBeGreaterThan(0)
      expect(new Set(reasons).size).toBe(reasons.length)
      expect(text).not.toMatch(/undefined|null|\[object/)
      if (route !== null) expect(decided).toBe(true)
      if (route === 'in-band') {
        expect([answers.client, native, facts.automaticPrevented]).toEqual(['yes', true, false])
        expect(text).toContain('more secure')
      } else if (answers.client === 'yes' && native === true && !facts.automaticPrevented) {
        // The most secure route is never passed over, unless the list itself says that there is no AMT.
        expect([route, facts.amtVersion]).toEqual([null, 'none'])
      }
      if (route === 'with-export' || route === 'without-export') {
        expect(native === true || answers.translator === 'yes').toBe(true)
      }
      if (route === 'with-export') {
        expect([complete, answers.time]).toEqual([true, 'yes'])
        expect(answers.exportUtility === 'yes' || facts.automaticPrevented).toBe(true)
      }
      if (route === 'without-export' && !complete) expect(text).toMatch(/missing/)
      if (route === null && decided && facts.amtVersion !== 'none') {
        expect([native, answers.translator]).toEqual([false, 'no'])
      }
      const version = facts.deviceState?.amtVersion ?? facts.amtVersion
      if (knowsPki(version) === false && facts.amtVersion !== 'none') expect(text).toContain('PKI')
    }),
    { numRuns: 20_000 }
  )
})

test('one more answer never changes what was decided', () => {
  fc.assert(
    fc.property(anyAnswers, anyAnswers, anyFacts, (few, more, facts) => {
      const known = Object.fromEntries(Object.entries(few).filter(([, answer]) => answer !== undefined))
      const before = adviseRow(few, facts)
      const { route, decided } = adviseRow({ ...more, ...known }, facts)
      if (before.decided) expect([route, decided]).toEqual([before.route, true])
    }),
    { numRuns: 5_000 }
  )
})

test('a computer whose version is told by the answer alone goes where the import goes', () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      const whole = advise(answers).route
      if (whole !== 'in-band' || answers.native !== 'all') return
      expect(adviseRow(answers, row({ amtVersion: '' })).route).toBe(whole)
    })
  )
})

test('the adviser for many rows says the same as for one', () => {
  fc.assert(
    fc.property(anyAnswers, fc.array(anyFacts, { maxLength: 30 }), (answers, list) => {
      const advice = adviserFor(answers)
      for (const facts of [...list, ...list]) expect(advice(facts)).toEqual(adviseRow(answers, facts))
    })
  )
})

test('computers are counted by route', () => {
  const advice = adviserFor({ client: 'yes', exportUtility: 'no', translator: 'no' })
  const counts = { ...noRoutes }
  for (const amtVersion of ['5.0', '5.0', '3.0', '']) counts[placeOf(advice(row({ amtVersion })))] += 1
  expect(counts).toEqual({ 'in-band': 2, 'with-export': 0, 'without-export': 0, open: 1, none: 1 })
  expect(routesWords(counts)).toBe('2 in-band, 1 not decided yet, 1 not possible')
})
