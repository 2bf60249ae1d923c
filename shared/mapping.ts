// Guesses which column of a list is which field, says why, and makes the columns that the mapping page shows.
import { shortened } from './check.ts'
import { type Field, fieldTitles, isSecret } from './computer.ts'
import type { Column } from './draft.ts'
import { type Cells, fieldOfShape, fits, identifying, type Look, lookOf, most, shapeWords } from './looks.ts'
import { mask } from './password.ts'
import { isSecretLike, type Remembered } from './remembered.ts'
import { shapeOf } from './shapes.ts'
import { fieldOfTitle, isSecretTitle, isUnrelated, type KnownTitle, knownTitle } from './titles.ts'

/** What one column is taken for. */
export interface Guess {
  /** null = ignored. */
  readonly field: Field | null
  /** Why, in words; '' when a person chose it or nothing was found. */
  readonly because: string
  /** 0..1; 1 when a person chose it. */
  readonly confidence: number
  /** Fields that this column and another one could be equally well: a person has to choose. */
  readonly could?: readonly Field[] | undefined
  /** When a person chose it, if that was for an earlier list (milliseconds since 1970). */
  readonly chosenAt?: number | undefined
}

/** A guess that a person made. */
export const chosen = (field: Field | null): Guess => ({ field, because: '', confidence: 1 })

/** Whether a person has chosen it for this list, be it that the column is ignored. */
export const isChosen = ({ because, confidence }: Pick<Guess, 'because' | 'confidence'>): boolean =>
  because === '' && confidence === 1

/**
 * What is worth remembering of each column: what a person chose, now or for an earlier list. undefined for mere guesses, which
 * will be made again.
 */
export const decisions = (columns: readonly Guess[]): readonly (Field | null | undefined)[] =>
  columns.map((column) => (isChosen(column) || column.chosenAt !== undefined ? column.field : undefined))

/** Nothing found. `because` may tell why a guess was not made. */
const none = (because = ''): Guess => ({ field: null, because, confidence: 0 })

/**
 * The guesses after a person has decided: `wanted` is the field of every column, `undecided` names the columns (by place)
 * that the person has not touched; these keep their guess, its reason, and their ties.
 */
export const decided = (
  columns: readonly Guess[],
  wanted: readonly (Field | null)[],
  undecided: readonly number[]
): Guess[] =>
  wanted.map((field, at) => {
    const before = columns[at]
    if (before === undefined || before.field !== field || !undecided.includes(at)) return chosen(field)
    const could = before.could?.filter((one) => !wanted.includes(one)) ?? []
    // A tie is over when one of its columns was chosen.
    if (before.could !== undefined && could.length === 0) return none()
    return could.length > 0 ? { ...before, could } : before
  })

/** How sure a guess is, as it is said. */
export const confidenceWords = (confidence: number): 'sure' | 'likely' | 'a guess' =>
  confidence >= 0.9 ? 'sure' : confidence >= 0.7 ? 'likely' : 'a guess'

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

/** Whether the first line holds titles: it knows some, or is the only line without GUIDs and the like. */
export function looksLikeHeader(first: readonly string[], below: Cells): boolean {
  const shapes = first.map(shapeOf)
  if (shapes.some((shape) => shape === 'guid' || shape === 'mac' || shape === 'address' || shape === 'fqdn'))
    return false
  if (first.some((title) => knownTitle(title) !== null)) return true
  const titled = first.every((title) => title.trim() !== '')
  return titled && below.some((cells) => cells.some((cell) => shapeOf(cell) === 'guid'))
}

/** How a column might get a field: the field and how sure. Only columns and fields that are still free are asked. */
interface Candidate {
  readonly at: number
  readonly field: Field
  readonly guess: Guess
}

const candidate = (at: number, field: Field, because: string, confidence: number): Candidate => ({
  at,
  field,
  guess: { field, because, confidence }
})

