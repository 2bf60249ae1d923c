// Headless: arguments → core → lines or JSON → exit code. The same core as the window, on plain Node or in the packaged program.
// A command is loaded when it is called: asking one device must work where the database does not.
import { join, resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { helloPort } from '../shared/contract/outOfBand.ts'
import { problem } from '../shared/problem.ts'
import { type UsbVersion, usbVersions } from '../shared/usbKey.ts'
import { openAsking } from './cli/ask.ts'
import { addDiscover } from './cli/discoverCommand.ts'
import { addEvidence } from './cli/evidence.ts'
import type { ExitCode } from './cli/exit.ts'
import { addExport } from './cli/exportCommand.ts'
import { addPacks } from './cli/packCommands.ts'
import type { SecretSources } from './cli/secrets.ts'
import { addStore } from './cli/storeCommands.ts'
import { addWsman } from './cli/wsman.ts'
import { defaultFolder } from './folder.ts'
import { versionWords } from './version.ts'

interface DataOptions {
  readonly data: string
  readonly json?: boolean
  readonly failedRows?: true
  readonly out?: string
  readonly format?: 'html' | 'csv' | 'json' | 'pdf'
}

interface RetryOptions extends DataOptions {
  readonly cause?: string
  readonly computer?: readonly string[]
  readonly beyondPlaces?: true
  readonly watch?: boolean
}

interface ListOptions extends DataOptions {
  readonly practice?: boolean
  readonly account?: readonly string[]
  readonly profile?: string
}

interface DeviceOptions extends ListOptions {
  readonly fleet?: string
  readonly secretsFd?: number
}

interface RunOptions extends DeviceOptions {
  readonly collection: string
  readonly yes?: boolean
  readonly watch?: number | false
}

interface ListenOptions extends DataOptions {
  readonly address: string
  readonly port: number
  readonly for?: number
  readonly practice?: true
}

const numberFrom =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  }

const minutes = (text: string): number => {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= 1440) return value
  throw new InvalidArgumentError('It must be a number of minutes from 0 to 1440.')
}

const root = join(import.meta.dirname, '..')
const version = versionWords(root)

const data = new Option('--data <folder>', 'everything a run writes goes there').default(
  defaultFolder(process.env, process.platform),
  'the folder of the window'
)

const secretsFd = new Option(
  '--secrets-fd <number>',
  'descriptor with lines NAME=VALUE or JSON; else they come from standard input, the keychain or the terminal'
).argParser((text) => {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number === 1 || number === 2)
    throw new InvalidArgumentError('0, or the number of a descriptor from 3 on, is expected.')
  return number
})

/** Where secrets come from: nobody is asked where standard input is no terminal. */
function sourcesOf(descriptor: number | undefined): SecretSources & { readonly close: () => void } {
  const asking = process.stdin.isTTY ? openAsking(process.stdin, process.stderr) : undefined
  return { terminal: asking, descriptor, input: process.stdin, close: () => asking?.close() }
}

const listArguments = (file: string, { practice = false, account = [], profile, json = false, data }: ListOptions) => ({
  ...{ file: resolve(file), practice, accounts: account, profile, json, version },
  folder: resolve(data)
})

const listCommand = (program: Command, name: string, about: string): Command =>
  program
    .command(name)
    .description(about)
    .argument('<file>', 'list of computers, as the wizard takes it')
    .option('--practice', 'pretend devices on this computer only')
    .option('--account <name...>', 'accounts to try, in this order; their passwords are secrets account:NAME')
    .option('--profile <file|name>', 'exported profile, or name of a saved or ready one; else the take-over alone')
    .addOption(data)

const deviceCommand = (program: Command, name: string, about: string): Command =>
  listCommand(program, name, about)
    .option('--fleet <file>', 'practice devices that run already: the lines of "npm run simulate -- --json"')
    .addOption(secretsFd)
    .option('--json', 'one line of JSON for each event')

