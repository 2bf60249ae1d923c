import { describe, expect, it } from 'vitest'
import { helloFrame, helloTimes, sayHello } from '../../../electron/simulator/hello.ts'
import { fresh } from './device.ts'

const uuid = '4c4c4544-0046-3000-8000-c7c04f000031'
const minutes = (n: number): number => n * 60_000

describe('hello', () => {
  it('of version 3 carries the roots the device trusts', () => {
    const roots = ['ab'.repeat(20), 'cd'.repeat(32), 'ef'.repeat(48)]
    const frame = helloFrame(fresh({ uuid, amtVersion: '15.0.23.1706', setup: { by: 'remote', roots } }), 3)
    expect(frame.subarray(0, 24).toString('hex')).toBe('000003000300000044454c4c460000308000c7c04f000031')
    expect(frame[24]).toBe(5)
    expect(frame.subarray(25, 47).toString('hex')).toBe(`0114${roots[0]}`)
    expect(frame.subarray(47, 49).toString('hex')).toBe('0220')
    expect(frame.subarray(81, 83).toString('hex')).toBe('0330')
    expect(frame).toHaveLength(25 + 22 + 34 + 50 + 2 * 34)
  })

  it('of version 2 carries the PID, where the generation has it', () => {
    const setup = { by: 'remote', psk: { pid: 'ABCD1234', pps: 'A'.repeat(32) } } as const
    const frame = helloFrame(fresh({ uuid, amtVersion: '9.1.45.3000', setup }), 20)
    expect(frame).toHaveLength(32)
    expect([frame.readUInt16LE(2), frame.readUInt32LE(4), frame.subarray(24).toString()]).toEqual([2, 14, 'ABCD1234'])
    expect(helloFrame(fresh({ amtVersion: '15.0.23.1706', setup }), 0).readUInt16LE(2)).toBe(3)
  })

  it('leaves at the documented times', () => {
    const times = helloTimes()
    expect(times.slice(0, 8)).toEqual([0, 1, 2, 3, 4, 5, 10, 15].map(minutes))
    expect(times).toContain(minutes(65))
    expect(times).toContain(minutes(125))
    expect(times.at(-1)).toBe(minutes(65 + 23 * 60))
  })

  it('is said by the clock until somebody has set the device up', async () => {
    let time = 1000
    let state = fresh({ setup: { by: 'remote' } })
    const retries: number[] = []
    const clock = {
      now: () => time,
      sleep: async (ms: number) => {
        time += ms
        if (time > minutes(11)) state = { ...state, provisioningState: 2 }
      }
    }
    const send = async (frame: Uint8Array) => {
      retries.push(Buffer.from(frame).readUInt32LE(4))
      return true
    }
    await sayHello({ read: () => state, clock, send, signal: new AbortController().signal })
    expect(retries).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
})
