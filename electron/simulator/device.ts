// One AMT device as a function: its state and a SOAP request in, its next state and the answer out. No sockets, no clock.
import { type AmtClass, classes, type Instance } from './classes.ts'
import {
  child,
  enumerationNs,
  type FaultKind,
  identityNs,
  readRequest,
  reference,
  type SoapRequest,
  writeFault,
  writeIdentity,
  writeReply,
  type Xml,
  xml
} from './soap.ts'
import type { DeviceState, Enumeration } from './state.ts'

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
}

/** What an operation leaves behind: a body for the reply, or a fault. */
type Outcome =
  | { readonly state: DeviceState; readonly body: Xml; readonly namespaces: readonly string[] }
  | { readonly state: DeviceState; readonly fault: FaultKind; readonly detail?: string }

interface Call {
  readonly state: DeviceState
  readonly request: SoapRequest
  readonly of: AmtClass
  readonly className: string
  readonly now: number
}

const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer'
const commonNs = 'http://schemas.dmtf.org/wbem/wscim/1/common'
/** Enumerations a device keeps open; the oldest dies first. */
const maxEnumerations = 16

const namespacesOf = (of: AmtClass, ...before: readonly string[]): readonly string[] =>
  of.common ? [...before, of.uri, commonNs] : [...before, of.uri]

const write = (prefix: 'g' | 'h', className: string, instance: Instance): Xml =>
  xml(
    `${prefix}:${className}`,
    ...Object.entries(instance).map(([name, value]) =>
      typeof value === 'string'
        ? xml(`${prefix}:${name}`, value)
        : reference(`${prefix}:${name}`, value.resource, value.selectors)
    )
  )

/** The instance a request's selectors name; a class with one instance needs none. */
function select({ state, request, of }: Call): Instance | undefined {
  const matching = of
    .instances(state)
    .filter((instance) => [...request.selectors].every(([name, value]) => instance[name] === value))
  return matching.length === 1 ? matching[0] : undefined
}

const selected = (call: Call, then: (instance: Instance) => Outcome): Outcome => {
  const instance = select(call)
  return instance ? then(instance) : { state: call.state, fault: 'selectors' }
}

const get = (call: Call): Outcome =>
  selected(call, (instance) => ({
    state: call.state,
    body: write('g', call.className, instance),
    namespaces: namespacesOf(call.of)
  }))

function put(call: Call): Outcome {
  const { of, className, request } = call
  const state = counted(call, 'Put')
  if (!of.put) return { state, fault: 'actionUnknown' }
  if (!select(call)) return { state, fault: 'selectors' }
  const object = request.body
  const own = object?.children.every((each) => each.namespace === of.uri && each.children.length === 0)
  if (object?.name !== className || object.namespace !== of.uri || !own) return { state, fault: 'representation' }
  const outcome = of.put(
    state,
    object.children.map((each) => [each.name, each.text])
  )
  if ('refused' in outcome)
    return outcome.refused === 'shape'
      ? { state, fault: 'representation' }
      : { state, fault: 'internal', detail: `AMT-STATUS ${outcome.refused}` }
  const [instance = {}] = of.instances(outcome.state)
  return { state: outcome.state, body: write('g', className, instance), namespaces: namespacesOf(of) }
}

/** Context names are a counter, low byte first: 0x2E2 reads "E2020000-0000-…". */
function contextName(counter: number): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(counter)
  return `${bytes.toString('hex').toUpperCase()}-0000-0000-0000-000000000000`
}

function enumerate({ state, of }: Call): Outcome {
  const enumerationCounter = state.enumerationCounter + 1
  const name = contextName(enumerationCounter)
  const open = [...Object.entries(state.enumerations), [name, { resourceUri: of.uri, next: 0 }] as const]
  const enumerations: Record<string, Enumeration> = Object.fromEntries(open.slice(-maxEnumerations))
  return {
    state: { ...state, enumerationCounter, enumerations },
    body: xml('g:EnumerateResponse', xml('g:EnumerationContext', name)),
    namespaces: [enumerationNs]
  }
}

