import { createHash, randomBytes } from 'node:crypto'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import type { Clock } from '../../electron/clock.ts'
import type { Faults } from '../../electron/simulator/faults.ts'
import { type AddedComputer, type Fleet, type PracticeDevice, startFleet } from '../../electron/simulator/fleet.ts'
import type { Personality } from '../../electron/simulator/personalities.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'

export const general = 'AMT_GeneralSettings'
export const setup = 'AMT_SetupAndConfigurationService'

/** A clock tests move by hand; sleeping takes no time and is written down. */
export const handClock = () => {
  const slept: number[] = []
  const clock = {
    time: Date.UTC(2026, 10, 23, 6),
    slept,
    now: () => clock.time,
    sleep: async (ms: number) => void slept.push(ms)
  }
  return clock satisfies Clock & { time: number }
}

const fleets: Fleet[] = []

/** For `afterEach`: ends every fleet that was started. */
export async function closeFleets(): Promise<void> {
  await Promise.all(fleets.splice(0).map((fleet) => fleet.close()))
}

export const start = async (
  computers: readonly AddedComputer[],
  more: Partial<Parameters<typeof startFleet>[0]> = {}
) => {
  const clock = handClock()
  const fleet = await startFleet({ computers, clock, random: (n) => randomBytes(n), ...more })
  fleets.push(fleet)
  return { fleet, clock }
}

export const one = async (personality: Personality = 'healthy', faults: Partial<Faults> = {}, amtVersion?: string) => {
  const { fleet, clock } = await start([{ ...practiceComputer(0, personality), ...(amtVersion && { amtVersion }) }])
  const [device] = fleet.devices
  if (!device) throw new Error('the fleet is empty')
  device.setFaults(faults)
  return { device, clock, fleet }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly raw: readonly string[]
  readonly body: string
}

export const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** A client of a few lines: one connection kept alive, digest with a counter, nothing hidden. */
export function client(device: PracticeDevice, password = device.password) {
  const options = { keepAlive: true, maxSockets: 1 }
  const agent = device.tls ? new HttpsAgent({ ...options, rejectUnauthorized: false }) : new HttpAgent(options)
  let challenge: { realm: string; nonce: string } | undefined
  let headers: Answer['headers'] = {}
  let nc = 0
  const send = (body: string, headers: Record<string, string> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const target = { host: device.host, port: device.port, path: '/wsman', method: 'POST', agent, headers }
      const request = (device.tls ? httpsRequest : httpRequest)(target, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const { statusCode: status = 0, rawHeaders: raw } = response
          resolve({ status, headers: response.headers, raw, body: Buffer.concat(parts).toString() })
        })
      })
      request.on('error', reject)
      request.end(body)
    })
  const authorization = (quoted = false): string => {
    if (!challenge) throw new Error('no challenge yet')
    const { realm, nonce } = challenge
    const count = (++nc).toString(16).padStart(8, '0')
    const ha1 = md5(`${device.username}:${realm}:${password}`)
    const response = md5(`${ha1}:${nonce}:${count}:0a4f113b:auth:${md5('POST:/wsman')}`)
    const q = quoted ? '"' : ''
    return `Digest username="${device.username}",realm="${realm}",nonce="${nonce}",uri="/wsman",qop=${q}auth${q},nc=${q}${count}${q},cnonce="0a4f113b",response="${response}"`
  }
  const learn = (answer: Pick<Answer, 'headers'>): void => {
    headers = answer.headers
    const found = /realm="([^"]*)", nonce="([^"]*)"/.exec(answer.headers['www-authenticate'] ?? '')
    challenge = { realm: found?.[1] ?? '', nonce: found?.[2] ?? '' }
    nc = 0
  }
  return {
    send,
    authorization,
    /** Asks, answers one challenge, and gives back what came then. */
    async ask(body: string): Promise<Answer> {
      const first = await send(body, challenge ? { Authorization: authorization() } : {})
      if (first.status !== 401) return first
      learn(first)
      return send(body, { Authorization: authorization() })
    },
    learn,
    /** The headers of the challenge this client goes by. */
    challenged: () => headers,
    close: () => agent.destroy()
  }
}

/** All bytes a device answers to one raw request. */
export const rawExchange = (device: PracticeDevice, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(device.port, device.host, () => socket.write(text))
    let all = ''
    socket.on('data', (part) => {
      all += part.toString('latin1')
      if (all.endsWith('0\r\n\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(all))
    socket.on('error', reject)
  })

export const rawPost = (body: string, header = ''): string =>
  `POST /wsman HTTP/1.1\r\nHost: x\r\n${header}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
