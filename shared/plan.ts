// The dry run: what was found on each computer without changing anything, what would change, and the sum over the fleet.
import { z } from 'zod'
import { type Difference, differenceSchema } from './change.ts'
import { factsSchema } from './job.ts'
import { type Problem, type ProblemCode, problemSchema } from './problem.ts'
import { freeOf, roomSchema } from './room.ts'
import { stepTitles } from './steps.ts'

/** How a computer stands before the take-over. */
export const checkStates = [
  'ready',
  'password',
  'unlike',
  'asleep',
  'notAmt',
  'tooOld',
  'preProvisioning',
  'inSetup',
  'auditLocked',
  'other'
] as const
export type CheckState = (typeof checkStates)[number]

export const checkTitles: Readonly<Record<CheckState, string>> = {
  ready: 'Ready',
  password: 'No password fits',
  unlike: 'Another computer',
  asleep: 'Not reached',
  notAmt: 'Not AMT',
  tooOld: 'Too old',
  preProvisioning: 'Not activated',
  inSetup: 'Half activated',
  auditLocked: 'Locked by audit',
  other: 'Needs you'
}

/** The state that a Problem stands for; everything else is `other`. */
const byCode: Partial<Record<ProblemCode, CheckState>> = {
  'no-account-fits': 'password',
  'no-candidate': 'password',
  'tries-used-up': 'password',
  'login-refused': 'password',
  'wrong-computer': 'unlike',
  'device-silent': 'asleep',
  'device-refused': 'asleep',
  'name-unknown': 'asleep',
  'answer-slow': 'asleep',
  'not-amt': 'notAmt',
  'needs-translator': 'tooOld',
  'audit-locked': 'auditLocked'
}

/** `provisioningState`: 0 before, 1 in, 2 after setup; absent where it was not read. */
export function checkStateOf(problem: Problem | null, provisioningState?: number): CheckState {
  if (problem === null) return 'ready'
  if (problem.code === 'not-provisioned') return provisioningState === 1 ? 'inSetup' : 'preProvisioning'
  return byCode[problem.code] ?? 'other'
}

export const checkSchema = z.object({
  /** Row of the draft. */
  row: z.number().int().nonnegative(),
  name: z.string(),
  state: z.enum(checkStates),
  problem: problemSchema.nullable(),
  facts: factsSchema,
  /** Seconds the device clock is ahead; null where it was not read. */
  clockOff: z.number().nullable(),
  /** Places in its certificate store; null where they were not read. */
  room: roomSchema.nullable().default(null),
  /** The MAC address of the row against that of the wired port. */
  mac: z.enum(['same', 'differs', 'unknown']),
  differences: z.array(differenceSchema),
  /** ms since 1970 */
  at: z.number(),
  /** What it rests on has changed since: the row, the profile or the accounts. */
  stale: z.boolean()
})
export type Check = z.infer<typeof checkSchema>

const groupSchema = z.object({
  state: z.enum(checkStates),
  title: z.string(),
  remedy: z.string(),
  count: z.number().int(),
  /** The first few names. */
  names: z.array(z.string())
})

export const planSchema = z.object({
  running: z.boolean(),
  /** Computers that are ready to be taken over, and those checked so far. */
  total: z.number().int(),
  checked: z.number().int(),
  ready: z.number().int(),
  stale: z.number().int(),
  /** Oldest result, ms since 1970. */
  since: z.number().nullable(),
  /** Computers that are not ready, by cause. */
  causes: z.array(groupSchema),
  /** What would change on the ready ones. */
  changes: z.array(
    z.object({
      setting: z.string(),
      count: z.number().int(),
      /** "on → off", the most frequent first. */
      samples: z.array(z.object({ text: z.string(), count: z.number().int() }))
    })
  ),
  /** What the profile asks for and some do not have. */
  lacks: z.array(z.object({ title: z.string(), count: z.number().int(), why: z.string() })),
  /** Ready ones on which nothing would change. */
  unchanged: z.number().int(),
  /** Worth knowing, with how many computers it is about. */
  notes: z.array(z.object({ text: z.string(), count: z.number().int() }))
})
export type Plan = z.infer<typeof planSchema>

const shownNames = 12
const shownSamples = 3

function countsOf<T>(items: readonly T[], key: (item: T) => string): (readonly [string, T[]])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = key(item)
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length)
}

function notesOf(ready: readonly Check[]): Plan['notes'] {
  const list = [
    {
      text: 'show another MAC address on the wired port than the row has (a dock, a changed board, or a wrong row).',
      count: ready.filter(({ mac }) => mac === 'differs').length
    },
    {
      text: 'have three or fewer places left for certificates.',
      count: ready.filter(({ room }) => room !== null && (freeOf(room.certificates) ?? 4) <= 3).length
    },
    {
      text: 'are spoken to without encryption.',
      count: ready.filter(({ facts }) => facts.tls === false).length
    }
  ]
  return list.filter(({ count }) => count > 0)
}

/** Sums the results up. `total`: computers that would become jobs. */
export function planOf(checks: readonly Check[], total: number, running: boolean): Plan {
  const ready = checks.filter(({ state }) => state === 'ready')
  const others = checks.filter(({ state }) => state !== 'ready')
  const differences = ready.flatMap((check) => check.differences)
  const lacks = ready.flatMap(({ facts }) => facts.lacks ?? [])
  const way = ({ from, to }: Difference): string => (from === '' ? to : `${from} → ${to}`)
  return {
    running,
    total,
    checked: checks.length,
    ready: ready.length,
    stale: checks.filter(({ stale }) => stale).length,
    since: checks.length === 0 ? null : Math.min(...checks.map(({ at }) => at)),
    causes: countsOf(others, ({ state, problem }) => `${state} ${problem?.title}`).map(([, group]) => ({
      state: group[0]?.state ?? 'other',
      title: group[0]?.problem?.title ?? '',
      remedy: group[0]?.problem?.remedy ?? '',
      count: group.length,
      names: group.slice(0, shownNames).map(({ name }) => name)
    })),
    changes: countsOf(differences, ({ setting }) => setting).map(([setting, group]) => ({
      setting,
      count: group.length,
      samples: countsOf(group, way)
        .slice(0, shownSamples)
        .map(([text, same]) => ({ text, count: same.length }))
    })),
    lacks: countsOf(lacks, ({ step, why }) => `${step} ${why}`).map(([, group]) => ({
      title: group[0] ? stepTitles[group[0].step] : '',
      count: group.length,
      why: group[0]?.why ?? ''
    })),
    unchanged: ready.filter((check) => check.differences.length === 0).length,
    notes: notesOf(ready)
  }
}
