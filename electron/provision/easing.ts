// Fewer at once while the network is unsteady: halved when many of the last attempts broke, one more after each calm stretch.

import type { Problem, ProblemCode } from '../../shared/problem.ts'
import type { StepName } from '../../shared/steps.ts'

export interface Easing {
  /** Computers that may be worked on at once. */
  readonly parallel: number
  /** Whether each of the last attempts broke, newest last. */
  readonly recent: readonly boolean[]
  /** Steady attempts since the number last changed. */
  readonly calm: number
}

const remembered = 20
/** Fewer attempts say nothing. */
const enough = 6
const tooMany = 0.3
/** Steady attempts before one more is dared. */
const calmStretch = 8

export const steady = (full: number): Easing => ({ parallel: full, recent: [], calm: 0 })

const unsteadyCodes: readonly ProblemCode[] = ['answer-slow', 'answer-cut', 'device-internal']

/** Whether an attempt ended as attempts end on an overloaded network. Silence at the first step is a computer asleep. */
export const isUnsteady = (problem: Problem | undefined, step: StepName | null): boolean =>
  problem !== undefined &&
  (unsteadyCodes.includes(problem.code) || (problem.code === 'device-silent' && step !== null && step !== 'reach'))

/** The state after one more attempt. `full` is the number when nothing slows it down. */
export function eased(before: Easing, broke: boolean, full: number): Easing {
  const recent = [...before.recent, broke].slice(-remembered)
  const share = recent.filter(Boolean).length / recent.length
  const parallel = Math.min(before.parallel, full)
  if (broke && recent.length >= enough && share >= tooMany && parallel > 1) {
    // What was seen led to the halving; the next one has to be led to by new attempts.
    return { parallel: Math.floor(parallel / 2), recent: [], calm: 0 }
  }
  const calm = broke ? 0 : before.calm + 1
  if (parallel < full && calm >= calmStretch) return { parallel: parallel + 1, recent, calm: 0 }
  return { parallel, recent, calm }
}
