// One AMT device as a function: its state and a SOAP request in, its next state and the answer out. No sockets, no clock.

import { type AmtClass, type Call, type Refusal, uriOf } from './classes/kind.ts'
import { type FoundClass, findClass } from './classes.ts'
import type { KeyKind } from './generations.ts'
import { mayDo } from './realms.ts'
import {
  enumerationNs,
  type FaultKind,
  identityNs,
  readRequest,
  type SoapRequest,
  transferNs,
  writeFault,
  writeIdentity,
  writeReply
} from './soap.ts'
import type { Account, DeviceState, Enumeration } from './state.ts'
import { type Instance, readFields, selects, writeInstance, writeReference, writeValue } from './value.ts'
import { childText, type Xml, xml } from './xml.ts'

/** What goes back. `cut`: the request took effect and its answer is lost on the way. */
interface Reply {
  readonly status: 200 | 400 | 500
  readonly body: string
  readonly cut: boolean
}

/** The device after a request, and what it says. */
interface Answer {
  readonly state: DeviceState
  readonly reply: Reply
  /** The device could not do it without such a key: give it, and ask again with the state from before. */
  readonly needs?: KeyKind
}

/** What an operation leaves behind: a body for the reply, or a fault. */
type Outcome =
  | {
      readonly state: DeviceState
      readonly body: Xml | undefined
      readonly namespaces: readonly string[]
      readonly needs?: KeyKind
    }
  | { readonly state: DeviceState; readonly fault: FaultKind; readonly detail?: string }

interface Asked extends FoundClass {
  readonly state: DeviceState
  readonly request: SoapRequest
  readonly uri: string
  readonly now: number
}

const commonNs = 'http://schemas.dmtf.org/wbem/wscim/1/common'
/** Enumerations a device keeps open; the oldest dies first. */
const maxEnumerations = 16

const namespacesOf = ({ of, uri }: Asked, ...before: readonly string[]): readonly string[] =>
  of.common ? [...before, uri, commonNs] : [...before, uri]

/** The instance a request's selectors name; a class with one instance needs none. */
function select({ state, request, of }: Asked): { instance: Instance; at: number } | undefined {
  const wanted = Object.entries(request.selectors)
  const matching = of
    .instances(state)
    .map((instance, at) => ({ instance, at }))
    .filter(({ instance }) => wanted.every(([name, value]) => selects(value, instance[name])))
  return matching.length === 1 ? matching[0] : undefined
}

/** An object in a body may name its instance by itself, when the class has several. */
function selectByBody(asked: Asked): ReturnType<typeof select> {
  const selected = select(asked)
  const id = childText(asked.request.body, 'InstanceID')
  if (selected || id === '' || Object.keys(asked.request.selectors).length > 0) return selected
  return select({ ...asked, request: { ...asked.request, selectors: { InstanceID: id } } })
}

const refused = (state: DeviceState, reason: Refusal): Outcome => {
  if (reason === 'shape') return { state, fault: 'representation' }
  if (reason === 'exists') return { state, fault: 'exists' }
  return { state, fault: 'internal', detail: `AMT-STATUS ${reason}` }
}

/** True when the body is an object of this class with properties of its own namespace. */
function isObject({ request: { body }, className, uri }: Asked): boolean {
  const isOwn = body?.children.every((each) => each.namespace === uri) === true
  return body?.name === className && body.namespace === uri && isOwn
}

function get(asked: Asked): Outcome {
  const selected = select(asked)
  if (!selected) return { state: asked.state, fault: 'selectors' }
  const body = writeInstance('g', asked.className, selected.instance)
  return { state: asked.state, body, namespaces: namespacesOf(asked) }
}

const callOf = (asked: Asked, state: DeviceState, selected: { instance: Instance; at: number }): Call => ({
  ...selected,
  state,
  fields: readFields(asked.request.body),
  now: asked.now
})

