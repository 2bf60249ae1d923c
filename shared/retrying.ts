// Who is meant by "all that need you": trying again alone changes nothing for some, and those are left out and told of.
import type { Job } from './job.ts'
import type { ProblemCode } from './problem.ts'

type Words = (count: string, one: boolean) => string

/** Causes that another try does not touch, and what such computers wait for. */
const waitsFor: Readonly<Partial<Record<ProblemCode, Words>>> = {
  'certificate-unsigned': (count, one) =>
    `${count} ${one ? 'waits' : 'wait'} for the signature of ${one ? 'its certificate request' : 'their certificate requests'} and ${one ? 'goes' : 'go'} on when the signed ${one ? 'certificate is' : 'certificates are'} taken in.`,
  'set-aside': (count, one) =>
    `${count} ${one ? 'was' : 'were'} set aside by a person and ${one ? 'waits' : 'wait'} until somebody retries ${one ? 'it' : 'them'} by name.`
}

type Standing = Pick<Job, 'state' | 'problem'>

/** Whether another try, asked for all of them at once, means this one. */
export const isRetriedWithAll = ({ problem }: Pick<Job, 'problem'>): boolean =>
  problem === null || waitsFor[problem.code] === undefined

export interface LeftOut {
  readonly cause: ProblemCode
  readonly count: number
  readonly words: string
}

/** Those that need a person or were stopped and are not meant, by what they wait for. */
export function leftOutOf(jobs: Iterable<Standing>): readonly LeftOut[] {
  const counts = new Map<ProblemCode, number>()
  for (const { state, problem } of jobs) {
    if ((state !== 'person' && state !== 'stopped') || problem === null || isRetriedWithAll({ problem })) continue
    counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1)
  }
  return [...counts].map(([cause, count]) => {
    const computers = `${count.toLocaleString('en')} ${count === 1 ? 'computer' : 'computers'}`
    return { cause, count, words: waitsFor[cause]?.(computers, count === 1) ?? '' }
  })
}
