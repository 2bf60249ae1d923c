// The hello messages of a device that waits to be set up: their bytes, and when they are sent.
import type { Clock } from '../clock.ts'
import { generationOf } from './generations.ts'
import { factoryRoots } from './roots.ts'
import { type DeviceState, rawUuid } from './state.ts'

const minute = 60_000
/** Every minute for five minutes, every five for an hour, then every hour until a day is over. */
const cadence: readonly { readonly every: number; readonly until: number }[] = [
  { every: minute, until: 5 * minute },
  { every: 5 * minute, until: 65 * minute },
  { every: 60 * minute, until: 24 * 60 * minute + 5 * minute }
]

/** When hellos leave, milliseconds after the network was opened, the first at once. */
export function helloTimes(): readonly number[] {
  const times: number[] = [0]
  for (const { every, until } of cadence)
    for (let at = (times.at(-1) ?? 0) + every; at <= until; at += every) times.push(at)
  return times
}

/** The retry count of a frame stops here. */
const lastRetry = 14

/** Hash type by length: 1 SHA-1, 2 SHA-256, 3 SHA-384. */
const hashTypes: Readonly<Record<number, number>> = { 20: 1, 32: 2, 48: 3 }

/** The bytes of one hello: version 2 with a PID where one is set and the generation has it, else version 3 with hashes. */
export function helloFrame(state: DeviceState, retry: number): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt16LE(state.accounts.some((each) => each.admin) ? 1 : 0, 0)
  header.writeUInt32LE(Math.min(retry, lastRetry), 4)
  rawUuid(state.uuid).copy(header, 8)
  const psk = generationOf(state.amtVersion).psk ? state.setup?.psk : undefined
  header.writeUInt16LE(psk ? 2 : 3, 2)
  if (psk) return Buffer.concat([header, Buffer.from(psk.pid, 'latin1')])
  const hashes = [...(state.setup?.roots ?? []), ...factoryRoots].map((each) => Buffer.from(each, 'hex'))
  const entries = hashes.map((each) => Buffer.concat([Buffer.from([hashTypes[each.length] ?? 0, each.length]), each]))
  return Buffer.concat([header, Buffer.from([hashes.length]), ...entries])
}

/** Sends hellos by the clock as long as the device waits for its setup; ends early when the signal fires. */
export async function sayHello(options: {
  readonly read: () => DeviceState
  readonly clock: Clock
  readonly send: (frame: Uint8Array) => Promise<boolean>
  readonly signal: AbortSignal
}): Promise<void> {
  const { read, clock, send, signal } = options
  const opened = clock.now()
  for (const [retry, at] of helloTimes().entries()) {
    const wait = opened + at - clock.now()
    if (wait > 0) await clock.sleep(wait, signal)
    if (signal.aborted || read().provisioningState !== 1) return
    await send(helloFrame(read(), retry))
  }
}
