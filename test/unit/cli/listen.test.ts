// `amt-migrate listen` as a person starts it: who calls, line by line, and its exit codes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { program } from './program.ts'

const root = mkdtempSync(join(tmpdir(), 'amt-listen-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function cli(name: string, ...args: readonly string[]) {
  const folder = join(root, name)
  const child = spawn(process.execPath, [program, 'listen', '--data', folder, ...args])
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

async function withPort(work: (port: number, free: () => Promise<void>) => Promise<void>): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const free = async (): Promise<void> => {
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  await work(typeof address === 'object' && address !== null ? address.port : 0, free)
  await free()
}

test('says who calls as they come, and ends with 0; a port that is taken ends with 1', async () => {
  await withPort(async (port, free) => {
    const refused = await cli('taken', '--practice', '--port', `${port}`)
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain(`Another program listens on this port (127.0.0.1, port ${port})`)
    await free()
    const heard = await cli('heard', '--practice', '--port', `${port}`, '--for', '2', '--json')
    expect(heard.code).toBe(0)
    const events = heard.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events[0]).toMatchObject({ event: 'listening', port, practice: true })
    const calls = events.filter(({ event }) => event === 'call')
    expect(calls[0]).toMatchObject({ address: '127.0.0.1', count: 1, practice: true, job: null })
    expect(events.at(-1)).toMatchObject({ event: 'ended', hellos: calls.length, strangers: 0 })
  })
})

test('ends with 1 when nobody called, and with 2 for a port there is none', async () => {
  await withPort(async (port, free) => {
    await free()
    const silent = await cli('silent', '--address', '127.0.0.1', '--port', `${port}`, '--for', '1')
    expect(silent.code).toBe(1)
    expect(silent.out).toContain(`Listening for hello messages on 127.0.0.1, port ${port}.`)
    expect(silent.out).toContain('0 calls; 0 strangers; 0 refused.')
  })
  expect(await cli('wrong', '--port', '70000')).toMatchObject({ code: 2 })
})
