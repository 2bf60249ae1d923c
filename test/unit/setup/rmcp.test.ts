// Presence frames against bytes written out by hand from DSP0136, and practice devices against the same bytes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pingFrame, readPong } from '../../../electron/setup/rmcp.ts'

const hex = (text: string): Uint8Array => Buffer.from(text.replace(/\s/g, ''), 'hex')
/** Header: version 6, reserved, no acknowledgement, class ASF. Data: 4542, type, tag, reserved, length. */
const pong = (tag: string, data: string): Uint8Array => hex(`06 00 ff 06 000011be 40 ${tag} 00 10 ${data}`)

test('a presence ping is twelve bytes', () => {
  expect(Buffer.from(pingFrame(0x2a)).toString('hex')).toBe('06000006000011be802a0000')
})

test('a pong of AMT tells version, state and ports', () => {
  expect(readPong(pong('2a', '00000157 4260 f0 06 01 20 000000000000'))).toEqual({
    tag: 0x2a,
    amt: { version: '15.0', state: 'after', ports: [16992, 16993] }
  })
  expect(readPong(pong('01', '00000157 4260 91 00 01 00 000000000000'))?.amt).toEqual({
    version: '9.1',
    state: 'before',
    ports: [16992]
  })
  // Sixteen does not fit into four bits, and three is no state.
  expect(readPong(pong('01', '00000157 0000 00 03 01 00 000000000000'))?.amt).toEqual({ ports: [] })
})

test('a pong of another maker says that somebody is there, and no more', () => {
  expect(readPong(pong('07', '000011be 00000000 81 00 000000000000'))).toEqual({ tag: 7 })
})

test.each([
  ['an acknowledgement', '06 00 ff 86'],
  ['a ping', '06 00 ff 06 000011be 80 01 00 10 00000157 426091060120 000000000000'],
  ['another version', '05 00 ff 06 000011be 40 01 00 10 00000157 42609106 0120 000000000000'],
  ['a length that lies', '06 00 ff 06 000011be 40 01 00 08 00000157 42609106 0120 000000000000'],
  ['cut off', '06 00 ff 06 000011be 40 01 00 10 00000157 4260']
])('%s is no pong', (_, frame) => {
  expect(readPong(hex(frame))).toBeUndefined()
})

test('no bytes make the reader fail', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void readPong(bytes)))
})
