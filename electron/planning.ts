// Plans on the ground of this store: the pace its jobs had, the times a started import shall follow, and how that is told.
import type { Draft } from '../shared/draft.ts'
import type { Planning } from '../shared/schedule/batch.ts'
import { type Followed, followedOf } from '../shared/schedule/followed.ts'
import type { Offset } from '../shared/schedule/openings.ts'
import { assumedPace, paceOf } from '../shared/schedule/pace.ts'
import { assign, plan } from '../shared/schedule/plan.ts'
import { type HelloKind, isPlanned } from '../shared/schedule/settings.ts'
import { localTime, scheduleSentences } from '../shared/schedule/words.ts'
import type { Store } from './store/store.ts'

export interface Planner {
  /** What a plan made now stands on: the pace of this fleet, and how many run side by side. */
  ground(practice: boolean): Planning
  /** The plan that an import shall follow, and when each of its computers may begin; nothing of both when nothing is planned. */
  follow(
    draft: Pick<Draft, 'schedule' | 'practice'>,
    computers: number
  ): { readonly schedule?: Followed; readonly begins: readonly number[] }
  /** The plan in sentences, as it was made and as it was kept. */
  words(followed: Followed): readonly string[]
}

export function plannerOf(options: {
  readonly store: Store
  readonly now: () => number
  /** The zone that change windows are meant in. */
  readonly offset: Offset
  /** Jobs side by side in an import of this kind. */
  readonly parallel: (practice: boolean) => number
}): Planner {
  const { store, now, offset, parallel } = options
  const ground = (practice: boolean): Planning => ({
    now: now(),
    pace: paceOf(store.jobs.times(practice), assumedPace[practice ? 'practice' : 'real']),
    parallel: parallel(practice),
    offset
  })
  return {
    ground,
    follow({ schedule, practice }, computers) {
      if (!isPlanned(schedule)) return { begins: [] }
      const planned = plan(schedule, computers, ground(practice))
      const members = assign(planned, Array<HelloKind | null>(computers).fill(schedule.hello?.kind ?? null))
      return {
        schedule: followedOf(schedule, planned, scheduleSentences(schedule, planned, offset)),
        begins: members.map((member) => planned.batches[member]?.workAt ?? 0)
      }
    },
    words: ({ words, anywayAt }) =>
      anywayAt === null ? words : [...words, `It was started anyway ${localTime(anywayAt, offset)}.`]
  }
}
