// Who may pass: challenges, nonces, and what is remembered of a connection once somebody has logged in on it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import { refusalPage, sendPage } from './http.ts'
import { logIn, nonceBook, readLogIn } from './login.ts'
import { type Account, type DeviceState, majorVersion } from './state.ts'

/** Where a device's state lives while its server runs. */
export interface StateCell {
  read(): DeviceState
  write(state: DeviceState): void
}

/** The log-in of one device. */
interface Gate {
  /** Who asks; `user` is undefined when no log-in is needed. Nothing comes back when the refusal has been sent. */
  pass(request: IncomingMessage, response: ServerResponse): { readonly user: Account | undefined } | undefined
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

  const challenge = (response: ServerResponse, stale = false): void => {
    const state = cell.read()
    // One space after the first comma and none after the others: recorded, and clients have learned it.
    const value = `Digest realm="${state.digestRealm}", nonce="${nonces.issue()}",stale="${stale}",qop="auth"`
    sendPage(response, state, 401, refusalPage(state), ['WWW-Authenticate', value])
  }

  /** Who may pass: `user` undefined when no log-in is needed. `undefined` when the refusal has been sent. */
  const pass = (
    request: IncomingMessage,
    response: ServerResponse
  ): { readonly user: Account | undefined } | undefined => {
    const header = request.headers.authorization
    const before = cell.read()
    if (trusted.has(request.socket)) return { user: undefined }
    if (header === undefined) {
      const known = remembered.get(request.socket)
      if (known?.version === before.accountsVersion) return known
      challenge(response)
      return undefined
    }
    const login = readLogIn(header)
    const { method = '', url: path = '' } = request
    const nonceKnown = login !== undefined && nonces.use(login.nonce, login.nc)
    const { state, outcome, user } = logIn(before, login, { method, path, nonceKnown }, clock.now())
    cell.write(state)
    if (outcome !== 'granted') {
      challenge(response, outcome === 'stale')
      return undefined
    }
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
