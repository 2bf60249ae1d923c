// The program behind `npm run simulate`: a practice fleet on loopback until it is interrupted.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { systemClock } from '../clock.ts'
import { setupPki } from './certificate.ts'
import { type Faults, faultSwitches, readFault } from './faults.ts'
import { type PracticeDevice, startFleet } from './fleet.ts'
import { generationNamed, generationNames } from './generations.ts'
import { type Personality, personalities, personalityNames } from './personalities.ts'
import { rootOf } from './pki.ts'
import { practiceComputer } from './practice.ts'
import type { PracticeComputer, Setup } from './state.ts'

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
    return value
  }

function fault(text: string, before: Partial<Faults>): Partial<Faults> {
  const change = readFault(text)
  if (!change) throw new InvalidArgumentError(`Say one of ${Object.keys(faultSwitches).join(', ')}, some with =VALUE.`)
  return { ...before, ...change }
}

function hostAndPort(text: string): { host: string; port: number } {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? []
  if (host === '' || Number(port) < 1 || Number(port) > 65_535)
    throw new InvalidArgumentError('It must be a host and a port, as in 127.0.0.1:9971.')
  return { host, port: Number(port) }
}

/** A root by its thumbprint, or by a file with its certificate. */
function root(text: string, before: readonly string[]): readonly string[] {
  if (/^([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96})$/i.test(text)) return [...before, text.toLowerCase()]
  try {
    const found = rootOf(readFileSync(text))
    if (found) return [...before, found]
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError('It must be a thumbprint in hex, or a file with a certificate.')
}

interface Options {
  readonly devices: number
  readonly personality?: Personality
  readonly generation?: string
  readonly port?: number
  readonly json?: true
  readonly fault: Partial<Faults>
  readonly latency?: number
  readonly unprovisioned?: true
  readonly hello?: { readonly host: string; readonly port: number }
  readonly root: readonly string[]
  readonly pki?: string
  readonly dnsSuffix: string
  readonly psk?: string
  readonly otp?: string
}

const faultList = Object.entries(faultSwitches)
  .map(
    ([name, { about, value }]) =>
      `  ${(name + (value ? '=VALUE' : '')).padEnd(26)}${about}${value ? ` (${value})` : ''}`
  )
  .join('\n')

const program = new Command('simulate')
  .description('Starts pretend AMT devices on this computer to practise and test with.')
  .option('-d, --devices <number>', 'how many devices', wholeNumber(1, 10_000), 30)
  .addOption(new Option('-p, --personality <name>', 'how all of them behave').choices(personalityNames))
  .addOption(new Option('-g, --generation <name>', 'the AMT generation of all of them').choices(generationNames))
  .option('--port <number>', 'the first port; any free ones when left out', wholeNumber(1, 65_535))
  .option('--fault <name[=value]>', 'turns a fault switch of all of them; may be repeated', fault, {})
  .option('--latency <ms>', 'waits before each answer', wholeNumber(0, 600_000))
  .option('--unprovisioned', 'devices nobody has set up: only their own host reaches them, as $$OsAdmin')
  .option(
    '--hello <host:port>',
    'with --unprovisioned: says hello there, from an own address with ports 16992 and 16993',
    hostAndPort
  )
  .option('--root <file or thumbprint>', 'a root their setup server may come from; may be repeated', root, [])
  .option('--pki <folder>', 'makes a root they trust and a provisioning certificate below it, and writes both there')
  .option('--dns-suffix <domain>', 'the domain their setup server must belong to', '')
  .option('--psk <PID:PPS>', 'sets up by PID and PPS (AMT up to 10)')
  .option('--otp <password>', 'the one-time password that an agent has given them')
  .option('--json', 'one line of JSON for each device')
  .addHelpText('after', `\nFault switches:\n${faultList}`)
  // Said explicitly: under Electron's Node commander would take the script's path for an argument.
  .parse(process.argv, { from: 'node' })

/** What a client needs to reach a device. The passwords are those of pretend devices. */
const asJson = (device: PracticeDevice): string => {
  const { name, fqdn, host, port, tls, uuid, mac, username, password, personality, amtVersion } = device
  const { provisioningState } = device.state()
  const found = { name, fqdn, host, port, tls, uuid, mac, user: username, password, personality, amtVersion }
  return JSON.stringify({ ...found, provisioningState })
}

const asText = (device: PracticeDevice): string => {
  const address = `${device.tls ? 'https' : 'http'}://${device.host}:${device.port}`.padEnd(25)
  return `${device.name}  ${address}  AMT ${device.amtVersion.padEnd(13)} ${personalities[device.personality].about}`
}

function setupOf({ unprovisioned, hello, dnsSuffix, psk, otp }: Options, roots: readonly string[]): Setup | undefined {
  if (!unprovisioned) return undefined
  const [pid = '', pps = ''] = (psk ?? '').replaceAll('-', '').split(':')
  return {
    by: hello || roots.length > 0 || pid !== '' ? 'remote' : 'local',
    roots,
    dnsSuffix,
    ...(pid !== '' && { psk: { pid, pps } }),
    ...(otp !== undefined && { otp })
  }
}

/** Writes root.pem, setup.pem (leaf first) and setup-key.pem for a setup server; gives the root's thumbprint. */
async function writePki(folder: string, domain: string): Promise<string> {
  const made = await setupPki(
    domain === '' ? 'practice.example' : domain,
    () => Date.now(),
    (n) => randomBytes(n)
  )
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'root.pem'), made.root)
  writeFileSync(join(folder, 'setup.pem'), made.chain)
  writeFileSync(join(folder, 'setup-key.pem'), made.key, { mode: 0o600 })
  return rootOf(Buffer.from(made.root)) ?? ''
}

