// How an import runs: how many at once, how fast new ones are begun, how carefully it starts, and how long it looks after its computers.
import { z } from 'zod'
import { span } from './schedule/words.ts'

export const mostAtOnce = 64

export const runningSchema = z.object({
  /** Computers side by side; null = the number of the schedule, or the program's own. On one device there is always one. */
  parallel: z.number().int().min(1).max(mostAtOnce).nullable(),
  /** Computers side by side in one subnet (/24, or /64 of IPv6); null = as many as there are at once. */
  perSubnet: z.number().int().min(1).max(mostAtOnce).nullable(),
  /** New attempts begun in a second; null = as fast as there is room. */
  perSecond: z.number().min(0.1).max(100).nullable(),
  /** Fewer at once while answers come late or connections break. */
  adapt: z.boolean(),
  /** First one computer, then five, then the rest; a cause that many share stops it. null = on for real imports of ten and more. */
  canary: z.boolean().nullable(),
  /** How long a computer that does not answer is looked for (hours); 0 = not at all. */
  awakeHours: z.number().min(0).max(720),
  /** Computers looked for in a minute, over all of them. */
  looksPerMinute: z.number().int().min(1).max(600),
  /** How long a computer is looked at again after it was taken over (minutes); 0 = not at all. */
  watchMinutes: z.number().min(0).max(1440)
})
export type Running = z.infer<typeof runningSchema>

/** As a draft begins: gentle to networks that are somebody else's. */
export const realRunning: Running = {
  parallel: null,
  perSubnet: 8,
  perSecond: 2,
  adapt: true,
  canary: null,
  awakeHours: 72,
  looksPerMinute: 30,
  watchMinutes: 30
}

/** The practice fleet is on this computer and nobody's network. */
export const practiceRunning: Running = {
  ...realRunning,
  perSubnet: null,
  perSecond: null,
  awakeHours: 0.05,
  watchMinutes: 1
}

export const runningFor = (practice: boolean): Running => (practice ? practiceRunning : realRunning)

/** From so many computers on a real import begins with one, unless somebody decides otherwise. */
export const canaryFrom = 10

/** The setting with its open question answered: whether this import begins with one. */
export const decided = (running: Running, practice: boolean, computers: number): Running => ({
  ...running,
  canary: running.canary ?? (!practice && computers >= canaryFrom)
})

/** "72 h", "20 min"; part of an hour is nothing anybody reckons in. */
const hoursWords = (hours: number): string => (hours < 1 ? span(hours * 3_600_000) : `${Number(hours.toFixed(1))} h`)

const often = (value: number): string => (value === 1 ? 'one' : String(value))

/** What was chosen, for the audit log and the report. */
export function runningSentences(running: Running): readonly string[] {
  const { parallel, perSubnet, perSecond, adapt, canary, awakeHours, watchMinutes } = running
  const first = parallel === null ? '' : `${often(parallel)} at once`
  const each = perSubnet === null ? '' : `${often(perSubnet)} in one subnet`
  const rate = perSecond === null ? '' : `${perSecond} begun in a second`
  const most = [first, each, rate].filter((part) => part !== '')
  return [
    ...(most.length > 0 ? [`At most ${most.join(', ')}.`] : []),
    ...(adapt ? ['Fewer at once while the network is unsteady.'] : []),
    ...(canary === true ? ['One computer first, then five, then the rest; a shared cause of failures stops it.'] : []),
    ...(canary === false ? ['All of them from the start, without trying one first.'] : []),
    ...(awakeHours > 0 ? [`Computers that do not answer are looked for ${hoursWords(awakeHours)}.`] : []),
    ...(watchMinutes > 0 ? [`Each is looked at again for ${span(watchMinutes * 60_000)} after it is done.`] : [])
  ]
}
