// `amt-migrate wsman`: what a technician asks one device, and what recorded answers say.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { type AnyClass, methodOf } from '../wsman/class.ts'
import { classes } from '../wsman/classes.ts'
import { type Device, openDevice } from '../wsman/client.ts'
import { decode, methodUnknown, showOutput } from '../wsman/decode.ts'
import { resourceUri } from '../wsman/envelope.ts'
import { atHost } from '../wsman/failure.ts'
import { lookAtAll, lookAtOne } from '../wsman/look.ts'
import { amtPorts, findEndpoint, type Reached } from '../wsman/reach.ts'
import { redactValue } from '../wsman/redact.ts'
import { type Selectors, writeShape } from '../wsman/schema.ts'
import { type Asking, openAsking } from './ask.ts'
import { plain, print, printJson, printProblem } from './words.ts'
import {
  inputsOf,
  type JsonObject,
  pair,
  parseObject,
  secretIn,
  selectorsOf,
  typedInputs,
  withSecrets
} from './wsmanInput.ts'

type Pairs = readonly (readonly [string, string])[]

interface Options {
  readonly user: string
  readonly port?: number
  /** Undefined: TLS first, then without. */
  readonly tls?: boolean
  readonly pin?: string
  readonly allowTls?: '1.1' | '1.0'
  readonly selector: Pairs
  readonly input: Pairs
  /** A file with the inputs as JSON; `-` takes them where secrets are taken. */
  readonly inputs?: string
  readonly yes?: boolean
  readonly json?: boolean
}

/** What is done with a device once it is found and logged in to; the value is for JSON. */
type Work = (device: Device, asking: Asking) => Promise<Result<unknown>>

/** Prints one line for each file. 1 if one was not understood; a fault that was understood is no reason. */
export async function decodeFiles(files: readonly string[]): Promise<0 | 1> {
  let code: 0 | 1 = 0
  for (const file of files) {
    const decoded = await decodeFile(file)
    if (!decoded.ok) code = 1
    printJson({ file: basename(file), ...(decoded.ok ? decoded.value : { problem: decoded.problem }) })
  }
  return code
}

async function decodeFile(file: string) {
  try {
    return decode(await readFile(file))
  } catch {
    return fail('file-gone', { found: basename(file) })
  }
}

/** A class by its name. One without a table can still be read, as text. */
const classOf = (name: string): Result<AnyClass> => {
  const found = classes.get(name)
  if (found !== undefined) return ok(found)
  return /^(?:AMT|IPS|CIM)_\w+$/.test(name)
    ? ok({ name, resource: resourceUri(name), table: { properties: {} } })
    : fail('class-unknown', { values: { class: plain(name) } })
}

const target = ({ resource }: AnyClass, selectors: Selectors | undefined) => ({ resource, selectors })

async function getOne(device: Device, one: AnyClass, options: Options) {
  const seen = await lookAtOne(device, target(one, selectorsOf(options.selector)))
  return seen.ok ? ok({ class: one.name, operation: 'Get', value: seen.value }) : seen
}

async function getAll(device: Device, one: AnyClass) {
  const seen = await lookAtAll(device, target(one, undefined))
  return seen.ok ? ok({ class: one.name, operation: 'Enumerate', value: { items: seen.value } }) : seen
}

/** Checks everything that can be checked before the device hears of it. */
async function prepareInvoke(name: string, options: Options): Promise<Result<Work>> {
  const [className = '', method = '', ...rest] = name.split('.')
  const one = classOf(className)
  if (!one.ok) return one
  const table = methodOf(one.value, method)
  if (table === undefined || rest.length > 0) return methodUnknown(one.value, method)
  if (!table.reads && !options.yes) return fail('invoke-needs-yes', { values: { method: name } })
  const shape = table.input ?? {}
  const typed = typedInputs(method, shape, options.input)
  if (!typed.ok) return typed
  const where = secretIn(typed.value)
  if (where) return fail('input-refused', { where, expected: 'secrets are asked for', values: { method } })
  const isLater = options.inputs === '-'
  const filed = isLater || options.inputs === undefined ? ok({}) : await inputsIn(options.inputs, method)
  if (!filed.ok) return filed
  const known = { ...filed.value, ...typed.value }
  // A blank stands in for what is asked for later.
  const early = isLater ? ok({}) : inputsOf(method, shape, await withSecrets(known, shape, async () => ' '))
  if (!early.ok) return early
  return ok(async (device, asking) => {
    const told = isLater ? readInputs(await asking.ask('Inputs as one line of JSON'), method) : ok({})
    if (!told.ok) return told
    const all = await withSecrets({ ...told.value, ...known }, shape, asking.ask)
    const inputs = inputsOf(method, shape, all)
    if (!inputs.ok) return inputs
    const at = target(one.value, selectorsOf(options.selector))
    const output = await device.invoke(at, method, writeShape(shape, inputs.value))
    const shown = output.ok ? showOutput(method, table, output.value) : output
    if (!shown.ok) return shown
    const { value, problem } = shown.value
    if (problem === undefined) return ok({ class: className, operation: method, value })
    return { ok: false, problem: device.explain(problem, at, method) }
  })
}

const readInputs = (text: string | undefined, method: string): Result<JsonObject> => {
  const inputs = parseObject(text ?? '')
  return inputs
    ? ok(inputs)
    : fail('input-refused', { where: '--inputs', expected: 'one JSON object', values: { method } })
}

async function inputsIn(file: string, method: string): Promise<Result<JsonObject>> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? fail('file-gone', { found: basename(file) }) : readInputs(text, method)
}

function portsOf({ port, tls }: Options) {
  const secure = tls ?? (port === undefined ? undefined : port !== amtPorts.plain)
  if (secure === undefined) return amtPorts
  return secure ? { tls: port ?? amtPorts.tls } : { plain: port ?? amtPorts.plain }
}

