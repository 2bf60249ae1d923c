// Runs the client against TLS servers and says what came of it; in this process, or as a program in Electron's Node.
import { openDevice, type TlsChoices } from '../../electron/wsman/client.ts'

/** One way to speak with one server. Plain JSON, so that it can be told to another process. */
export interface Case {
  readonly port: number
  readonly pin?: string
  readonly tls: TlsChoices
  /** PKCS #12 file in base64, where the client proves itself with one. */
  readonly pfx?: string
}

/** `ok TLSv1.2 AES128-SHA`, or the Problem's code with what was found. */
export async function probe({ port, pin, tls, pfx }: Case): Promise<string> {
  const client = pfx === undefined ? tls.client : { pfx: Buffer.from(pfx, 'base64'), passphrase: 'practice' }
  const device = openDevice({
    endpoint: { host: '127.0.0.1', port, tls: true, pin },
    tls: { ...tls, client },
    timeouts: { connect: 5_000, firstByte: 5_000, total: 5_000, wake: 10 }
  })
  const result = await device.identify()
  device.close()
  if (!result.ok) return [result.problem.code, result.problem.found ?? result.problem.detail].join(' ')
  const { realm, tls: session } = result.value
  return ['ok', session?.protocol, session?.cipher, ...(realm === undefined ? ['without login'] : [])].join(' ')
}
