// The hello listener with real sockets: splits, waiting devices, strangers, floods, and ports that cannot be had.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import type { Hello } from '../../electron/setup/hello.ts'
import { type Listener, type ListenerOptions, listenForHello, plainAddress } from '../../electron/setup/listener.ts'
import { sendFrame } from '../../electron/simulator/server.ts'
import { value } from '../bench.ts'

const open: Listener[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close()))
})

const logged: { what: string; facts: unknown }[] = []

async function listen(more: Partial<ListenerOptions> = {}) {
  const heard: { hello: Hello; from: string }[] = []
  logged.length = 0
  const listener = value(
    await listenForHello({
      address: '127.0.0.1',
      port: 0,
      clock: systemClock,
      log: { write: (what, facts) => void logged.push({ what, facts }) },
      onHello: (hello, from) => heard.push({ hello, from }),
      ...more
    })
  )
  open.push(listener)
  return { listener, heard, to: { host: '127.0.0.1', port: listener.port } }
}

const frame = (last: number): Buffer =>
  Buffer.from(`0000020000000000${last.toString(16).padStart(32, '1')}4142434431323334`, 'hex')

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => socket.destroy())
  await once(socket, 'connect')
  return socket
}

const closed = async (socket: Socket): Promise<void> => {
  if (!socket.destroyed) await once(socket.resume(), 'close')
}

test('a device says hello and closes', async () => {
  const { listener, heard, to } = await listen()
  await sendFrame(to, frame(1), '127.0.0.1')
  await expect.poll(() => heard).toHaveLength(1)
  expect(heard[0]).toMatchObject({ from: '127.0.0.1', hello: { version: 2, pid: 'ABCD1234' } })
  expect(listener.tally()).toEqual({ connections: 1, hellos: 1, strangers: 0, refused: 0 })
})

test('a hello in pieces is heard as soon as it is whole, and a device that waits is let go', async () => {
  const { heard, to } = await listen({ limits: { idle: 200 } })
  const socket = await dial(to.port)
  socket.write(frame(2).subarray(0, 5))
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(heard).toHaveLength(0)
  socket.write(frame(2).subarray(5))
  await expect.poll(() => heard).toHaveLength(1)
  await closed(socket)
})

test('strangers and half messages are counted and summed up, never logged one by one', async () => {
  const { listener, heard, to } = await listen({ limits: { idle: 100 } })
  for (let n = 0; n < 20; n++) await sendFrame(to, Buffer.from('GET / HTTP/1.1\r\n\r\n'), '127.0.0.1')
  await sendFrame(to, frame(3).subarray(0, 20), '127.0.0.1')
  const slow = await dial(to.port)
  slow.write(frame(4).subarray(0, 9))
  await closed(slow)
  const silent = await dial(to.port)
  await closed(silent)
  await expect.poll(() => listener.tally().strangers).toBe(22)
  expect(heard).toHaveLength(0)
  await listener.close()
  expect(logged).toEqual([
    {
      what: 'hello listener',
      facts: {
        connections: 23,
        hellos: 0,
        strangers: 22,
        refused: 0,
        strange: {
          'hello-stranger': { times: 20, last: '127.0.0.1' },
          'hello-damaged': { times: 2, last: '127.0.0.1' }
        }
      }
    }
  ])
})

test('a flood from one address is cut off there, and another address is still heard', async () => {
  const { listener, heard, to } = await listen({ limits: { burst: 5, perSecond: 0 } })
  for (let n = 0; n < 30; n++) await sendFrame(to, frame(n), '127.0.0.1')
  await expect.poll(() => listener.tally().connections).toBe(30)
  expect(heard).toHaveLength(5)
  expect(listener.tally().refused).toBe(25)
  await listener.close()
  expect(logged).toHaveLength(1)
  if (process.platform !== 'linux') return
  const again = await listen({ limits: { burst: 1, perSecond: 0 } })
  await sendFrame(again.to, frame(1), '127.0.0.1')
  await sendFrame(again.to, frame(2), '127.0.0.1')
  await sendFrame(again.to, frame(3), '127.0.0.9')
  await expect.poll(() => again.heard.map(({ from }) => from)).toEqual(['127.0.0.1', '127.0.0.9'])
})

test('connections that only wait do not keep others out for long', async () => {
  const { heard, to } = await listen({ limits: { connections: 4, idle: 150 } })
  const waiting = await Promise.all(Array.from({ length: 4 }, () => dial(to.port)))
  await sendFrame(to, frame(1), '127.0.0.1')
  expect(heard).toHaveLength(0)
  await Promise.all(waiting.map(closed))
  await sendFrame(to, frame(1), '127.0.0.1')
  await expect.poll(() => heard).toHaveLength(1)
})

test('a drip of bytes does not hold a connection open for ever', async () => {
  const { to } = await listen({ limits: { idle: 1_000, longest: 150 } })
  const socket = await dial(to.port)
  const drip = setInterval(() => socket.write(Buffer.of(0)), 40)
  socket.write(Buffer.from('010003', 'hex'))
  await closed(socket)
  clearInterval(drip)
})

test('a port that is taken, an address of somebody else, and a name instead of an address are told', async () => {
  const { listener } = await listen()
  const start = async (address: string, port: number) => {
    const begun = await listenForHello({
      address,
      port,
      clock: systemClock,
      log: { write: () => undefined },
      onHello: () => undefined
    })
    if (begun.ok) await begun.value.close()
    return begun.ok ? 'started' : begun.problem
  }
  expect(await start('127.0.0.1', listener.port)).toMatchObject({
    code: 'hello-port-taken',
    where: `127.0.0.1, port ${listener.port}`
  })
  expect(await start('192.0.2.1', 0)).toMatchObject({ code: 'hello-address-unknown' })
  expect(await start('localhost', 0)).toMatchObject({ code: 'hello-address-unknown', found: 'localhost' })
  await listener.close()
  expect(await start('127.0.0.1', listener.port)).toBe('started')
})

test('a privileged port says who may permit it', async () => {
  const probe = createServer()
  const allowed = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false)).listen(1, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
  const begun = await listenForHello({
    address: '127.0.0.1',
    port: 1,
    clock: systemClock,
    log: { write: () => undefined },
    onHello: () => undefined
  })
  if (begun.ok) await begun.value.close()
  // Who runs the tests as an administrator may open every port.
  expect(begun.ok ? 'started' : begun.problem.code).toBe(allowed ? 'started' : 'hello-port-denied')
})

test('IPv4 is told as IPv4', () => {
  expect(plainAddress('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(plainAddress('2001:db8::ffff:7')).toBe('2001:db8::ffff:7')
})
