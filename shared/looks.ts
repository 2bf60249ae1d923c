// What the cells of a column look like taken together, and whether that fits a field.
import { type Field, isSecret } from './computer.ts'
import { type Shape, shapeOf } from './shapes.ts'

/** Lines of cells; a line may be shorter than the others. */
export type Cells = readonly (readonly string[])[]

export interface Look {
  /** The shape that most cells have, and its share of the cells that are not blank. */
  readonly shape: Shape
  readonly share: number
  /** No cell with text in the sample. */
  readonly blank: boolean
  /** Most cells hold several words. */
  readonly wordy: boolean
  /** Three cells and more, and most of them twice: it tells no computer from another. */
  readonly repeats: boolean
}

/** Share of the cells from which on a column is said to look like something. */
export const most = 0.7

/** The look of one column. `sample` are the first lines of the list. */
export function lookOf(sample: Cells, at: number): Look {
  const seen = new Map<Shape, number>()
  const texts = sample.map((cells) => cells[at]?.trim() ?? '').filter((text) => text !== '')
  for (const text of texts) seen.set(shapeOf(text), (seen.get(shapeOf(text)) ?? 0) + 1)
  const versions = seen.get('version') ?? 0
  // 11.8.50.12 could be an address as well: what its neighbours are decides.
  if (versions > 0 && versions >= (seen.get('address') ?? 0)) {
    seen.set('version', versions + (seen.get('address') ?? 0))
    seen.delete('address')
  }
  const [shape, times] = [...seen].sort((a, b) => b[1] - a[1])[0] ?? ['other', 0]
  return {
    shape,
    share: texts.length === 0 ? 0 : times / texts.length,
    blank: texts.length === 0,
    wordy: texts.filter((text) => /\S\s+\S/.test(text)).length > texts.length / 2,
    repeats: texts.length >= 3 && new Set(texts.map((text) => text.toLowerCase())).size <= texts.length / 2
  }
}

/** Which field a shape points to. Secrets look alike, so content alone never tells MEBx and admin password apart. */
export const fieldOfShape: Readonly<Partial<Record<Shape, Field>>> = {
  guid: 'guid',
  mac: 'mac',
  address: 'address',
  fqdn: 'fqdn',
  version: 'amtVersion'
}

const shapesOfField: Readonly<Record<Field, readonly Shape[]>> = {
  name: ['other', 'secret'],
  fqdn: ['fqdn'],
  guid: ['guid'],
  mac: ['mac'],
  mebxPassword: ['secret'],
  adminPassword: ['secret'],
  address: ['address', 'fqdn'],
  amtVersion: ['version'],
  amtStatus: ['status'],
  oneTimePassword: ['secret', 'other']
}

/** Fields in which each computer has a text of its own. */
export const identifying: readonly Field[] = ['name', 'fqdn', 'guid', 'mac', 'address']

/** What a shape is called, of one cell. */
export const shapeWords: Readonly<Record<Shape, string>> = {
  guid: 'a GUID',
  mac: 'a MAC address',
  address: 'an IP address',
  fqdn: 'a full DNS name',
  version: 'a version number',
  status: 'an AMT status',
  secret: 'an encoded text or a password',
  other: 'a plain text'
}

const clear: readonly Shape[] = ['guid', 'mac', 'address', 'fqdn']

/**
 * Whether a column looks like a field: `yes`, `no` (it is clearly something else), or `open`. Cells that are wrong in
 * themselves still stand in the right column, so only another clear look speaks against a field.
 */
export function fits({ shape, share, blank, wordy }: Look, field: Field): 'yes' | 'no' | 'open' {
  if (blank) return 'open'
  const secret = isSecret(field)
  if (share >= most && shapesOfField[field].includes(shape)) return wordy && field === 'name' ? 'open' : 'yes'
  // Anything can be a password.
  if (share >= most && clear.includes(shape) && !secret) return 'no'
  return wordy && (field === 'address' || field === 'fqdn') ? 'no' : 'open'
}
