// How hard a passphrase is to guess, roughly and on the careful side: whoever finds a pack may try for as long as they like.

export type Strength = 'weak' | 'fair' | 'strong'

const pools: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^A-Za-z0-9]/, 20]
]
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop']
const common = /pass(?:word|phrase)|secret|welcome|admin|letmein|summer|winter|company|intel|migration/gi

/** Whether a character goes on where the one before left off: the same, or the next on the keyboard or in the alphabet. */
function goesOn(before: string, next: string): boolean {
  const pair = `${before}${next}`.toLowerCase()
  const back = `${next}${before}`.toLowerCase()
  return before === next || rows.some((row) => row.includes(pair) || row.includes(back))
}

/** Characters that surprise; usual words and the repeated halves of a text count as one each. */
function surprises(text: string): number {
  const bare = text.replace(common, '*').replace(/(.{2,})\1+/g, '$1')
  const letters = [...bare]
  return letters.filter((letter, at) => at === 0 || !goesOn(letters[at - 1] ?? '', letter)).length
}

/** Bits, as far as can be told without a dictionary: a letter inside a word is worth less than a random one. */
export function guessBits(text: string): number {
  const pool = pools.reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0)
  const each = Math.log2(Math.max(2, pool))
  const wordy = /^[\p{L} .'-]+$/u.test(text) ? 0.55 : 0.8
  return surprises(text) * each * wordy
}

export const shortestPassphrase = 12

export function strengthOf(text: string): Strength {
  if ([...text].length < shortestPassphrase) return 'weak'
  const bits = guessBits(text)
  return bits < 36 ? 'weak' : bits < 56 ? 'fair' : 'strong'
}

export const strengthWords: Readonly<Record<Strength, string>> = {
  weak: `Too easy to guess. Take at least ${shortestPassphrase} characters; four or five random words are best.`,
  fair: 'Good enough for a day on the road.',
  strong: 'Strong.'
}
