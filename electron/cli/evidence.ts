// The commands about evidence: audit, secrets that leave, and support. What they do is loaded when they are called.
import { join, resolve } from 'node:path'
import type { Command, Option } from 'commander'
import { openAsking } from './ask.ts'
import type { ExitCode } from './exit.ts'

interface DataOptions {
  readonly data: string
  readonly json?: boolean
}

interface EvidenceOptions {
  /** The option that names the data folder. */
  readonly data: Option
  readonly version: string
  /** The folder that holds the verifier. */
  readonly resources: string
  /** The command whose parts are about secrets. */
  readonly secret: Command
}

/** Adds them to the program. */
export function addEvidence(
  program: Command,
  { data, version, resources, secret }: EvidenceOptions,
  end: (code: ExitCode) => void
): void {
  const about = ({ data: folder, json = false }: DataOptions) => ({ folder: resolve(folder), json, version })
  const audit = program.command('audit').description('the audit log')
  audit
    .command('verify')
    .description('says whether every entry is what was written, and none is missing')
    .argument('[files...]', 'archives, which are verified together with the log; or an export, by itself')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (files: readonly string[], options: DataOptions) => {
      const { verify } = await import('./audit.ts')
      end(await verify(resolve(options.data), files, options.json ?? false))
    })
  audit
    .command('others')
    .description('what other laptops wrote, as it came in their return packs, and whether it is unaltered')
    .argument('[text]', 'only entries with it: a kind, a computer, a person', '')
    .option('--laptop <name>', 'only laptops whose name begins so')
    .option('--json', 'one line of JSON for each laptop and each entry')
    .addOption(data)
    .action(async (search: string, { laptop, ...options }: DataOptions & { laptop?: string }) => {
      const { showOthers } = await import('./others.ts')
      end(showOthers({ folder: resolve(options.data), json: options.json ?? false, search, laptop }))
    })
  audit
    .command('export')
    .description('every entry as JSON lines, signed by this installation')
    .requiredOption('--out <file>', 'into this new file')
    .option('--with-verifier', 'puts verify-audit.mjs beside it, which needs nothing but Node')
    .option('--json', 'says as JSON where it was saved')
    .addOption(data)
    .action(async ({ out, withVerifier, ...options }: DataOptions & { out: string; withVerifier?: true }) => {
      const { exportAudit } = await import('./audit.ts')
      end(await exportAudit({ ...about(options), out, verifier: withVerifier && join(resources, 'verify-audit.mjs') }))
    })
  audit
    .command('archive')
    .description('moves old entries into a signed file; the chain goes on from there')
    .requiredOption('--before <day>', 'entries from before this day (2026-01-31, local time)')
    .requiredOption('--out <file>', 'into this new file, which has to be kept')
    .option('--json', 'says as JSON what was moved')
    .addOption(data)
    .action(async ({ out, before, ...options }: DataOptions & { out: string; before: string }) => {
      const { archiveAudit } = await import('./audit.ts')
      end(await archiveAudit({ ...about(options), out, before }))
    })

  secret
    .command('export')
    .description('the passwords of an import in one encrypted file; asks for a passphrase')
    .argument('[import]', 'the beginning of its id; without it, the latest')
    .requiredOption('--out <file>', 'into this new file')
    .option('--json', 'says as JSON where it was saved')
    .addOption(data)
    .action(async (name: string | undefined, { out, ...options }: DataOptions & { out: string }) => {
      const { exportSecrets } = await import('./sheet.ts')
      const asking = openAsking(process.stdin, process.stderr)
      end(await exportSecrets({ ...about(options), name, out, asking }).finally(asking.close))
    })
  secret
    .command('open')
    .description('shows a file of "secret export" on the terminal, after asking')
    .argument('<file>', 'the encrypted file')
    .action(async (file: string) => {
      const { showSecrets } = await import('./sheet.ts')
      const asking = openAsking(process.stdin, process.stderr)
      const terminal = process.stdin.isTTY === true && process.stdout.isTTY === true
      end(await showSecrets({ file, asking, terminal }).finally(asking.close))
    })

  program
    .command('support')
    .description('logs, versions, settings and problems in one zip, for whoever helps; without a password')
    .argument('<file>', 'the zip to write')
    .option('--json', 'says as JSON where it was saved')
    .addOption(data)
    .action(async (file: string, options: DataOptions) => {
      const { saveSupport } = await import('./support.ts')
      end(await saveSupport({ ...about(options), file }))
    })
}
