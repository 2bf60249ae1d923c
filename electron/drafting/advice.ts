// Which route a row can take by its own facts; each distinct case under the same answers is worked out once.
import { adviserFor, placeOf } from '../../shared/rowAdvice.ts'
import { needed, type RowFacts } from '../../shared/rowGrounds.ts'
import { type Answers, noRoutes, type Route, type RouteCounts, type RowAdvice } from '../../shared/strategy.ts'
import type { KeptRow } from '../store/keptRow.ts'

/** What is known of a row's computer. */
export const factsOf = ({ values, automatic, device }: KeptRow): RowFacts => ({
  amtVersion: values.amtVersion,
  amtStatus: values.amtStatus,
  hasAdminPassword: values.adminPassword !== '',
  automaticPrevented: automatic === 'prevented',
  missing: needed.filter((field) => values[field] === ''),
  deviceState: device
})

/** How many rows have the same facts. */
export interface Ground {
  readonly facts: RowFacts
  readonly rows: number
}

/** Answers are a new object whenever one changes, so that their advisers can be kept as long as they are. */
const advisers = new WeakMap<Answers, (facts: RowFacts) => RowAdvice>()

function adviceOn(answers: Answers, facts: RowFacts): RowAdvice {
  const advise = advisers.get(answers) ?? adviserFor(answers)
  advisers.set(answers, advise)
  return advise(facts)
}

export const adviceOf = (answers: Answers, row: KeptRow): RowAdvice => adviceOn(answers, factsOf(row))
export const routeOf = (answers: Answers, row: KeptRow): Route | null => adviceOf(answers, row).route

/** Computers by route; `grounds` says how many have the same facts. */
export function routesOf(answers: Answers, grounds: Iterable<Ground>): RouteCounts {
  const counts = { ...noRoutes }
  for (const { facts, rows } of grounds) counts[placeOf(adviceOn(answers, facts))] += rows
  return counts
}
