// A network is searched: practice devices on addresses of their own, asked over real UDP and TCP, without a single login.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { type Place, type SearchOptions, search } from '../../electron/setup/discovery.ts'
import { type Fleet, startFleet } from '../../electron/simulator/fleet.ts'
import type { Personality } from '../../electron/simulator/personalities.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { answerDatagrams } from '../../electron/simulator/server.ts'
import type { Found } from '../../shared/found.ts'
import { addressesOf, readRanges } from '../../shared/ranges.ts'

const block = '127.0.71'
const rmcp = 16_623
const kinds: readonly Personality[] = ['healthy', 'tls-only', 'too-old']
let fleet: Fleet

beforeAll(async () => {
  const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
  const set = kinds.map((kind, n) => practiceComputer([0, 10, 22][n] ?? 0, kind))
  const unset = { ...practiceComputer(3), setup: { by: 'local' } as const }
  fleet = await startFleet({
    computers: [...set, unset],
    clock: systemClock,
    random,
    ownAddresses: 71,
    presencePort: rmcp
  })
})
afterAll(() => fleet.close())

const patience = { pong: 400, connect: 400, answer: 2_000 }
const placeOf = (host: string): Place => ({ host, rmcp, tls: 16_993, plain: 16_992 })

async function found(text: string, change: Partial<SearchOptions> = {}): Promise<{ list: Found[]; asked: number }> {
  const ranges = readRanges(text)
  if (!ranges.ok) throw new Error('not a range')
  const list: Found[] = []
  let asked = 0
  await search({
    addresses: addressesOf(ranges.value),
    placeOf,
    nameOf: async (address) => (address.endsWith('.1') ? 'pc1.corp.example' : ''),
    clock: systemClock,
    rate: 200,
    patience,
    signal: new AbortController().signal,
    onAsked: () => asked++,
    onFound: (one) => list.push(one),
    ...change
  })
  list.sort((a, b) => a.address.localeCompare(b.address))
  return { list, asked }
}

/** What was found of each device, in the order in which the fleet was made; addresses are given as the devices come up. */
const byDevice = (list: readonly Found[]): readonly (readonly [string, string, string] | undefined)[] =>
  fleet.devices.map(({ host }) => {
    const one = list.find(({ address }) => address === host)
    return one && [one.how, one.amtVersion, one.amtStatus]
  })

test('each device tells what it can without a login; nobody else is found', async () => {
  const { list, asked } = await found(`${block}.0/29`)
  expect(asked).toBe(6)
  expect(list).toHaveLength(4)
  expect(byDevice(list)).toEqual([
    ['plain', '11.8.50.3425', 'Detected'],
    ['tls', '16.1.25.2124', 'Detected'],
    ['plain', '2.6.10.1024', 'Detected'],
    ['plain', '14.1.53.1649', 'Not Provisioned']
  ])
  expect(list[0]?.fqdn).toBe('pc1.corp.example')
  expect(list.find(({ amtVersion }) => amtVersion.startsWith('2.'))?.words).toContain('too old')
  for (const device of fleet.devices) expect(device.state().failedLogins).toBe(0)
})

test('who answers the ping but has its ports closed is there all the same, and says how it stands', async () => {
  const closed = (host: string): Place => ({ host, rmcp, tls: 1, plain: 1 })
  const { list } = await found(`${block}.1-4`, { placeOf: closed })
  expect(byDevice(list)).toEqual([
    ['ping', '11.8', 'Detected'],
    // RMCP left with AMT 16.1.
    undefined,
    ['ping', '2.6', 'Detected'],
    ['ping', '14.1', 'Not Provisioned']
  ])
  expect(list[0]?.words).toContain('a firewall stands between')
})

describe('strangers on the ping port', () => {
  const host = '127.0.72.1'
  const alone = (text: string): Promise<{ list: Found[] }> =>
    found(text, { placeOf: (to) => ({ host: to, rmcp: 16_624 }) })

  test('another management controller is told of, and not taken', async () => {
    const other = await answerDatagrams(host, 16_624, (ping) =>
      Buffer.from(
        `0600ff06000011be40${Buffer.from(ping).toString('hex', 9, 10)}0010000011be000000008100000000000000`,
        'hex'
      )
    )
    const { list } = await alone(host)
    await other.close()
    expect(list).toMatchObject([{ how: 'other', takeable: false }])
  })

  test('an answer with another tag is not believed', async () => {
    const liar = await answerDatagrams(host, 16_624, (ping) => {
      const tag = ((ping[9] ?? 0) ^ 0x55).toString(16).padStart(2, '0')
      return Buffer.from(`0600ff06000011be40${tag}001000000157426091060120000000000000`, 'hex')
    })
    const { list } = await alone(host)
    await liar.close()
    expect(list).toEqual([])
  })
})

test('it keeps to its rate and to so many at once in a subnet, and ends when it is told to', async () => {
  const stop = new AbortController()
  const begun: number[] = []
  let atOnce = 0
  let most = 0
  const clock = { now: () => Date.now(), sleep: systemClock.sleep }
  const done = found('127.0.73.1-200', {
    signal: stop.signal,
    rate: 100,
    perSubnet: 3,
    clock,
    placeOf(host) {
      begun.push(Date.now())
      atOnce += 1
      most = Math.max(most, atOnce)
      return { host, rmcp: 16_625 }
    },
    onAsked: () => {
      atOnce -= 1
      if (begun.length > 6) stop.abort()
    }
  })
  await done
  // One more is looked up before it waits for its turn.
  expect(most).toBeLessThanOrEqual(4)
  expect(begun.length).toBeLessThan(20)
})
