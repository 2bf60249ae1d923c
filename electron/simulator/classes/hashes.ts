// The list of root hashes a setup server's chain must lead to: the factory's, and those added by hand.
import { factoryRoots } from '../roots.ts'
import type { DeviceState } from '../state.ts'
import type { Instance } from '../value.ts'
import { type Call, type Classes, type DeleteOutcome, sorted, status } from './kind.ts'
import { rewritten, rowsOf, withRows } from './table.ts'

const className = 'AMT_ProvisioningCertificateHash'
const addedRoots = (state: DeviceState): readonly string[] => state.setup?.roots ?? []

/** Which of them are turned off is stored, by InstanceID. */
const describe = (state: DeviceState, root: string, n: number, isDefault: boolean): Instance => {
  const InstanceID = `Intel(r) AMT: Certificate Hash ${isDefault ? n : factoryRoots.length + n}`
  const off = rowsOf(state, className).some((each) => each.InstanceID === InstanceID)
  return sorted({
    ElementName: 'Intel(r) AMT: Certificate Hash',
    Description: isDefault ? `Factory root ${n + 1}` : `Added root ${n + 1}`,
    InstanceID,
    IsDefault: String(isDefault),
    // SHA-1, SHA-256 and SHA-384 as the hello message numbers them; for this class believed.
    HashType: root.length === 40 ? '1' : root.length === 64 ? '2' : '3',
    HashData: Buffer.from(root, 'hex').toString('base64'),
    Enabled: String(!off)
  })
}

const instances = (state: DeviceState): readonly Instance[] => [
  ...factoryRoots.map((root, n) => describe(state, root, n, true)),
  ...addedRoots(state).map((root, n) => describe(state, root, n, false))
]

function remove({ state, instance }: Call): DeleteOutcome {
  if (instance.IsDefault === 'true' || !state.setup) return { refused: status.notPermitted }
  const gone = Buffer.from(String(instance.HashData), 'base64').toString('hex')
  return { state: { ...state, setup: { ...state.setup, roots: addedRoots(state).filter((each) => each !== gone) } } }
}

export const hashClasses: Classes = {
  [className]: {
    common: false,
    instances,
    methods: {},
    remove,
    put({ state, fields, instance }) {
      const readOnly = Object.keys(instance).filter((each) => each !== 'Enabled')
      const after = rewritten(instance, fields, { readOnly })
      if (!after) return { refused: 'shape' }
      const others = rowsOf(state, className).filter((each) => each.InstanceID !== instance.InstanceID)
      const next = withRows(state, className, after.Enabled === 'false' ? [...others, after] : others)
      return { state: next, instance: after }
    }
  }
}
