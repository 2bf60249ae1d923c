// RMCP frames of the presence ping and its answer (ASF 2.0, DSP0136 3.2.2 to 3.2.4), and what AMT puts into the answer.

/** The compatibility port of RMCP. */
export const rmcpPort = 623

const [rmcpVersion, sequence, classAsf] = [0x06, 0, 0x06]
const asfEnterprise = 4542
/** Intel's number in IANA's list of enterprises: then the fields that follow are AMT's. */
const intelEnterprise = 343
const [presencePing, presencePong] = [0x80, 0x40]
const pongLength = 16

/**
 * A presence ping. Its sequence number 0 is what clients of AMT send; a device may acknowledge it beside the pong, and that is no
 * answer. `tag` 0 to 254; 255 would stand for a message that wants none (DSP0136 3.2.2.3).
 */
export function pingFrame(tag: number): Uint8Array {
  const frame = Buffer.alloc(12)
  frame.set([rmcpVersion, 0, sequence, classAsf], 0)
  frame.writeUInt32BE(asfEnterprise, 4)
  frame.set([presencePing, tag, 0, 0], 8)
  return frame
}

/** What a presence pong tells. */
export interface Pong {
  readonly tag: number
  /** Absent when it is not Intel's: another management controller. */
  readonly amt?: {
    /**
     * Major and minor number. The field has four bits for each, so what comes after 15 cannot be told; then it is absent.
     */
    readonly version?: string
    /** ProvisioningState; absent for a value that has no meaning. */
    readonly state?: 'before' | 'in' | 'after'
    /** Ports that it says are open. */
    readonly ports: readonly number[]
  }
}

const states = ['before', 'in', 'after'] as const

/**
 * The OEM-defined field of Intel: port, version in two halves of a byte, and state with a bit for two ports. The layout is known
 * from what clients read, not from a document of Intel's: believed.
 */
function readAmt(field: Buffer): NonNullable<Pong['amt']> {
  const [port, versions, flags] = [field.readUInt16BE(0), field.readUInt8(2), field.readUInt8(3)]
  const major = versions >> 4
  const state = states[flags & 0x03]
  const ports = (flags & 0x04) !== 0 ? [16992, 16993] : port === 0 ? [] : [port]
  return { ...(major > 0 && { version: `${major}.${versions & 0x0f}` }), ...(state !== undefined && { state }), ports }
}

/** Reads a frame; undefined when it is no presence pong (an acknowledgement, another message, noise). */
export function readPong(bytes: Uint8Array): Pong | undefined {
  const frame = Buffer.from(bytes)
  if (frame.length < 12 + pongLength) return undefined
  if (frame[0] !== rmcpVersion || frame[3] !== classAsf) return undefined
  if (frame.readUInt32BE(4) !== asfEnterprise || frame[8] !== presencePong || frame.readUInt8(11) < pongLength)
    return undefined
  const tag = frame.readUInt8(9)
  return frame.readUInt32BE(12) === intelEnterprise ? { tag, amt: readAmt(frame.subarray(16, 20)) } : { tag }
}
