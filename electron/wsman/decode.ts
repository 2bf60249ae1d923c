// Recorded answers, XML or whole HTTP messages, as typed values.
import { fail, ok, type Problem, type Result } from '../../shared/problem.ts'
import type { Answer } from './answer.ts'
import { type AnyClass, type MethodTable, methodOf } from './class.ts'
import { classes } from './classes.ts'
import { className, type Reply, readBatch, readCreated, readFault, readReply } from './envelope.ts'
import { explainHttp } from './explain.ts'
import { joinChunks, looksLikeChunks, looksLikeHttp, readHttp } from './httpMessage.ts'
import { readIdentity } from './identity.ts'
import { readOutput } from './instance.ts'
import { redactValue } from './redact.ts'
import { integer, optional } from './schema.ts'
import { asText, type Shown, show } from './show.ts'
import { childText, readXml, type XmlElement } from './xml.ts'

/** One answer understood. */
export interface Decoded {
  /** Null where an answer belongs to no class: a fault, Identify, a login page. */
  readonly class: string | null
  /** Get, Put, Create, Delete, Enumerate, Pull, Identify, the name of a method, `Fault` or `Challenge`. */
  readonly operation: string
  /** For JSON, secrets struck out. */
  readonly value: Shown | null
  /** What the answer means to a caller, when it is not success: a fault, a ReturnValue other than 0, an HTTP status. */
  readonly problem?: Problem
}

/** Decodes an answer. A Problem says that it was not understood: malformed, of a wrong type, or of an unknown class. */
export function decode(bytes: Uint8Array): Result<Decoded> {
  const decoded = looksLikeHttp(bytes)
    ? decodeHttp(bytes)
    : looksLikeChunks(bytes)
      ? decodeChunks(bytes)
      : decodeXml(bytes)
  if (!decoded.ok) return decoded
  return ok({ ...decoded.value, value: redactValue(decoded.value.value) as Shown | null })
}

function decodeChunks(bytes: Uint8Array): Result<Decoded> {
  const body = joinChunks(bytes)
  return body.ok ? decodeXml(body.value) : body
}

function decodeHttp(bytes: Uint8Array): Result<Decoded> {
  const message = readHttp(bytes)
  if (!message.ok) return message
  const { status, headers, body } = message.value
  if (status === 401) return challenge({ status, headers, body })
  const decoded = decodeXml(body)
  if (!decoded.ok || status === 200 || decoded.value.problem !== undefined) return decoded
  return ok({ ...decoded.value, problem: explainHttp(status).problem })
}

function challenge({ status, headers, body }: Pick<Answer, 'status' | 'body'> & { readonly headers: Headers }) {
  const answer: Answer = {
    status,
    server: headers.get('server')?.[0] ?? '',
    challenges: headers.get('www-authenticate') ?? [],
    deviceTime: undefined,
    body
  }
  const identity = readIdentity(answer, undefined, undefined)
  if (!identity.ok) return identity
  const { amtVersion, realm, server } = identity.value
  return ok({ class: null, operation: 'Challenge', value: { status, server, amtVersion, realm } })
}

type Headers = ReadonlyMap<string, readonly string[]>

function decodeXml(bytes: Uint8Array): Result<Decoded> {
  const root = readXml(bytes)
  if (!root.ok) return root
  const fault = readFault(root.value)
  if (fault !== undefined) {
    const { code, subcode, amtStatus, problem } = fault
    return ok({ class: null, operation: 'Fault', value: { code, subcode, amtStatus }, problem })
  }
  const reply = readReply(root.value)
  return reply.ok ? decodeReply(reply.value) : reply
}

function decodeReply({ body, action = '', resource = '' }: Reply): Result<Decoded> {
  const name = className(resource)
  const verb = action.slice(action.lastIndexOf('/') + 1).replace(/Response$/, '')
  if (body === undefined || verb === 'Delete') return named(name, verb, null)
  if (body.local === 'IdentifyResponse') return ok({ class: null, operation: 'Identify', value: asText(body.children) })
  if (body.local === 'EnumerateResponse') {
    const context = childText(body, 'EnumerationContext')
    return context ? named(name, 'Enumerate', { context }) : fail('answer-garbled', { expected: 'a context' })
  }
  if (body.local === 'PullResponse') return decodePull(name, body)
  if (body.local === 'ResourceCreated') {
    const created = readCreated(body)
    return created.ok ? named(name, 'Create', { ...created.value }) : created
  }
  if (body.local.endsWith('_OUTPUT')) return decodeOutput(body)
  const instance = showInstance(body)
  return instance.ok ? named(body.local, verb === 'Put' ? 'Put' : 'Get', instance.value) : instance
}

const tableOf = (name: string): Result<AnyClass> => {
  const found = classes.get(name)
  return found === undefined ? fail('class-unknown', { values: { class: printable(name) } }) : ok(found)
}

const printable = (name: string): string => (/^\w{1,60}$/.test(name) ? name : 'of the answer')

function named(name: string, operation: string, value: Shown | null): Result<Decoded> {
  const found = tableOf(name)
  return found.ok ? ok({ class: name, operation, value }) : found
}

/** An instance of any class that has a table, as typed values. */
export function showInstance(element: XmlElement): Result<Shown> {
  const found = tableOf(element.local)
  return found.ok ? show(found.value.table.properties, element) : found
}

function decodePull(name: string, body: XmlElement): Result<Decoded> {
  const batch = readBatch(body)
  if (!batch.ok) return batch
  const items: Shown[] = []
  for (const item of batch.value.items) {
    const instance = showInstance(item)
    if (!instance.ok) return instance
    items.push({ class: item.local, value: instance.value })
  }
  const { context } = batch.value
  return named(name, 'Pull', { items, ...(context !== undefined && { context }) })
}

function decodeOutput(body: XmlElement): Result<Decoded> {
  const found = tableOf(className(body.ns))
  if (!found.ok) return found
  const method = body.local.slice(0, -'_OUTPUT'.length)
  const table = methodOf(found.value, method)
  if (table === undefined) return methodUnknown(found.value, method)
  const shown = showOutput(method, table, body)
  return shown.ok ? ok({ class: found.value.name, operation: method, ...shown.value }) : shown
}

/** Says which methods there are instead. */
export const methodUnknown = ({ name, table }: AnyClass, method: string) =>
  fail('method-unknown', {
    values: { class: name, method: printable(method) },
    expected: Object.keys(table.methods ?? {}).join(', ') || 'no method at all'
  })

/** What a method gave back, ReturnValue included, and the Problem that this stands for. */
export function showOutput(
  name: string,
  { input = {}, output = {}, statuses }: MethodTable,
  body: XmlElement
): Result<Pick<Decoded, 'value' | 'problem'>> {
  const judged = readOutput(name, { input, output, statuses }, body)
  const failed = !judged.ok && judged.problem.code !== 'answer-garbled'
  if (!judged.ok && !failed) return judged
  const value = show({ ...(failed ? {} : output), ReturnValue: optional(integer) }, body)
  if (!value.ok) return value
  return ok({ value: value.value, ...(!judged.ok && { problem: judged.problem }) })
}
