// Secrets in the operating system's keychain; the only file that knows keytar. Memory stands in for practice only.
import { fail, ok, type Result } from '../shared/problem.ts'
import { oneTurn, type Turns } from './turns.ts'

/** The little a keychain must do. Every call may reject. */
export interface Keychain {
  set(account: string, secret: string): Promise<void>
  get(account: string): Promise<string | null>
  remove(account: string): Promise<void>
}

export interface Vault {
  readonly kind: 'keychain' | 'memory' | 'none'
  /** One sentence for a person: where secrets go. */
  readonly words: string
  /** Writes, reads back and compares; only then ok. Problem: keychain-missing, keychain-failed. */
  keep(slot: string, secret: string): Promise<Result<null>>
  /**
   * Many at once under one name, in few keychain entries (those of `entriesOf`); answers a slot for each, in order. Cancelled,
   * it takes back what it wrote and answers the Problem reading-cancelled.
   */
  keepMany(name: string, secrets: readonly string[], turns?: Turns): Promise<Result<readonly string[]>>
  /** Problem secret-gone when there is none under this slot. */
  read(slot: string): Promise<Result<string>>
  /** As read, but a missing secret is an answer, not a Problem. */
  find(slot: string): Promise<Result<string | undefined>>
  /** Those of these slots that hold a secret; each keychain entry is read once. Problems: keychain-missing, reading-cancelled. */
  findMany(slots: readonly string[], turns?: Turns): Promise<Result<ReadonlyMap<string, string>>>
  forget(slots: Iterable<string>): Promise<void>
  /** Removes these secrets for good, and leaves those that share an entry with them. Problem: keychain-failed. */
  release(slots: Iterable<string>): Promise<Result<null>>
}

/** Windows keeps at most 2,560 bytes in one credential (CRED_MAX_CREDENTIAL_BLOB_SIZE), as UTF-16 on the way there. */
const packLimit = 1100

/** Printable ASCII that JSON does not escape. */
const unescaped = /^[ !#-[\]-~]*$/

const lengthInJson = (secret: string): number =>
  unescaped.test(secret) ? secret.length + 2 : JSON.stringify(secret).length

/** Cuts a list so that each part fits into one keychain entry as JSON. */
function packs(secrets: readonly string[]): string[][] {
  const list: string[][] = []
  let size = packLimit + 1
  for (const secret of secrets) {
    const cost = lengthInJson(secret) + 1
    if (size + cost > packLimit) {
      list.push([])
      size = 2
    }
    list.at(-1)?.push(secret)
    size += cost
  }
  return list
}

/** The keychain entries that `keepMany` writes for these. */
export const entriesOf = (name: string, secrets: readonly string[]): string[] =>
  packs(secrets).map((_, number) => `${name}/${number}`)

/** `name#3` is the fourth secret of the pack `name`; a slot without `#` is an entry of its own. */
const splitSlot = (slot: string): { readonly entry: string; readonly index: number | undefined } => {
  const [entry = slot, index] = slot.split('#')
  return { entry, index: index === undefined ? undefined : Number(index) }
}

/** The keychain entry that holds the secret of a slot. */
export const entryOf = (slot: string): string => splitSlot(slot).entry

/** A pack as it was kept; none when somebody altered the entry. The parser's own words would quote the secret. */
function unpack(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

const wordOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A vault over a keychain. `onSecret` hears every secret that passes, so that logs can be redacted by value. */
export function vaultOf(
  keychain: Keychain,
  options: {
    readonly kind: 'keychain' | 'memory'
    readonly words: string
    readonly onSecret?: (secret: string) => void
  }
): Vault {
  async function proved(slot: string, text: string): Promise<Result<null>> {
    try {
      await keychain.set(slot, text)
      const back = await keychain.get(slot)
      return back === text ? ok(null) : fail('keychain-failed', { where: slot })
    } catch (error) {
      return fail('keychain-failed', { where: slot, detail: wordOf(error) })
    }
  }

  function keep(slot: string, secret: string): Promise<Result<null>> {
    options.onSecret?.(secret)
    return proved(slot, secret)
  }

  async function keepMany(
    name: string,
    secrets: readonly string[],
    turns: Turns = oneTurn
  ): Promise<Result<readonly string[]>> {
    const slots: string[] = []
    for (const [number, pack] of packs(secrets).entries()) {
      const entry = `${name}/${number}`
      if (!(await turns.next(slots.length, secrets.length))) {
        await forget(slots)
        return fail('reading-cancelled')
      }
      for (const secret of pack) options.onSecret?.(secret)
      const kept = await proved(entry, JSON.stringify(pack))
      if (!kept.ok) {
        // Half a list is of no use to anybody: nothing may stay behind that no row knows of.
        await forget([entry, ...slots])
        return kept
      }
      slots.push(...pack.map((_, index) => `${entry}#${index}`))
    }
    return ok(slots)
  }

  /** What an entry holds: a secret, or a pack of them. */
  async function textOf(entry: string): Promise<Result<string | null>> {
    try {
      return ok(await keychain.get(entry))
    } catch (error) {
      return fail('keychain-missing', { where: entry, detail: wordOf(error) })
    }
  }

  async function find(slot: string): Promise<Result<string | undefined>> {
    const found = await findMany([slot])
    return found.ok ? ok(found.value.get(slot)) : found
  }

  async function findMany(
    slots: readonly string[],
    turns: Turns = oneTurn
  ): Promise<Result<ReadonlyMap<string, string>>> {
    const entries = new Map<string, string[]>()
    for (const slot of slots) entries.set(entryOf(slot), [...(entries.get(entryOf(slot)) ?? []), slot])
    const secrets = new Map<string, string>()
    for (const [entry, own] of entries) {
      if (!(await turns.next(secrets.size, slots.length))) return fail('reading-cancelled')
      const text = await textOf(entry)
      if (!text.ok) return text
      if (text.value === null) continue
      const pack = own.some((slot) => slot !== entry) ? unpack(text.value) : []
      for (const slot of own) {
        const { index } = splitSlot(slot)
        const secret = index === undefined ? text.value : pack[index]
        // An empty place in a pack: released.
        if (secret === undefined || secret === '') continue
        options.onSecret?.(secret)
        secrets.set(slot, secret)
      }
    }
    return ok(secrets)
  }

  /** Takes secrets out of one entry; a pack keeps its other places. */
  async function takeOut(entry: string, indexes: readonly (number | undefined)[]): Promise<void> {
    const text = indexes.includes(undefined) ? null : await keychain.get(entry)
    if (text === null) return keychain.remove(entry)
    const left = unpack(text).map((secret, index) => (indexes.includes(index) ? '' : secret))
    if (left.every((secret) => secret === '')) return keychain.remove(entry)
    const packed = JSON.stringify(left)
    await keychain.set(entry, packed)
    if ((await keychain.get(entry)) !== packed) throw new Error('an entry could not be read back the same')
  }

  async function release(slots: Iterable<string>): Promise<Result<null>> {
    const byEntry = new Map<string, (number | undefined)[]>()
    for (const { entry, index } of [...slots].map(splitSlot)) {
      byEntry.set(entry, [...(byEntry.get(entry) ?? []), index])
    }
    for (const [entry, indexes] of byEntry) {
      try {
        await takeOut(entry, indexes)
      } catch (error) {
        return fail('keychain-failed', { where: entry, detail: wordOf(error) })
      }
    }
    return ok(null)
  }

  async function forget(slots: Iterable<string>): Promise<void> {
    const entries = new Set([...slots].map((slot) => splitSlot(slot).entry))
    for (const entry of entries) await keychain.remove(entry).catch(() => undefined)
  }

  return {
    kind: options.kind,
    words: options.words,
    keep,
    keepMany,
    find,
    findMany,
    async read(slot) {
      const found = await find(slot)
      if (!found.ok) return found
      return found.value === undefined ? fail('secret-gone', { values: { what: slot } }) : ok(found.value)
    },
    forget,
    release
  }
}

/** Keeps secrets until the program ends; for the practice fleet where no keychain can be reached. */
export function memoryKeychain(): Keychain {
  const secrets = new Map<string, string>()
  return {
    set: async (account, secret) => void secrets.set(account, secret),
    get: async (account) => secrets.get(account) ?? null,
    remove: async (account) => void secrets.delete(account)
  }
}

/** A keychain that asks its owner to unlock it answers when they do, or never; a job must not wait for ever (ms). */
const longestWait = 60_000

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error('no answer within a minute; is it asking to be unlocked?')),
      longestWait
    )
    work.then(resolve, reject).finally(() => clearTimeout(late))
  })
}

