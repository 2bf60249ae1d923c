// Where a command has its secrets from: handed over on a descriptor, kept in the keychain, or typed at the terminal. Never argv or env.
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Vault } from '../vault.ts'
import type { Asking } from './ask.ts'
import { type Handed, takeHanded } from './handed.ts'

/** What a command asks with. */
export interface SecretSources {
  /** The terminal; undefined when nobody sits there. */
  readonly terminal: Asking | undefined
  /** The descriptor that secrets are handed over on. */
  readonly descriptor: number | undefined
  readonly input: NodeJS.ReadableStream
}

export interface Secrets {
  /** The secret of this name, of every source in turn. Problem answer-missing when nobody has it. */
  find(name: string, what: string): Promise<Result<string>>
  /** As find, but nobody is asked and standard input is not waited for. */
  look(name: string): Promise<Result<string | undefined>>
  /** Problem secret-unasked when a line was handed over that nothing asked for. */
  spent(): Result<null>
}

/** The slot of a secret that was kept for the command line. */
export const keptSlot = (name: string): string => `command-line/${name}`

const nameForm = /^(?:account:.+|admin-password|mebx-password|user:.+|wifi:.+|802\.1x|presence-server)$/

/** Whether a command could ask for a secret of this name. */
export const isAskedFor = (name: string): boolean => nameForm.test(name)

/** The name of an account's password. */
export const accountSecret = (username: string): string => `account:${username}`

/** How an account's password is asked for. */
export const accountWords = (username: string): string => `Password of the account ${username}`

/**
 * Opens the sources; a descriptor is read at once, so that a bad line is told before anything else. `kept` is the keychain
 * to look into, `onKept` hears the names that came out of it.
 */
export async function openSecrets(
  sources: SecretSources,
  kept: Vault | undefined,
  onKept: (name: string) => void = () => undefined
): Promise<Result<Secrets>> {
  const { terminal, descriptor, input } = sources
  const read = descriptor === undefined ? undefined : await takeHanded(descriptor, input)
  if (read?.ok === false) return read
  let handed: Handed | undefined = read?.value
  const asked: string[] = []

  /** Standard input is only read once something is asked for: it may be a pipe that never ends. */
  async function taken(name: string): Promise<Result<string | undefined>> {
    if (handed === undefined && terminal === undefined) {
      const lines = await takeHanded(0, input)
      if (!lines.ok) return lines
      handed = lines.value
    }
    return ok(handed?.take(name))
  }

  /** The keychain has one secret of a name: it is that of whoever asks first. */
  async function keptOne(name: string): Promise<Result<string | undefined>> {
    if (kept === undefined || kept.kind === 'none' || asked.includes(name)) return ok(undefined)
    const found = await kept.find(keptSlot(name))
    if (found.ok && found.value !== undefined) onKept(name)
    return found
  }

  return ok({
    async find(name, what) {
      const line = await taken(name)
      const secret = line.ok && line.value === undefined ? await keptOne(name) : line
      asked.push(name)
      if (!secret.ok) return secret
      const answer = secret.value ?? (await terminal?.ask(what))
      return answer === undefined || answer === ''
        ? fail('answer-missing', { where: what, values: { name } })
        : ok(answer)
    },
    async look(name) {
      const line = handed?.take(name)
      const secret = line === undefined ? await keptOne(name) : ok(line)
      asked.push(name)
      return secret
    },
    spent: () => handed?.spent(asked) ?? ok(null)
  })
}