function pull({ state, of, className, request }: Call): Outcome {
  const name = child(request.body, 'EnumerationContext')?.text.trim() ?? ''
  const context = Object.hasOwn(state.enumerations, name) ? state.enumerations[name] : undefined
  if (context?.resourceUri !== of.uri) return { state, fault: 'context' }
  // WS-Enumeration: one element when the client names no number.
  const wanted = child(request.body, 'MaxElements')?.text.trim() ?? '1'
  if (!/^[1-9]\d{0,9}$/.test(wanted)) return { state, fault: 'schema' }
  const all = of.instances(state)
  const next = Math.min(all.length, context.next + Number(wanted))
  const items = xml('g:Items', ...all.slice(context.next, next).map((each) => write('h', className, each)))
  const { [name]: _done, ...others } = state.enumerations
  const finished = next >= all.length
  return {
    state: { ...state, enumerations: finished ? others : { ...state.enumerations, [name]: { ...context, next } } },
    body: finished
      ? xml('g:PullResponse', items, xml('g:EndOfSequence'))
      : xml('g:PullResponse', xml('g:EnumerationContext', name), items),
    namespaces: namespacesOf(of, enumerationNs)
  }
}

function counted({ state, className }: Call, operation: string): DeviceState {
  const key = `${className}.${operation}`
  return { ...state, changes: { ...state.changes, [key]: (state.changes[key] ?? 0) + 1 } }
}

function invoke(call: Call): Outcome {
  const { of, request, now } = call
  const name = request.action.slice(of.uri.length + 1)
  const method = Object.hasOwn(of.methods, name) ? of.methods[name] : undefined
  // A method this device does not know may have been meant to change something: count it, so that nothing hides.
  if (!method) return { state: counted(call, 'unknown'), fault: 'actionUnknown' }
  if (!select(call)) return { state: call.state, fault: 'selectors' }
  const input = request.body
  if (input?.name !== `${name}_INPUT` || input.namespace !== of.uri) return { state: call.state, fault: 'schema' }
  const before = method.changes ? counted(call, name) : call.state
  const outcome = method.run(before, new Map(input.children.map((each) => [each.name, each.text])), now)
  const fields = [...(outcome.output ?? []), ['ReturnValue', String(outcome.returnValue)] as const]
  return {
    state: outcome.state,
    body: xml(`g:${name}_OUTPUT`, ...fields.map(([field, value]) => xml(`g:${field}`, value))),
    namespaces: [of.uri]
  }
}

const refuse =
  (operation: string) =>
  (call: Call): Outcome => ({ state: counted(call, operation), fault: 'actionUnknown' })

const operations: Readonly<Record<string, (call: Call) => Outcome>> = {
  [`${transfer}/Get`]: get,
  [`${transfer}/Put`]: put,
  [`${transfer}/Create`]: refuse('Create'),
  [`${transfer}/Delete`]: refuse('Delete'),
  [`${enumerationNs}/Enumerate`]: enumerate,
  [`${enumerationNs}/Pull`]: pull
}

function perform(state: DeviceState, request: SoapRequest | undefined, now: number): Outcome {
  if (!request) return { state, fault: 'schema' }
  if (request.action === '' || request.messageId === '') return { state, fault: 'headerMissing' }
  const [className, of] = Object.entries(classes).find(([, each]) => each.uri === request.resourceUri) ?? []
  if (!className || !of || state.faults.unreachable.includes(className)) return { state, fault: 'unreachable' }
  const call = { state, request, of, className, now }
  const operation = Object.hasOwn(operations, request.action) ? operations[request.action] : undefined
  if (operation) return operation(call)
  return request.action.startsWith(`${of.uri}/`) ? invoke(call) : { state, fault: 'actionUnknown' }
}

/** True when the fault switch wants this answer lost: a commit only once something was really committed by it. */
function isCut(before: DeviceState, after: DeviceState, action: string): boolean {
  const name = action.slice(action.lastIndexOf('/') + 1)
  if (before.faults.dropAfter === null || name !== before.faults.dropAfter) return false
  return name !== 'CommitChanges' || (before.uncommitted && !after.uncommitted)
}

/** Answers one authenticated SOAP request. `now`: milliseconds since 1970, true time. */
export function answer(before: DeviceState, source: string, now: number): Answer {
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
  const outcome = perform(state, request, now)
  const cut = isCut(state, outcome.state, request?.action ?? '')
  if ('fault' in outcome)
    return { state: outcome.state, reply: { ...writeFault(outcome.fault, numbers, outcome.detail), cut } }
  const { action = '', resourceUri = '' } = request ?? {}
  const { body, namespaces } = outcome
  const text = writeReply({ action: `${action}Response`, resourceUri, namespaces, body }, numbers)
  return { state: outcome.state, reply: { status: 200, body: text, cut } }
}
