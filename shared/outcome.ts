// What "done" means in an import: taken over, or the provisioning taken away. The words must never claim the one for the other.
import { z } from 'zod'
import type { JobState } from './job.ts'
import { onlyRemoves } from './profile/rules.ts'
import type { Profile } from './profile.ts'

export const outcomeSchema = z.enum(['takenOver', 'removed'])
export type Outcome = z.infer<typeof outcomeSchema>

export const outcomeOf = (profile: Pick<Profile, 'cleanUp'>): Outcome =>
  onlyRemoves(profile) ? 'removed' : 'takenOver'

interface OutcomeWords {
  /** Title of the report, of the computers that are done, and of the others. */
  readonly report: string
  readonly done: string
  readonly notDone: string
  /** "25 of 30" goes before it; `claim` also says how it is known. */
  readonly headline: string
  readonly claim: string
  /** One computer that is done. */
  readonly one: string
  /** How it is known, in a sentence. */
  readonly proof: string
}

export const outcomeWords: Readonly<Record<Outcome, OutcomeWords>> = {
  takenOver: {
    report: 'AMT take-over report',
    done: 'Taken over',
    notDone: 'Not taken over',
    headline: 'taken over',
    claim: 'computers taken over and proved by a new login.',
    one: 'Taken over and verified',
    proof: 'Each was recognised by its SMBIOS GUID and verified by a new login.'
  },
  removed: {
    report: 'AMT removal report',
    done: 'Provisioning removed',
    notDone: 'Provisioning not removed',
    headline: 'without their provisioning',
    claim: 'computers: provisioning removed, by the word of the devices themselves.',
    one: 'Provisioning removed, by its own word',
    proof:
      'Each was recognised by its SMBIOS GUID before. After a removal nobody can log in to prove it, so the answer of the device itself is all there is.'
  }
}

const stateTitles: Readonly<Record<Exclude<JobState, 'done'>, string>> = {
  waiting: 'Not begun',
  working: 'In work',
  later: 'Will be tried again',
  person: 'Needs a person',
  stopped: 'Stopped'
}

/** What a state is called in the report and on the command line. */
export const stateTitle = (state: JobState, outcome: Outcome): string =>
  state === 'done' ? outcomeWords[outcome].done : stateTitles[state]