function put(asked: Asked): Outcome {
  const { of, className } = asked
  const state = counted(asked, 'Put')
  if (!of.put) return { state, fault: 'actionUnknown' }
  if (!isObject(asked)) return { state, fault: select(asked) ? 'representation' : 'selectors' }
  const selected = selectByBody(asked)
  if (!selected) return { state, fault: 'selectors' }
  const outcome = of.put(callOf(asked, state, selected))
  if ('refused' in outcome) return refused(state, outcome.refused)
  const body = writeInstance('g', className, outcome.instance)
  return { state: outcome.state, body, namespaces: namespacesOf(asked) }
}

function create(asked: Asked): Outcome {
  const state = counted(asked, 'Create')
  if (!asked.of.create) return { state, fault: 'actionUnknown' }
  if (!isObject(asked)) return { state, fault: 'representation' }
  const outcome = asked.of.create({ state, fields: readFields(asked.request.body), now: asked.now })
  if ('refused' in outcome) return refused(state, outcome.refused)
  return { state: outcome.state, body: writeReference('g:ResourceCreated', outcome.created), namespaces: [transferNs] }
}

function remove(asked: Asked): Outcome {
  const state = counted(asked, 'Delete')
  if (!asked.of.remove) return { state, fault: 'actionUnknown' }
  const selected = select(asked)
  if (!selected) return { state, fault: 'selectors' }
  const outcome = asked.of.remove(callOf(asked, state, selected))
  if ('refused' in outcome) return refused(state, outcome.refused)
  return { state: outcome.state, body: undefined, namespaces: [] }
}

/** Context names are a counter, low byte first: 0x2E2 reads "E2020000-0000-…". */
function contextName(counter: number): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(counter)
  return `${bytes.toString('hex').toUpperCase()}-0000-0000-0000-000000000000`
}

function enumerate({ state, uri }: Asked): Outcome {
  const enumerationCounter = state.enumerationCounter + 1
  const name = contextName(enumerationCounter)
  const open = [...Object.entries(state.enumerations), [name, { resourceUri: uri, next: 0 }] as const]
  const enumerations: Record<string, Enumeration> = Object.fromEntries(open.slice(-maxEnumerations))
  return {
    state: { ...state, enumerationCounter, enumerations },
    body: xml('g:EnumerateResponse', xml('g:EnumerationContext', name)),
    namespaces: [enumerationNs]
  }
}

function pull(asked: Asked): Outcome {
  const { state, of, className, request, uri } = asked
  const name = childText(request.body, 'EnumerationContext')
  const context = Object.hasOwn(state.enumerations, name) ? state.enumerations[name] : undefined
  if (context?.resourceUri !== uri) return { state, fault: 'context' }
  // WS-Enumeration: one element when the client names no number.
  const wanted = childText(request.body, 'MaxElements') || '1'
  if (!/^[1-9]\d{0,9}$/.test(wanted)) return { state, fault: 'schema' }
  const all = of.instances(state)
  const next = Math.min(all.length, context.next + Number(wanted))
  const items = xml('g:Items', ...all.slice(context.next, next).map((each) => writeInstance('h', className, each)))
  const { [name]: _done, ...others } = state.enumerations
  const isEndless = state.faults.endlessPull
  const finished = next >= all.length && !isEndless
  return {
    state: {
      ...state,
      enumerations: finished ? others : { ...state.enumerations, [name]: { ...context, next: isEndless ? 0 : next } }
    },
    body: finished
      ? xml('g:PullResponse', items, xml('g:EndOfSequence'))
      : xml('g:PullResponse', xml('g:EnumerationContext', name), items),
    namespaces: namespacesOf(asked, enumerationNs)
  }
}

function counted({ state, className }: Asked, operation: string): DeviceState {
  const key = `${className}.${operation}`
  return { ...state, changes: { ...state.changes, [key]: (state.changes[key] ?? 0) + 1 } }
}

