// A search of the network and what it found: one computer each, in words, with the status that a list would tell.
import { z } from 'zod'
import { amtStatuses } from './statusWords.ts'

/** Where the practice fleet pretends to be (a network for documents, RFC 5737). */
export const practiceNetwork = '192.0.2.0/26'

/** Addresses begun in a second, and at work in one subnet: polite to switches and to firmware. */
export const searchLimits = {
  rate: { least: 1, usual: 50, practice: 200, most: 200 },
  perSubnet: 16,
  atOnce: 64
} as const

export const foundSchema = z.object({
  /** As it was asked for: an IP address, or the name that was typed. */
  address: z.string(),
  /** From the name service; '' when it has none. */
  fqdn: z.string(),
  /** As the device tells it; '' when it hides it. */
  amtVersion: z.string(),
  amtStatus: z.enum(amtStatuses),
  how: z.enum(['tls', 'plain', 'ping', 'unclear', 'other']),
  /** One sentence for a person. */
  words: z.string(),
  /** Whether it is worth a row: what is surely no AMT is only told of. */
  takeable: z.boolean()
})
export type Found = z.infer<typeof foundSchema>

export const searchSchema = z.object({
  state: z.enum(['none', 'running', 'stopped', 'ended']),
  /** As it was typed. */
  ranges: z.string(),
  asked: z.number().int(),
  total: z.number().int(),
  found: z.array(foundSchema)
})
export type Search = z.infer<typeof searchSchema>

export const noSearch: Search = { state: 'none', ranges: '', asked: 0, total: 0, found: [] }

/** What was seen at one address, without any login. */
export interface Seen {
  readonly address: string
  readonly fqdn: string
  /** Presence pong; absent when none came. */
  readonly pong?: {
    readonly amt?: { readonly version?: string; readonly state?: 'before' | 'in' | 'after' } | undefined
  }
  /** A TCP connection to one of the AMT ports was taken. */
  readonly open: boolean
  /** Who answered there. */
  readonly identity?: { readonly amtVersion: string | undefined; readonly tls: boolean; readonly login: boolean }
  /** Why nobody did, although a port is open. */
  readonly problem?: { readonly code: string; readonly title: string; readonly found?: string | undefined }
}

type State = 'before' | 'in' | 'after' | undefined

/** Configuration Manager calls what somebody else has set up Detected (configmgr.md 3.8). */
const statusOf = (state: State): Found['amtStatus'] =>
  state === undefined ? 'Unknown' : state === 'after' ? 'Detected' : 'Not Provisioned'

const standing = (state: State): string => {
  if (state === 'before') return 'It is not set up.'
  if (state === 'in') return 'It waits to be set up.'
  return state === 'after' ? 'Somebody has set it up.' : ''
}

const told = (...sentences: readonly string[]): string => sentences.filter((each) => each !== '').join(' ')

/** What a person makes of it; undefined when nobody is there. */
export function foundOf({ address, fqdn, pong, open, identity, problem }: Seen): Found | undefined {
  const { version = '', state } = pong?.amt ?? {}
  if (identity !== undefined) {
    const { amtVersion = version, tls, login } = identity
    // Who asks for a login is set up, whatever else is known; who does not waits for its setup server.
    const stands = state ?? (login ? 'after' : 'in')
    const words = told(`AMT answers ${tls ? 'over TLS' : 'without TLS'}.`, standing(stands))
    return { address, fqdn, amtVersion, amtStatus: statusOf(stands), how: tls ? 'tls' : 'plain', words, takeable: true }
  }
  if (problem?.code === 'needs-translator') {
    const amtVersion = /[\d.]+/.exec(problem.found ?? '')?.[0] ?? version
    const words = told(`${problem.title}.`, standing(state ?? 'after'))
    return { address, fqdn, amtVersion, amtStatus: statusOf(state ?? 'after'), how: 'plain', words, takeable: true }
  }
  const seen = { address, fqdn, amtVersion: version, amtStatus: statusOf(state) } as const
  if (pong?.amt !== undefined) {
    const why = open
      ? `its ports do not tell who is there (${problem?.title ?? 'no answer'}).`
      : 'its ports 16992 and 16993 do not: it is not set up, or a firewall stands between.'
    return {
      ...seen,
      how: 'ping',
      words: told(`AMT answers the presence ping, but ${why}`, standing(state)),
      takeable: true
    }
  }
  if (open && problem?.code === 'not-amt')
    return { ...seen, how: 'other', words: 'Something other than AMT listens on its port.', takeable: false }
  if (open) {
    const words = `An AMT port is open, but nobody said who is there (${problem?.title ?? 'no answer'}).`
    return { ...seen, how: 'unclear', words, takeable: true }
  }
  if (pong === undefined) return undefined
  return {
    ...seen,
    how: 'other',
    words: 'A management controller answers the presence ping, but not Intel’s.',
    takeable: false
  }
}
