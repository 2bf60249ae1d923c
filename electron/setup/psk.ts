// PID and PPS: read from lists, made anew. AMT takes them up to version 10; 11 removed them.
import { fail, ok, type Result } from '../../shared/problem.ts'
import { checkLetter, dashed, pidLength, ppsLength, pskAlphabet, readPid, readPps } from '../../shared/setUp.ts'

/** A pair with its secret half: in memory on its way to or from the keychain only. */
export interface PairWithKey {
  readonly pid: string
  readonly pps: string
  /** The MEBx password that the computer gets together with the pair, by a USB key. */
  readonly mebx?: string
}

const mostPairs = 20_000

const bad = (why: string) => fail('psk-list-unreadable', { values: { why } })

/** Pairs of a text: one a line, PID and PPS split by comma, semicolon, tab or space; the first line may hold titles. */
export function pairsIn(text: string): Result<readonly PairWithKey[]> {
  const pairs = new Map<string, string>()
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    const cells = line
      .split(/[,;\t ]+/)
      .map((cell) => cell.replace(/^"|"$/g, '').trim())
      .filter((cell) => cell !== '')
    const pid = cells.map(readPid).find((each) => each !== null)
    const pps = cells.map(readPps).find((each) => each !== null)
    if (pairs.size === 0 && at === 0 && /pid|pps/i.test(line) && pps === undefined) continue
    // The line itself is not quoted: it may hold a PPS with one letter too many.
    if (!pid) return bad(`Line ${at + 1} has no PID of ${pidLength} letters and digits.`)
    if (!pps) return bad(`Line ${at + 1} has no PPS of ${ppsLength} letters and digits.`)
    const before = pairs.get(pid)
    if (before !== undefined && before !== pps)
      return bad(`Line ${at + 1}: the PID ${dashed(pid)} is there twice, with different keys.`)
    pairs.set(pid, pps)
    if (pairs.size > mostPairs) return bad(`It has more than ${mostPairs.toLocaleString('en')} pairs.`)
  }
  if (pairs.size === 0) return bad('It holds no pair.')
  return ok([...pairs].map(([pid, pps]) => ({ pid, pps })))
}

/** Each letter equally likely: bytes beyond the last whole round of the alphabet are thrown away. */
function letters(count: number, random: (count: number) => Uint8Array): string {
  const limit = 256 - (256 % pskAlphabet.length)
  let made = ''
  while (made.length < count) {
    for (const byte of random(count))
      if (byte < limit && made.length < count) made += pskAlphabet[byte % pskAlphabet.length]
  }
  return made
}

/** Every `size`-th letter is the check letter of those before it. */
const checked = (count: number, size: number, random: (count: number) => Uint8Array): string =>
  Array.from({ length: count / size }, () => {
    const drawn = letters(size - 1, random)
    return drawn + checkLetter(drawn)
  }).join('')

/** New pairs, each PID once, with the check letters that MEBx asks for. */
export function generatedPairs(count: number, random: (count: number) => Uint8Array): readonly PairWithKey[] {
  const pairs = new Map<string, string>()
  while (pairs.size < count) pairs.set(checked(pidLength, pidLength, random), checked(ppsLength, 4, random))
  return [...pairs].map(([pid, pps]) => ({ pid, pps }))
}

/** The pairs as a list that can be imported again, or printed and typed into MEBx. */
export const pairsText = (pairs: readonly PairWithKey[]): string =>
  ['PID,PPS', ...pairs.map(({ pid, pps }) => `${dashed(pid)},${dashed(pps)}`), ''].join('\r\n')
