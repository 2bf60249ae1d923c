// What a technician decides about time: when work may begin, which limits hold, how large a batch is; with presets.
import { z } from 'zod'

/**
 * How long AMT says hello: `first` after it was enabled for the first time, `again` after that window had closed or after a
 * full or partial unprovision, `none` where the maker ships it switched off (some HP). configmgr.md 3.3.
 */
export const helloKinds = ['none', 'again', 'first'] as const
export type HelloKind = (typeof helloKinds)[number]

/** Hours as documented: 24 and 6 (Altiris KB on hello), 0 (HP 2011 notebooks). The firmware's own upper bound is 255. */
export const helloHours: Readonly<Record<HelloKind, number>> = { none: 0, again: 6, first: 24 }
export const mostHelloHours = 255

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** A change window in local time; `to` at or before `from` is on the next day. */
export const changeWindowSchema = z.discriminatedUnion('on', [
  /** Days it begins on: 1 Monday … 7 Sunday. */
  z.object({
    on: z.literal('days'),
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    from: clock,
    to: clock
  }),
  /** The one date it begins on: "2026-11-23". */
  z.object({ on: z.literal('date'), date: z.iso.date(), from: clock, to: clock })
])
export type ChangeWindow = z.infer<typeof changeWindowSchema>

export const mostParallel = 32

export const scheduleSchema = z.object({
  /** When work may be begun; empty = at any time. */
  changes: z.array(changeWindowSchema).max(20),
  /** The time limit of the export utility, from its documentation; null = there is none. */
  export: z
    .object({
      hours: z.number().positive().max(2000),
      /** When everything was exported at once (ms since 1970); null = each batch is exported when its turn comes. */
      exportedAt: z.number().nullable()
    })
    .nullable(),
  /** The hello windows that the work has to end within; null = the computers are reached without hello. */
  hello: z
    .object({ kind: z.enum(helloKinds), hours: z.record(z.enum(helloKinds), z.number().min(0).max(mostHelloHours)) })
    .nullable(),
  /** Minutes that one export and one import take, without the work on the computers. */
  exportMinutes: z.number().min(0).max(1440),
  importMinutes: z.number().min(0).max(1440),
  /** Computers in a batch; null = as many as fit. */
  size: z.number().int().min(1).max(100_000).nullable(),
  /** Computers worked on side by side; null = the program's own number. */
  parallel: z.number().int().min(1).max(mostParallel).nullable(),
  /** Share of a batch's worst case that is kept free before every limit: 0.2 = a fifth. */
  margin: z.number().min(0).max(2),
  /** The technician starts although it does not fit. */
  accepted: z.boolean()
})
export type Schedule = z.infer<typeof scheduleSchema>

/** As a draft begins: all at once, without a limit. */
export const startNow: Schedule = {
  changes: [],
  export: null,
  hello: null,
  exportMinutes: 10,
  importMinutes: 10,
  size: null,
  parallel: null,
  margin: 0.2,
  accepted: false
}

export const presets = ['now', 'windows', 'deadline'] as const
export type Preset = (typeof presets)[number]

const weekNights: ChangeWindow = { on: 'days', days: [1, 2, 3, 4, 5], from: '18:00', to: '06:00' }

/** The preset that a schedule is a form of. */
export const presetOf = (schedule: Schedule): Preset =>
  schedule.export !== null ? 'deadline' : schedule.changes.length > 0 ? 'windows' : 'now'

/** The schedule changed into a form of the preset; what the preset does not speak of stays. */
export function withPreset(schedule: Schedule, preset: Preset): Schedule {
  const rest = { ...schedule, accepted: false }
  if (preset === 'now') return { ...rest, changes: [], export: null, hello: null, size: null }
  if (preset === 'windows') {
    return { ...rest, export: null, changes: schedule.changes.length === 0 ? [weekNights] : schedule.changes }
  }
  return { ...rest, export: schedule.export ?? { hours: 24, exportedAt: null } }
}

/** Whether anything at all is planned: else work begins at once and ends when it ends. */
export const isPlanned = ({ changes, export: limit, hello, size, parallel }: Schedule): boolean =>
  changes.length > 0 || limit !== null || hello !== null || size !== null || parallel !== null
