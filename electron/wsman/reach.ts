// Finds out how a device is reached: TLS first, the open port only where nothing speaks for TLS.
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts'
import { type Endpoint, type Identity, openDevice, type Timeouts } from './client.ts'
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
}

/** A device found: where, and who answered. */
export interface Reached {
  /** With the certificate seen as its pin: the caller stores it. */
  readonly endpoint: Endpoint
  readonly identity: Identity
}

/** Only these say that nothing speaks TLS there; a failed handshake or a changed certificate is no reason to go on in clear. */
const nothingThere: readonly ProblemCode[] = ['device-refused', 'device-silent']

/**
 * Tries the TLS port, then the open port where nothing answered: refused, or silent, because a packet to a port that
 * AMT has closed goes on to the operating system, whose firewall may swallow it. With a known certificate it never goes
 * on in clear (`tls-expected`). Sends no password.
 */
export async function findEndpoint(host: string, options: ReachOptions = {}): Promise<Result<Reached>> {
  const { pin, ports = amtPorts } = options
  const secure = ports.tls === undefined ? undefined : await look({ host, port: ports.tls, tls: true, pin }, options)
  if (secure && (secure.ok || !nothingThere.includes(secure.problem.code))) return secure
  if (ports.plain === undefined) return secure ?? fail('device-refused', { values: { host } })
  if (pin !== undefined && secure?.problem.code === 'device-silent') return secure
  const plain = await look({ host, port: ports.plain, tls: false }, options)
  if (!plain.ok || pin === undefined) return worse(secure, plain)
  return atHost(host, fail('tls-expected', { found: `port ${ports.plain} without TLS` }))
}

/** When both ports fail, a port that refused tells more than one that was silent. */
function worse(secure: Result<Reached> | undefined, plain: Result<Reached>): Result<Reached> {
  const both = secure && !secure.ok && !plain.ok
  return both && plain.problem.code === 'device-silent' ? secure : plain
}

async function look(endpoint: Endpoint, { timeouts, signal }: ReachOptions): Promise<Result<Reached>> {
  const device = openDevice({ endpoint, ...(timeouts && { timeouts }), ...(signal && { signal }) })
  const identity = await device.identify()
  device.close()
  if (!identity.ok) return identity
  const { fingerprint } = identity.value
  return ok({
    endpoint: { ...endpoint, ...(fingerprint !== undefined && { pin: fingerprint }) },
    identity: identity.value
  })
}
