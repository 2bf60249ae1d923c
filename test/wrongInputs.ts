// Inputs that no ask may accept or stumble over, made from the schema of the ask itself.
import { z } from 'zod'

/** The part of JSON Schema that tells what to break. */
interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly minLength?: number
}

/** An input, and whether its very shape is wrong: then it must be refused before anything looks at it. */
export interface WrongInput {
  readonly what: string
  readonly input: unknown
  readonly shapeless: boolean
}

/** Stands for a text of a million characters, which is put in at the other side. */
export const hugeMark = ' huge '

const tricks = [
  '../../../../etc/passwd',
  'C:\\Windows\\win.ini',
  '\\\\server\\share',
  '=cmd|calc',
  '<img src=x>',
  'a\r\nb'
]

/** Something of the right shape, as small as it may be. */
function sample(shape: Shape): unknown {
  const [choice] = shape.anyOf ?? shape.oneOf ?? []
  if (choice) return sample(choice)
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.type === 'object') {
    const required = shape.required ?? []
    return Object.fromEntries(required.map((name) => [name, sample(shape.properties?.[name] ?? {})]))
  }
  if (shape.type === 'array') return shape.items ? [sample(shape.items)] : []
  if (shape.type === 'string') return 'x'.repeat(Math.max(1, Math.min(shape.minLength ?? 1, 100)))
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(shape.minimum ?? 1, -1_000_000)
  return shape.type === 'boolean' ? true : null
}

/** `__proto__` as an own key, as only a parser makes it. */
const poisoned = (input: object): unknown => {
  const text = JSON.stringify({ ...input, MARK: { polluted: true } }).replace('"MARK"', '"__proto__"')
  return JSON.parse(text) as unknown
}

function brokenFields(good: Readonly<Record<string, unknown>>, shape: Shape): WrongInput[] {
  return Object.entries(shape.properties ?? {}).flatMap(([name, field]) => {
    const put = (what: string, value: unknown, shapeless: boolean): WrongInput => ({
      what: `${name}: ${what}`,
      input: { ...good, [name]: value },
      shapeless
    })
    const { [name]: _, ...without } = good
    const isText = field.type === 'string'
    return [
      ...((shape.required ?? []).includes(name) ? [{ what: `${name}: missing`, input: without, shapeless: true }] : []),
      ...(field.type === undefined
        ? []
        : [
            put('a function of text', { toString: 'x', length: 1 }, field.type !== 'object'),
            put('a list of lists', [[[]]], true)
          ]),
      ...(isText ? [put('huge', hugeMark, true), put('a number', 7, true)] : []),
      ...(isText ? tricks.map((trick) => put(trick, trick, false)) : []),
      ...(field.type === 'integer' || field.type === 'number'
        ? [put('no number', '1', true), put('far too large', 1e308, false), put('negative', -1e9, false)]
        : [])
    ]
  })
}

/** Wrong inputs for one ask. */
export function wrongInputs(schema: z.ZodType): WrongInput[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape
  const good = sample(shape) as Readonly<Record<string, unknown>>
  const shapeless = ['text', 42, [], null, undefined].map((input) => ({
    what: `${JSON.stringify(input)} instead of an object`,
    input,
    shapeless: true
  }))
  const isWanting = (shape.required ?? []).length > 0
  return [
    ...shapeless,
    { what: 'a poisoned prototype', input: poisoned(isWanting ? {} : { constructor: 1 }), shapeless: isWanting },
    ...brokenFields(good, shape)
  ]
}
