// AMT passwords: what the firmware accepts, how they stand in a file, and how a new one is drawn.
import { fromBase64, whyNotBase64 } from './base64.ts'
import type { SecretField, Severity } from './computer.ts'
import { fieldTitles } from './computer.ts'
import type { PasswordForm } from './draft.ts'
import { type Problem, problem } from './problem.ts'

/** What a secret looks like wherever it is shown. Its length never depends on the secret. */
export const mask = '••••••••'

/** The password every untouched MEBx has; it breaks the rule and is right all the same. */
export const factoryPassword = 'admin'

const longest = 32

/** The whole rule at once, for the many cells that keep it. */
const proper =
  /^(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=[^0-9]*[0-9])(?=\w*[^\w])[\x20\x21\x23-\x2b\x2d-\x39\x3b-\x7e]{8,32}$/

/**
 * What a text lacks to be an AMT password, in words; empty when it is one.
 * Source: Intel AMT SDK, "Valid Usernames and Passwords": 8-32 characters of 7-bit ASCII 32-126 without `:` `,` `"`,
 * at least one upper, lower, digit and special; `_` counts as a letter or digit, not as special.
 */
export function passwordRule(text: string): readonly string[] {
  if (proper.test(text)) return []
  const lacks: readonly (readonly [boolean, string])[] = [
    [text.length >= 8, 'at least 8 characters'],
    [text.length <= longest, `at most ${longest} characters`],
    [/[A-Z]/.test(text), 'an upper-case letter'],
    [/[a-z]/.test(text), 'a lower-case letter'],
    [/[0-9]/.test(text), 'a digit'],
    [/[^A-Za-z0-9_]/.test(text), 'a special character other than _'],
    [/^[\x20-\x7e]*$/.test(text), 'only letters, digits and signs of plain ASCII'],
    [!/[:,"]/.test(text), 'none of : , "']
  ]
  return lacks.filter(([kept]) => !kept).map(([, words]) => words)
}

/**
 * What a text lacks to be the passphrase of a Wi-Fi network, in words; empty when it is one.
 * Source: IEEE 802.11i, annex H.4: 8 to 63 characters of ASCII 32-126.
 */
export const passphraseRule = (text: string): readonly string[] => [
  ...(text.length >= 8 && text.length <= 63 ? [] : ['8 to 63 characters']),
  ...(/^[\x20-\x7e]*$/.test(text) ? [] : ['only letters, digits and signs of plain ASCII'])
]

// Without I O l o 0 1, which are mistaken for each other, and without what MEBx of HP refuses.
const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '!@#$%^*+=?'] as const
const alphabet = classes.join('')
const newLength = 16

function draw(random: (bytes: number) => Uint8Array): string {
  // Bytes above the largest multiple of the alphabet are thrown away: a plain remainder would favour the first letters.
  const fair = 256 - (256 % alphabet.length)
  const letters: string[] = []
  for (let round = 0; letters.length < newLength; round++) {
    if (round === 1000) throw new Error('the source of random bytes does not vary')
    for (const byte of random(newLength)) if (byte < fair) letters.push(alphabet.charAt(byte % alphabet.length))
  }
  return letters.slice(0, newLength).join('')
}

/** A new password of 16 characters that AMT and every MEBx accept; `random(n)` gives n random bytes. */
export function generatePassword(random: (bytes: number) => Uint8Array): string {
  // Drawn anew as a whole until every kind occurs: all passwords that fit stay equally likely.
  for (let round = 0; round < 1000; round++) {
    const drawn = draw(random)
    if (classes.every((kind) => [...drawn].some((letter) => kind.includes(letter)))) return drawn
  }
  throw new Error('the source of random bytes does not vary')
}

/** Bytes of two-byte characters in one order: the half of each that plain ASCII leaves zero, and the half that tells it. */
const halves = (bytes: readonly number[], told: 0 | 1): readonly number[] | null =>
  bytes.every((byte, at) => at % 2 === told || byte === 0) ? bytes.filter((_, at) => at % 2 === told) : null

function withoutUtf16(bytes: readonly number[]): readonly number[] | null {
  if (bytes.length % 2 !== 0 || bytes.length === 0) return null
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return halves(bytes.slice(2), 0)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return halves(bytes.slice(2), 1)
  return halves(bytes, 0) ?? halves(bytes, 1)
}

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e

/** The printable ASCII text that a Base64 text stands for; null when it stands for something else. */
export function decodePassword(text: string): { readonly secret: string; readonly utf16: boolean } | null {
  const bytes = fromBase64(text.trim())
  if (bytes === null) return null
  if (bytes.length > 0 && bytes.every(isPrintable)) return { secret: String.fromCharCode(...bytes), utf16: false }
  // The documents do not say which encoding lies under the Base64 (configmgr.md 1.3); NUL bytes give UTF-16 away.
  const narrow = withoutUtf16(bytes)
  const plain = [...(narrow ?? bytes)]
  // Tools written in C encode the NUL behind the text as well.
  while (plain.at(-1) === 0) plain.pop()
  if (plain.length === 0 || !plain.every(isPrintable)) return null
  return { secret: String.fromCharCode(...plain), utf16: narrow !== null }
}

/** A password cell after reading: the plain secret ('' = none, or not readable) and what there is to say about it. */
export interface CheckedPassword {
  readonly secret: string
  readonly severity?: Severity
  readonly problem?: Problem
}

/** Longest text a password cell may have; beyond it nothing is decoded. */
const longestCell = 256
const factsOf = (field: SecretField, text: string) => ({
  where: fieldTitles[field],
  found: `${mask} (${text.length} ${text.length === 1 ? 'character' : 'characters'})`
})

/**
 * Reads one password cell. `form` is how it stands there: Base64 as Configuration Manager demands, or clear text (also what
 * is typed). No Problem tells more of the secret than its length. Breaking the AMT rule is a warning only: it is a current
 * password, which old firmware allowed to be anything, and the factory `admin` breaks the rule too (configmgr.md 1.6).
 */
export function checkPassword(field: SecretField, text: string, form: PasswordForm): CheckedPassword {
  if (field === 'oneTimePassword') return checkOneTime(text)
  if (text === '' || (form === 'base64' && text.trim() === '')) return { secret: '' }
  if (text.length > longestCell) {
    return {
      secret: '',
      severity: 'blocker',
      problem: problem('cell-too-long', {
        ...factsOf(field, text),
        values: { most: longestCell },
        expected: `${longest} characters at most`
      })
    }
  }
  const decoded = decodePassword(text)
  if (form === 'base64') {
    if (decoded === null) {
      return {
        secret: '',
        severity: 'blocker',
        problem: problem('password-not-base64', {
          ...factsOf(field, text),
          expected: `Base64 text (${whyNotBase64(text.trim())})`
        })
      }
    }
    const judged = judge(field, decoded.secret)
    if (judged.problem !== undefined || !decoded.utf16) return judged
    return { ...judged, severity: 'note', problem: problem('password-utf16', factsOf(field, text)) }
  }
  if (decoded !== null && passwordRule(decoded.secret).length === 0 && passwordRule(text).length > 0) {
    return { secret: text, severity: 'warning', problem: problem('password-looks-base64', factsOf(field, text)) }
  }
  return judge(field, text)
}

/** What MEBx of HP refuses and AMT takes (HP white paper, configmgr.md 1.6). */
const oemRefuses = /["',<>:& ]/

/** A doubt about a MEBx password that keeps AMT's rule; undefined: none. */
export const mebxDoubt = (text: string): string | undefined =>
  oemRefuses.test(text) ? 'HP computers refuse spaces and " \' , < > : & at the MEBx prompt.' : undefined

/** One as it is (8 to 32 characters of ASCII), or its SHA-1 or SHA-256 in hexadecimal digits, which is too long to be one. */
const oneTime = /^(?:[\x20-\x7e]{8,32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/

/** Lists give it in clear whatever form their other passwords have: no format of Configuration Manager has a column for it. */
function checkOneTime(text: string): CheckedPassword {
  if (text === '' || oneTime.test(text)) return { secret: text }
  const facts = {
    ...factsOf('oneTimePassword', text.slice(0, longestCell)),
    expected: '8 to 32 characters of plain ASCII, or 40 or 64 hexadecimal digits'
  }
  return { secret: '', severity: 'blocker', problem: problem('one-time-password-form', facts) }
}

function judge(field: SecretField, secret: string): CheckedPassword {
  if (secret === factoryPassword) return { secret }
  const lacks = passwordRule(secret)
  if (lacks.length > 0) {
    const facts = { ...factsOf(field, secret), expected: lacks.join('; ') }
    return { secret, severity: 'warning', problem: problem('password-rule', facts) }
  }
  // These are legal for AMT over the network, not at the MEBx prompt.
  if (field === 'mebxPassword' && oemRefuses.test(secret)) {
    const facts = { ...factsOf(field, secret), expected: 'other characters' }
    return { secret, severity: 'warning', problem: problem('password-oem', facts) }
  }
  return { secret }
}