/** The keychain of the operating system under a service name, proved by writing, reading and removing an entry. */
export async function systemKeychain(service: string): Promise<Result<Keychain>> {
  try {
    // Loaded late: without libsecret the module itself fails, and that is a Problem, not the end of the program.
    const { default: keytar } = await import('keytar')
    const keychain: Keychain = {
      set: (account, secret) => inTime(keytar.setPassword(service, account, secret)),
      get: (account) => inTime(keytar.getPassword(service, account)),
      remove: async (account) => void (await inTime(keytar.deletePassword(service, account)))
    }
    const probe = `probe/${process.pid}`
    await keychain.set(probe, 'probe')
    const back = await keychain.get(probe)
    await keychain.remove(probe)
    return back === 'probe' ? ok(keychain) : fail('keychain-failed', { where: 'probe' })
  } catch (error) {
    return fail('keychain-missing', { detail: wordOf(error) })
  }
}

/** A vault that keeps nothing: every call answers that there is no keychain. */
export function noVault(detail: string | undefined): Vault {
  const missing = fail('keychain-missing', { detail })
  return {
    kind: 'none',
    words: 'No keychain: real computers cannot be taken over.',
    keep: async () => missing,
    keepMany: async () => missing,
    read: async () => missing,
    find: async () => missing,
    findMany: async () => missing,
    forget: async () => undefined,
    release: async () => missing
  }
}

/** The two vaults of a running program: for real computers the keychain or nothing, for practice memory at worst. */
export interface Vaults {
  readonly real: Vault
  readonly practice: Vault
}

/** Opens both vaults; never fails, the words of each vault tell what was found. */
export async function openVaults(service: string, onSecret?: (secret: string) => void): Promise<Vaults> {
  const hears = onSecret ? { onSecret } : {}
  const real = await systemKeychain(service)
  const practice = real.ok ? await systemKeychain(`${service} (practice)`) : real
  return {
    real: real.ok
      ? vaultOf(real.value, { kind: 'keychain', words: 'Passwords are kept in the keychain.', ...hears })
      : noVault(real.problem.detail),
    practice: practice.ok
      ? vaultOf(practice.value, { kind: 'keychain', words: 'Practice passwords are kept in the keychain.', ...hears })
      : vaultOf(memoryKeychain(), {
          kind: 'memory',
          words: 'No keychain could be reached: practice passwords stay in memory and end with the program.',
          ...hears
        })
  }
}
