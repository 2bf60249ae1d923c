// Guesses which column of a list is which field, says why, and makes the columns that the mapping page shows.
import { shortened } from './check.ts'
import { type Field, isSecret } from './computer.ts'
import type { Column } from './draft.ts'
import { mask } from './password.ts'
import { type Shape, shapeOf } from './shapes.ts'
import { fieldOfTitle, isSecretTitle } from './titles.ts'

/** What one column is taken for. */
export interface Guess {
  /** null = ignored. */
  readonly field: Field | null
  /** Why, in words; '' when a person chose it or nothing was found. */
  readonly because: string
  /** 0..1; 1 when a person chose it. */
  readonly confidence: number
}

/** A guess that a person made. */
export const chosen = (field: Field | null): Guess => ({ field, because: '', confidence: 1 })

/** Nothing found. `because` may tell why a guess was not made. */
const none = (because = ''): Guess => ({ field: null, because, confidence: 0 })

/** The six columns of Configuration Manager, which have no titles (configmgr.md 1.3). */
export const sixColumns = [
  'name',
  'fqdn',
  'guid',
  'mac',
  'mebxPassword',
  'adminPassword'
] as const satisfies readonly Field[]
/** The list for operating system deployment, often taken for the one above. */
export const osdColumns = ['name', 'guid', 'mac'] as const satisfies readonly Field[]

type Cells = readonly (readonly string[])[]

/** Which field a shape points to. Secrets look alike, so content alone never tells MEBx and admin password apart. */
const fieldOfShape: Readonly<Partial<Record<Shape, Field>>> = {
  guid: 'guid',
  mac: 'mac',
  address: 'address',
  fqdn: 'fqdn',
  version: 'amtVersion'
}
const shapeOfField: Readonly<Partial<Record<Field, Shape>>> = {
  guid: 'guid',
  mac: 'mac',
  fqdn: 'fqdn',
  address: 'address',
  mebxPassword: 'secret',
  adminPassword: 'secret'
}
const shapeWords: Readonly<Partial<Record<Shape, string>>> = {
  guid: 'a GUID',
  mac: 'a MAC address',
  address: 'an IP address',
  fqdn: 'a full DNS name',
  version: 'a version number'
}

interface Look {
  /** The shape that most cells have, and their share of the cells that are not blank. */
  readonly shape: Shape
  readonly share: number
  /** No cell with text in the sample. */
  readonly blank: boolean
}

function lookOf(sample: Cells, at: number): Look {
  const seen = new Map<Shape, number>()
  let total = 0
  for (const cells of sample) {
    const cell = cells[at]?.trim() ?? ''
    if (cell === '') continue
    const shape = shapeOf(cell)
    seen.set(shape, (seen.get(shape) ?? 0) + 1)
    total++
  }
  const [shape, times] = [...seen].sort((a, b) => b[1] - a[1])[0] ?? ['other', 0]
  return { shape, share: total === 0 ? 0 : times / total, blank: total === 0 }
}

/** Whether the first line holds titles: it knows some, or is the only line without GUIDs and the like. */
export function looksLikeHeader(first: readonly string[], below: Cells): boolean {
  const shapes = first.map(shapeOf)
  if (shapes.some((shape) => shape === 'guid' || shape === 'mac' || shape === 'address' || shape === 'fqdn'))
    return false
  if (first.some((title) => fieldOfTitle(title) !== null)) return true
  const titled = first.every((title) => title.trim() !== '')
  return titled && below.some((cells) => cells.some((cell) => shapeOf(cell) === 'guid'))
}

/** How a column might get a field: the field and how sure. Only columns and fields that are still free are asked. */
interface Candidate {
  readonly at: number
  readonly field: Field
  readonly guess: Guess
}

function byTitle(titles: readonly string[]): Candidate[] {
  return titles.flatMap((title, at) => {
    const known = fieldOfTitle(title)
    if (known === null) return []
    const { field, exact } = known
    const because = exact ? 'the title is the same' : `the title “${title.trim()}” means this`
    return [{ at, field, guess: { field, because, confidence: exact ? 1 : 0.95 } }]
  })
}

function byContent(looks: readonly Look[]): Candidate[] {
  return looks.flatMap(({ shape, share, blank }, at) => {
    const field = fieldOfShape[shape]
    if (field === undefined || blank || share < 0.7) return []
    const because = `${share === 1 ? 'every' : 'nearly every'} cell looks like ${shapeWords[shape] ?? shape}`
    return [{ at, field, guess: { field, because, confidence: 0.85 * share } }]
  })
}

