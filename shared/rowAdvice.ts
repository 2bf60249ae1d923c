// Which route one computer can take, with reasons: the most secure one whose conditions its own facts and the answers meet.
import { type AmtStanding, statusOf } from './amtStatus.ts'
import { knowsPki, supportOf } from './native.ts'
import { type Case, caseOf, type Ground, needed, type RowFacts, versionOf } from './rowGrounds.ts'
import { type Answers, every, type Route, type RouteCounts, type RowAdvice, routeTitles, some } from './strategy.ts'

const metBy = (grounds: readonly Ground[]): (boolean | undefined)[] => grounds.map(({ met }) => met)

/** Each route's verdict, most secure first, by the rules of the page: when, if all, if any. */
function verdictsOf({ inBand, withExport, withoutExport }: Case) {
  const [noExport, information, translator] = withoutExport
  const either = [noExport, information]
  return [
    { route: 'in-band', grounds: inBand, applies: every(metBy(inBand)) },
    { route: 'with-export', grounds: withExport, applies: every(metBy(withExport)) },
    {
      route: 'without-export',
      grounds: [...either.filter(({ met }) => met === true), translator],
      applies: every([some(metBy(either)), translator.met])
    }
  ] as const
}

const sayAll = (grounds: readonly Ground[], met: boolean | undefined): string[] =>
  grounds.filter((each) => each.met === met).map(({ words }) => words)

/** The first firmware of the same line that knows remote configuration. */
const pkiFirmware = (version: string): string => (version.startsWith('2.5') ? '2.6' : '2.2')

/** What a technician must know of this computer besides its route. */
function notesOn(answers: Answers, facts: RowFacts, route: Route | null, standing: AmtStanding): string[] {
  const version = versionOf(facts)
  const list: string[] = []
  if (route === 'in-band') list.push('In-band provisioning is more secure than out of band provisioning.')
  if (route !== 'in-band' && facts.automaticPrevented) {
    list.push(
      'Enable automatic provisioning lifts that; in-band provisioning is the more secure route where it is possible.'
    )
  }
  if (route !== null && route !== 'in-band' && supportOf(version, answers.natives) === 'not-listed') {
    list.push('Whether the translator serves versions after 3.2.1 is not documented.')
  }
  if (knowsPki(version) === false) {
    list.push(
      `AMT ${version} does not know remote configuration (PKI): it needs a PID and PPS, a visit to its MEBx, or firmware ${pkiFirmware(version)}.`
    )
  }
  if (answers.partial === 'yes' && !facts.hasAdminPassword) {
    list.push(
      'A partial removal keeps the remote admin password, and this row has none: give it here, or as a Provisioning and Discovery Account.'
    )
  }
  if (standing.status !== 'Unknown') list.push(`AMT status ${standing.status}: ${standing.words}`, ...standing.remedies)
  return list
}

/** Which route one computer can take. Its own facts win over the answers given for all, and say so. */
export function adviseRow(answers: Answers, facts: RowFacts): RowAdvice {
  const standing = statusOf({
    listed: facts.amtStatus,
    listedVersion: facts.amtVersion,
    earlier: facts.deviceState
  })
  if (standing.absence === 'no-amt')
    return { route: null, decided: true, reasons: [standing.words, ...standing.remedies] }
  const found = caseOf(answers, facts)
  const against: string[] = []
  let route: Route | null = null
  let decided = true
  const own: string[] = []
  for (const verdict of verdictsOf(found)) {
    if (verdict.applies === true) {
      route = verdict.route
      own.push(...sayAll(verdict.grounds, true))
      break
    }
    if (verdict.applies === undefined) {
      decided = false
      own.push(`${routeTitles[verdict.route]} is not decided.`, ...sayAll(verdict.grounds, undefined))
      break
    }
    against.push(...sayAll(verdict.grounds, false))
  }
  const reasons = [...own, ...against, ...found.contradictions, ...notesOn(answers, facts, route, standing)]
  return { route, decided, reasons: [...new Set(reasons)] }
}

/**
 * adviseRow for many rows under the same answers: of 100,000 computers few differ in what decides, so each distinct case is
 * worked out once.
 */
export function adviserFor(answers: Answers): (facts: RowFacts) => RowAdvice {
  const known = new Map<string, RowAdvice>()
  return (facts) => {
    const { amtVersion, amtStatus, missing, hasAdminPassword, automaticPrevented, deviceState } = facts
    const lacks = needed.map((field) => (missing.includes(field) ? 1 : 0)).join('')
    const own = deviceState && `${deviceState.amtVersion ?? ''} ${deviceState.setup ?? 'after'}`
    const key = `${amtVersion}\0${amtStatus}\0${lacks} ${hasAdminPassword} ${automaticPrevented} ${own}`
    const advice = known.get(key) ?? adviseRow(answers, facts)
    known.set(key, advice)
    return advice
  }
}

/** Under which heading a computer with this advice is counted. */
export const placeOf = ({ route, decided }: RowAdvice): keyof RouteCounts => route ?? (decided ? 'none' : 'open')
