// CIM_Account: the standard way to the same accounts, with the password hash in hex instead of base64.
import type { Account, DeviceState } from '../state.ts'
import { type Instance, textOf } from '../value.ts'
import { type Call, type Classes, type PutOutcome, sorted, status, systemKeys } from './kind.ts'
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

export const cimAccountClasses: Classes = {
  CIM_Account: {
    common: true,
    instances: (state) => digestAccounts(state).map(named),
    put: putAccount,
    methods: {}
  }
}
