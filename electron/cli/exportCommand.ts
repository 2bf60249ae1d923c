// The words of `amt-migrate export`; its work is loaded when it is called.
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { exportChoiceSchema, exportTargets } from '../../shared/exporting.ts'
import type { ExitCode } from './exit.ts'

interface ExportOptions {
  readonly data: string
  readonly json?: boolean
  readonly to?: string
  readonly out?: string
  readonly result?: string
  readonly all?: true
  readonly passwords?: true
  readonly encoding: string
  readonly passwordText: string
  readonly siteServer: string
  readonly siteCode: string
  readonly collection?: string
}

const encodings = exportChoiceSchema.shape.encoding.options
const passwordTexts = exportChoiceSchema.shape.passwordText.options

export function addExport(
  program: Command,
  end: (code: ExitCode) => void,
  { version, data }: { readonly version: string; readonly data: Option }
): void {
  program
    .command('export')
    .description('the computers of an import for another manager, or what its script wrote down of them')
    .argument('[import]', 'the beginning of its id; without it, the latest')
    .addOption(new Option('--to <manager>', 'for which manager').choices([...exportTargets]))
    .option('--out <file>', 'the file to write')
    .option('--result <file>', 'reads the result file of the script instead')
    .option('--all', 'every computer of the import, not only those that are done')
    .option('--passwords', 'with passwords, where the file can hold them; on record in the audit log')
    .addOption(new Option('--encoding <name>', 'of the six columns').choices(encodings).default(encodings[0]))
    .addOption(
      new Option('--password-text <name>', 'the text under the Base64').choices(passwordTexts).default(passwordTexts[0])
    )
    .option('--site-server <name>', 'for the scripts; without it they ask', '')
    .option('--site-code <code>', 'three letters or digits, for the scripts', '')
    .option('--collection <name>', 'the collection they join; without it, that of the import')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (name: string | undefined, options: ExportOptions) => {
      const { exportImport, readResult } = await import('./export.ts')
      const { json = false, result, to, out, all, passwords = false, collection, ...rest } = options
      const args = { name, json, folder: resolve(options.data), version }
      if (result !== undefined) return end(await readResult({ ...args, file: resolve(result) }))
      const { encoding, passwordText, siteServer, siteCode } = rest
      const chosen = { to, which: all ? 'all' : 'done', passwords, encoding, passwordText, siteServer, siteCode }
      const choice = exportChoiceSchema.omit({ collection: true }).safeParse(chosen)
      if (!choice.success || out === undefined)
        return program.error('Say --to and --out, or --result; a site code has three letters or digits.', {
          exitCode: 2
        })
      end(await exportImport({ ...args, choice: { ...choice.data, collection }, out: resolve(out) }))
    })
}
