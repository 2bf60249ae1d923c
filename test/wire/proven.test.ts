// The simulator judged by clients nobody here wrote: Debian's wsl, and curl with envelopes of a published message library.
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AMT, CIM, IPS } from '@device-management-toolkit/wsman-messages'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { uriOf } from '../../electron/simulator/classes/kind.ts'
import { classNames, findClass } from '../../electron/simulator/classes.ts'
import { type Fleet, type PracticeDevice, startFleet } from '../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { textOf } from '../unit/simulator/ask.ts'

const isHere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
const haveCurl = isHere('curl')
const haveWsl = haveCurl && ['wslid', 'wslget', 'wslenum', 'uuidgen', 'xmllint'].every(isHere)
if (!haveWsl)
  console.info('wsl (Debian: wsl curl uuid-runtime libxml2-utils) is not here: the simulator is not tried with it.')
if (!haveCurl) console.info('curl is not here: the simulator is not tried with it.')

const amtVersion = '16.1.25.2124'
let fleet: Fleet
let plain: PracticeDevice
let secure: PracticeDevice
const folder = mkdtempSync(join(tmpdir(), 'amt-proven-'))

beforeAll(async () => {
  const computers = [
    { ...practiceComputer(0, 'healthy'), amtVersion: '15.0.23.1706' },
    practiceComputer(10, 'tls-only')
  ]
  fleet = await startFleet({ computers, clock: systemClock, random: (n) => randomBytes(n) })
  const [first, second] = fleet.devices
  if (!first || !second) throw new Error('the fleet is empty')
  plain = first
  secure = second
})

afterAll(async () => {
  await fleet.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a program to its end; what it says, and whether it was content. */
async function run(
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string; readonly cwd?: string } = {}
): Promise<{ readonly text: string; readonly status: number | null }> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], env: options.env, cwd: options.cwd })
  child.stdin.end(options.input ?? '')
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const parts: Buffer[] = []
  for await (const part of child.stdout as AsyncIterable<Buffer>) parts.push(part)
  return { text: Buffer.concat(parts).toString(), status: await ended }
}

/** Does the same to all of them, four at a time. */
async function each<T>(all: readonly T[], work: (one: T, lane: number) => Promise<void>): Promise<void> {
  const left = [...all]
  const lane = async (n: number): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next, n)
  }
  await Promise.all([0, 1, 2, 3].map(lane))
}

describe("Debian's wsl", () => {
  // It keeps its files where it stands and takes digest from curl's own settings.
  writeFileSync(join(folder, '.curlrc'), 'digest\n')
  const wsl = (program: string, args: readonly string[], lane = 0) => {
    const { host, port, username, password } = plain
    const own = { WSNOSSL: 'true', WSENDPOINT: `${host}:${port}`, WSUSER: username, WSPASS: password, WSDONTASK: 'y' }
    const env = { PATH: process.env.PATH, HOME: folder, OUTPREFIX: folder, RTFILEPREFIX: `lane${lane}`, ...own }
    return run(program, args, { env, cwd: folder })
  }

  it.runIf(haveWsl)('identifies the device', async () => {
    const { text, status } = await wsl('wslid', ['check'])
    expect([status, textOf(text, 'ProductVersion')]).toEqual([0, 'AMT 15.0.23'])
  })

  it.runIf(haveWsl)(
    'enumerates every class, and gets every instance that has a name',
    { timeout: 120_000 },
    async () => {
      const found = classNames(plain.amtVersion)
      const seen: string[] = []
      await each(found, async (className, lane) => {
        const uri = uriOf(className)
        const { text } = await wsl('wslenum', [uri, '-o', '999'], lane)
        expect(text, className).toContain('EndOfSequence')
        const instances = findClass(plain.state(), uri)?.of.instances(plain.state()) ?? []
        for (const instance of instances) {
          expect(text, className).toContain(`:${className}>`)
          const key = ['InstanceID', 'Name', 'DeviceID', 'Tag', 'ElementName'].find((name) => instance[name])
          if (key === undefined || instances.filter((other) => other[key] === instance[key]).length > 1) continue
          const got = await wsl('wslget', [uri, `${key}=${instance[key]}`], lane)
          // Its own exit code says that the answer holds the property asked for.
          expect([got.status, got.text.includes(`:${className}>`)], className).toEqual([0, true])
        }
        seen.push(className)
      })
      expect(seen).toHaveLength(found.length)
      expect(plain.state().changes).toEqual({})
    }
  )
})

interface Readable {
  readonly Get: () => string
  readonly Enumerate: () => string
  readonly Pull: (context: string) => string
}

const isReadable = (value: unknown): value is Readable =>
  typeof value === 'object' && value !== null && ['Get', 'Enumerate', 'Pull'].every((name) => name in value)

/** Every class the library can write messages for. */
const readable: readonly (readonly [string, Readable])[] = [new AMT.Messages(), new IPS.Messages(), new CIM.Messages()]
  .flatMap((messages) => Object.entries(messages))
  .filter((entry): entry is [string, Readable] => isReadable(entry[1]))

describe('curl --digest with wsman-messages', () => {
  const curl = async (device: PracticeDevice, envelope: string): Promise<string> => {
    const url = `${device.tls ? 'https' : 'http'}://${device.host}:${device.port}/wsman`
    // The password goes in by stdin, so that it is in no list of processes.
    const input = `user = "${device.username}:${device.password}"`
    return (await run('curl', ['-sk', '--digest', '-K', '-', '--data-binary', envelope, url], { input })).text
  }

  it.runIf(haveCurl)('reads every class the library knows, over HTTP and TLS', { timeout: 120_000 }, async () => {
    expect(readable.length).toBeGreaterThan(55)
    expect(secure.amtVersion).toBe(amtVersion)
    await each(readable, async ([name, messages]) => {
      const className = /<w:ResourceURI>[^<]*\/(\w+)</.exec(messages.Enumerate())?.[1] ?? ''
      const of = findClass(secure.state(), uriOf(className))
      const device = findClass(plain.state(), uriOf(className)) ? plain : secure
      const context = textOf(await curl(device, messages.Enumerate()), 'EnumerationContext')
      expect(context, name).toMatch(/^[0-9A-F]{8}-0000-0000-0000-000000000000$/)
      const pulled = await curl(device, messages.Pull(context ?? ''))
      expect(pulled, name).toContain('<g:EndOfSequence></g:EndOfSequence>')
      const isSingle = of?.of.instances(secure.state()).length === 1
      expect((await curl(secure, messages.Get())).includes(`<g:${of?.className}>`), name).toBe(isSingle)
    })
  })
})
