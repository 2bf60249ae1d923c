// Headless: arguments → core → lines or JSON → exit code. The same core as the window, on plain Node or in the packaged program.
// A command is loaded when it is called: asking one device must work where the database does not.
import { join, resolve } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { addWsman } from './cli/wsman.ts'
import { defaultFolder } from './folder.ts'
import { versionWords } from './version.ts'

/** 0 as expected, 1 not so, 2 wrong use. */
export type ExitCode = 0 | 1 | 2

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
    .description('takes the computers of a list over, on the practice fleet')
    .argument('<file>', 'list of computers, as the wizard takes it')
    .option('--practice', 'pretend devices on this computer only')
    .option('--fleet <file>', 'practice devices that run already: the lines of "npm run simulate -- --json"')
    .option('--json', 'one line of JSON for each event')
    .addOption(data)
    .action(async (file: string, options: { practice?: true; fleet?: string; json?: true; data: string }) => {
      const { runImport } = await import('./cli/run.ts')
      const { practice = false, json = false, fleet } = options
      end(await runImport({ file: resolve(file), practice, json, fleet, folder: resolve(options.data), version }))
    })

  program
    .command('import')
    .description('shows what the wizard would make of a list: columns, rows, problems; changes nothing')
    .argument('<file>', 'list of computers')
    .option('--json', 'as JSON')
    .action(async (file: string, options: { json?: true }) => {
      const { showImport } = await import('./cli/import.ts')
      end(await showImport(resolve(file), options.json ?? false))
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
