// Typed access to instances and methods: read by their shape, written back whole, return values checked.
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Device } from './client.ts'
import type { Target } from './envelope.ts'
import { atHost } from './failure.ts'
import { ptStatus, type StatusTable, statusProblem } from './ptStatus.ts'
import { type Given, integer, optional, readShape, type Shape, type Values, writeShape } from './schema.ts'
import { child, el, type XmlElement, type XmlOut } from './xml.ts'

/** An instance as typed values, and as it came, so that a Put can give back what we do not know. */
export interface Instance<S extends Shape> {
  readonly values: Values<S>
  readonly raw: XmlElement
}

/** Reads an instance; `answer-garbled` names the property that is not of its type. */
export const readInstance = <S extends Shape>(shape: S, raw: XmlElement): Result<Instance<S>> => {
  const values = readShape(shape, raw)
  return values.ok ? ok({ values: values.value, raw }) : values
}

/** Gets the one instance of a class, or the one its selectors name. */
export async function getInstance<S extends Shape>(
  device: Device,
  target: Target,
  shape: S
): Promise<Result<Instance<S>>> {
  const raw = await device.get(target)
  return raw.ok ? atHost(device.endpoint.host, readInstance(shape, raw.value)) : raw
}

/** All instances of a class, in the device's order. */
export async function enumerateInstances<S extends Shape>(
  device: Device,
  target: Target,
  shape: S
): Promise<Result<readonly Instance<S>[]>> {
  const found = await device.enumerate(target)
  if (!found.ok) return found
  const instances: Instance<S>[] = []
  for (const raw of found.value) {
    const instance = readInstance(shape, raw)
    if (!instance.ok) return atHost(device.endpoint.host, instance)
    instances.push(instance.value)
  }
  return ok(instances)
}

/** What `putInstance` needs to know about a class besides its target. */
export interface Writable<S extends Shape> {
  readonly shape: S
  /** Properties the firmware gives but does not take back. */
  readonly readOnly?: readonly string[] | undefined
  /** Properties the firmware gives empty, but does not take back empty. */
  readonly notEmpty?: readonly string[] | undefined
}

/**
 * Puts an instance back with some values changed: everything else goes back as read, unknown properties included,
 * because AMT treats a left-out property as one to reset. A change to `undefined` leaves the property out.
 */
export async function putInstance<S extends Shape>(
  device: Device,
  target: Target,
  writable: Writable<S>,
  before: Instance<S>,
  changes: Partial<Values<S>>
): Promise<Result<Instance<S>>> {
  const after = await device.put(target, merged(before.raw, writable, changes))
  return after.ok ? atHost(device.endpoint.host, readInstance(writable.shape, after.value)) : after
}

function merged<S extends Shape>(
  raw: XmlElement,
  { shape, readOnly = [], notEmpty = [] }: Writable<S>,
  changes: Partial<Values<S>>
) {
  const blank = (c: XmlElement) => c.children.length === 0 && c.text.trim() === ''
  const kept = raw.children.filter(
    (c) => !Object.hasOwn(changes, c.local) && !readOnly.includes(c.local) && !(notEmpty.includes(c.local) && blank(c))
  )
  const content = kept.map((c) => echo(c, raw.ns))
  // AMT gives properties in the order of the alphabet; a new or changed one takes its place there.
  for (const written of writeShape(shape, changes)) {
    const at = content.findIndex((c) => c.name > written.name)
    content.splice(at === -1 ? content.length : at, 0, written)
  }
  return content
}

const xsi = '{http://www.w3.org/2001/XMLSchema-instance}'

/** An element as read, to be written under prefix `r`, or with its own default namespace where it has another. */
function echo(element: XmlElement, classNs: string): XmlOut {
  const attrs = [...element.attrs].map(([name, value]) => [name.replace(xsi, 'xsi:'), value] as const)
  const plain = Object.fromEntries(attrs.filter(([name]) => /^(?:xsi:)?[A-Za-z]+$/.test(name)))
  const content = element.children.length > 0 ? element.children.map((c) => echo(c, classNs)) : element.text
  return element.ns === classNs
    ? el(`r:${element.local}`, content, plain)
    : el(element.local, content, { ...plain, xmlns: element.ns })
}

/** A method of a class: its arguments in order, and what it gives back besides ReturnValue. */
export interface Method<I extends Shape, O extends Shape> {
  readonly input: I
  readonly output: O
  /** How its ReturnValue is to be understood; PT_STATUS unless given. */
  readonly statuses?: StatusTable | undefined
}

const returnValue = { ReturnValue: optional(integer) }

/** Calls a method. A ReturnValue other than 0 is a Problem carrying method and number in its detail, never a value. */
export async function call<I extends Shape, O extends Shape>(
  device: Device,
  target: Target,
  name: string,
  method: Method<I, O>,
  input: Given<I>
): Promise<Result<Values<O>>> {
  const output = await device.invoke(target, name, writeShape(method.input, input))
  if (!output.ok) return output
  const values = readOutput(name, method, output.value)
  if (values.ok) return values
  return atHost(device.endpoint.host, { ok: false, problem: device.explain(values.problem, target, name) })
}

/** What a method gave back: its values, or the Problem its ReturnValue stands for. */
export function readOutput<I extends Shape, O extends Shape>(
  name: string,
  method: Method<I, O>,
  output: XmlElement
): Result<Values<O>> {
  const returned = readShape(returnValue, output)
  if (!returned.ok) return returned
  const code = returned.value.ReturnValue
  if (code !== undefined && code !== 0) return statusProblem(name, code, method.statuses ?? ptStatus)
  // Recorded GetUuid answers leave ReturnValue out; where nothing else came either, its absence is no success.
  if (code === undefined && !Object.keys(method.output).some((property) => child(output, property))) {
    return fail('answer-garbled', { where: `${name}_OUTPUT`, found: 'no ReturnValue', expected: 'a ReturnValue' })
  }
  return readShape(method.output, output)
}
