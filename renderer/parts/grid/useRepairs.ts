// The repairs that would help now: asked for when the page opens, and anew a moment after each change.
import { useEffect, useState } from 'react'
import type { Draft } from '../../../shared/draft.ts'
import type { Repair } from '../../../shared/grid.ts'
import { ask } from '../../bridge.ts'

const severities = ['blocker', 'warning', 'note'] as const
/** Typing on must not wait for the groups being counted. */
const quietFor = 250

/** What must be repaired stands first; within that the largest group, as the core has them. */
const ordered = (repairs: readonly Repair[]): Repair[] =>
  repairs.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))

export function useRepairs({ id, counts, undo, redo }: Draft): readonly Repair[] {
  const [repairs, setRepairs] = useState<readonly Repair[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts and steps of undo change with the rows
  useEffect(() => {
    let ended = false
    const timer = setTimeout(async () => {
      const answer = await ask('repairs.read', { draftId: id })
      if (!ended && answer.ok) setRepairs(ordered(answer.value.repairs))
    }, quietFor)
    return () => {
      ended = true
      clearTimeout(timer)
    }
  }, [id, counts, undo, redo])
  return repairs
}
