// AMT status: words and numbers of Configuration Manager, and the two meanings of Not Supported told apart.
import { describe, expect, test } from 'vitest'
import { type AmtStatus, deviceReadOf, readAmtStatus, type StatusFacts, statusOf } from '../../../shared/amtStatus.ts'
import type { Job } from '../../../shared/job.ts'
import { problem } from '../../../shared/problem.ts'
import { amtStatuses } from '../../../shared/statusWords.ts'

test.each<[string, AmtStatus | null]>([
  ...amtStatuses.map((status): [string, AmtStatus] => [status, status]),
  ['NULL', 'Unknown'],
  ['5', 'Unknown'],
  ['0', 'Not Supported'],
  ['1', 'Detected'],
  ['2', 'Not Provisioned'],
  ['3', 'Provisioned'],
  ['4', 'Externally Provisioned'],
  ['6', 'Unknown'],
  ['255', 'Unknown'],
  ['  not_provisioned ', 'Not Provisioned'],
  ['NotSupported', 'Not Supported'],
  ['externally-provisioned', 'Externally Provisioned'],
  ['provisioned by others', 'Externally Provisioned'],
  ['not capable', 'Not Supported'],
  ['', null],
  ['vPro', null],
  ['8.1.71', null],
  ['constructor', null]
])('“%s” is %s', (text, expected) => expect(readAmtStatus(text)).toBe(expected))

const facts = (change: Partial<StatusFacts>): StatusFacts => ({ listed: '', listedVersion: '', ...change })

describe('Not Supported stands for two things', () => {
  test.each<[Partial<StatusFacts>, 'no-amt' | 'window-over' | 'either']>([
    [{ listed: '0' }, 'either'],
    [{ listed: 'Not Supported', listedVersion: '8.1.71' }, 'window-over'],
    [{ listed: 'Not Supported', earlier: { amtVersion: '8.1.71', setup: 'after' } }, 'window-over'],
    [{ listed: 'Not Supported', listedVersion: 'none' }, 'no-amt'],
    [{ listed: 'Not Supported', listedVersion: 'No AMT' }, 'no-amt'],
    // The device once answered: whatever the list says of its version, it has AMT.
    [{ listed: 'Not Supported', listedVersion: 'none', earlier: {} }, 'window-over'],
    [{ listed: 'Not Supported', listedVersion: '0.0.0' }, 'either']
  ])('%o: %s', (change, absence) => {
    expect(statusOf(facts(change))).toMatchObject({ status: 'Not Supported', toldBy: 'list', absence })
  })

  test('a window that is over can be opened again, and says how', () => {
    const { words, remedies } = statusOf(facts({ listed: '0', listedVersion: '5.0' }))
    expect(words).toContain('window is over')
    expect(remedies.join(' ')).toMatch(/Restart the hello.*6 hours/)
    expect(statusOf(facts({ listed: '0', listedVersion: 'none' })).remedies).toEqual(['Leave it out.'])
  })
})

describe('who is believed', () => {
  test('the device now, then the list, then an earlier job, then nobody', () => {
    const earlier = { setup: 'after' } as const
    expect(statusOf(facts({}))).toMatchObject({ status: 'Unknown', toldBy: 'nobody' })
    expect(statusOf(facts({ earlier }))).toMatchObject({ status: 'Detected', toldBy: 'earlier job' })
    expect(statusOf(facts({ listed: 'Unknown', earlier }))).toMatchObject({ status: 'Detected', toldBy: 'earlier job' })
    expect(statusOf(facts({ listed: 'Unknown' }))).toMatchObject({ status: 'Unknown', toldBy: 'list' })
    expect(statusOf(facts({ listed: '2', earlier }))).toMatchObject({ status: 'Not Provisioned', toldBy: 'list' })
    expect(statusOf(facts({ listed: '2', earlier, answered: { setup: 'after' } }))).toMatchObject({
      status: 'Detected',
      toldBy: 'device'
    })
  })

  test('a device that is not set up is Not Provisioned, whatever the list says', () => {
    for (const setup of ['before', 'in'] as const) {
      const { status, absence } = statusOf(facts({ listed: '0', answered: { setup } }))
      expect([status, absence]).toEqual(['Not Provisioned', null])
    }
  })

  test('set up by whom, only Configuration Manager knows', () => {
    expect(statusOf(facts({ listed: '3', answered: { setup: 'after' } })).status).toBe('Provisioned')
    expect(statusOf(facts({ listed: '4', answered: {} })).status).toBe('Externally Provisioned')
    expect(statusOf(facts({ listed: '0', answered: {} })).status).toBe('Detected')
  })
})

describe('what a job read', () => {
  const guid = '4c4c4544-0046-3000-8000-c7c04f000031'
  const job = (change: Partial<Pick<Job, 'state' | 'facts' | 'problem'>>) => ({
    computer: {
      name: '',
      fqdn: '',
      guid,
      mac: '',
      address: '',
      amtVersion: '',
      amtStatus: '',
      automaticPrevented: false
    },
    state: 'person' as const,
    facts: { guid, amtVersion: '8.1.71' },
    problem: null,
    ...change
  })
  test('counts only from the computer itself', () => {
    expect(deviceReadOf(job({}))).toEqual({ amtVersion: '8.1.71' })
    expect(deviceReadOf(job({ facts: { amtVersion: '8.1.71' } }))).toBeUndefined()
    const other = '4c4c4544-0046-3000-8000-c7c04f000032'
    expect(deviceReadOf(job({ facts: { guid: other, amtVersion: '8.1.71' } }))).toBeUndefined()
  })
  test('tells how far its setup was', () => {
    const found = (state: number) =>
      problem('not-provisioned', { values: { state }, found: `ProvisioningState ${state}` })
    expect(deviceReadOf(job({ state: 'done' }))?.setup).toBe('after')
    expect(deviceReadOf(job({ problem: found(0) }))?.setup).toBe('before')
    expect(deviceReadOf(job({ problem: found(1) }))?.setup).toBe('in')
  })
})
