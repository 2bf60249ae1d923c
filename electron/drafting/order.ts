// Sorts row numbers in short turns, quickest where most of the order is known already.
import type { Turns } from '../turns.ts'

/** Sorted at one go; small enough that a turn is never overrun by much. */
const run = 2048

type Compare = (a: number, b: number) => number

/** Merges two sorted neighbours `from..middle` and `middle..to` of a list into another one. */
function merge(list: Int32Array, into: Int32Array, from: number, middle: number, to: number, compare: Compare): void {
  let [left, right] = [from, middle]
  for (let at = from; at < to; at++) {
    const a = list[left] ?? 0
    const b = list[right] ?? 0
    const takeLeft = right >= to || (left < middle && compare(a, b) <= 0)
    into[at] = takeLeft ? a : b
    if (takeLeft) left += 1
    else right += 1
  }
}

/**
 * The same numbers in order; null when cancelled. `compare` has to tell all of them apart. Merging from the bottom up, so that
 * it can stop after every few thousand comparisons; neighbours that are in order already are not merged.
 */
export async function inOrder(numbers: Int32Array, compare: Compare, turns: Turns): Promise<Int32Array | null> {
  const { length } = numbers
  let list = new Int32Array(length)
  for (let from = 0; from < length; from += run) {
    const more = turns.next(from, length)
    if (more !== true && !(await more)) return null
    list.set([...numbers.subarray(from, from + run)].sort(compare), from)
  }
  let spare = new Int32Array(length)
  for (let width = run; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      const more = turns.next(from, length)
      if (more !== true && !(await more)) return null
      const [middle, to] = [Math.min(from + width, length), Math.min(from + 2 * width, length)]
      const apart = middle < to && compare(list[middle - 1] ?? 0, list[middle] ?? 0) > 0
      if (apart) merge(list, spare, from, middle, to, compare)
      else spare.set(list.subarray(from, to), from)
    }
    ;[list, spare] = [spare, list]
  }
  return list
}
