// The fault switches of a practice device, and how a command line names them.

/** A damaged answer: not XML, chunks without end, a connection cut inside a chunk, or 50 MB of text. */
export type BodyFault = 'garbage' | 'endless' | 'half-chunk' | 'huge'

/** The switches of one device. Every test and personality turns the ones it needs; `noFaults` is a good device. */
export interface Faults {
  /** Milliseconds from each request to its answer. */
  readonly latencyMs: number
  /** Milliseconds between the pieces of 16 bytes an answer then comes in; 0 sends it whole. */
  readonly slowBytesMs: number
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
  /** GenerateKeyPair still answers PKI_GENERATING_KEYS this many times. */
  readonly keysBusy: number
  /** CommitChanges still answers DATA_MISSING this many times. */
  readonly commitFails: number
  /** Another certificate is shown after this many accepted log-ins, once. */
  readonly certificateChange: number | null
  /** A Pull never comes to its end: the same items over and over. */
  readonly endlessPull: boolean
  /** Accepts the 32 hex characters some tools send as DigestPassword beside the documented base64. */
  readonly lenient: boolean
  /** What its Digest challenges offer as qop: AMT from 14 on may offer auth-int, beside auth or alone. */
  readonly qop: 'auth' | 'auth-int' | 'auth,auth-int'
  /** It offers Negotiate (Kerberos) beside Digest, or nothing else. No ticket is ever accepted. */
  readonly kerberos: 'no' | 'also' | 'only'
  /** So many places for certificates, for roots among them and for keys, whatever its generation has. */
  readonly places: number | null
}

/** A device without any fault; ten failures lock it, as AMT does. */
export const noFaults: Faults = {
  latencyMs: 0,
  slowBytesMs: 0,
  silent: false,
  dropAfter: null,
  once500: false,
  stale: false,
  nonceReset: null,
  body: null,
  unreachable: [],
  lockAfter: 10,
  keysBusy: 0,
  commitFails: 0,
  certificateChange: null,
  endlessPull: false,
  lenient: false,
  qop: 'auth',
  kerberos: 'no',
  places: null
}

interface FaultSwitch {
  readonly about: string
  /** What the value means, for the switches that take one. */
  readonly value?: string
  readonly turn: (value: string) => Partial<Faults> | undefined
}

const on =
  (change: Partial<Faults>) =>
  (value: string): Partial<Faults> | undefined =>
    value === '' ? change : undefined

const orOnly =
  (beside: Partial<Faults>, alone: Partial<Faults>) =>
  (value: string): Partial<Faults> | undefined =>
    value === '' ? beside : value === 'only' ? alone : undefined

const counted =
  (change: (count: number) => Partial<Faults>, usual: number) =>
  (value: string): Partial<Faults> | undefined => {
    const count = value === '' ? usual : Number(value)
    return Number.isInteger(count) && count > 0 ? change(count) : undefined
  }

const named =
  (change: (names: readonly string[]) => Partial<Faults>, usual: string) =>
  (value: string): Partial<Faults> | undefined => {
    const names = (value === '' ? usual : value).split(',')
    return names.every((each) => /^\w+$/.test(each)) ? change(names) : undefined
  }

const damaged = (body: BodyFault) => on({ body })

/** Every switch by the name the command line gives it (`--fault NAME` or `--fault NAME=VALUE`). */
export const faultSwitches: Readonly<Record<string, FaultSwitch>> = {
  latency: {
    about: 'takes its time for each answer',
    value: 'milliseconds',
    turn: counted((latencyMs) => ({ latencyMs }), 200)
  },
  'slow-bytes': {
    about: 'sends 16 bytes at a time',
    value: 'milliseconds between them',
    turn: counted((slowBytesMs) => ({ slowBytesMs }), 20)
  },
  silent: { about: 'accepts and never answers', turn: on({ silent: true }) },
  'drop-after': {
    about: 'cuts the answer of a method that took effect',
    value: 'method',
    turn: named(([dropAfter = null]) => ({ dropAfter }), 'CommitChanges')
  },
  '500-once': { about: 'answers InternalError once', turn: on({ once500: true }) },
  stale: { about: 'calls the first right log-in stale', turn: on({ stale: true }) },
  'nonce-reset': {
    about: 'forgets its nonces',
    value: 'log-ins',
    turn: counted((nonceReset) => ({ nonceReset }), 5)
  },
  'lock-out': { about: 'locks after failures', value: 'failures', turn: counted((lockAfter) => ({ lockAfter }), 10) },
  'keys-busy': { about: 'can not make keys yet', value: 'times', turn: counted((keysBusy) => ({ keysBusy }), 3) },
  'commit-2057': {
    about: 'misses data at CommitChanges',
    value: 'times',
    turn: counted((commitFails) => ({ commitFails }), 1)
  },
  unreachable: {
    about: 'lacks classes',
    value: 'class,class',
    turn: named((unreachable) => ({ unreachable }), 'CIM_KVMRedirectionSAP')
  },
  'half-chunk': { about: 'ends in the middle of a chunk', turn: damaged('half-chunk') },
  garbage: { about: 'answers what is no XML', turn: damaged('garbage') },
  endless: { about: 'never stops sending', turn: damaged('endless') },
  huge: { about: 'answers 50 MB', turn: damaged('huge') },
  'endless-pull': { about: 'enumerates without end', turn: on({ endlessPull: true }) },
  'certificate-change': {
    about: 'shows another certificate',
    value: 'log-ins',
    turn: counted((certificateChange) => ({ certificateChange }), 3)
  },
  lenient: { about: 'takes DigestPassword in hex too', turn: on({ lenient: true }) },
  'auth-int': {
    about: 'offers qop auth-int beside auth',
    value: 'only',
    turn: orOnly({ qop: 'auth,auth-int' }, { qop: 'auth-int' })
  },
  kerberos: {
    about: 'offers Negotiate beside Digest',
    value: 'only',
    turn: orOnly({ kerberos: 'also' }, { kerberos: 'only' })
  },
  places: {
    about: 'has another number of places for certificates and keys',
    value: 'places',
    turn: counted((places) => ({ places }), 20)
  },
  strict: { about: 'takes DigestPassword in base64 only', turn: on({ lenient: false }) }
}

/** Reads `NAME` or `NAME=VALUE`; `undefined` when there is no such switch or its value makes no sense. */
export function readFault(text: string): Partial<Faults> | undefined {
  const [name = '', ...rest] = text.split('=')
  const known = Object.hasOwn(faultSwitches, name) ? faultSwitches[name] : undefined
  return known?.turn(rest.join('='))
}
