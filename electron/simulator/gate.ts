// Who may pass: challenges, nonces, and what is remembered of a connection once somebody has logged in on it.
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import { logIn, nonceBook, readLogIn } from './login.ts'
import { type Account, type DeviceState, majorVersion } from './state.ts'

/** Where a device's state lives while its server runs. */
export interface StateCell {
  read(): DeviceState
  write(state: DeviceState): void
}

/** Who asks, nobody when no log-in is needed; or the challenges (WWW-Authenticate) that refuse a request. */
type Passed = { readonly user: Account | undefined } | { readonly challenges: readonly string[] }

/** The log-in of one device. */
interface Gate {
  /** Judges a request, of which the body was read already. */
  pass(request: IncomingMessage, body: string): Passed
  /** This connection came by a provisioning chain or a PSK: that is the whole log-in. */
  trust(socket: Socket): void
  forgetNonces(): void
  /** Log-ins accepted so far. */
  granted(): number
}

/** Guards one device with the digest of its state. */
export function openGate(options: {
  readonly cell: StateCell
  readonly clock: Clock
  readonly random: (n: number) => Uint8Array
}): Gate {
  const { cell, clock, random } = options
  const nonces = nonceBook(() => clock.now(), random)
  /** AMT from 6.0 remembers a log-in for the life of its TLS session, until an account changes. */
  const remembered = new WeakMap<Socket, { version: number; user: Account | undefined }>()
  /** Connections let in by a provisioning chain or a PSK: that is the whole log-in. */
  const trusted = new WeakSet<Socket>()
  let granted = 0

  const challenge = (stale = false): Passed => {
    const { digestRealm, faults } = cell.read()
    // One space after the first comma and none after the others: recorded, and clients have learned it.
    const digest = `Digest realm="${digestRealm}", nonce="${nonces.issue()}",stale="${stale}",qop="${faults.qop}"`
    if (faults.kerberos === 'only') return { challenges: ['Negotiate'] }
    return { challenges: faults.kerberos === 'also' ? ['Negotiate', digest] : [digest] }
  }

  const pass = (request: IncomingMessage, body: string): Passed => {
    const header = request.headers.authorization
    const before = cell.read()
    if (trusted.has(request.socket)) return { user: undefined }
    if (header === undefined) {
      const known = remembered.get(request.socket)
      return known?.version === before.accountsVersion ? known : challenge()
    }
    const login = before.faults.kerberos === 'only' ? undefined : readLogIn(header)
    const { method = '', url: path = '' } = request
    const nonceKnown = login !== undefined && nonces.use(login.nonce, login.nc)
    const { state, outcome, user } = logIn(before, login, { method, path, body, nonceKnown }, clock.now())
    cell.write(state)
    if (outcome !== 'granted') return challenge(outcome === 'stale')
    if ('encrypted' in request.socket && majorVersion(state.amtVersion) >= 6)
      remembered.set(request.socket, { version: state.accountsVersion, user })
    granted += 1
    if (state.faults.nonceReset !== null && granted % state.faults.nonceReset === 0) nonces.forget()
    return { user }
  }

  return {
    pass,
    trust: (socket) => void trusted.add(socket),
    forgetNonces: () => nonces.forget(),
    granted: () => granted
  }
}
