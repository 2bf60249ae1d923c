// How practice devices misbehave: fault switches as data, and named sets of them with the end a migration should come to.

/** A damaged answer: not XML, chunks without end, a connection cut inside a chunk, or 50 MB of text. */
export type BodyFault = 'garbage' | 'endless' | 'half-chunk' | 'huge'

/** The switches of one device. Every test and personality turns the ones it needs; `noFaults` is a good device. */
export interface Faults {
  /** Milliseconds waited before each answer. */
  readonly latencyMs: number
  /** Connections are accepted and nothing is ever answered. */
  readonly silent: boolean
  /** A method or operation name: it takes effect, then the connection is cut instead of answering. */
  readonly dropAfter: string | null
  /** The next request is answered with an HTTP 500 InternalError fault; the switch then turns itself off. */
  readonly once500: boolean
  /** The next good log-in is refused with stale="true" and a new nonce; the switch then turns itself off. */
  readonly stale: boolean
  /** All nonces are forgotten after this many accepted log-ins. */
  readonly nonceReset: number | null
  /** Every SOAP answer is replaced by damage. */
  readonly body: BodyFault | null
  /** Classes this device pretends not to have (400 DestinationUnreachable). */
  readonly unreachable: readonly string[]
  /** Successive failed log-ins after which the account is locked for a while. */
  readonly lockAfter: number
  /** Accepts the 32 hex characters some tools send as DigestPassword beside the documented base64. */
  readonly lenient: boolean
}

/** A device without any fault; ten failures lock it, as AMT does. */
export const noFaults: Faults = {
  latencyMs: 0,
  silent: false,
  dropAfter: null,
  once500: false,
  stale: false,
  nonceReset: null,
  body: null,
  unreachable: [],
  lockAfter: 10,
  lenient: false
}

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
