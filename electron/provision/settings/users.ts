// User accounts and their realms. The Remote Admin Account is never among them, nor are the firmware's own ($$…).
import type { Difference, Value } from '../../../shared/change.ts'
import { ok, type Result } from '../../../shared/problem.ts'
import { realmWords } from '../../../shared/profile/realms.ts'
import type { User } from '../../../shared/profile.ts'
import { authorizationService as service } from '../../wsman/amt/authorizationService.ts'
import { generalSettings } from '../../wsman/amt/generalSettings.ts'
import { passwordHash } from '../../wsman/digest.ts'
import type { Attempt } from '../attempt.ts'
import { isInUse, markSent, markTaken } from '../escrow.ts'
import type { Setting, Wanted } from '../setting.ts'
import { openedDevice, usedLogin } from '../steps/opened.ts'
import { sidBytes, sidText } from './sid.ts'

/** What the ACL table holds of a user beside its name. */
interface Rights {
  readonly access: number
  readonly realms: readonly number[]
}

/** AccessPermission (wsman.md 3.5). */
const accessNumbers = { local: 0, network: 1, any: 2 } as const
const accessWords = ['local', 'over the network', 'everywhere'] as const

const byName = 'user '
const bySid = 'SID '
const keyOf = (user: User): string => (user.by === 'digest' ? byName + user.name : bySid + user.sid.toUpperCase())

const rightsOf = ({ access, realms }: User): Rights => ({
  access: accessNumbers[access],
  realms: [...realms].sort((a, b) => a - b)
})

/** Key → handle and rights of every user that is not the firmware's own. */
async function present(attempt: Attempt): Promise<Result<ReadonlyMap<string, Rights & { readonly handle: number }>>> {
  const device = openedDevice(attempt)
  const users = new Map<string, Rights & { readonly handle: number }>()
  for (let next = 1, total = 1; next <= total; ) {
    const page = await service.enumerateUserAclEntries(device, { StartIndex: next })
    if (!page.ok) return page
    const { Handles, TotalCount } = page.value
    if (Handles.length === 0) break
    total = TotalCount
    next += Handles.length
    for (const handle of Handles) {
      const entry = await service.getUserAclEntryEx(device, { Handle: handle })
      if (!entry.ok) return entry
      const { DigestUsername = '', KerberosUserSid, AccessPermission, Realms } = entry.value
      if (DigestUsername.startsWith('$$')) continue
      const key = DigestUsername === '' ? bySid + sidText(KerberosUserSid ?? new Uint8Array()) : byName + DigestUsername
      users.set(key, { handle, access: AccessPermission, realms: [...Realms].sort((a, b) => a - b) })
    }
  }
  return ok(users)
}

const rightsValue = ({ access, realms }: Rights): Value => ({ access, realms: [...realms] })
const rightsIn = (value: Value | undefined): Rights | undefined =>
  value === null || value === undefined ? undefined : (value as unknown as Rights)

const say = (rights: Rights | undefined): string =>
  rights === undefined ? '(none)' : `${realmWords(rights.realms)}, ${accessWords[rights.access] ?? rights.access}`

const listed = ({ plan }: Attempt): readonly User[] =>
  plan.profile.users.kind === 'keep' ? [] : plan.profile.users.list

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const { users, cleanUp } = attempt.plan.profile
  const wanted = Object.fromEntries(listed(attempt).map((user) => [keyOf(user), rightsValue(rightsOf(user))]))
  if (users.kind !== 'replace' && cleanUp !== 'clear') return ok(wanted)
  const there = await present(attempt)
  if (!there.ok) return there
  // Whoever we are logged in as stays: it would lock us out.
  const mine = byName + usedLogin(attempt).username
  const others = [...there.value.keys()].filter((key) => !(key in wanted) && key !== mine)
  return ok({ ...wanted, ...Object.fromEntries(others.map((key) => [key, null])) })
}

