// Which field a column title stands for: our own words, those of other tools and languages, and words nearly like them.
import { distance } from 'fastest-levenshtein'
import { type Field, fields, fieldTitles, isSecret } from './computer.ts'
import { otherTitles, secretWords, unrelatedTitles, vagueTitles } from './titleWords.ts'

/** Titles as compared: lower case, without accents, only letters and digits. */
export const plainTitle = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ł/g, 'l')
    .replace(/[^\p{L}\p{N}]/gu, '')

/** What a title says about a column. */
export interface KnownTitle {
  readonly field: Field
  /**
   * `own` our own title, `synonym` the same in other words, `vague` a word that means other things as well, `near` nearly one
   * of them (a slip of the keyboard).
   */
  readonly how: 'own' | 'synonym' | 'vague' | 'near'
  /** The title that it is nearly like; only with `near`. */
  readonly like?: string
}

const listed = (words: Readonly<Partial<Record<Field, string>>>, how: 'synonym' | 'vague'): [string, KnownTitle][] =>
  fields.flatMap((field) =>
    (words[field] ?? '').split(',').map((title): [string, KnownTitle] => [plainTitle(title), { field, how }])
  )

// Later entries win: our own titles, then plain synonyms, then vague ones.
const known: ReadonlyMap<string, KnownTitle> = new Map(
  [
    ...listed(vagueTitles, 'vague'),
    ...listed(otherTitles, 'synonym'),
    ...fields.flatMap((field): [string, KnownTitle][] => [
      [plainTitle(fieldTitles[field]), { field, how: 'own' }],
      [plainTitle(field), { field, how: 'own' }]
    ])
  ].filter(([title]) => title !== '')
)
const unrelated: ReadonlySet<string> = new Set(unrelatedTitles.split(',').map(plainTitle))

/** Longer texts are no titles: a cell of megabytes is not compared with anything. */
const longest = 200
const shortest = 6
const digitsOf = (text: string): string => text.replace(/\D/g, '')
const sorted = (text: string): string => [...text].sort().join('')

/** The titles that a slip may have been made in, by length: only those of about the same length are compared. */
const byLength = new Map<number, [string, KnownTitle][]>()
for (const entry of known) {
  const [title, { how }] = entry
  if (how !== 'vague') byLength.set(title.length, [...(byLength.get(title.length) ?? []), entry])
}

/** Whether two titles differ by a slip only: one letter, two letters in fourteen and more, or two letters turned around. */
function isSlip(a: string, b: string): boolean {
  const steps = distance(a, b)
  if (steps > 2 || digitsOf(a) !== digitsOf(b)) return false
  return steps <= 1 || Math.min(a.length, b.length) >= 14 || sorted(a) === sorted(b)
}

/** The one field whose titles are nearly like this one; null when there are several, or none. */
function nearly(title: string): KnownTitle | null {
  if (title.length < shortest || title.length > longest || unrelated.has(title)) return null
  const spread = title.length >= 14 ? 2 : 1
  const lengths = Array.from({ length: 2 * spread + 1 }, (_, at) => title.length - spread + at)
  const hits = lengths.flatMap((length) => (byLength.get(length) ?? []).filter(([other]) => isSlip(title, other)))
  const [first] = hits
  if (first === undefined || hits.some(([, { field }]) => field !== first[1].field)) return null
  return { field: first[1].field, how: 'near', like: first[0] }
}

/** `v_R_System.Name0` and `Name0` are `Name`: views of Configuration Manager name their table and end in 0. */
const withoutView = (title: string): string => title.replace(/^.*\w\.(?=\w+$)/, '').replace(/(?<=\D)0$/, '')

/** The field of a title that is known word for word; null for all others. */
export function knownTitle(title: string): KnownTitle | null {
  if (title.length > longest) return null
  const plain = plainTitle(title)
  return plain === '' ? null : (known.get(plain) ?? known.get(plainTitle(withoutView(title.trim()))) ?? null)
}

/** The field that a title stands for, and how it says so; null for a title that is not known. */
export const fieldOfTitle = (title: string): KnownTitle | null => knownTitle(title) ?? nearly(plainTitle(title))

/** Whether a title names something else than our fields, so that cells alike do not count. */
export const isUnrelated = (title: string): boolean =>
  unrelated.has(plainTitle(title)) || unrelated.has(plainTitle(withoutView(title.trim())))

const secretTitle = new RegExp(secretWords.split(',').map(plainTitle).join('|'), 'u')

/** Whether a title speaks of a secret, also of one that is none of our fields. */
export const isSecretTitle = (title: string): boolean => {
  const field = fieldOfTitle(title)?.field
  return (
    (field !== undefined && isSecret(field)) ||
    secretTitle.test(plainTitle(title)) ||
    /\b(?:pin|pid|pps|key)\b/.test(title.toLowerCase())
  )
}
