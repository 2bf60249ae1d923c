// Finds out how a device is reached: TLS first, the open port only where nothing speaks for TLS.
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import { type Endpoint, type Identity, openDevice, type Timeouts, type TlsChoices } from './client.ts'
import { atHost } from './failure.ts'

/** AMT's registered ports. */
export const amtPorts = { tls: 16993, plain: 16992 } as const

export interface ReachOptions {
  /** Lower-case hex SHA-256 of the certificate known for this device. */
  readonly pin?: string | undefined
  /** A port left out is not tried. */
  readonly ports?: { readonly tls?: number | undefined; readonly plain?: number | undefined }
  readonly timeouts?: Partial<Timeouts>
  readonly signal?: AbortSignal
  readonly tls?: TlsChoices | undefined
}

/** A device found: where, and who answered. */
export interface Reached {
  /** With the certificate seen as its pin: the caller stores it. */
  readonly endpoint: Endpoint
  readonly identity: Identity
}

/**
 * Tries the TLS port, then the open port where nothing answered: refused, or silent, because a packet to a port that
 * AMT has closed goes on to the operating system, whose firewall may swallow it. With a known certificate it never goes
 * on in clear (`tls-expected`). When nothing answered at all, the TLS port is asked once more: a sleeping management
 * engine needs a first packet to wake up. Sends no password.
 */
export async function findEndpoint(host: string, options: ReachOptions = {}): Promise<Result<Reached>> {
  const { pin, ports = amtPorts } = options
  const lookSecure =
    ports.tls === undefined ? undefined : () => look({ host, port: ports.tls ?? 0, tls: true, pin }, options)
  const secure = await lookSecure?.()
  if (secure && !isNobody(secure)) return secure
  const silent = secure !== undefined && !secure.ok && secure.problem.code === 'device-silent'
  // A known device whose TLS port is silent has not turned TLS off for that.
  const asksPlain = ports.plain !== undefined && !(silent && pin !== undefined)
  const plain = asksPlain ? await look({ host, port: ports.plain, tls: false }, options) : undefined
  if (plain?.ok && pin !== undefined) {
    return atHost(host, fail('tls-expected', { found: `port ${ports.plain} without TLS` }))
  }
  if (plain?.ok) return plain
  const last = silent ? await lookSecure?.() : secure
  if (last && !isNobody(last)) return last
  return worse(last, plain) ?? atHost(host, fail('device-refused'))
}

/** Only these say that nothing speaks TLS there; a failed handshake or a changed certificate is no reason to go on in clear. */
const isNobody = (result: Result<Reached>): boolean =>
  !result.ok && (result.problem.code === 'device-refused' || result.problem.code === 'device-silent')

/** When both ports fail, a port that refused tells more than one that was silent. */
const worse = (secure: Result<Reached> | undefined, plain: Result<Reached> | undefined) =>
  plain !== undefined && !plain.ok && plain.problem.code === 'device-silent' ? (secure ?? plain) : (plain ?? secure)

async function look(endpoint: Endpoint, { timeouts, signal, tls }: ReachOptions): Promise<Result<Reached>> {
  const device = openDevice({ endpoint, tls, retries: 0, ...(timeouts && { timeouts }), ...(signal && { signal }) })
  const identity = await device.identify()
  device.close()
  if (!identity.ok) return identity
  const { fingerprint } = identity.value
  return ok({
    endpoint: { ...endpoint, ...(fingerprint !== undefined && { pin: fingerprint }) },
    identity: identity.value
  })
}

/** A device about to change its port or certificate at CommitChanges. */
export interface Move {
  readonly from: Endpoint
  /** With the pin of the certificate just given to it, so that no other is trusted on the way. */
  readonly to: Endpoint
}

export interface MoveOptions extends Pick<ReachOptions, 'timeouts' | 'signal' | 'tls'> {
  readonly clock: Clock
  /** Milliseconds the network stack may take to restart; other clients wait 5 to 15 s. */
  readonly patience?: number
  /** Milliseconds between two looks. */
  readonly pause?: number
}

/**
 * Finds a device again after a commit: looks for it at its new endpoint, and at the old one in case it did not move, until
 * one of them answers for good. The endpoint in the result tells which. Only the two certificates known are accepted: a
 * third one is `certificate-changed` at once. Sends no password.
 */
export async function followMove({ from, to }: Move, options: MoveOptions): Promise<Result<Reached>> {
  const { clock, signal, patience = 30_000, pause = 2_000 } = options
  const end = clock.now() + patience
  for (;;) {
    const there = await look(to, options)
    if (there.ok || isThird(there, from) || signal?.aborted) return there
    if (clock.now() >= end) {
      const here = await look(from, options)
      return here.ok ? here : there
    }
    await clock.sleep(pause, signal)
  }
}

/** Neither the certificate expected nor the one it had before. */
const isThird = (result: Result<Reached>, { pin }: Endpoint): boolean =>
  !result.ok && result.problem.code === 'certificate-changed' && result.problem.found !== pin
