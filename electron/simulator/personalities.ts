// How practice devices behave: named sets of fault switches with the end a migration should come to.
import type { Faults } from './faults.ts'

/** Where a migration of this device should end; the codes are problem codes of the wizard. */
export type Expected =
  | { readonly state: 'done' }
  | {
      readonly state: 'person'
      readonly code: 'no-account-fits' | 'wrong-computer' | 'device-refused' | 'needs-translator'
    }

interface PersonalityEntry {
  readonly about: string
  readonly faults?: Partial<Faults>
  readonly tls?: boolean
  /** Nothing accepts connections on the device's port. */
  readonly closed?: boolean
  /** The device reports another UUID than the fleet entry promises. */
  readonly otherUuid?: boolean
  /** Milliseconds for which log-ins are refused from the start. */
  readonly lockedForMs?: number
  readonly expected: Expected
}

const done: Expected = { state: 'done' }

const table = {
  healthy: { about: 'Answers as it should.', expected: done },
  'wrong-password': {
    about: 'Its password is none of those at hand.',
    expected: { state: 'person', code: 'no-account-fits' }
  },
  // One hour: the time after which AMT forgets an attack. Other tools have been guessing here all night.
  'locked-out': {
    about: 'Refuses even the right password until its lock time has passed.',
    lockedForMs: 3_600_000,
    expected: { state: 'person', code: 'no-account-fits' }
  },
  'other-uuid': {
    about: 'Another computer answers at this name.',
    otherUuid: true,
    expected: { state: 'person', code: 'wrong-computer' }
  },
  'switched-off': {
    about: 'Refuses every connection.',
    closed: true,
    expected: { state: 'person', code: 'device-refused' }
  },
  slow: { about: 'Takes its time for every answer.', faults: { latencyMs: 150 }, expected: done },
  'drop-after-commit': {
    about: 'Cuts the connection right after a commit took effect.',
    faults: { dropAfter: 'CommitChanges' },
    expected: done
  },
  'tls-only': { about: 'Answers on TLS only, with a certificate it signed itself.', tls: true, expected: done },
  // DSP0226 arrived with AMT 3.2; older firmware speaks through Intel's WS-MAN translator.
  'too-old': {
    about: 'Too old for WS-MAN: needs the Intel WS-MAN translator.',
    expected: { state: 'person', code: 'needs-translator' }
  }
} as const satisfies Record<string, PersonalityEntry>

/** The name of a way to behave. */
export type Personality = keyof typeof table

/** What each personality means: its switches and the end a migration should come to. */
export const personalities: Readonly<Record<Personality, PersonalityEntry>> = table

/** All personality names, for a command line or a menu. */
export const personalityNames = Object.keys(table) as readonly Personality[]
