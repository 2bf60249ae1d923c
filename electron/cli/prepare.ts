// From a list, accounts and a profile to a draft: what "run" starts and "check" looks at.
import { randomUUID } from 'node:crypto'
import { open, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Draft } from '../../shared/draft.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { owedSecrets } from '../../shared/profile/owed.ts'
import type { Profile } from '../../shared/profile.ts'
import type { Core } from '../core.ts'
import { readSource } from '../intake/source.ts'
import { outerPractice, type Practice } from '../practice.ts'
import type { Vaults } from '../vault.ts'
import type { CoreArguments } from './opened.ts'
import { accepted, profileOf } from './profile.ts'
import { accountSecret, accountWords, openSecrets, type SecretSources, type Secrets } from './secrets.ts'
import { print, printJson } from './words.ts'

/** What "run", "plan" and "check" are told about a list. */
export interface ListArguments extends CoreArguments {
  readonly file: string
  readonly practice: boolean
  /** User names of the Provisioning and Discovery Accounts, in the order they are tried. */
  readonly accounts: readonly string[]
  /** A file, or the name of a profile; undefined = the take-over alone. */
  readonly profile: string | undefined
}

export interface PrepareArguments extends ListArguments {
  /** Practice devices that another program runs. */
  readonly fleet: string | undefined
  readonly sources: SecretSources
}

/** Says where passwords go. */
export function tellKeychain(vaults: Vaults, { practice, json }: ListArguments): void {
  const { kind, words } = practice ? vaults.practice : vaults.real
  if (json) printJson({ event: 'keychain', kind, words })
  else print(words)
}

/** Opens the secrets of a command. Practice has nothing in the keychain for it. */
export function secretsOf({ sources, practice, json }: PrepareArguments, vaults: Vaults): Promise<Result<Secrets>> {
  const told = (name: string): void =>
    json ? printJson({ event: 'secret', name, from: 'keychain' }) : print(`${name}: taken from the keychain.`)
  return openSecrets(sources, practice ? undefined : vaults.real, told)
}

/** Asks for each account's password. What went to the keychain is in the draft at once: discarding it forgets that too. */
async function addAccounts(core: Core, draftId: string, { accounts }: ListArguments, secrets: Secrets) {
  const kept: Draft['accounts'] = []
  for (const username of accounts) {
    const password = await secrets.find(accountSecret(username), accountWords(username))
    if (!password.ok) return password
    const slot = await core.drafting.keepSecret(draftId, 'account', password.value)
    if (!slot.ok) return slot
    kept.push({ id: randomUUID(), username, description: '', slot: slot.value.slot })
    core.drafting.change(draftId, { accounts: [...kept] })
  }
  return ok(null)
}

/** The profile with its secrets. `needed`: a missing one is a Problem; else it stays away. */
async function addProfile(core: Core, draftId: string, wanted: Profile, secrets: Secrets, needed: boolean) {
  let profile = wanted
  core.drafting.change(draftId, { profile })
  for (const { name, what, lacks, put } of owedSecrets(wanted)) {
    const secret = needed ? await secrets.find(name, what) : await secrets.look(name)
    if (!secret.ok) return secret
    if (secret.value === undefined) continue
    const wrong = lacks(secret.value)
    if (wrong.length > 0) return fail('secret-refused', { where: name, expected: wrong.join('; ') })
    const kept = await core.drafting.keepSecret(draftId, 'profile', secret.value)
    if (!kept.ok) return kept
    profile = put(profile, kept.value.slot)
    core.drafting.change(draftId, { profile })
  }
  return ok(null)
}

/**
 * Puts the list, the accounts and the profile into a draft. A dry run (`needed` false) takes the profile's secrets where they
 * were handed over or are kept, and does without the others.
 */
export async function prepare(
  core: Core,
  { id, practice }: Draft,
  args: PrepareArguments,
  secrets: Secrets,
  needed: boolean
): Promise<Result<Draft>> {
  const named = await profileOf(args.profile, core.profiles.all())
  const profile = named.ok ? accepted(named.value) : named
  if (!profile.ok) return profile
  const bytes = await readSource(args.file, { open, stat })
  if (!bytes.ok) return bytes
  const given = await core.drafting.give(id, basename(args.file), bytes.value)
  if (!given.ok) return given
  const accounts = practice ? ok(null) : await addAccounts(core, id, args, secrets)
  if (!accounts.ok) return accounts
  const full = await addProfile(core, id, profile.value, secrets, needed)
  if (!full.ok) return full
  const spent = secrets.spent()
  return spent.ok ? core.drafting.open(id) : spent
}

/** A practice fleet that another program runs, by the file with its lines. */
export async function readFleet(file: string): Promise<Result<Practice>> {
  try {
    return ok(outerPractice(await readFile(file, 'utf8')))
  } catch (error) {
    return fail('fleet-unreadable', { where: file, detail: error instanceof Error ? error.message : String(error) })
  }
}
