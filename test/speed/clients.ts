// The two clients that are compared: ours with all its decoding, and the least that node:http can do.
import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { generalSettings } from '../../electron/wsman/amt/generalSettings.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { readChallenge } from '../../electron/wsman/digest.ts'
import { getOperation, resourceUri, writeRequest } from '../../electron/wsman/envelope.ts'
import type { BenchDevice } from './fleet.ts'

/** One device as a client sees it: everything that may be prepared is, then each call is one AMT_GeneralSettings Get. */
export interface Caller {
  /** Makes ready for this many calls; not measured. */
  readonly prepare: (calls: number) => void
  readonly call: () => Promise<void>
  readonly close: () => void
}

/** Our client as the wizard uses it: envelope, digest, HTTP, XML and typed values. */
export async function ours({ host, port, username, password }: BenchDevice): Promise<Caller> {
  const device: Device = openDevice({ endpoint: { host, port, tls: false }, credentials: { username, password } })
  const call = async () => {
    const settings = await generalSettings.get(device)
    if (!settings.ok || settings.value.values.DigestRealm === '') throw new Error('a Get failed')
  }
  await call()
  return { prepare: () => undefined, call, close: device.close }
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** One fixed body over keep-alive, its Authorization headers computed beforehand, its answers thrown away unread. */
export async function bare({ host, port, username, password }: BenchDevice): Promise<Caller> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const envelope = writeRequest(getOperation({ resource: resourceUri('AMT_GeneralSettings') }), '1')
  if (!envelope.ok) throw new Error('no envelope')
  const body = envelope.value
  const post = (authorization: string | undefined) =>
    new Promise<{ status: number | undefined; challenges: readonly string[] }>((resolve, reject) => {
      const headers = {
        'Content-Type': 'application/soap+xml; charset=utf-8',
        'Content-Length': Buffer.byteLength(body),
        ...(authorization !== undefined && { Authorization: authorization })
      }
      const sent = request({ agent, host, port, method: 'POST', path: '/wsman', headers }, (response) => {
        const { statusCode: status, headers: answered } = response
        response.on('data', () => undefined)
        response.on('end', () => resolve({ status, challenges: [answered['www-authenticate'] ?? ''] }))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const challenge = readChallenge((await post(undefined)).challenges)
  if (challenge === undefined) throw new Error('no challenge')
  const { realm, nonce } = challenge
  const ha1 = md5(`${username}:${realm}:${password}`)
  const ha2 = md5('POST:/wsman')
  const header = (count: number): string => {
    const nc = count.toString(16).padStart(8, '0')
    const response = md5(`${ha1}:${nonce}:${nc}:0123456789abcdef:auth:${ha2}`)
    return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="/wsman", qop=auth, nc=${nc}, cnonce="0123456789abcdef", response="${response}"`
  }
  let count = 0
  let ready: string[] = []
  return {
    prepare: (calls) => {
      ready = Array.from({ length: calls }, () => header(++count)).reverse()
    },
    call: async () => {
      const { status } = await post(ready.pop())
      if (status !== 200) throw new Error(`a bare request got ${status}`)
    },
    close: () => agent.destroy()
  }
}
