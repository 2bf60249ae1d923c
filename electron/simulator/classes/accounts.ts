// AMT_AuthorizationService: the administrator and the ACL table. AMT_KerberosSettingData: the domain users come from.
import type { Account, DeviceState } from '../state.ts'
import { type Fields, type Instance, numberOf, textOf, textsOf } from '../value.ts'
import { type Call, type Classes, fixed, type MethodOutcome, no, ok, reads, service, status, writes } from './kind.ts'
import { table } from './table.ts'

/** Redirection, PTAdmin and the others up to the local system; 22 is nobody's. */
const knownRealms = new Set(Array.from({ length: 23 }, (_, n) => String(n + 2)).filter((each) => each !== '22'))
const maxUsers = 15

/** Counted in `DeviceState.changes` when a lenient device takes a password in hex. */
export const hexPassword = 'AMT_AuthorizationService.hexPassword'

const isHex = (text: string): boolean => /^[0-9a-f]{32}$/i.test(text)

/** 16 raw MD5 bytes in base64 as hex, or `undefined`. Some tools send 32 hex digits; lenient devices take them. */
function readDigestPassword(text: string, lenient: boolean): string | undefined {
  if (lenient && isHex(text)) return text.toLowerCase()
  return /^[A-Za-z0-9+/]{22}==$/.test(text) ? Buffer.from(text, 'base64').toString('hex') : undefined
}

