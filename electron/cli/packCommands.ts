// The words of `amt-migrate pack …`.
import { resolve } from 'node:path'
import type { Command, Option } from 'commander'
import { openAsking } from './ask.ts'
import type { ExitCode } from './exit.ts'

interface Options {
  readonly data: string
  readonly json?: true
  readonly only?: readonly string[]
  readonly to?: string
  readonly passphraseSlot?: string
  readonly passphrase?: true
  readonly secrets?: boolean
  readonly trust?: string
}

/** Adds the commands; `end` hears the exit code of the one that ran. */
export function addPacks(program: Command, data: Option, version: string, end: (code: ExitCode) => void): void {
  const pack = program.command('pack').description('site packs: plans out to another laptop, results back in')
  const slot = [
    '--passphrase-slot <slot>',
    'the passphrase is in the keychain under this name; else it is asked for'
  ] as const

  function sub(name: string, about: string, work: (args: Parsed, options: Options) => Promise<ExitCode>) {
    return pack
      .command(name)
      .description(about)
      .argument('<file>', 'the .amtpack file')
      .option(...slot)
      .option('--json', 'as JSON')
      .addOption(data)
      .action(async (file: string, options: Options) => {
        const asking = openAsking(process.stdin, process.stderr)
        const { json = false, to, passphraseSlot: keychain } = options
        const args = { file: resolve(file), folder: resolve(options.data), version, json, to, keychain, asking }
        end(await work(args, options).finally(asking.close))
      })
  }

  sub('save', 'saves drafts with their computers, profiles and secrets', async (args, { only = [], secrets = true }) =>
    (await import('./packs.ts')).savePack({ ...args, names: only, secrets })
  )
    .option('--only <draft...>', 'beginnings of ids; without it, all drafts with computers')
    .option('--no-secrets', 'passwords and keys are typed anew on the other laptop')
    .option('--to <address>', 'locked to another installation instead of a passphrase')

  sub('show', 'says what is in a pack and who signed it; changes nothing', async (args) =>
    (await import('./packs.ts')).showPack(args)
  )

  sub('open', 'makes drafts of a site pack', async (args, { trust }) =>
    (await import('./packs.ts')).takePack({ ...args, kind: 'site', trust })
  ).option('--trust <fingerprint>', 'the fingerprint that the signer told you, for a signer not known here')

  sub(
    'return',
    'saves what became of plans that came in a site pack',
    async (args, { only = [], passphrase = false }) =>
      (await import('./packs.ts')).returnPack({ ...args, names: only, passphrase })
  )
    .option('--only <import...>', 'beginnings of ids; without it, all that came in a site pack')
    .option('--passphrase', 'locked by a passphrase instead of to the laptop the plan came from')
    .option('--to <address>', 'locked to another installation')

  sub('merge', 'takes a return pack in', async (args, { trust }) =>
    (await import('./packs.ts')).takePack({ ...args, kind: 'return', trust })
  ).option('--trust <fingerprint>', 'the fingerprint that the signer told you, for a signer not known here')
}

interface Parsed {
  readonly file: string
  readonly folder: string
  readonly version: string
  readonly json: boolean
  readonly to: string | undefined
  readonly keychain: string | undefined
  readonly asking: ReturnType<typeof openAsking>
}