/** What is done with a list of computers. */
function addLists(program: Command, end: (code: ExitCode) => void): void {
  listCommand(program, 'plan', 'shows what "run" would do with a list; touches no device')
    .option('--json', 'as JSON')
    .action(async (file: string, options: ListOptions) => {
      const { showPlan } = await import('./cli/plan.ts')
      end(await showPlan(listArguments(file, options)))
    })
  deviceCommand(program, 'check', 'reads the computers of a list and says what would change; changes nothing').action(
    async (file: string, { fleet, secretsFd: descriptor, ...options }: DeviceOptions) => {
      const { runCheck } = await import('./cli/check.ts')
      const sources = sourcesOf(descriptor)
      end(await runCheck({ ...listArguments(file, options), fleet, sources }).finally(sources.close))
    }
  )
  deviceCommand(
    program,
    'run',
    'takes the computers of a list over; goes on with the import of that list if one was interrupted'
  )
    .option('--collection <name>', 'the collection the computers shall join', '')
    .option('--yes', 'start without asking')
    .option('--watch <minutes>', 'looks at each again for so long after it is done, and stays until then', minutes)
    .option('--no-watch', 'ends when the work is done; "watch" or the window looks at them again')
    .action(
      async (
        file: string,
        { fleet, secretsFd: descriptor, collection, yes = false, watch, ...options }: RunOptions
      ) => {
        const { runImport } = await import('./cli/run.ts')
        const sources = sourcesOf(descriptor)
        const args = { ...listArguments(file, options), fleet, sources, collection, yes, watch }
        end(await runImport(args).finally(sources.close))
      }
    )
}

/** Secrets that the keychain keeps for later commands. */
function addSecrets(program: Command, end: (code: ExitCode) => void): Command {
  const secret = program
    .command('secret')
    .description('secrets: kept in the keychain for "run" and "check", or taken out of it on purpose')
  const command = (name: string, about: string): Command =>
    secret
      .command(name)
      .description(about)
      .argument('<name>', 'as "plan" lists it, like account:admin')
      .option('--json', 'as JSON')
      .addOption(data)
  command('keep', 'asks for it, or takes it from its line NAME=VALUE')
    .addOption(secretsFd)
    .action(async (name: string, { json = false, secretsFd: descriptor, ...options }: DeviceOptions) => {
      const { keepSecret } = await import('./cli/secret.ts')
      const sources = sourcesOf(descriptor)
      const args = { name, sources, json, folder: resolve(options.data), version }
      end(await keepSecret(args).finally(sources.close))
    })
  command('forget', 'takes it out of the keychain').action(
    async (name: string, { json = false, ...options }: DataOptions) => {
      const { forgetSecret } = await import('./cli/secret.ts')
      end(await forgetSecret({ name, json, folder: resolve(options.data), version }))
    }
  )
  return secret
}

/** A number of computers on the command line. */
const upTo1000 = (text: string): number => {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 1000) throw new InvalidArgumentError('1 to 1000.')
  return count
}

interface UsbOptions extends Omit<DataOptions, 'format'> {
  readonly computers?: number
  readonly certificate?: true
  readonly suffix: string
  readonly server: string
  readonly format?: UsbVersion
  readonly yes?: true
}

function addUsbKey(setUp: Command, end: (code: ExitCode) => void): void {
  setUp
    .command('usb-key')
    .description('writes setup.bin for a USB key with passwords in clear, after a yes; passwords are asked for')
    .argument('<file>', 'a file that does not exist yet')
    .option('--computers <count>', 'so many new pairs of PID and PPS; else all that are kept', upTo1000)
    .option('--certificate', 'no pairs: one record for all computers, which are set up by certificate')
    .option('--suffix <domain>', 'with --certificate: the PKI DNS suffix', '')
    .option('--server <name>', 'with --certificate: the FQDN of this setup server', '')
    .addOption(new Option('--format <version>', 'of the file').choices(usbVersions))
    .option('--yes', 'without asking')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (file: string, options: UsbOptions) => {
      const { makeUsbKey } = await import('./cli/setUp.ts')
      const asking = openAsking(process.stdin, process.stderr)
      const {
        data: folder,
        json = false,
        certificate = false,
        yes = false,
        computers,
        suffix,
        server,
        format
      } = options
      const common = { folder: resolve(folder), json, version, file: resolve(file), asking }
      const given = { ...(computers !== undefined && { computers }), ...(format !== undefined && { format }) }
      end(await makeUsbKey({ ...common, ...given, certificate, suffix, server, yes }).finally(asking.close))
    })
}

