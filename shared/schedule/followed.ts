// A plan that an import follows: what is kept of it, when the next computers may begin, and what is left until the next limit.
import { z } from 'zod'
import { closedUntil, type Offset } from './openings.ts'
import type { Plan } from './plan.ts'
import { type Schedule, scheduleSchema } from './settings.ts'

/** Kept with the import, and shown by the progress page and the report. Times ms since 1970. */
export const followedSchema = z.object({
  schedule: scheduleSchema,
  /** Whether it fitted when it was started. */
  fits: z.boolean(),
  /** The plan in sentences, in the local time it was made in. */
  words: z.array(z.string()),
  batches: z.array(
    z.object({
      startsAt: z.number(),
      workAt: z.number(),
      worstEnd: z.number(),
      computers: z.number().int(),
      deadline: z.object({ at: z.number(), limit: z.enum(['hello', 'export', 'change']) }).nullable()
    })
  ),
  /** When a person said "Start now anyway": from then on neither times nor change windows hold the import back. */
  anywayAt: z.number().nullable()
})
export type Followed = z.infer<typeof followedSchema>

/** What is kept of a plan. */
export const followedOf = (schedule: Schedule, plan: Plan, words: readonly string[]): Followed => ({
  schedule,
  fits: plan.fits,
  words: [...words],
  batches: plan.batches.map(({ startsAt, workAt, worstEnd, computers, deadline }) => ({
    startsAt,
    workAt,
    worstEnd,
    computers,
    deadline
  })),
  anywayAt: null
})

/** undefined while the import may begin computers; else when it may again, Infinity when no change window is left. */
export const restsUntil = (followed: Followed | undefined, now: number, offset: Offset): number | undefined =>
  followed === undefined || followed.anywayAt !== null ? undefined : closedUntil(followed.schedule.changes, now, offset)

/** When a computer that waits for its turn begins; undefined when its turn may come at any moment. */
export function beginsAt(
  followed: Followed | undefined,
  notBefore: number | undefined,
  now: number,
  offset: Offset
): number | undefined {
  if (followed === undefined || followed.anywayAt !== null) return undefined
  const earliest = Math.max(now, notBefore ?? now)
  const at = restsUntil(followed, earliest, offset) ?? earliest
  return at > now ? at : undefined
}

/** A batch that a person has to export and import before its computers can begin. */
export interface Errand {
  /** From 1. */
  readonly batch: number
  readonly computers: number
  readonly startsAt: number
  readonly workAt: number
}

/** The next batch to export and import; undefined when everything was exported at once, or nothing more is to come. */
export function errand({ schedule, batches, anywayAt }: Followed, now: number): Errand | undefined {
  if (schedule.export === null || schedule.export.exportedAt !== null || anywayAt !== null) return undefined
  const index = batches.findIndex(({ workAt }) => workAt > now)
  const found = batches[index]
  return found && { batch: index + 1, computers: found.computers, startsAt: found.startsAt, workAt: found.workAt }
}

/** The limit that comes next for computers that are still open, told by the batches they belong to. */
export interface Countdown {
  readonly at: number
  readonly limit: 'hello' | 'export' | 'change'
  /** From 1. */
  readonly batch: number
  /** ms; negative once it has passed. */
  readonly left: number
  /** Open computers of that batch. */
  readonly open: number
}

/**
 * The next limit: of a batch that has begun and is not through yet. `openOf` counts the open computers of a batch by its place
 * in the list. Undefined when no begun batch has a limit.
 */
export function countdown(
  followed: Pick<Followed, 'batches'>,
  openOf: (batch: number) => number,
  now: number
): Countdown | undefined {
  return followed.batches
    .flatMap(({ deadline, startsAt }, index) => {
      const open = openOf(index)
      return deadline === null || startsAt > now || open === 0
        ? []
        : [{ ...deadline, batch: index + 1, left: deadline.at - now, open }]
    })
    .sort((a, b) => a.at - b.at)[0]
}