function byMemory(remembered: readonly (Remembered | undefined)[]): Candidate[] {
  return remembered.flatMap((known, at) => {
    if (known === undefined || known.field === null) return []
    const { field, by } = known
    const because = by === 'list' ? 'you chose this last time' : 'you took a column of this title for it last time'
    return [{ at, field, guess: { field, because, confidence: by === 'list' ? 1 : 0.97, chosenAt: known.at } }]
  })
}

/** Why a column is believed to be what its title says, and how much; null when its cells speak against it. */
function believed(title: string, { field, how, like }: KnownTitle, look: Look): readonly [string, number] | null {
  const fit = fits(look, field)
  if (fit === 'no') return null
  const means = `the title “${shortened(title.trim(), 40)}” means this`
  switch (how) {
    case 'own':
      return ['the title is the same', 1]
    case 'synonym':
      return [means, 0.95]
    case 'vague':
      // Alone such a word says too little: its cells have to look like the field, or at least like a name.
      if ((fit !== 'yes' && !look.blank) || (look.repeats && identifying.includes(field))) return null
      return fit === 'yes' ? [`the title may mean this, and the cells look like it`, 0.85] : [means, 0.5]
    case 'near':
      if (isSecret(field) && fit !== 'yes') return null
      return [`the title is nearly “${like ?? fieldTitles[field]}”`, fit === 'yes' ? 0.85 : 0.65]
  }
}

function byTitle(titles: readonly string[], looks: readonly Look[]): Candidate[] {
  const known = titles.map((title) => (isUnrelated(title) ? null : fieldOfTitle(title)))
  const filled = looks.some(({ blank }) => !blank)
  return titles.flatMap((title, at) => {
    const meant = known[at]
    const look = looks[at]
    if (meant == null || look === undefined) return []
    // Many tools call the full name “host name”: it stays the name only if another column is the FQDN.
    if (meant.field === 'name' && look.shape === 'fqdn' && look.share >= most) {
      const other = looks.some((one, place) => place !== at && (one.shape === 'fqdn' || known[place]?.field === 'fqdn'))
      if (!other) return []
      return [candidate(at, 'name', 'the title means this, but the cells look like full DNS names', 0.6)]
    }
    const belief = believed(title, meant, look)
    if (belief === null) return []
    const [because, confidence] = belief
    // A full column of a synonym is worth more than an empty one of our own title.
    return look.blank && filled
      ? [candidate(at, meant.field, `${because}, but the column is empty`, confidence - 0.3)]
      : [candidate(at, meant.field, because, confidence)]
  })
}

function byContent(titles: readonly string[], looks: readonly Look[], header: boolean): Candidate[] {
  return looks.flatMap(({ shape, share, blank, repeats }, at) => {
    const field = fieldOfShape[shape]
    const title = titles[at] ?? ''
    if (field === undefined || blank || share < most || (repeats && identifying.includes(field))) return []
    if (header && isUnrelated(title)) return []
    const meant = header ? knownTitle(title) : null
    const though = meant === null || meant.field === field ? '' : `, though the title says ${fieldTitles[meant.field]}`
    const because = `${share === 1 ? 'every' : 'nearly every'} cell looks like ${shapeWords[shape]}${though}`
    return [candidate(at, field, because, 0.85 * share)]
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
    return [candidate(at, 'name', 'it is the first part of the full DNS name', 0.85)]
  })
}

/** The places of Configuration Manager's lists, if what stands there does not speak against it. */
function byPosition(looks: readonly Look[]): Candidate[] {
  const places = [
    { list: sixColumns, guidAt: 2, words: 'of the six Configuration Manager columns' },
    { list: osdColumns, guidAt: 1, words: 'of the columns for operating system deployment' }
  ].find(
    ({ list, guidAt }) =>
      looks.length <= list.length &&
      looks[guidAt]?.shape === 'guid' &&
      looks.every((look, at) => {
        const field = list[at]
        return field === undefined || fits(look, field) !== 'no'
      })
  )
  if (places === undefined) return []
  return places.list.slice(0, looks.length).map((field, at) => {
    const look = looks[at]
    // That a cell looks like nothing in particular does not make a name of it.
    const agrees = look !== undefined && field !== 'name' && fits(look, field) === 'yes'
    const because = `column ${at + 1} ${places.words}${agrees ? ', and it looks like it' : ''}`
    return candidate(at, field, because, agrees ? 0.95 : 0.7)
  })
}

