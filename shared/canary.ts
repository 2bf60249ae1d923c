// One computer first, then five, then the rest; and when failures that share one cause stop an import by themselves.
import type { ProblemCode } from './problem.ts'

/** `first` until one computer is done, `few` until five more have ended, then `rest`. */
export type Stage = 'first' | 'few' | 'rest'

const fewEnd = 6

/** Jobs of an import: how many ended, and how many are open (begun, not asleep). */
export interface Standing {
  readonly done: number
  /** Done or in need of a person. */
  readonly ended: number
  readonly open: number
}

export const stageOf = ({ done, ended }: Standing): Stage => (done === 0 ? 'first' : ended < fewEnd ? 'few' : 'rest')

/** How many more may be begun now. One that fails while none is done gives its place to the next one. */
export function roomFor(standing: Standing): number {
  const { ended, open } = standing
  const stage = stageOf(standing)
  return stage === 'first' ? 1 - open : stage === 'few' ? fewEnd - ended - open : Number.POSITIVE_INFINITY
}

/**
 * Causes that belong to one computer by their nature: however many have them, the next one need not. Everything else can be
 * a wrong decision for the whole list (an account, the network, a firewall, the profile).
 */
export const singleCauses: Readonly<Partial<Record<ProblemCode, string>>> = {
  'wrong-computer': 'The address of this row leads to another computer.',
  'certificate-changed': 'This device shows a certificate that was not there before.',
  'device-changed': 'The address of this device went to another one.',
  'needs-translator': 'Its firmware is of the first generation.',
  'device-in-use': 'Somebody else speaks to this device.',
  'taken-back': 'Found after it was done, by looking at this device again.',
  'stayed-asleep': 'It did not answer until its deadline; that is no news of others.',
  'device-silent': 'Switched off or asleep; whether the network is gone, this laptop notices by itself.',
  unexpected: 'A fault in the wizard met by this computer; it has its own number.',
  'tries-used-up': 'The tries on this device were used up before.'
}

export interface Cause {
  readonly code: ProblemCode
  readonly count: number
}

const fewest = 3

/** The cause that stops an import: at least three computers share it, and at least half of those that ended. */
export function sharedCause(
  causes: readonly Cause[],
  ended: number,
  accepted: readonly ProblemCode[] = []
): Cause | undefined {
  return causes.find(
    ({ code, count }) =>
      count >= fewest && count * 2 >= ended && singleCauses[code] === undefined && !accepted.includes(code)
  )
}