/** What computers are set up with. */
function addSetUp(program: Command, end: (code: ExitCode) => void): void {
  const setUp = program.command('setup').description('what computers that nobody has set up are set up with')
  const asJson = '--json'
  const common = ({ data: folder, json = false }: DataOptions) => ({ folder: resolve(folder), json, version })
  setUp
    .command('certificate')
    .description('imports a provisioning certificate and says what is to be known of it; its password is asked for')
    .argument('<file>', 'PFX, or PEM with certificate, key and the certificates above it')
    .option(asJson, 'as JSON')
    .addOption(data)
    .action(async (file: string, options: DataOptions) => {
      const { importCertificate } = await import('./cli/setUp.ts')
      const asking = openAsking(process.stdin, process.stderr)
      end(await importCertificate({ ...common(options), file: resolve(file), asking }).finally(asking.close))
    })
  addUsbKey(setUp, end)
  const psk = setUp.command('psk').description('pairs of PID and PPS, for AMT up to version 10')
  psk
    .command('import')
    .description('takes a list of pairs into the keychain')
    .argument('<file>', 'one pair a line, or a setup.bin')
    .option(asJson, 'as JSON')
    .addOption(data)
    .action(async (file: string, options: DataOptions) => {
      const { importPairs } = await import('./cli/setUp.ts')
      end(await importPairs({ ...common(options), file: resolve(file) }))
    })
  psk
    .command('generate')
    .description('makes new pairs; only their PIDs are told')
    .argument('<count>', 'how many, 1 to 1000', upTo1000)
    .option(asJson, 'as JSON')
    .addOption(data)
    .action(async (count: number, options: DataOptions) => {
      const { generatePairs } = await import('./cli/setUp.ts')
      end(await generatePairs({ ...common(options), count }))
    })
  psk
    .command('export')
    .description('writes every pair in clear into a new file, after a yes')
    .argument('<file>', 'a file that does not exist yet')
    .option('--yes', 'without asking')
    .option(asJson, 'as JSON')
    .addOption(data)
    .action(async (file: string, options: DataOptions & { readonly yes?: true }) => {
      const { exportPairs } = await import('./cli/setUp.ts')
      const asking = openAsking(process.stdin, process.stderr)
      const { yes = false } = options
      end(await exportPairs({ ...common(options), file: resolve(file), yes, asking }).finally(asking.close))
    })
}

