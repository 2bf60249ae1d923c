// How practice devices answer a presence ping: the bytes (ASF 2.0, DSP0136 3.2.4.3), written here without the client's help.
import type { DeviceState } from './state.ts'

const pingHead = /^0600(..)06000011be80(..)00/

/** The answer of a device to a datagram; undefined when it has none. RMCP left the remote side with AMT 16.1. */
export function pongFor(datagram: Uint8Array, state: DeviceState): Uint8Array | undefined {
  const [head, , tag] = pingHead.exec(Buffer.from(datagram).toString('hex')) ?? []
  const [major = 0, minor = 0] = state.amtVersion.split('.').map(Number)
  if (head === undefined || tag === undefined || tag === 'ff' || major > 16 || (major === 16 && minor > 0))
    return undefined
  const byte = (value: number): string => (value & 0xff).toString(16).padStart(2, '0')
  const ports = state.plain && state.certificate !== null ? 0x04 : 0
  const port = state.plain ? '4260' : '4261'
  const intel = `00000157${port}${byte(((major & 0x0f) << 4) | (minor & 0x0f))}${byte(state.provisioningState | ports)}`
  // ASF 1.0; supported interactions with the bit of DASH (DSP0232); six reserved bytes.
  return Buffer.from(`0600ff06000011be40${tag}0010${intel}0120000000000000`, 'hex')
}
