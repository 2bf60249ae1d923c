// Which of two versions is the later one (Semantic Versioning 2.0.0, section 11).

/** "1.2.3" or "1.2.3-beta.1"; what follows a + is no part of the order and not taken. */
export const versionForm =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/

const isNumber = (text: string): boolean => /^\d+$/.test(text)

/** Numbers come before words, and are compared as numbers. */
function comparePart(one: string, other: string): number {
  if (isNumber(one) && isNumber(other)) return Number(one) - Number(other)
  if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1
  return one < other ? -1 : one > other ? 1 : 0
}

function compareLists(one: readonly string[], other: readonly string[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const [a, b] = [one[at], other[at]]
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1
    const difference = comparePart(a, b)
    if (difference !== 0) return difference
  }
  return 0
}

/** Below 0 when `one` is the earlier one, 0 when they are equal. Both are of `versionForm`. */
export function compareVersions(one: string, other: string): number {
  const [, ...a] = versionForm.exec(one) ?? []
  const [, ...b] = versionForm.exec(other) ?? []
  const release = compareLists(a.slice(0, 3), b.slice(0, 3))
  if (release !== 0) return release
  const [before, otherBefore] = [a[3], b[3]]
  // What leads up to a version comes before it.
  if (before === undefined || otherBefore === undefined)
    return before === otherBefore ? 0 : before === undefined ? 1 : -1
  return compareLists(before.split('.'), otherBefore.split('.'))
}