/** A name is told by its neighbour: it is the first part of the FQDN in the same line. */
function nameByFqdn(sample: Cells, guesses: readonly (Guess | undefined)[], columns: number): Candidate[] {
  const fqdn = guesses.findIndex((guess) => guess?.field === 'fqdn')
  if (fqdn < 0) return []
  const hosts = sample.map((cells) => (cells[fqdn] ?? '').split('.')[0]?.toLowerCase() ?? '')
  const named = hosts.filter((host) => host !== '').length
  return Array.from({ length: columns }, (_, at) => at).flatMap((at) => {
    const alike = sample.filter((cells, line) => hosts[line] !== '' && cells[at]?.trim().toLowerCase() === hosts[line])
    if (at === fqdn || named === 0 || alike.length < named * 0.5) return []
    const because = 'it is the first part of the full DNS name'
    return [{ at, field: 'name' as const, guess: { field: 'name' as const, because, confidence: 0.85 } }]
  })
}

/** The places of Configuration Manager's lists, if what stands there does not speak against it. */
function byPosition(looks: readonly Look[]): Candidate[] {
  const fits = (at: number, field: Field): boolean => {
    const look = looks[at]
    const wanted = shapeOfField[field]
    // Cells that are wrong in themselves still stand in the right column: only another clear shape speaks against it.
    return (
      look === undefined || look.blank || look.shape === wanted || look.shape === 'other' || look.shape === 'secret'
    )
  }
  const places = [
    { list: sixColumns, guidAt: 2, words: 'of the six Configuration Manager columns' },
    { list: osdColumns, guidAt: 1, words: 'of the columns for operating system deployment' }
  ].find(
    ({ list, guidAt }) =>
      looks.length <= list.length && looks[guidAt]?.shape === 'guid' && list.every((field, at) => fits(at, field))
  )
  if (places === undefined) return []
  return places.list.slice(0, looks.length).map((field, at) => {
    const agrees = looks[at]?.shape === shapeOfField[field]
    const because = `column ${at + 1} ${places.words}${agrees ? ', and it looks like it' : ''}`
    return { at, field, guess: { field, because, confidence: agrees ? 0.95 : 0.7 } }
  })
}

/** Gives each field to the surest candidate; two that are equally sure leave both columns open. */
function settle(taken: readonly (Guess | undefined)[], candidates: readonly Candidate[]): (Guess | undefined)[] {
  const next = [...taken]
  const free = candidates.filter(
    ({ at, field }) => taken[at] === undefined && !taken.some((guess) => guess?.field === field)
  )
  for (const field of new Set(free.map((candidate) => candidate.field))) {
    const rivals = free.filter((candidate) => candidate.field === field)
    const best = Math.max(...rivals.map(({ guess }) => guess.confidence))
    const winners = rivals.filter(({ guess }) => guess.confidence === best)
    const [winner] = winners
    if (winners.length === 1 && winner !== undefined) next[winner.at] = winner.guess
    else for (const { at } of winners) next[at] = none('several columns could be this; please choose')
  }
  return next
}

/**
 * One guess for each title. `sample` are the first data lines (50 are plenty). Titles count before position (only lists
 * without titles have one), position before content. Each field occurs once at most; ties stay open.
 */
export function guessColumns(titles: readonly string[], sample: Cells, header: boolean): readonly Guess[] {
  const looks = titles.map((_, at) => lookOf(sample, at))
  const start = titles.map((): Guess | undefined => undefined)
  const first = settle(start, header ? byTitle(titles) : byPosition(looks))
  const second = settle(first, byContent(looks))
  const third = settle(second, nameByFqdn(sample, second, titles.length))
  return third.map((guess) => guess ?? none())
}

/** Lines searched for samples, so that an empty column of a long list costs nothing. */
const searched = 1000

/** A title may be a data line taken for titles by mistake: what looks like a secret there is masked as well. */
const safeTitle = (title: string): string =>
  shapeOf(title) === 'secret' && fieldOfTitle(title) === null ? mask : title

/**
 * The columns for the mapping page, with up to three samples each. Samples are masked when the column is taken for a secret,
 * its title speaks of one, or its cells look like one and it is not taken for anything else.
 */
export function columnsFor(
  table: { readonly titles: readonly string[]; readonly lines: readonly { readonly cells: readonly string[] }[] },
  guesses: readonly Guess[]
): Column[] {
  const first = table.lines.slice(0, searched).map((line) => line.cells)
  return table.titles.map((title, at) => {
    const { field, because, confidence } = guesses[at] ?? none()
    const cells = first.map((line) => line[at] ?? '').filter((cell) => cell.trim() !== '')
    const secret = (field !== null && isSecret(field)) || isSecretTitle(title)
    const show = (cell: string) => (secret || (field === null && shapeOf(cell) === 'secret') ? mask : shortened(cell))
    return { title: safeTitle(title), samples: cells.slice(0, 3).map(show), field, because, confidence }
  })
}