/** SDK, "Valid user names": 1 to 16 characters; names starting with $$ belong to the firmware. */
const isUserName = (name: string): boolean =>
  /^[\x21-\x7e]{1,16}$/.test(name) && !/[:,"]/.test(name) && !name.startsWith('$$')

/** Notes that a password came in hex, which the documents do not know. */
const noted = (state: DeviceState, fields: Fields): DeviceState =>
  isHex(textOf(fields, 'DigestPassword'))
    ? { ...state, changes: { ...state.changes, [hexPassword]: (state.changes[hexPassword] ?? 0) + 1 } }
    : state

const withAccounts = (state: DeviceState, accounts: readonly Account[]): DeviceState => ({
  ...state,
  accounts,
  accountsVersion: state.accountsVersion + 1
})

function setAdminAclEntryEx({ state, fields }: Call): MethodOutcome {
  const name = textOf(fields, 'Username')
  if (!isUserName(name)) return no(state, status.parameter)
  const ha1 = readDigestPassword(textOf(fields, 'DigestPassword'), state.faults.lenient)
  if (ha1 === undefined) return no(state, status.password)
  return ok(
    withAccounts(noted(state, fields), [{ name, ha1, admin: true }, ...state.accounts.filter((each) => !each.admin)])
  )
}

/** A user as a request describes it, or the PT_STATUS of what is wrong with it. */
function readUser(fields: Fields, state: DeviceState, handle: number): Account | number {
  const [name, sid] = [textOf(fields, 'DigestUsername'), textOf(fields, 'KerberosUserSid')]
  if ((name === '') === (sid === '') || (name !== '' && !isUserName(name))) return status.parameter
  const ha1 = name === '' ? '' : readDigestPassword(textOf(fields, 'DigestPassword'), state.faults.lenient)
  if (ha1 === undefined) return status.password
  const access = numberOf(fields, 'AccessPermission')
  if (access === undefined || access > 2) return status.parameter
  const realms = textsOf(fields, 'Realms')
  if (!realms.every((each) => knownRealms.has(each))) return status.realm
  const others = state.accounts.filter((each) => each.entry?.handle !== handle)
  const taken = others.some((each) => (name === '' ? each.entry?.sid === sid : each.name === name))
  return taken ? status.duplicate : { name, ha1, admin: false, entry: { handle, access, realms, enabled: true, sid } }
}

function addUser({ state, fields }: Call): MethodOutcome {
  const handles = state.accounts.map((each) => each.entry?.handle ?? 0)
  if (handles.filter((each) => each > 0).length >= maxUsers) return no(state, status.limit)
  const handle = Math.max(0, ...handles) + 1
  const user = readUser(fields, state, handle)
  if (typeof user === 'number') return no(state, user)
  return ok(withAccounts(noted(state, fields), [...state.accounts, user]), ['Handle', String(handle)])
}

const userAt = ({ state, fields }: Call): Account | undefined => {
  const handle = numberOf(fields, 'Handle')
  return state.accounts.find((each) => each.entry !== undefined && each.entry.handle === handle)
}

/** Runs with the user a handle names. */
const withUser =
  (run: (call: Call, user: Account) => MethodOutcome) =>
  (call: Call): MethodOutcome => {
    const user = userAt(call)
    return user ? run(call, user) : no(call.state, status.handle)
  }

function enumerateUsers({ state, fields }: Call): MethodOutcome {
  const users = state.accounts.filter((each) => each.entry)
  const start = numberOf(fields, 'StartIndex')
  if (start === undefined || start < 1) return no(state, status.parameter)
  if (start > users.length && users.length > 0) return no(state, status.index)
  const handles = users.slice(start - 1).map((each) => String(each.entry?.handle))
  return ok(state, ['TotalCount', String(users.length)], ['HandlesCount', String(handles.length)], ['Handles', handles])
}

const getUser = withUser(({ state }, { name, entry }) =>
  ok(
    state,
    name === '' ? ['KerberosUserSid', entry?.sid ?? ''] : ['DigestUsername', name],
    ['AccessPermission', String(entry?.access)],
    ['Realms', entry?.realms ?? []]
  )
)

const updateUser = withUser(({ state, fields }, before) => {
  const user = readUser(fields, state, before.entry?.handle ?? 0)
  if (typeof user === 'number') return no(state, user)
  return ok(
    withAccounts(
      state,
      state.accounts.map((each) => (each === before ? user : each))
    )
  )
})

const removeUser = withUser(({ state }, user) =>
  ok(
    withAccounts(
      state,
      state.accounts.filter((each) => each !== user)
    )
  )
)

const setUserEnabled = withUser(({ state, fields }, user) => {
  const text = textOf(fields, 'Enabled')
  if ((text !== 'true' && text !== 'false') || !user.entry) return no(state, status.parameter)
  const changed: Account = { ...user, entry: { ...user.entry, enabled: text === 'true' } }
  return ok(
    withAccounts(
      state,
      state.accounts.map((each) => (each === user ? changed : each))
    )
  )
})

const adminName = (state: DeviceState): string => state.accounts.find((each) => each.admin)?.name ?? 'admin'
const isDefault = (state: DeviceState): string => String(!state.accounts.some((each) => each.admin))

/** A realm where it is on, and five minutes at most between clocks (AMT SDK, "Get/Set Kerberos Settings"). */
function checkKerberos({ KrbEnabled, RealmName = '', MaximumClockTolerance = '5' }: Instance): number | undefined {
  const isOut = Number(MaximumClockTolerance) < 1 || Number(MaximumClockTolerance) > 5
  return (KrbEnabled === 'true' && RealmName === '') || isOut ? status.parameter : undefined
}

export const accountClasses: Classes = {
  AMT_AuthorizationService: fixed(
    [service('AMT_AuthorizationService', 'Intel(r) AMT Authorization Service', { AllowHttpQopAuthOnly: '1' })],
    true,
    {
      GetAdminAclEntry: reads(({ state }) => ok(state, ['Username', adminName(state)])),
      GetAdminAclEntryStatus: reads(({ state }) => ok(state, ['IsDefault', isDefault(state)])),
      GetAdminNetAclEntryStatus: reads(({ state }) => ok(state, ['IsDefault', isDefault(state)])),
      SetAdminAclEntryEx: writes(setAdminAclEntryEx),
      AddUserAclEntryEx: writes(addUser),
      EnumerateUserAclEntries: reads(enumerateUsers),
      GetUserAclEntryEx: reads(getUser),
      UpdateUserAclEntryEx: writes(updateUser),
      RemoveUserAclEntry: writes(removeUser),
      GetAclEnabledState: reads(withUser(({ state }, user) => ok(state, ['Enabled', String(user.entry?.enabled)]))),
      SetAclEnabledState: writes(setUserEnabled)
    }
  ),
  AMT_KerberosSettingData: table(
    'AMT_KerberosSettingData',
    () => [
      {
        ElementName: 'Intel(r) AMT: Kerberos Settings',
        InstanceID: 'Intel (r) AMT: Kerberos Settings',
        KrbEnabled: 'false',
        SupportedEncryptionAlgorithms: ['0', '1', '2']
      }
    ],
    {
      put: {
        readOnly: ['SupportedEncryptionAlgorithms'],
        optional: [
          ...['RealmName', 'ServicePrincipalName', 'ServicePrincipalProtocol', 'KeyVersion', 'EncryptionAlgorithm'],
          ...['MaximumClockTolerance', 'Salt', 'IterationCount']
        ],
        secret: ['MasterKey', 'Passphrase'],
        text: ['RealmName', 'Salt'],
        check: checkKerberos
      },
      methods: {
        GetCredentialCacheState: reads(({ state }) => ok(state, ['Enabled', 'false'])),
        SetCredentialCacheState: writes(({ state }) => ok(state))
      }
    }
  )
}
