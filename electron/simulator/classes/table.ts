// Classes whose rows are stored: what a whole-object Put may change, and RequestStateChange.
import type { DeviceState } from '../state.ts'
import type { Fields, Given, Instance, Value } from '../value.ts'
import {
  type AmtClass,
  type Call,
  type DeleteOutcome,
  type Method,
  no,
  ok,
  type PutOutcome,
  sorted,
  status,
  writes
} from './kind.ts'

/** The rows of a class: what was stored, or what it was made with. */
export const rowsOf = (
  state: DeviceState,
  className: string,
  made: (state: DeviceState) => readonly Instance[] = () => []
): readonly Instance[] => state.stored[className] ?? made(state)

/** The device with these rows in a class. */
export const withRows = (state: DeviceState, className: string, rows: readonly Instance[]): DeviceState => ({
  ...state,
  stored: { ...state.stored, [className]: rows }
})

/** What a Put may do to an instance beside giving properties new values of the same kind. */
export interface PutRule {
  /** May be left out, and keep their values whatever comes. */
  readonly readOnly?: readonly string[]
  /** May be missing before and after. */
  readonly optional?: readonly string[]
  /** Properties of free text, in which digits do not mean a number. */
  readonly text?: readonly string[]
  /** May be given, and are never shown again. */
  readonly secret?: readonly string[]
  /** Takes effect at CommitChanges. */
  readonly pending?: boolean
  /** A PT_STATUS when the new values do not go together. */
  readonly check?: (after: Instance, call: Call) => number | undefined
}

const givenValue = (given: readonly Given[], before: Value | undefined): Value | undefined => {
  const texts = given.filter((each) => typeof each === 'string')
  if (texts.length === given.length && (texts.length !== 1 || Array.isArray(before))) return texts
  const [only] = given
  return given.length === 1 && !(only instanceof Map) ? (only as Value) : undefined
}

/** A value must stay what it was: true or false, a number, text, a list, a reference or a time. */
function isSameKind(before: Value | undefined, after: Value): boolean {
  if (before === undefined || before === '') return true
  if (typeof before !== 'string' || typeof after !== 'string')
    return typeof before === typeof after && Array.isArray(before) === Array.isArray(after)
  if (before === 'true' || before === 'false') return after === 'true' || after === 'false'
  return !/^\d+$/.test(before) || /^\d{1,10}$/.test(after)
}

const keyNames = new Set([
  'InstanceID',
  'ElementName',
  'Name',
  'CreationClassName',
  'SystemName',
  'SystemCreationClassName'
])

/** The instance after a Put: the whole object must come back, properties must exist and keys must not change. */
export function rewritten(before: Instance, fields: Fields, rule: PutRule): Instance | undefined {
  const { readOnly = [], optional = [], text = [], secret = [] } = rule
  const after: Record<string, Value> = {}
  for (const [name, given] of fields) {
    if (secret.includes(name)) continue
    if (!Object.hasOwn(before, name) && !optional.includes(name)) return undefined
    const value = givenValue(given, before[name])
    if (value === undefined || (!text.includes(name) && !isSameKind(before[name], value))) return undefined
    after[name] = value
  }
  const names = Object.keys(before)
  const spared = new Set([...readOnly, ...optional, ...secret])
  // A list that became empty has no element left to come back.
  for (const name of names) if (!(name in after) && !spared.has(name) && Array.isArray(before[name])) after[name] = []
  if (!names.every((name) => name in after || spared.has(name))) return undefined
  if (!names.every((name) => !keyNames.has(name) || !(name in after) || after[name] === before[name])) return undefined
  const kept = [...readOnly, ...secret].flatMap((name) =>
    Object.hasOwn(before, name) ? [[name, before[name] ?? '']] : []
  )
  return sorted({ ...after, ...Object.fromEntries(kept) })
}

/** A class whose rows are kept in `DeviceState.stored` once they change. */
export function table(
  className: string,
  made: (state: DeviceState) => readonly Instance[],
  more: { readonly common?: boolean; readonly put?: PutRule } & Partial<Omit<AmtClass, 'common' | 'put'>> = {}
): AmtClass {
  const { put: rule, common = false, methods = {}, ...rest } = more
  const instances = (state: DeviceState): readonly Instance[] => rowsOf(state, className, made)
  const put = (call: Call): PutOutcome => {
    if (!rule) return { refused: 'shape' }
    const after = rewritten(call.instance, call.fields, rule)
    if (!after) return { refused: 'shape' }
    const refused = rule.check?.(after, call)
    if (refused !== undefined) return { refused }
    const rows = instances(call.state).map((each, n) => (n === call.at ? after : each))
    const state = withRows(call.state, className, rows)
    return { state: rule.pending ? { ...state, uncommitted: true } : state, instance: after }
  }
  return { common, instances, methods, ...(rule && { put }), ...rest }
}

/** Deletes the row the request selects, and nothing with it. */
export const removeRow =
  (className: string) =>
  ({ state, instance }: Call): DeleteOutcome => ({
    state: withRows(
      state,
      className,
      rowsOf(state, className).filter((each) => each !== instance)
    )
  })

/** RequestStateChange over a set of allowed states; the property takes the state asked for. */
export const stateChange = (
  className: string,
  made: (state: DeviceState) => readonly Instance[],
  allowed: readonly string[],
  property: string
): Method =>
  writes(({ state, at, fields }) => {
    const [wanted] = fields.get('RequestedState') ?? []
    if (typeof wanted !== 'string' || !allowed.includes(wanted)) return no(state, status.parameter)
    const rows = rowsOf(state, className, made).map((each, n) => (n === at ? { ...each, [property]: wanted } : each))
    return ok(withRows(state, className, rows))
  })
