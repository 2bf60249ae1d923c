// What a device listens for in the state it is in: plain or TLS, which certificate, and whom it lets in by one.
import type { X509Certificate } from 'node:crypto'
import { trustedRoots } from './classes/certificates.ts'
import { generationOf, isFrom, wantsEcc } from './generations.ts'
import { isShortRsa, isTrustedClient, refusedChain } from './pki.ts'
import { factoryRoots } from './roots.ts'
import type { Certificate, DeviceState } from './state.ts'

/** What the ports of a device do. `certificate` null: it still has to make one for itself. */
export interface Listening {
  readonly plain: boolean
  readonly tls: {
    readonly certificate: Certificate | null
    /** `setup`: a provisioning chain, which is the whole log-in. `mutual`: a certificate, and a log-in after it. */
    readonly clients: 'any' | 'setup' | 'mutual'
    readonly psk: { readonly pid: string; readonly pps: string } | null
  } | null
}

/** Derives it from the state: 0 is reached by the own host only, 1 by setup servers, 2 by its settings. */
export function listeningOf(state: DeviceState): Listening {
  const { provisioningState, certificate, setup } = state
  const { tlsOnly, psk } = generationOf(state.amtVersion)
  if (provisioningState === 1) {
    const secret = psk ? (setup?.psk ?? null) : null
    return { plain: false, tls: { certificate, clients: 'setup', psk: secret } }
  }
  const tls = { certificate, clients: state.mutual === null ? 'any' : 'mutual', psk: null } as const
  // From AMT 19 on even the own host speaks TLS.
  if (provisioningState === 0)
    return isFrom(state.amtVersion, [19, 0]) ? { plain: false, tls } : { plain: true, tls: null }
  return { plain: state.plain && !tlsOnly, tls: certificate !== null || tlsOnly ? tls : null }
}

/** Why a client is turned away at the handshake; `undefined` when it may go on. `chain` is leaf first. */
export function refusedClient(
  state: DeviceState,
  chain: readonly X509Certificate[],
  usedPsk: boolean
): string | undefined {
  const { tls } = listeningOf(state)
  if (!tls || tls.clients === 'any' || (usedPsk && tls.psk)) return undefined
  const [leaf] = chain
  // Reported of AMT 22: clients with RSA of 2048 bits are turned away at the handshake.
  if (tls.clients === 'mutual' && wantsEcc(state.amtVersion) && leaf && isShortRsa(leaf)) return 'RSA is too short'
  if (tls.clients === 'mutual')
    return isTrustedClient(chain, trustedRoots(state), state.mutual ?? []) ? undefined : 'no trusted client certificate'
  const { roots = [], dnsSuffix = '' } = state.setup ?? {}
  return refusedChain(chain, { roots: [...roots, ...factoryRoots], dnsSuffix })
}

/** True when TLS needs no other context. */
export const isSameTls = (a: Listening['tls'], b: Listening['tls']): boolean =>
  a === b || (a?.certificate === b?.certificate && a?.clients === b?.clients && a?.psk === b?.psk)

/** True when nothing has to be opened, closed or shown anew. */
export const isSameListening = (a: Listening, b: Listening): boolean =>
  a.plain === b.plain && (a.tls === null) === (b.tls === null) && isSameTls(a.tls, b.tls)