interface State {
  readonly guesses: readonly (Guess | undefined)[]
  /** Fields that have their column, or are left to a person. */
  readonly closed: ReadonlySet<Field>
}

/** Gives each field to the surest candidate; columns that are equally sure are left to a person to choose from. */
function settle({ guesses, closed }: State, candidates: readonly Candidate[]): State {
  const next = [...guesses]
  const free = candidates.filter(({ at, field }) => guesses[at] === undefined && !closed.has(field))
  const contested = new Set(free.map(({ field }) => field))
  for (const field of contested) {
    const rivals = free.filter((one) => one.field === field)
    const best = Math.max(...rivals.map(({ guess }) => guess.confidence))
    const winners = rivals.filter(({ guess }) => guess.confidence === best)
    const [winner] = winners
    if (winners.length === 1 && winner !== undefined) next[winner.at] = winner.guess
    else for (const { at } of winners) next[at] = tied(next[at], field, winners.length)
  }
  return { guesses: next, closed: new Set([...closed, ...contested]) }
}

const tied = (before: Guess | undefined, field: Field, columns: number): Guess => ({
  ...none(`${columns === 2 ? 'two' : columns} columns could be the ${fieldTitles[field]}; please choose`),
  could: [...(before?.could ?? []), field]
})

/** Columns that a person left out of this very list last time. */
const leftOut = (remembered: readonly (Remembered | undefined)[]): (Guess | undefined)[] =>
  remembered.map((known) =>
    known?.field === null ? { ...none('you left this column out last time'), chosenAt: known.at } : undefined
  )

/**
 * One guess for each title. `sample` are the first data lines (50 are plenty). What a person chose earlier counts before
 * titles, titles before position (only lists without titles have one), position before content. Each field occurs once at
 * most; ties stay open and say so in `could`.
 */
export function guessColumns(
  titles: readonly string[],
  sample: Cells,
  header: boolean,
  remembered: readonly (Remembered | undefined)[] = []
): readonly Guess[] {
  const looks = titles.map((_, at) => lookOf(sample, at))
  const before = leftOut(remembered)
  const start: State = { guesses: titles.map((_, at) => before[at]), closed: new Set() }
  const known = settle(start, byMemory(remembered))
  const titled = settle(known, header ? byTitle(titles, looks) : byPosition(looks))
  const filled = settle(titled, byContent(titles, looks, header))
  const { guesses } = settle(filled, nameByFqdn(sample, filled.guesses, titles.length))
  return guesses.map((guess) => guess ?? none())
}

/** Lines searched for samples, so that an empty column of a long list costs nothing. */
const searched = 1000

/**
 * The columns for the mapping page, with up to three samples each. Samples are masked when the column is taken for a secret
 * or could be one, its title speaks of one, or its cells look like one and it is not taken for anything else.
 */
export function columnsFor(
  table: {
    readonly titles: readonly string[]
    readonly lines: readonly { readonly cells: readonly string[] }[]
    readonly header: boolean
  },
  guesses: readonly Guess[]
): Column[] {
  const first = table.lines.slice(0, searched).map((line) => line.cells)
  return table.titles.map((title, at) => {
    const { field, because, confidence, could = [], chosenAt } = guesses[at] ?? none()
    const cells = first.map((line) => line[at] ?? '').filter((cell) => cell.trim() !== '')
    const secret = (field !== null && isSecret(field)) || could.some(isSecret) || isSecretTitle(title)
    const show = (cell: string) => (secret || (field === null && shapeOf(cell) === 'secret') ? mask : shortened(cell))
    return {
      // Titles that the list itself has may be a line of data; those it lacks are ours.
      title: table.header && isSecretLike(title.trim()) ? mask : title,
      samples: cells.slice(0, 3).map(show),
      field,
      because,
      confidence,
      ...(could.length > 0 && { could: [...could] }),
      ...(chosenAt !== undefined && { chosenAt })
    }
  })
}