/** The commands; `end` hears the exit code of the one that ran. */
function commands(end: (code: ExitCode) => void): Command {
  const program = new Command('amt-migrate')
    .description('Takes Intel AMT computers over from another management solution.')
    .version(version)
    .exitOverride()
  addLists(program, end)
  program
    .command('status')
    .description('what became of the imports; with a name, of each computer of one')
    .argument('[import]', 'the beginning of its id; without it, all of them')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (name: string | undefined, { json = false, ...options }: DataOptions) => {
      const { showStatus } = await import('./cli/imports.ts')
      end(await showStatus({ name, json, folder: resolve(options.data), version }))
    })

  program
    .command('retry')
    .description('tries again what needs a person or was stopped')
    .argument('[import]', 'the beginning of its id; without it, the latest')
    .option('--cause <code>', 'only the computers with this problem, as "status --json" names it')
    .option('--computer <name...>', 'only the computers of these names')
    .option(
      '--beyond-places',
      'also tries more certificates than are believed to fit, where only that stands in the way'
    )
    .option('--watch', 'stays while those that are done are looked at again, also in practice')
    .option('--no-watch', 'ends when the work is done')
    .option('--json', 'one line of JSON for each event')
    .addOption(data)
    .action(async (name: string | undefined, options: RetryOptions) => {
      const { retryImport } = await import('./cli/imports.ts')
      const { json = false, cause, computer: computers, beyondPlaces = false, watch } = options
      const folder = resolve(options.data)
      end(await retryImport({ name, cause, computers, beyondPlaces, watch, json, folder, version }))
    })

  program
    .command('watch')
    .description('goes on looking at computers that are done, where a run was left; begins no other work')
    .argument('[import]', 'the beginning of its id; without it, the newest with such computers')
    .option('--json', 'one line of JSON for each event')
    .addOption(data)
    .action(async (name: string | undefined, { json = false, ...options }: DataOptions) => {
      const { watchImport } = await import('./cli/watch.ts')
      end(await watchImport({ name, json, folder: resolve(options.data), version }))
    })

  program
    .command('report')
    .description('the report of an import, or its failed rows as a list')
    .argument('[import]', 'the beginning of its id; without it, the latest')
    .addOption(
      new Option('--format <format>', 'how the report is written; a PDF needs the window')
        .choices(['html', 'csv', 'json', 'pdf'])
        .default('html')
    )
    .option('--failed-rows', 'the computers that were not taken over, as a list that can be imported again')
    .option('--out <file>', 'into this file instead of standard output')
    .option('--json', 'as JSON: where it was saved, or its text')
    .addOption(data)
    .action(async (name: string | undefined, { json = false, failedRows, out, format, ...options }: DataOptions) => {
      const { writeReport } = await import('./cli/imports.ts')
      if (format === 'pdf' && !failedRows) {
        const { told } = await import('./cli/opened.ts')
        end(told(problem('pdf-needs-window'), json))
        return
      }
      const kind = failedRows ? 'failedRows' : format === 'csv' || format === 'json' ? format : 'report'
      end(await writeReport({ name, kind, out, json, folder: resolve(options.data), version }))
    })

  program
    .command('import')
    .description('shows what the wizard would make of a list: columns, rows, problems; changes nothing')
    .argument('<file>', 'list of computers')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (file: string, options: DataOptions) => {
      const { showImport } = await import('./cli/import.ts')
      end(await showImport(resolve(file), resolve(options.data), options.json ?? false))
    })

  addStore(program, data, root, end)

  program
    .command('listen')
    .description('listens for hello messages of computers that wait for their setup, and says who calls')
    .option('--address <address>', 'an address of this computer; all of them when left out', '')
    .option('--port <number>', 'the port', numberFrom(1, 65_535), helloPort)
    .option('--for <seconds>', 'ends by itself after so long', numberFrom(1, 2_000_000))
    .option('--practice', 'pretend computers on this computer call, and nobody else can')
    .option('--json', 'one line of JSON for each call')
    .addOption(data)
    .addHelpText('after', '\nExit code 0 when somebody called, 1 when nobody did or the port could not be had.')
    .action(async (options: ListenOptions) => {
      const { listen } = await import('./cli/listen.ts')
      const { address, port, for: seconds, practice = false, json = false } = options
      end(await listen({ address, port, seconds, practice, json, folder: resolve(options.data), version }))
    })

  addDiscover(program, end)
  addExport(program, end, { version, data })
  const secret = addSecrets(program, end)
  addEvidence(program, { data, version, resources: join(import.meta.dirname, '../resources'), secret }, end)
  addPacks(program, data, version, end)
  addSetUp(program, end)
  addWsman(program, end)
  return program
}

/** Runs one command: `args` without the program's own name. Wrong use is told by the commands themselves. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0
  try {
    await commands((found) => {
      code = found
    }).parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    // Help and version end this way too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return 1
  }
}
