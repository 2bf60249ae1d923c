// TLS as each generation speaks it: versions, suites, and what a client showed of itself.
import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket, TlsOptions } from 'node:tls'
import { generationOf } from './generations.ts'
import type { Listening } from './listening.ts'
import type { Certificate, DeviceState } from './state.ts'

/** BoringSSL, which Electron has, knows no security levels; OpenSSL refuses old TLS without the lowest. */
const lowestLevel = process.versions.openssl === '0.0.0' ? '' : ':@SECLEVEL=0'
const staticRsa = 'AES128-SHA:AES256-SHA'

/** Static RSA with AES is offered wherever the key is RSA: old clients and setup servers know nothing else. */
export function tlsOptions(state: DeviceState, tls: NonNullable<Listening['tls']>, own: Certificate): TlsOptions {
  const { min, max } = generationOf(state.amtVersion).tls
  const isOld = min === 'TLSv1' || min === 'TLSv1.1'
  const psk = tls.psk ? 'PSK-AES128-CBC-SHA:PSK-AES256-CBC-SHA:' : ''
  const secret = tls.psk
  return {
    cert: own.certificate,
    key: own.key,
    minVersion: min,
    maxVersion: max,
    ...(isOld && { ciphers: `${psk}ECDHE-RSA-AES128-GCM-SHA256:AES128-GCM-SHA256:${staticRsa}${lowestLevel}` }),
    // The chain is judged as firmware does it, which is not how a certificate authority list is used.
    ...(tls.clients !== 'any' && { requestCert: true, rejectUnauthorized: false }),
    ...(secret && {
      pskCallback: (_socket: TLSSocket, identity: string) =>
        identity === secret.pid ? Buffer.from(secret.pps, 'latin1') : null
    })
  }
}

/** What the client presented, leaf first; each certificate once. */
export function chainOf(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  let at: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  while (at?.raw && !chain.some((each) => at?.raw.equals(each.raw))) {
    chain.push(new X509Certificate(at.raw))
    at = at.issuerCertificate
  }
  return chain
}
