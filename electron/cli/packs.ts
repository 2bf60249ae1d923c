// `amt-migrate pack save | show | open | return | merge`: site packs without a window; passphrases are asked for, never arguments.
import { open, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { PackContent, PackHead, PackLock } from '../../shared/contract/packs.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Core } from '../core.ts'
import { readSource } from '../intake/source.ts'
import { fromPacks } from '../packs/giveBack.ts'
import type { PackFile, ReturnLock } from '../packs/packs.ts'
import type { Vaults } from '../vault.ts'
import type { Asking } from './ask.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { count, plain, print, printJson } from './words.ts'

export interface PackArguments extends CoreArguments {
  readonly file: string
  readonly asking: Asking
  /** Locked to another installation instead of a passphrase. */
  readonly to: string | undefined
  /** Slot of the keychain that holds the passphrase; it is asked for when absent. */
  readonly keychain: string | undefined
}

interface Named {
  /** Beginnings of ids; empty = all that fit. */
  readonly names: readonly string[]
}

/** From the keychain, the terminal or standard input, in this order of preference. */
async function passphraseOf(
  { asking, keychain, file }: PackArguments,
  vaults: Vaults,
  twice: boolean
): Promise<Result<string>> {
  if (keychain !== undefined) return vaults.real.read(keychain)
  const first = await asking.ask(`Passphrase of ${basename(file)}`)
  if (first === undefined || first === '') return fail('pack-locked')
  if (twice && (await asking.ask('The same again')) !== first)
    return fail('answer-missing', { where: 'The same again' })
  return ok(first)
}

async function lockOf(args: PackArguments, vaults: Vaults): Promise<Result<PackLock>> {
  if (args.to !== undefined) return ok({ by: 'address', address: args.to })
  const passphrase = await passphraseOf(args, vaults, true)
  return passphrase.ok ? ok({ by: 'passphrase', passphrase: passphrase.value }) : passphrase
}

async function write(core: Core, { file, json }: PackArguments, made: Result<PackFile>): Promise<ExitCode> {
  if (!made.ok) return told(made.problem, json)
  const { bytes, computers, secrets } = made.value
  try {
    await writeFile(file, bytes, { mode: 0o600 })
  } catch (error) {
    const saved = fail('file-not-saved', { detail: error instanceof Error ? error.message : String(error) })
    return told(saved.problem, json)
  }
  core.packs.saved(made.value)
  if (json) printJson({ event: 'saved', file, computers, secrets, bytes: bytes.length })
  else print(`${basename(file)}: ${count(computers, 'computer')}, ${count(secrets, 'secret')}.`)
  return exitCodes.done
}

const begins = (names: readonly string[], id: string): boolean =>
  names.length === 0 || names.some((name) => id.startsWith(name))

/** The drafts with computers in them, or those that are named. */
export const savePack = (args: PackArguments & Named & { readonly secrets: boolean }): Promise<ExitCode> =>
  withCore(args, {}, async (core, vaults) => {
    const drafts = core.drafting.all().filter(({ id, counts }) => counts.total > 0 && begins(args.names, id))
    const none = fail('pack-empty', { values: { why: 'No draft with computers fits.' } })
    if (drafts.length === 0) return told(none.problem, args.json)
    const lock = await lockOf(args, vaults)
    if (!lock.ok) return told(lock.problem, args.json)
    const ids = drafts.map(({ id }) => id)
    return write(core, args, await core.packs.save(ids, args.secrets, lock.value))
  })

/** The imports of plans that came in a pack, or those that are named; without a lock of its own it is for the laptop they came from. */
export const returnPack = (args: PackArguments & Named & { readonly passphrase: boolean }): Promise<ExitCode> =>
  withCore(args, {}, async (core, vaults) => {
    const ids = fromPacks(core.store)
      .map(({ id }) => id)
      .filter((id) => begins(args.names, id))
    const none = fail('pack-empty', { values: { why: 'No import of a plan that came in a site pack fits.' } })
    if (ids.length === 0) return told(none.problem, args.json)
    const own = args.passphrase || args.to !== undefined || args.keychain !== undefined
    const lock: Result<ReturnLock> = own ? await lockOf(args, vaults) : ok({ by: 'sender' })
    return lock.ok ? write(core, args, await core.packs.giveBack(ids, lock.value)) : told(lock.problem, args.json)
  })

function printHead(
  { kind, signer, bytes, createdAt }: PackHead,
  { plans, secrets, results, entries }: PackContent
): void {
  print(plain(`A ${kind} pack of ${new Date(createdAt).toISOString()}, ${bytes} bytes`))
  print(plain(`Signed by ${signer.name}${signer.known ? '' : ', not known here'}: ${signer.fingerprint}`))
  for (const { name, computers, practice, here } of plans)
    print(
      plain(`  ${name}: ${count(computers, 'computer')}${practice ? ' (practice)' : ''}${here ? ', here already' : ''}`)
    )
  print(`${count(secrets, 'secret')}, ${count(results, 'result')}, ${entries} audit entries`)
}

async function opened(core: Core, vaults: Vaults, args: PackArguments): Promise<Result<[PackHead, PackContent]>> {
  const bytes = await readSource(args.file, { open, stat })
  if (!bytes.ok) return bytes
  const head = await core.packs.open(basename(args.file), bytes.value)
  if (!head.ok) return head
  const passphrase = head.value.lock === 'passphrase' ? await passphraseOf(args, vaults, false) : ok(undefined)
  if (!passphrase.ok) return passphrase
  const content = await core.packs.look(head.value.token, passphrase.value)
  return content.ok ? ok([head.value, content.value]) : content
}

/** Changes nothing. */
export const showPack = (args: PackArguments): Promise<ExitCode> =>
  withCore(args, {}, async (core, vaults) => {
    const found = await opened(core, vaults, args)
    if (!found.ok) return told(found.problem, args.json)
    const [{ token: _token, ...head }, content] = found.value
    if (args.json) printJson({ ...head, ...content })
    else printHead(...found.value)
    return exitCodes.done
  })

/** Takes a pack of the kind in. Exit code `person` while results differ. */
export const takePack = (
  args: PackArguments & { readonly kind: 'site' | 'return'; readonly trust: string | undefined }
) =>
  withCore(args, {}, async (core, vaults): Promise<ExitCode> => {
    const found = await opened(core, vaults, args)
    if (!found.ok) return told(found.problem, args.json)
    const [head, content] = found.value
    if (head.kind !== args.kind) {
      const other = fail('not-a-pack', { found: `a ${head.kind} pack`, expected: `a ${args.kind} pack` })
      return told(other.problem, args.json)
    }
    if (!args.json) printHead(head, content)
    const bare = (text: string): string => text.replaceAll(/[\s:-]/g, '').toLowerCase()
    const trust = args.trust !== undefined && bare(args.trust) === bare(head.signer.fingerprint)
    const taken = await core.packs.take(head.token, trust)
    if (!taken.ok) return told(taken.problem, args.json)
    if (args.json) printJson(taken.value)
    else if (taken.value.kind === 'site') {
      for (const { id, name, computers } of taken.value.drafts)
        print(plain(`Taken in: ${name}, ${count(computers, 'computer')} (${id.slice(0, 8)})`))
      for (const name of taken.value.already) print(plain(`Here already, left as it is: ${name}`))
    } else {
      const { news, taken: changed, conflicts } = taken.value
      print(
        `${count(news, 'new result')}, ${count(changed, 'computer')} changed, ${conflicts} to be decided in the window.`
      )
    }
    return taken.value.kind === 'return' && taken.value.conflicts > 0 ? exitCodes.person : exitCodes.done
  })