const givenSlot = (attempt: Attempt, key: string): string | undefined => {
  const user = listed(attempt).find((each) => keyOf(each) === key)
  return user?.by === 'digest' ? user.slot : undefined
}

function whyNot(key: string, was: Rights | undefined, will: Rights | undefined): string | undefined {
  if (was === undefined || key.startsWith(bySid)) return undefined
  return will === undefined
    ? 'AMT does not give the password of a user back, so the user cannot be made anew.'
    : 'The former password of this user is not known.'
}

async function look(attempt: Attempt, wanted: Wanted): Promise<Result<readonly Difference[]>> {
  const there = await present(attempt)
  if (!there.ok) return there
  const found: Difference[] = []
  for (const [key, value] of Object.entries(wanted)) {
    const now = there.value.get(key)
    const was = now && { access: now.access, realms: now.realms }
    const will = rightsIn(value)
    const slot = givenSlot(attempt, key)
    const same = JSON.stringify(was) === JSON.stringify(will)
    const inUse = same && will && slot !== undefined ? await isInUse(attempt, purposeOf(key), slot) : ok(true)
    if (!inUse.ok) return inUse
    if (same && inUse.value) continue
    const why = whyNot(key, was, will)
    found.push({
      step: 'users',
      key,
      setting: key.startsWith(byName) ? `User ${key.slice(byName.length)}` : `User ${key.slice(bySid.length)}`,
      from: say(was),
      to: `${say(will)}${same ? ', with the password given' : ''}`,
      was: was ? rightsValue(was) : null,
      will: value,
      reversible: why === undefined,
      ...(why !== undefined && { why })
    })
  }
  return ok(found)
}

const purposeOf = (key: string): `user ${string}` => `user ${key.slice(byName.length)}`

/** What names and authorises the user in a call: its SID, or its name with the hash of its password. */
async function identityOf(attempt: Attempt, key: string): Promise<Result<Record<string, unknown>>> {
  if (key.startsWith(bySid)) return ok({ KerberosUserSid: sidBytes(key.slice(bySid.length)) })
  const name = key.slice(byName.length)
  const slot = givenSlot(attempt, key) ?? ''
  const password = await attempt.tools.vault.read(slot)
  if (!password.ok) return password
  const settings = await generalSettings.get(openedDevice(attempt))
  if (!settings.ok) return settings
  markSent(attempt, purposeOf(key), slot, name)
  return ok({
    DigestUsername: name,
    DigestPassword: passwordHash(name, settings.value.values.DigestRealm, password.value)
  })
}

async function make(attempt: Attempt, differences: readonly Difference[]): Promise<Result<null>> {
  const device = openedDevice(attempt)
  const there = await present(attempt)
  if (!there.ok) return there
  // Removed ones first: the table has room for fifteen.
  const ordered = [...differences].sort((a, b) => Number(b.will === null) - Number(a.will === null))
  for (const { key, will } of ordered) {
    const handle = there.value.get(key)?.handle
    const rights = rightsIn(will)
    if (!rights) {
      const removed = handle === undefined ? ok(null) : await service.removeUserAclEntry(device, { Handle: handle })
      if (!removed.ok) return removed
      continue
    }
    const identity = await identityOf(attempt, key)
    if (!identity.ok) return identity
    const entry = { ...identity.value, AccessPermission: rights.access, Realms: [...rights.realms] }
    const set =
      handle === undefined
        ? await service.addUserAclEntryEx(device, entry)
        : await service.updateUserAclEntryEx(device, { ...entry, Handle: handle })
    if (!set.ok) return set
    const slot = givenSlot(attempt, key)
    if (slot !== undefined) markTaken(attempt, purposeOf(key), slot)
  }
  return ok(null)
}

export const users: Setting = {
  name: 'users',
  wanted: (profile) => profile.users.kind !== 'keep' || profile.cleanUp === 'clear',
  want,
  look,
  make
}
