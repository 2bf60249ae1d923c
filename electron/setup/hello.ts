// Reads hello messages out of a stream of bytes: who calls, and by what it would let itself be set up. Nothing here is proved.
import { guidFromBytes, guidWorth } from '../../shared/guid.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'

/** Thumbprint of a root certificate that the device accepts, in lower-case hex. */
export interface RootHash {
  readonly kind: 'SHA-1' | 'SHA-256' | 'SHA-384'
  readonly thumbprint: string
}

/** One hello message. Everything in it is a claim: whoever reaches the port can say it. */
export interface Hello {
  /** 2: to be set up by PID and PPS (TLS-PSK). 3: by a provisioning certificate (TLS-PKI). */
  readonly version: 2 | 3
  /** The device says that its admin credentials are set already. */
  readonly credentialsSet: boolean
  /** How often it was sent before, as far as the device counts (documented: 0 to 14). */
  readonly retry: number
  /** 8-4-4-4-12, lower case. */
  readonly guid: string
  /** Eight characters; only in version 2. */
  readonly pid?: string
  /** Empty in version 2. */
  readonly hashes: readonly RootHash[]
}

/** What the first bytes of a stream are: a whole hello and how many bytes it took, or only the beginning of one. */
export type Reading = { readonly hello: Hello; readonly used: number } | 'more'

// Setup Mode Hello Messages (Intel AMT Implementation and Reference Guide), all numbers little-endian:
// 0 u16 credentials set · 2 u16 version · 4 u32 retry count · 8 UUID, 16 bytes in SMBIOS order ·
// 24 version 2: PID, 8 ASCII characters · 24 version 3: u8 number of hashes, each u8 kind, u8 length, bytes.
const headerLength = 24
const pidLength = 8

const kinds: Readonly<Record<number, { readonly kind: RootHash['kind']; readonly length: number }>> = {
  1: { kind: 'SHA-1', length: 20 },
  2: { kind: 'SHA-256', length: 32 },
  3: { kind: 'SHA-384', length: 48 }
}

/** The longest hello there can be: as many hashes as one byte counts, all of them the longest. */
export const longestHello = headerLength + 1 + 255 * (2 + 48)

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const shown = (bytes: Uint8Array): string => hex(bytes.subarray(0, 16))

/** Whether these first bytes, be they few, can be the beginning of a hello of any version. */
function looksLikeHello(bytes: Uint8Array): boolean {
  const [credentials = 0, high = 0, version = 1, versionHigh = 0] = bytes
  return credentials <= 1 && high === 0 && versionHigh === 0 && version >= 1 && version <= 15
}

function hashesOf(bytes: Uint8Array): Result<{ hashes: readonly RootHash[]; used: number } | 'more'> {
  const count = bytes[headerLength]
  if (count === undefined) return ok('more')
  const hashes: RootHash[] = []
  let at = headerLength + 1
  for (let n = 1; n <= count; n++) {
    const [type, length] = bytes.subarray(at, at + 2)
    if (type === undefined || length === undefined) return ok('more')
    const known = kinds[type]
    if (length !== known?.length) {
      return fail('hello-damaged', {
        where: `hash ${n} of ${count}`,
        found: `type ${type}, ${length} bytes`,
        expected: 'type 1 with 20 bytes, type 2 with 32 or type 3 with 48'
      })
    }
    const value = bytes.subarray(at + 2, at + 2 + length)
    if (value.length < length) return ok('more')
    hashes.push({ kind: known.kind, thumbprint: hex(value) })
    at += 2 + length
  }
  return ok({ hashes, used: at })
}

function pidOf(bytes: Uint8Array): Result<{ pid: string; used: number } | 'more'> {
  const raw = bytes.subarray(headerLength, headerLength + pidLength)
  if (raw.length < pidLength) return ok('more')
  const pid = Buffer.from(raw).toString('latin1')
  if (/^[\x21-\x7e]{8}$/.test(pid)) return ok({ pid, used: headerLength + pidLength })
  return fail('hello-damaged', { where: 'PID', found: hex(raw), expected: 'eight characters' })
}

/**
 * Reads the hello at the beginning of `bytes`. Problems: hello-stranger, hello-version, hello-damaged (a hash of impossible
 * length, a PID that is no text), hello-no-guid.
 */
export function readHello(bytes: Uint8Array): Result<Reading> {
  if (!looksLikeHello(bytes)) return fail('hello-stranger', { found: shown(bytes) })
  if (bytes.length < 4) return ok('more')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint16(2, true)
  if (version !== 2 && version !== 3) return fail('hello-version', { found: `version ${version}`, expected: '2 or 3' })
  if (bytes.length < headerLength) return ok('more')
  const guid = guidFromBytes(bytes.subarray(8, headerLength))
  if (guidWorth(guid) !== 'set') return fail('hello-no-guid', { found: guid })
  const rest = version === 2 ? pidOf(bytes) : hashesOf(bytes)
  if (!rest.ok) return rest
  if (rest.value === 'more') return ok('more')
  const { used, ...said } = rest.value
  const head = { version, credentialsSet: bytes[0] === 1, retry: view.getUint32(4, true), guid } as const
  return ok({ hello: { ...head, hashes: [], ...said }, used })
}

/** Takes the bytes of one connection as they come. */
export interface HelloStream {
  /** The hellos that these bytes complete. Problems as of readHello, and hello-too-long; after one nothing more is read. */
  push(bytes: Uint8Array): Result<readonly Hello[]>
  /** The connection has ended, or nothing came for long. Problem hello-damaged when a message had only begun. */
  end(): Result<null>
}

/** More than so many on one connection are nobody's hellos. */
const mostHellos = 16

const nothing: Uint8Array = new Uint8Array(0)

/**
 * A stream that may be split anywhere and may carry several hellos. What follows a hello and is none is left unread: firmware
 * may pad its message, and the hello before it is whole.
 */
export function helloStream(): HelloStream {
  let held = nothing
  let length = 0
  let heard = 0
  let over = false

  function take(bytes: Uint8Array): Result<readonly Hello[]> {
    const together = held.length === 0 ? bytes : Buffer.concat([held, bytes])
    const hellos: Hello[] = []
    let at = 0
    while (at < together.length && heard < mostHellos) {
      const read = readHello(together.subarray(at))
      if (!read.ok) {
        over = true
        held = nothing
        return heard === 0 ? read : ok(hellos)
      }
      if (read.value === 'more') break
      heard += 1
      hellos.push(read.value.hello)
      at += read.value.used
    }
    // A copy: the segment itself may be a slice of a far larger buffer.
    held = Uint8Array.from(together.subarray(at))
    return ok(hellos)
  }

  return {
    push(bytes) {
      length += bytes.length
      if (heard === 0 || length <= longestHello) return over ? ok([]) : take(bytes)
      over = true
      held = nothing
      return fail('hello-too-long', { found: `${length} bytes`, expected: `at most ${longestHello}` })
    },
    end() {
      if (over || heard > 0 || held.length === 0) return ok(null)
      return fail('hello-damaged', { found: `${held.length} bytes: ${shown(held)}`, expected: 'a whole message' })
    }
  }
}
