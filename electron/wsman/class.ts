// A class of the schema as one table, and the typed operations that follow from it.
import type { Result } from '../../shared/problem.ts'
import type { Device } from './client.ts'
import { resourceUri, type Target } from './envelope.ts'
import { call, enumerateInstances, getInstance, type Instance, putInstance } from './instance.ts'
import type { StatusTable } from './ptStatus.ts'
import { type Given, type Reference, type Selectors, type Shape, type Values, writeShape } from './schema.ts'

/** What a method takes and gives besides ReturnValue, in the order of the schema. */
export interface MethodTable {
  readonly input?: Shape
  readonly output?: Shape
  /** Where its return values are not PT_STATUS. */
  readonly statuses?: StatusTable
  /** True when it changes nothing on the device, so that anybody may try it. */
  readonly reads?: boolean
}

/** What may be done to instances besides reading them. */
export type Allowed = 'put' | 'create' | 'delete'

/** Everything there is to know about a class. */
export interface ClassTable {
  readonly properties: Shape
  readonly allows?: readonly Allowed[]
  /** The property that says in a Put's header which instance is meant, where AMT wants it said. */
  readonly putBy?: string
  /** Properties the firmware gives but does not take back. */
  readonly readOnly?: readonly string[]
  /** Properties the firmware does not take back empty. */
  readonly notEmpty?: readonly string[]
  readonly methods?: Readonly<Record<string, MethodTable>>
}

type Input<M extends MethodTable> = M['input'] extends Shape ? M['input'] : Record<never, never>
type Output<M extends MethodTable> = M['output'] extends Shape ? M['output'] : Record<never, never>
type Arguments<M extends MethodTable> = M['input'] extends Shape
  ? [input: Given<Input<M>>, selectors?: Selectors]
  : [input?: Record<string, never>, selectors?: Selectors]

interface Reading<S extends Shape> {
  /** The one instance, or the one the selectors name. */
  readonly get: (device: Device, selectors?: Selectors) => Promise<Result<Instance<S>>>
  /** All instances, in the device's order. */
  readonly enumerate: (device: Device) => Promise<Result<readonly Instance<S>[]>>
}

interface Changing<S extends Shape> {
  /** Puts an instance back as it was read, but for the changes; `undefined` leaves a property out. */
  readonly put: (
    device: Device,
    before: Instance<S>,
    changes: Partial<Values<S>>,
    selectors?: Selectors
  ) => Promise<Result<Instance<S>>>
  /** Creates an instance from exactly these values. */
  readonly create: (device: Device, values: Partial<Values<S>>) => Promise<Result<Reference>>
  readonly delete: (device: Device, selectors: Selectors) => Promise<Result<undefined>>
}

type Calls<M> = {
  readonly [N in keyof M & string as Uncapitalize<N>]: M[N] extends MethodTable
    ? (device: Device, ...given: Arguments<M[N]>) => Promise<Result<Values<Output<M[N]>>>>
    : never
}

/** A class to work with: its name, its table, and one function for each thing the table allows. */
export type WsmanClass<T extends ClassTable> = Reading<T['properties']> &
  Pick<Changing<T['properties']>, T['allows'] extends readonly (infer A extends Allowed)[] ? A : never> &
  Calls<T['methods']> & { readonly name: string; readonly resource: string; readonly table: T }

/** Any class, for those who only look things up in its table. */
export interface AnyClass {
  readonly name: string
  readonly resource: string
  readonly table: ClassTable
}

/** The table of a method; undefined where the class has none of that name. */
export const methodOf = ({ table: { methods = {} } }: AnyClass, name: string): MethodTable | undefined =>
  Object.hasOwn(methods, name) ? methods[name] : undefined

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** Makes the operations of a class from its table. Methods keep their names but for a small first letter. */
export function defineClass<const T extends ClassTable>(name: string, table: T): WsmanClass<T> {
  const resource = resourceUri(name)
  const at = (selectors?: Selectors): Target => ({ resource, ...(selectors && { selectors }) })
  const { properties: shape, putBy, readOnly, notEmpty, methods = {}, allows = [] } = table
  const operations: Reading<Shape> & Changing<Shape> = {
    get: (device, selectors) => getInstance(device, at(selectors), shape),
    enumerate: (device) => enumerateInstances(device, at(), shape),
    put: (device, before, changes, selectors = selected(putBy, before)) =>
      putInstance(device, at(selectors), { shape, readOnly, notEmpty }, before, changes),
    create: (device, values) => device.create(at(), writeShape(shape, values)),
    delete: (device, selectors) => device.delete(at(selectors))
  }
  const kept = Object.entries(operations).filter(
    ([key]) => key === 'get' || key === 'enumerate' || (allows as readonly string[]).includes(key)
  )
  const calls = Object.entries(methods).map(([method, { input = {}, output = {}, statuses }]) => [
    lowerFirst(method),
    (device: Device, values: Given<Shape> = {}, selectors?: Selectors) =>
      call(device, at(selectors), method, { input, output, statuses }, values)
  ])
  // The one place where the compiler has to believe that the names above are those of the table.
  return { name, resource, table, ...Object.fromEntries([...kept, ...calls]) } as unknown as WsmanClass<T>
}

const selected = (property: string | undefined, { values }: Instance<Shape>): Selectors | undefined => {
  const value = property === undefined ? undefined : values[property]
  return property !== undefined && typeof value === 'string' ? { [property]: value } : undefined
}
