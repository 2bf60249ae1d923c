// `amt-migrate secret keep | forget NAME`: secrets that wait in the keychain for commands that nobody sits in front of.
import { fail } from '../../shared/problem.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { isAskedFor, keptSlot, openSecrets, type SecretSources } from './secrets.ts'
import { print, printJson } from './words.ts'

export interface SecretArguments extends CoreArguments {
  readonly name: string
  readonly sources: SecretSources
}

const unnamed = (name: string) =>
  fail('secret-unnamed', {
    found: name,
    expected: 'account:NAME, admin-password, mebx-password, user:NAME, wifi:SSID, 802.1x or presence-server'
  }).problem

/** Keeps a secret for later commands; asked for on the terminal, or handed over under its name. */
export async function keepSecret(args: SecretArguments): Promise<ExitCode> {
  const { name, sources, json } = args
  if (!isAskedFor(name)) return told(unnamed(name), json)
  const secrets = await openSecrets(sources, undefined)
  if (!secrets.ok) return told(secrets.problem, json)
  return withCore(args, { resting: true }, async ({ store }, { real }) => {
    const secret = await secrets.value.find(name, name)
    if (!secret.ok) return told(secret.problem, json)
    const spent = secrets.value.spent()
    if (!spent.ok) return told(spent.problem, json)
    const slot = keptSlot(name)
    const kept = await real.keep(slot, secret.value)
    if (!kept.ok) return told(kept.problem, json)
    store.audit.append('secret kept', { slot })
    if (json) printJson({ event: 'kept', name })
    else print(`${name} is kept in the keychain, for "run" and "check".`)
    return exitCodes.done
  })
}

/** Takes it out of the keychain; there may have been none. */
export async function forgetSecret(args: Omit<SecretArguments, 'sources'>): Promise<ExitCode> {
  const { name, json } = args
  if (!isAskedFor(name)) return told(unnamed(name), json)
  return withCore(args, { resting: true }, async ({ store }, { real }) => {
    const slot = keptSlot(name)
    const found = await real.find(slot)
    if (!found.ok) return told(found.problem, json)
    const forgotten = found.value !== undefined
    if (forgotten) {
      await real.forget([slot])
      store.audit.append('secrets released', { count: 1 })
    }
    if (json) printJson({ event: 'forgotten', name, forgotten })
    else print(forgotten ? `${name} is not in the keychain any more.` : `${name} was not in the keychain.`)
    return exitCodes.done
  })
}
