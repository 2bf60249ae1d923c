// The words of `amt-migrate store …` and `amt-migrate update …`: the data folder, and the program itself.
import { resolve } from 'node:path'
import type { Command, Option } from 'commander'
import { updateFacts } from '../version.ts'
import { openAsking } from './ask.ts'
import type { ExitCode } from './exit.ts'

interface Options {
  readonly data: string
  readonly json?: boolean
  readonly yes?: boolean
  readonly withPasswords?: boolean
  readonly withUnproved?: boolean
  readonly older?: boolean
}

/** Adds the commands; `end` hears the exit code of the one that ran. `root` is the folder of package.json. */
export function addStore(program: Command, data: Option, root: string, end: (code: ExitCode) => void): void {
  const about = ({ data: folder, json = false }: Options) => ({ folder: resolve(folder), json })
  const store = program.command('store').description('the data folder: what is in it, mending and removing it')
  store
    .command('show')
    .description('says what is kept on this computer and where; changes nothing')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (options: Options) => end(await (await import('./removal.ts')).showKept(about(options))))
  store
    .command('recover')
    .description('moves what can still be read of a damaged data folder into a new one, and keeps the damaged files')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (options: Options) => {
      const { recoverStore } = await import('./store.ts')
      const { folder, json } = about(options)
      end(recoverStore(folder, json))
    })
  store
    .command('remove')
    .description('removes the data folder’s files and its entries in the keychain, after the typed word "remove"')
    .option('--yes', 'without asking')
    .option('--with-passwords', 'also when passwords of computers are kept nowhere else')
    .option('--with-unproved', 'also when no login has proved yet which password a computer has')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async ({ yes = false, withPasswords, withUnproved, ...options }: Options) => {
      const { removeKept } = await import('./removal.ts')
      const asking = yes ? undefined : openAsking(process.stdin, process.stderr)
      const accepted = withUnproved ? 'unproved' : withPasswords ? 'passwords' : 'nothing'
      const removing = removeKept({ ...about(options), accepted, yes, asking })
      end(await removing.finally(() => asking?.close()))
    })
  program
    .command('update')
    .description('checks an update file (signature, version, system, every byte) and puts a checked copy aside')
    .argument('<file>', 'the package, or its .amtupdate; both lie side by side')
    .option('--older', 'also when it is not newer than this version')
    .option('--json', 'as JSON')
    .addOption(data)
    .action(async (file: string, { older = false, ...options }: Options) => {
      const { checkUpdate } = await import('./update.ts')
      const { version, key } = updateFacts(root)
      const { platform, arch } = process
      const running = { version, platform, arch }
      end(await checkUpdate({ ...about(options), file: resolve(file), older, key, running }))
    })
}
