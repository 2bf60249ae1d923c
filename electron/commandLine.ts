// Headless: arguments → core → lines or JSON → exit code. The same core as the window, on plain Node or in the packaged program.
// A command is loaded when it is called: asking one device must work where the database does not.
import { join, resolve } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { openAsking } from './cli/ask.ts'
import type { ExitCode } from './cli/exit.ts'
import { addWsman } from './cli/wsman.ts'
import { defaultFolder } from './folder.ts'
import { versionWords } from './version.ts'

interface DataOptions {
  readonly data: string
  readonly json?: boolean
  readonly cause?: string
  readonly failedRows?: true
  readonly out?: string
}

interface RunOptions extends DataOptions {
  readonly practice?: true
  readonly fleet?: string
  readonly account?: readonly string[]
  readonly collection: string
  readonly yes?: true
}

const version = versionWords(join(import.meta.dirname, '..'))

const data = new Option('--data <folder>', 'everything a run writes goes there').default(
  defaultFolder(process.env, process.platform),
  'the folder of the window'
)

/** The commands; `end` hears the exit code of the one that ran. */
function commands(end: (code: ExitCode) => void): Command {
  const program = new Command('amt-migrate')
    .description('Takes Intel AMT computers over from another management solution.')
    .version(version)
    .exitOverride()
  program
    .command('run')
    .description('takes the computers of a list over; goes on with the import of that list if one was interrupted')
    .argument('<file>', 'list of computers, as the wizard takes it')
    .option('--practice', 'pretend devices on this computer only')
    .option('--fleet <file>', 'practice devices that run already: the lines of "npm run simulate -- --json"')
    .option(
      '--account <name...>',
      'accounts to try, in this order; each password is asked for, or read from standard input'
    )
    .option('--collection <name>', 'the collection the computers shall join', '')
    .option('--yes', 'start without asking')
    .option('--json', 'one line of JSON for each event')
    .addOption(data)
    .action(async (file: string, options: RunOptions) => {
      const { runImport } = await import('./cli/run.ts')
      const { practice = false, json = false, yes = false, fleet, account = [], collection } = options
      const asking = openAsking(process.stdin, process.stderr)
      const folder = resolve(options.data)
      const args = { file: resolve(file), practice, json, yes, fleet, accounts: account, collection, asking }
      end(await runImport({ ...args, folder, version }).finally(asking.close))
    })

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
    .option('--json', 'one line of JSON for each event')
    .addOption(data)
    .action(async (name: string | undefined, { json = false, cause, ...options }: DataOptions) => {
      const { retryImport } = await import('./cli/imports.ts')
      end(await retryImport({ name, cause, json, folder: resolve(options.data), version }))
    })

  program
    .command('report')
    .description('the report of an import, or its failed rows as a list')
    .argument('[import]', 'the beginning of its id; without it, the latest')
    .option('--failed-rows', 'the computers that were not taken over, as a list that can be imported again')
    .option('--out <file>', 'into this file instead of standard output')
    .option('--json', 'says as JSON where it was saved')
    .addOption(data)
    .action(async (name: string | undefined, { json = false, failedRows, out, ...options }: DataOptions) => {
      const { writeReport } = await import('./cli/imports.ts')
      const kind = failedRows ? 'failedRows' : 'report'
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

  program
    .command('audit')
    .description('the audit log')
    .command('verify')
    .description('says whether every entry is what was written, and none is missing')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (options: { json?: true; data: string }) => {
      const { verifyAudit } = await import('./cli/audit.ts')
      end(verifyAudit(resolve(options.data), options.json ?? false))
    })

  program
    .command('store')
    .description('the data folder')
    .command('recover')
    .description('moves what can still be read of a damaged data folder into a new one, and keeps the damaged files')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (options: { json?: true; data: string }) => {
      const { recoverStore } = await import('./cli/store.ts')
      end(recoverStore(resolve(options.data), options.json ?? false))
    })

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