function computerOf(n: number, options: Options, setup: Setup | undefined): PracticeComputer {
  // Every TLS library of today can present a certificate to this one; not so to generations that know only TLS 1.0 and 1.1.
  const wanted = options.generation ?? (setup && '15')
  const generation = wanted === undefined ? undefined : generationNamed(wanted)
  const isPlain = generation !== undefined || setup !== undefined
  const computer = practiceComputer(n, options.personality ?? (isPlain ? 'healthy' : undefined))
  return {
    ...computer,
    ...(generation && { amtVersion: generation.version }),
    ...(setup && { setup, username: setup.by === 'local' ? '$$OsAdmin' : 'admin' })
  }
}

async function main(options: Options): Promise<void> {
  const { devices, port, json, hello, latency, pki } = options
  const own = pki === undefined ? [] : [await writePki(pki, options.dnsSuffix)]
  const setup = setupOf(options, [...options.root, ...own])
  const fleet = await startFleet({
    computers: Array.from({ length: devices }, (_, n) => computerOf(n, options, setup)),
    clock: systemClock,
    random: (n) => randomBytes(n),
    // Setup servers exist that send passwords in hex; a device that waits for one takes both, unless told otherwise.
    faults: {
      ...(options.unprovisioned && { lenient: true }),
      ...options.fault,
      ...(latency !== undefined && { latencyMs: latency })
    },
    onLenient: (device) =>
      process.stderr.write(`${device.name}: a password came as 32 hex digits; AMT documents base64 of 16 bytes.\n`),
    ...(port !== undefined && { firstPort: port }),
    ...(hello && { hello, ownAddresses: 1 })
  })
  if (hello && setup?.roots?.length === 0 && !setup.psk)
    process.stderr.write('No setup server is trusted yet: say --root FILE, or let --pki FOLDER make a certificate.\n')
  const stop = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  process.stdout.write(fleet.devices.map((device) => `${json ? asJson(device) : asText(device)}\n`).join(''))
  if (!json) process.stdout.write(`${devices} practice devices are running. Press Ctrl+C to stop them.\n`)
  await stop
  await fleet.close()
}

main(program.opts<Options>()).catch((reason: unknown) => {
  const detail = reason instanceof Error ? reason.message : String(reason)
  process.stderr.write(`The practice devices could not be started: ${detail}\n`)
  process.exitCode = 1
})
