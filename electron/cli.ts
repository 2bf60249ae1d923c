// Headless: arguments → core → lines or JSON → exit code. The same core as the window, on plain Node.
// A command is loaded when it is called: asking one device must work where the database does not.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { addWsman } from './cli/wsman.ts'
import { defaultFolder } from './folder.ts'

/** 0 as expected, 1 not so, 2 wrong use. */
type ExitCode = 0 | 1 | 2

const version = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string }
).version

const data = new Option('--data <folder>', 'everything a run writes goes there').default(
  defaultFolder(process.env, process.platform),
  'the folder of the window'
)

const end = (code: ExitCode): void => {
  process.exitCode = code
}

const program = new Command('amt-migrate')
  .description('Takes Intel AMT computers over from another management solution.')
  .version(version)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

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

// Somebody may stop reading before the end (`| head`): that is their right, and no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  end(1)
})
