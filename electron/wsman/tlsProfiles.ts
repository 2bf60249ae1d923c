// Which TLS a device is offered: versions and ciphers by AMT generation, and how either side proves who it is.
import type { ConnectionOptions } from 'node:tls'

/** The TLS a device may be spoken to with; anything below `modern` only where a person permitted it for that device. */
export type TlsFloor = 'modern' | '1.1' | '1.0'

/** The versions one generation of firmware speaks. */
export interface TlsProfile {
  readonly floor: TlsFloor
  readonly minVersion: 'TLSv1.2' | 'TLSv1.1' | 'TLSv1'
  readonly maxVersion: 'TLSv1.3' | 'TLSv1.1' | 'TLSv1'
  /** In words, for the Problem that names it. */
  readonly version: string
  readonly generations: string
}

/**
 * From the newest down, in the order they are tried. Intel's reference guide, security considerations: AMT before 12.0
 * knows TLS 1.1 at most, 12.0 brought 1.2 and dropped 1.0. That the oldest know only 1.0 is believed, not measured.
 */
export const tlsProfiles: readonly TlsProfile[] = [
  {
    floor: 'modern',
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    version: 'TLS 1.2 or later',
    generations: 'AMT 12 and later'
  },
  {
    floor: '1.1',
    minVersion: 'TLSv1.1',
    maxVersion: 'TLSv1.1',
    version: 'TLS 1.1',
    generations: 'AMT before 12'
  },
  { floor: '1.0', minVersion: 'TLSv1', maxVersion: 'TLSv1', version: 'TLS 1.0', generations: 'early AMT' }
]

/** The profiles a permission opens, and those it does not; each from the newest down. */
export function permitted(floor: TlsFloor): {
  readonly open: readonly TlsProfile[]
  readonly shut: readonly TlsProfile[]
} {
  const end = tlsProfiles.findIndex((profile) => profile.floor === floor) + 1
  return { open: tlsProfiles.slice(0, end), shut: tlsProfiles.slice(end) }
}

/** A certificate that proves us to the device: PEM with the whole chain, leaf first, or a PKCS #12 file. */
export type ClientCertificate =
  | { readonly cert: string; readonly key: string; readonly passphrase?: string | undefined }
  | { readonly pfx: Uint8Array; readonly passphrase?: string | undefined }

/** What may be chosen about the TLS with one device. */
export interface TlsChoices {
  /** `modern` unless a person permitted less for this device, in writing. */
  readonly allowTls?: TlsFloor | undefined
  /** PEM certificates of our own authority: the device's chain and name are then checked, beside any pin. */
  readonly ca?: string | undefined
  /** The name its certificate must bear, with `ca`; the host as dialled unless given. */
  readonly certificateName?: string | undefined
  /** For mutual TLS, and for setup over TLS-PKI: there the provisioning certificate with its chain, and no credentials. */
  readonly client?: ClientCertificate | undefined
  /**
   * TLS-PSK: the device proves itself by the shared key and shows no certificate. Typed as MEBx shows them; the dashes
   * are not sent. That AMT takes both as ASCII text is believed: no source says it.
   */
  readonly psk?: { readonly pid: string; readonly pps: string } | undefined
}

/** What the two sides agreed on. */
export interface TlsSession {
  /** As Node names it: `TLSv1.2`. */
  readonly protocol: string
  /** As OpenSSL names it: `AES128-SHA` is RSA key exchange without forward secrecy. */
  readonly cipher: string
}

/** Electron's TLS: other cipher names, no security levels, and it throws where OpenSSL needs one. */
export const isBoringSsl = process.versions.openssl === '0.0.0'

// SSL_OP_LEGACY_SERVER_CONNECT: firmware older than RFC 5746 cannot say that its renegotiation is safe.
const legacyServer = 0x4

// Those that both TLS libraries have. Which of them AMT took is believed, not known; the GCM ones came after it.
const pskCiphers = 'PSK-AES128-CBC-SHA:PSK-AES256-CBC-SHA:ECDHE-PSK-AES128-CBC-SHA'

/** The options of a handshake with one profile. OpenSSL 3 speaks TLS 1.0 and 1.1 at security level 0 alone. */
export function tlsOptions(
  profile: TlsProfile,
  { client, psk }: TlsChoices,
  boringSsl = isBoringSsl
): ConnectionOptions {
  const old = profile.floor !== 'modern'
  const level = old && !boringSsl ? '@SECLEVEL=0' : ''
  // TLS-PSK with a certificate's TLS 1.3 rules is something else, and no AMT has both.
  const maxVersion = psk && !old ? 'TLSv1.2' : profile.maxVersion
  return {
    minVersion: profile.minVersion,
    maxVersion,
    ...(psk ? { ciphers: `${pskCiphers}${level}` } : level !== '' && { ciphers: `DEFAULT${level}` }),
    ...(old && !boringSsl && { secureOptions: legacyServer }),
    ...(client && clientOptions(client)),
    ...(psk && { pskCallback: () => ({ identity: ascii(psk.pid).toString(), psk: ascii(psk.pps) }) })
  }
}

const ascii = (typed: string): Buffer => Buffer.from(typed.replaceAll('-', ''), 'latin1')

const clientOptions = (client: ClientCertificate): ConnectionOptions => ({
  ...('pfx' in client ? { pfx: Buffer.from(client.pfx) } : { cert: client.cert, key: client.key }),
  ...(client.passphrase !== undefined && { passphrase: client.passphrase })
})