function invoke(asked: Asked): Outcome {
  const { of, request, state, uri } = asked
  const name = request.action.slice(uri.length + 1)
  const method = Object.hasOwn(of.methods, name) ? of.methods[name] : undefined
  // A method this device does not know may have been meant to change something: count it, so that nothing hides.
  if (!method) return { state: counted(asked, 'unknown'), fault: 'actionUnknown' }
  const selected = select(asked)
  if (!selected) return { state, fault: 'selectors' }
  const input = request.body
  if (input?.name !== `${name}_INPUT` || input.namespace !== uri) return { state, fault: 'schema' }
  const before = method.changes ? counted(asked, name) : state
  const { needs, output = [], returnValue, ...outcome } = method.run(callOf(asked, before, selected))
  const fields = [...output, ['ReturnValue', String(returnValue)] as const]
  return {
    state: outcome.state,
    body: xml(`g:${name}_OUTPUT`, ...fields.flatMap(([field, value]) => writeValue('g', field, value))),
    namespaces: [uri],
    ...(needs && { needs })
  }
}

const operations: Readonly<Record<string, (asked: Asked) => Outcome>> = {
  [`${transferNs}/Get`]: get,
  [`${transferNs}/Put`]: put,
  [`${transferNs}/Create`]: create,
  [`${transferNs}/Delete`]: remove,
  [`${enumerationNs}/Enumerate`]: enumerate,
  [`${enumerationNs}/Pull`]: pull
}

const reading = new Set([`${transferNs}/Get`, `${enumerationNs}/Enumerate`, `${enumerationNs}/Pull`])

/** True when the action may change something. */
function isWrite({ of, request, uri }: Asked): boolean {
  const method: AmtClass['methods'][string] | undefined = of.methods[request.action.slice(uri.length + 1)]
  return !reading.has(request.action) && method?.changes !== false
}

function perform(state: DeviceState, request: SoapRequest | undefined, now: number, user?: Account): Outcome {
  if (!request) return { state, fault: 'schema' }
  if (request.action === '' || request.messageId === '') return { state, fault: 'headerMissing' }
  const found = findClass(state, request.resourceUri)
  if (!found) return { state, fault: 'unreachable' }
  const asked = { ...found, state, request, uri: uriOf(found.className), now }
  if (!mayDo(user, found.className, isWrite(asked))) return { state, fault: 'denied' }
  const operation = Object.hasOwn(operations, request.action) ? operations[request.action] : undefined
  if (operation) return operation(asked)
  return request.action.startsWith(`${asked.uri}/`) ? invoke(asked) : { state, fault: 'actionUnknown' }
}

/** True when the fault switch wants this answer lost: a commit only once something was really committed by it. */
function isCut(before: DeviceState, after: DeviceState, action: string): boolean {
  const name = action.slice(action.lastIndexOf('/') + 1)
  if (before.faults.dropAfter === null || name !== before.faults.dropAfter) return false
  return name !== 'CommitChanges' || (before.uncommitted && !after.uncommitted)
}

/** Answers one authenticated SOAP request of `user` (nobody: everything is allowed). `now`: ms since 1970, true time. */
export function answer(before: DeviceState, source: string, now: number, user?: Account): Answer {
  const counter = before.messageCounter + 1
  const request = readRequest(source)
  const numbers = { relatesTo: request?.messageId ?? '', counter }
  const state = { ...before, messageCounter: counter }
  if (before.faults.once500) {
    const calm = { ...state, faults: { ...state.faults, once500: false } }
    return { state: calm, reply: { ...writeFault('internal', numbers), cut: false } }
  }
  if (request?.body?.name === 'Identify' && request.body.namespace === identityNs) {
    const version = `AMT ${state.amtVersion.split('.').slice(0, 3).join('.')}`
    return { state, reply: { status: 200, body: writeIdentity('Intel(R)', version), cut: false } }
  }
  const outcome = perform(state, request, now, user)
  const cut = isCut(state, outcome.state, request?.action ?? '')
  if ('fault' in outcome)
    return { state: outcome.state, reply: { ...writeFault(outcome.fault, numbers, outcome.detail), cut } }
  const { action = '', resourceUri = '' } = request ?? {}
  const { body, namespaces, needs } = outcome
  const text = writeReply({ action: `${action}Response`, resourceUri, namespaces, body }, numbers)
  return { state: outcome.state, reply: { status: 200, body: text, cut }, ...(needs && { needs }) }
}