const find = (host: string, options: Options): Promise<Result<Reached>> =>
  findEndpoint(host, { pin: options.pin, ports: portsOf(options), tls: { allowTls: options.allowTls } })

async function identify(host: string, options: Options): Promise<0 | 1> {
  const found = await find(host, options)
  if (!found.ok) return say(found, options)
  const { endpoint, identity } = found.value
  const { deviceTime, ...rest } = identity
  const clock = deviceTime === undefined ? {} : { deviceTime: new Date(deviceTime).toISOString() }
  const value = { host, port: endpoint.port, ...rest, ...clock }
  noteCertificate(identity.fingerprint, options.pin !== undefined)
  return say(ok({ class: null, operation: 'Identify', value }), options)
}

/** Finds the device, asks for the password if it wants one, works, and says what came out. */
async function withDevice(host: string, options: Options, work: Work): Promise<0 | 1> {
  const found = await find(host, options)
  if (!found.ok) return say(found, options)
  const { endpoint, identity } = found.value
  noteCertificate(identity.fingerprint, options.pin !== undefined)
  const asking = openAsking(process.stdin, process.stderr)
  const username = options.user
  const password = identity.realm === undefined ? '' : await asking.ask(`Password of ${username} at ${host}`)
  if (password === undefined) {
    asking.close()
    return say(fail('login-needed'), options, host)
  }
  const credentials = identity.realm === undefined ? undefined : { username, password }
  const device = openDevice({ endpoint, credentials, tls: { allowTls: options.allowTls } })
  try {
    return say(await work(device, asking), options, host)
  } finally {
    asking.close()
    device.close()
  }
}

function noteCertificate(fingerprint: string | undefined, pinned: boolean): void {
  if (fingerprint === undefined) process.stderr.write('Connected without TLS.\n')
  else if (!pinned) process.stderr.write(`Certificate taken on trust; to insist on it: --pin ${fingerprint}\n`)
}

interface Said {
  readonly value: unknown
}

/** One line of JSON, or a line for each value; secrets struck out either way. */
function say(outcome: Result<unknown>, { json = false }: Options, host = ''): 0 | 1 {
  const result = host === '' ? outcome : atHost(host, outcome)
  if (!result.ok) {
    printProblem(result.problem, json)
    return 1
  }
  const shown = redactValue(result.value)
  if (json) printJson(shown)
  else for (const line of lines((shown as Said).value)) print(plain(line))
  return 0
}

function lines(value: unknown, indent = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${String(value ?? '')}`]
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null
      ? [`${indent}${name}:`, ...lines(inner, `${indent}  `)]
      : [`${indent}${name}: ${String(inner ?? '')}`]
  )
}

const collect = (text: string, before: Pairs): Pairs => {
  const found = pair(text)
  if (found === undefined) throw new InvalidArgumentError('NAME=VALUE is expected.')
  return [...before, found]
}

const portNumber = (text: string): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new InvalidArgumentError('1 to 65535 is expected.')
  return port
}

const fingerprint = (text: string): string => {
  const digits = text.replaceAll(':', '').toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(digits)) throw new InvalidArgumentError('A SHA-256 of 64 hexadecimal digits is expected.')
  return digits
}

/** Adds the commands to the program; `end` gets the exit code. */
export function addWsman(program: Command, end: (code: 0 | 1) => void): void {
  const wsman = program.command('wsman').description('asks one AMT device, or reads recorded answers')
  wsman
    .command('decode')
    .description('prints recorded answers (XML or raw HTTP) as typed JSON, one line for each file')
    .argument('<files...>')
    .action(async (files: string[]) => end(await decodeFiles(files)))

  const asking = (name: string, about: string) =>
    wsman
      .command(name)
      .description(about)
      .argument('<host>', 'address or name')
      .option('--port <number>', 'another port than 16993 or 16992', portNumber)
      .option('--tls', 'TLS only')
      .option('--no-tls', 'without TLS only')
      // Neither given: TLS is looked for first.
      .addOption(new Option('--pin <sha256>', 'the only certificate to accept').argParser(fingerprint))
      .addOption(new Option('--allow-tls <version>', 'also this old TLS, for this device').choices(['1.1', '1.0']))
      .option('--json', 'one line of JSON')
  const loggedIn = (name: string, about: string) =>
    asking(name, `${about}; asks for the password, or takes it from the first line of standard input`)
      .option('--user <name>', 'who logs in', 'admin')
      .option('--selector <key=value>', 'which instance; may be repeated', collect, [])

  asking('identify', 'who answers there; sends no password').action(async (host: string, options: Options) =>
    end(await identify(host, options))
  )
  for (const [name, about, read] of [
    ['get', 'reads one instance', getOne],
    ['enumerate', 'reads all instances', getAll]
  ] as const) {
    loggedIn(name, about)
      .argument('<class>', 'like AMT_GeneralSettings')
      .action(async (host: string, className: string, options: Options) => {
        const one = classOf(className)
        end(one.ok ? await withDevice(host, options, (device) => read(device, one.value, options)) : say(one, options))
      })
  }
  loggedIn('invoke', 'calls a method')
    .argument('<class.method>', 'like AMT_SetupAndConfigurationService.GetUuid')
    .option(
      '--input <name=value>',
      'an input, an instance as JSON; may be repeated; secrets are asked for',
      collect,
      []
    )
    .option('--inputs <file>', 'inputs as one JSON object, secrets among them; - takes it like a secret, on one line')
    .option('--yes', 'also a method that changes the device')
    .action(async (host: string, name: string, options: Options) => {
      const work = await prepareInvoke(name, options)
      end(work.ok ? await withDevice(host, options, work.value) : say(work, options))
    })
}
