// The pure parts of the pace: subnets, easing, and what happened to the laptop between two looks.
import { describe, expect, test } from 'vitest'
import { type Easing, eased, isUnsteady, steady } from '../../../electron/provision/easing.ts'
import { batteryHolds, disturbance, networksNow } from '../../../electron/provision/ground.ts'
import { placeOf, subnetOf, unknownSubnet } from '../../../electron/provision/subnet.ts'
import { problem } from '../../../shared/problem.ts'

describe('subnets', () => {
  test.each([
    ['10.1.2.3', '10.1.2.0/24'],
    ['fd00:1:2:3:4:5:6:7', 'fd00:1:2:3::/64'],
    ['fd00:0001::7', 'fd00:1:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::ffff:10.1.2.3', '10.1.2.0/24'],
    ['pc7.corp.example', undefined]
  ])('%s is in %s', (host, subnet) => expect(subnetOf(host)).toBe(subnet))

  test('an address needs no look into the name service, a name does; one without an answer is in the common bucket', async () => {
    const asked: string[] = []
    const look = async (host: string) => {
      asked.push(host)
      if (host === 'gone') throw new Error('ENOTFOUND')
      return { address: '10.9.8.7' }
    }
    expect(placeOf('10.1.2.3', look)).toBe('10.1.2.0/24')
    expect(await placeOf('pc7', look)).toBe('10.9.8.0/24')
    expect(await placeOf('gone', look)).toBe(unknownSubnet)
    expect(asked).toEqual(['pc7', 'gone'])
  })
})

describe('easing', () => {
  const driven = (from: Easing, ends: string, full = 8): Easing =>
    [...ends].reduce((state, end) => eased(state, end === 'x', full), from)

  test('halves when many of the last attempts broke, again only after new ones, never below one', () => {
    expect(driven(steady(8), 'xxxxx').parallel).toBe(8)
    const halved = driven(steady(8), '....xx')
    expect(halved.parallel).toBe(4)
    expect(driven(halved, 'xxxxx').parallel).toBe(4)
    expect(driven(halved, 'xxxxxxxxxxxx').parallel).toBe(1)
    expect(driven(steady(1), 'xxxxxxxxxx').parallel).toBe(1)
  })
  test('a single break among many is nothing', () => {
    expect(driven(steady(8), '.........x.........').parallel).toBe(8)
  })
  test('recovers slowly: one more after each calm stretch, up to the full number', () => {
    const halved = driven(steady(8), '....xx')
    expect(driven(halved, '........').parallel).toBe(5)
    expect(driven(halved, '.'.repeat(100)).parallel).toBe(8)
    expect(driven(halved, '.'.repeat(100), 6).parallel).toBe(6)
  })
  test('silence at the first step is a computer asleep, later on it is the network', () => {
    expect(isUnsteady(problem('device-silent'), 'reach')).toBe(false)
    expect(isUnsteady(problem('device-silent'), 'verify')).toBe(true)
    expect(isUnsteady(problem('answer-cut'), 'reach')).toBe(true)
    expect(isUnsteady(problem('wrong-computer'), 'verify')).toBe(false)
    expect(isUnsteady(undefined, null)).toBe(false)
  })
})

describe('the laptop', () => {
  const at = (ms: number, networks = 'eth0 10.0.0.2/24') => ({ at: ms, networks })
  test('slept, moved, or lost its network between two looks', () => {
    expect(disturbance(at(0), at(5_000))).toBeUndefined()
    expect(disturbance(at(0), at(34_000))).toBeUndefined()
    expect(disturbance(at(0), at(36_000))).toBe('slept')
    expect(disturbance(at(100_000), at(0))).toBe('slept')
    expect(disturbance(at(0), at(5_000, 'wlan0 10.0.0.3/24'))).toBe('moved')
    expect(disturbance(at(0), at(5_000, ''))).toBe('no network')
    expect(disturbance(at(0, ''), at(5_000))).toBe('moved')
    expect(disturbance(at(0, ''), at(5_000, ''))).toBeUndefined()
  })
  test('networks are the outer IPv4 addresses; others change by themselves', () => {
    const one = (address: string, family: 'IPv4' | 'IPv6', internal: boolean) =>
      ({ address, family, internal, cidr: `${address}/24`, netmask: '', mac: '', scopeid: 0 }) as never
    const found = networksNow(() => ({
      lo: [one('127.0.0.1', 'IPv4', true)],
      wlan0: [one('10.0.0.2', 'IPv4', false), one('fd00::1', 'IPv6', false)]
    }))
    expect(found).toBe('wlan0 10.0.0.2/24')
  })
  test('a low battery holds until it is charged a good deal, or on mains', () => {
    expect(batteryHolds(0.11, false, false)).toBe(false)
    expect(batteryHolds(0.09, false, false)).toBe(true)
    expect(batteryHolds(0.15, false, true)).toBe(true)
    expect(batteryHolds(0.21, false, true)).toBe(false)
    expect(batteryHolds(0.02, true, true)).toBe(false)
  })
})
