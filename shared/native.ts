// Which AMT versions Configuration Manager 2007 supports natively, and which know remote configuration: a table with its sources.

/** What is said of a range of versions, and by whom. `below` is the first version that is no longer in it. */
interface VersionRange {
  readonly from: string
  readonly below: string
  readonly words: string
  readonly source: string
}

/** Natively supported by Configuration Manager 2007 SP1. No list for SP2 was found; see `natives` in strategy.ts. */
export const nativeRanges: readonly VersionRange[] = [
  { from: '3.2.1', below: '3.3', words: '3.2 (3.2.1 and later)', source: 'Overview of Out of Band Management, SP1' },
  { from: '4.0', below: '4.1', words: '4.0', source: 'Overview of Out of Band Management, SP1' },
  { from: '5.0', below: '5.1', words: '5.0', source: 'Overview of Out of Band Management, SP1' }
]

/** Reached only through the Intel WS-MAN translator, and only out of band. */
const older: VersionRange = {
  from: '0',
  below: '3.2.1',
  words: 'before 3.2.1',
  source: 'Prerequisites for Out of Band Management'
}

/** Versions that do not know remote configuration (PKI); 2.2 and 2.6 brought it to these lines. */
const withoutPki: readonly VersionRange[] = [
  { from: '2.0', below: '2.2', words: '2.0 and 2.1', source: 'Altiris troubleshooting guide, part 1' },
  { from: '2.5', below: '2.6', words: '2.5', source: 'Altiris troubleshooting guide, part 1' }
]
const withPki: readonly VersionRange[] = [
  { from: '2.2', below: '2.3', words: '2.2', source: 'Altiris troubleshooting guide, part 1' },
  { from: '2.6', below: '2.7', words: '2.6', source: 'Altiris troubleshooting guide, part 1' },
  { from: '3.0', below: '100', words: '3.0 and later', source: 'Certificate hashes are in the firmware since AMT 3.0' }
]

/** A version as far as it is written: "3.2" may be 3.2.0 and may be 3.2.1, so it is all from `low` to `high`. */
interface Span {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

const parts = 4

function spanOf(version: string): Span | null {
  if (!/^\d{1,5}(\.\d{1,5}){0,3}$/.test(version)) return null
  const given = version.split('.').map(Number)
  const filled = (rest: number): number[] => Array.from({ length: parts }, (_, index) => given[index] ?? rest)
  return { low: filled(0), high: filled(Number.POSITIVE_INFINITY) }
}

/** Negative when `a` is the earlier version. */
function order(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < parts; index += 1) {
    const [left = 0, right = 0] = [a[index], b[index]]
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

/** Whether all of a version lies in a range; undefined when only some of it does. */
function within(span: Span, range: VersionRange): boolean | undefined {
  const from = spanOf(range.from)?.low ?? []
  const below = spanOf(range.below)?.low ?? []
  if (order(span.low, from) >= 0 && order(span.high, below) < 0) return true
  return order(span.high, from) < 0 || order(span.low, below) >= 0 ? false : undefined
}

/** Which versions from 3.2.1 on count as native: those that SP1 lists, or those and every later one. */
export type Natives = 'sp1' | 'later'

/**
 * How Configuration Manager 2007 stands to an AMT version. `native` is on the list for SP1, `counted` is later and a person
 * counts it as native, `not-listed` is later and a person goes by the list, `older` needs the translator; `not-named` is
 * later while nobody chose, `not-exact` is too short to tell ("3.2"), `not-told` is empty or no version at all.
 */
export type Support = 'native' | 'counted' | 'not-listed' | 'older' | 'not-named' | 'not-exact' | 'not-told'

export function supportOf(version: string, natives?: Natives): Support {
  const span = spanOf(version)
  if (span === null) return 'not-told'
  const old = within(span, older)
  if (old === true) return 'older'
  const listed = nativeRanges.map((range) => within(span, range))
  if (listed.includes(true)) return 'native'
  if (old === false && natives === 'later') return 'counted'
  if (old === undefined || listed.includes(undefined)) return 'not-exact'
  return natives === 'sp1' ? 'not-listed' : 'not-named'
}

/** Whether this version knows remote configuration (PKI); undefined where no document at hand says. */
export function knowsPki(version: string): boolean | undefined {
  const span = spanOf(version)
  if (span === null) return undefined
  if (withoutPki.some((range) => within(span, range) === true)) return false
  return withPki.some((range) => within(span, range) === true) ? true : undefined
}

/** Whether this is certainly a version of AMT, which only a computer with AMT can have. */
export const isVersion = (text: string): boolean => spanOf(text) !== null && Number(text.split('.')[0]) > 0

/** "3.2 (3.2.1 and later), 4.0 and 5.0" */
export const nativeWords = nativeRanges
  .map(({ words }) => words)
  .join(', ')
  .replace(/, ([^,]*)$/, ' and $1')
