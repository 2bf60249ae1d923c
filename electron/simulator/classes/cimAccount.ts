// CIM_Account: the standard way to the same accounts, with the password hash in hex instead of base64.
import type { Account, DeviceState } from '../state.ts'
import { type Instance, numberOf, textOf } from '../value.ts'
import {
  type Call,
  type Classes,
  type DeleteOutcome,
  type MethodOutcome,
  no,
  ok,
  type PutOutcome,
  sorted,
  status,
  systemKeys,
  writes
} from './kind.ts'
import { rewritten } from './table.ts'

const named = ({ name }: Account): Instance =>
  sorted({ ...systemKeys('CIM_Account', name), ElementName: name, UserID: name })

/** Users of the domain have no password here. */
const digestAccounts = (state: DeviceState): readonly Account[] => state.accounts.filter((each) => each.name !== '')

/** UserPassword: 32 hex digits of MD5(user:realm:password). Nothing else of an account can be changed this way. */
function putAccount({ state, fields, instance }: Call): PutOutcome {
  const after = rewritten(instance, fields, { readOnly: ['UserID'], secret: ['UserPassword'] })
  if (!after) return { refused: 'shape' }
  const ha1 = textOf(fields, 'UserPassword').toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(ha1)) return { refused: status.password }
  const accounts = state.accounts.map((each) => (each.name === instance.Name ? { ...each, ha1 } : each))
  return { state: { ...state, accounts, accountsVersion: state.accountsVersion + 1 }, instance: after }
}

/** The administrator has no entry in the ACL table, and stays. */
const entryOf = ({ state, instance }: Call): Account | undefined =>
  state.accounts.find((each) => each.name === instance.Name && each.entry !== undefined)

const withAccounts = (state: DeviceState, accounts: readonly Account[]): DeviceState => ({
  ...state,
  accounts,
  accountsVersion: state.accountsVersion + 1
})

function removeAccount(call: Call): DeleteOutcome {
  const account = entryOf(call)
  if (!account) return { refused: status.notPermitted }
  return {
    state: withAccounts(
      call.state,
      call.state.accounts.filter((each) => each !== account)
    )
  }
}

/** 2 lets the user in, 3 does not. */
function requestStateChange(call: Call): MethodOutcome {
  const { state, fields } = call
  const [account, wanted] = [entryOf(call), numberOf(fields, 'RequestedState')]
  if (wanted !== 2 && wanted !== 3) return no(state, status.parameter)
  if (!account?.entry) return no(state, status.notPermitted)
  const changed = { ...account, entry: { ...account.entry, enabled: wanted === 2 } }
  return ok(
    withAccounts(
      state,
      state.accounts.map((each) => (each === account ? changed : each))
    )
  )
}

export const cimAccountClasses: Classes = {
  CIM_Account: {
    common: true,
    instances: (state) => digestAccounts(state).map(named),
    put: putAccount,
    remove: removeAccount,
    methods: { RequestStateChange: writes(requestStateChange) }
  }
}
