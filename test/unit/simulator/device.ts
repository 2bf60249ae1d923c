// Devices and requests for the simulator's tests: a device kept between requests, as one that is really there.
import { createHash } from 'node:crypto'
import { answer } from '../../../electron/simulator/device.ts'
import type { KeyKind } from '../../../electron/simulator/generations.ts'
import { practiceComputer } from '../../../electron/simulator/practice.ts'
import { type DeviceState, initialState, type PracticeComputer } from '../../../electron/simulator/state.ts'
import { ask, textOf } from './ask.ts'

export const now = Date.UTC(2026, 10, 23, 6, 0, 0)
export const digestRealm = 'Digest:A4070000000000000000000000000000'

export const fresh = (change: Partial<PracticeComputer> = {}): DeviceState =>
  initialState({ ...practiceComputer(0), ...change }, { digestRealm, certificate: null, now })

/** Base64 of the 16 bytes a DigestPassword is. */
export const digestPassword = (user: string, realm: string, password: string): string =>
  createHash('md5').update(`${user}:${realm}:${password}`).digest('base64')

/** The start of an endpoint reference as clients write it into a body; its end is the caller's. */
export const reference = (uri: string, name: string, value: string): string =>
  `<a:Address>/wsman</a:Address><a:ReferenceParameters><w:ResourceURI>${uri}</w:ResourceURI><w:SelectorSet>` +
  `<w:Selector Name="${name}">${value}</w:Selector></w:SelectorSet></a:ReferenceParameters>`

export const amt = 'http://intel.com/wbem/wscim/1/amt-schema/1/'

/** A device that remembers: every request changes it. `value` is the ReturnValue of a method. */
export function living(start: DeviceState, nextKey: (kind: KeyKind) => string = () => '') {
  let state = start
  const send = (source: string) => {
    const first = answer(state, source, now)
    const done = first.needs ? answer({ ...state, spareKey: nextKey(first.needs) }, source, now) : first
    state = done.state
    return done.reply
  }
  return {
    state: () => state,
    change: (change: Partial<DeviceState>) => {
      state = { ...state, ...change }
    },
    send,
    invoke: (className: string, method: string, values: Readonly<Record<string, string>> = {}) => {
      const { body, status } = send(ask.invoke(className, method, values))
      return { body, status, value: textOf(body, 'ReturnValue') }
    },
    pulled: (className: string): string => {
      const { body } = send(ask.enumerate(className))
      return send(ask.pull(className, textOf(body, 'EnumerationContext') ?? '', 999)).body
    }
  }
}
