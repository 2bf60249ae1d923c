// A search of the network for a draft: one at a time, what it found taken into the draft as a list that can be merged and undone.
import { reverse } from 'node:dns/promises'
import { isIpv4, isIpv6 } from '../shared/address.ts'
import { fieldTitles } from '../shared/computer.ts'
import type { AskInput } from '../shared/contract.ts'
import type { Draft } from '../shared/draft.ts'
import { type Found, noSearch, type Search } from '../shared/found.ts'
import { fail, ok, type Problem, type Result } from '../shared/problem.ts'
import { addressesOf, type Ranges, readRanges } from '../shared/ranges.ts'
import type { Clock } from './clock.ts'
import type { Drafting } from './drafting/drafting.ts'
import { listText } from './intake/write.ts'
import type { Practice } from './practice.ts'
import { realPlace, type SearchOptions, search } from './setup/discovery.ts'
import type { Store } from './store/store.ts'

export interface Discovering {
  start(input: AskInput<'search.start'>): Promise<Result<Search>>
  /** Lets go of the network at once; what was found so far stays. */
  stop(draftId: string): Promise<Result<Search>>
  read(draftId: string): Result<Search>
  take(draftId: string, addresses: readonly string[] | null): Promise<Result<Draft>>
  close(): Promise<void>
}

interface Current {
  readonly draftId: string
  readonly abort: AbortController
  search: Search
  end: Promise<void>
}

/** The name service is asked this long (ms). */
const longestLookup = 2_000

/** The full name that the network's name service has for an address, or the name itself; '' when there is none. */
export async function nameOfReal(address: string): Promise<string> {
  if (!isIpv4(address) && !isIpv6(address.replace(/%.*/, ''))) return address
  const late = new Promise<string[]>((resolve) => void setTimeout(resolve, longestLookup, []).unref())
  const names = await Promise.race([reverse(address), late]).catch(() => [])
  return names.find((name) => name.includes('.')) ?? ''
}

const columns = ['name', 'fqdn', 'guid', 'address', 'amtVersion', 'amtStatus'] as const

/** What was found, as a list of ours: the GUID stays blank, because nobody tells it without a login. */
export const foundList = (found: readonly Found[]): string =>
  listText([
    columns.map((column) => fieldTitles[column]),
    ...found.map(({ address, fqdn, amtVersion, amtStatus }) => [
      fqdn.split('.')[0]?.toUpperCase() ?? '',
      fqdn,
      '',
      address === fqdn ? '' : address,
      amtVersion,
      amtStatus
    ])
  ])

/** Reads the range, and refuses it with every reason there is. Problems: range-refused, range-outside. */
export function allowedRanges(text: string, outside: boolean): Result<Ranges> {
  const read = readRanges(text)
  if (!read.ok) {
    const why = read.why.map((each) => (each.text === '' ? each.why : `${each.text}: ${each.why}`)).join('; ')
    return fail('range-refused', { found: why.slice(0, 500) })
  }
  if (read.value.outside > 0 && !outside) return fail('range-outside', { found: `${read.value.outside} addresses` })
  return read
}

const shortened = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 77)}…` : line
}

/** The searches of a core. `practice` answers the fleet once it runs. */
export function discoveringOf(options: {
  readonly store: Store
  readonly drafting: Drafting
  readonly clock: Clock
  readonly practice: () => Promise<Practice>
  readonly onChange: (draftId: string) => void
  readonly onBug: (error: unknown) => Problem
}): Discovering {
  const { store, drafting, clock, onChange } = options
  let current: Current | undefined

  async function groundFor(draft: Draft): Promise<Pick<SearchOptions, 'placeOf' | 'nameOf'>> {
    if (!draft.practice) return { placeOf: realPlace, nameOf: nameOfReal }
    const fleet = await options.practice()
    const placeAt = (address: string) => fleet.placeAt?.(address)
    return { placeOf: placeAt, nameOf: async (address) => placeAt(address)?.fqdn ?? '' }
  }

  async function run(mine: Current, ranges: Ranges, rate: number, ground: Awaited<ReturnType<typeof groundFor>>) {
    const change = (more: Partial<Search>): void => {
      mine.search = { ...mine.search, ...more }
      onChange(mine.draftId)
    }
    await search({
      addresses: addressesOf(ranges),
      ...ground,
      clock,
      rate,
      signal: mine.abort.signal,
      onAsked: () => change({ asked: mine.search.asked + 1 }),
      onFound: (found) => change({ found: [...mine.search.found, found] })
    })
    change({ state: mine.abort.signal.aborted ? 'stopped' : 'ended' })
    const { asked, found } = mine.search
    const takeable = found.filter((each) => each.takeable).length
    store.audit.append('network searched', { ranges: mine.search.ranges, asked, found: takeable })
  }

  function read(draftId: string): Result<Search> {
    const draft = drafting.open(draftId)
    if (!draft.ok) return draft
    return ok(current?.draftId === draftId ? current.search : noSearch)
  }

  return {
    async start({ draftId, ranges: text, outside, rate }) {
      const draft = drafting.open(draftId)
      if (!draft.ok) return draft
      const ranges = allowedRanges(text, outside)
      if (!ranges.ok) return ranges
      const ground = await groundFor(draft.value)
      if (current?.search.state === 'running') return fail('search-running', { where: current.search.ranges })
      const begun: Search = { ...noSearch, state: 'running', ranges: shortened(text), total: ranges.value.count }
      const mine: Current = { draftId, abort: new AbortController(), search: begun, end: Promise.resolve() }
      current = mine
      mine.end = run(mine, ranges.value, rate, ground).catch((error: unknown) => {
        options.onBug(error)
        mine.search = { ...mine.search, state: 'stopped' }
      })
      return ok(mine.search)
    },
    async stop(draftId) {
      const mine = current?.draftId === draftId ? current : undefined
      mine?.abort.abort()
      await mine?.end
      return read(draftId)
    },
    read,
    async take(draftId, addresses) {
      const known = read(draftId)
      if (!known.ok) return known
      const { found, ranges } = known.value
      const wanted = addresses && new Set(addresses)
      const list = found.filter(({ takeable, address }) => (wanted === null ? takeable : wanted.has(address)))
      if (list.length === 0) return fail('nothing-to-take')
      return drafting.give(draftId, `Found on ${ranges}`, new TextEncoder().encode(foundList(list)))
    },
    async close() {
      current?.abort.abort()
      await current?.end
    }
  }
}
