// Values for people and programs outside: typed where the class has a table, as text where it has none.
import { ok, type Result } from '../../shared/problem.ts'
import { readShape, type Shape, showShape } from './schema.ts'
import type { XmlElement } from './xml.ts'

/** What JSON can carry: bytes are base64, times are ISO 8601. */
export type Shown = Readonly<Record<string, unknown>>

/**
 * The typed values of an instance or an output. What the table does not know, since newer firmware adds some, follows
 * as text.
 */
export function show(shape: Shape, element: XmlElement): Result<Shown> {
  const values = readShape(shape, element)
  if (!values.ok) return values
  const unknown = element.children.filter(({ local }) => !Object.hasOwn(shape, local))
  return ok({ ...showShape(shape, values.value), ...asText(unknown) })
}

/** Elements without types: texts, or objects of texts; a repeated name becomes an array. */
export function asText(elements: readonly XmlElement[]): Shown {
  const groups = new Map<string, unknown[]>()
  for (const { local, children, text } of elements) {
    groups.set(local, [...(groups.get(local) ?? []), children.length > 0 ? asText(children) : text])
  }
  return Object.fromEntries([...groups].map(([name, values]) => [name, values.length === 1 ? values[0] : values]))
}
