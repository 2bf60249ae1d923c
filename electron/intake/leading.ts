// Tells the notes above a list from the list: a report's title, "Exported on …", the two lines of a Fujitsu export.
import { looksLikeHeader } from '../../shared/mapping.ts'
import { shapeOf } from '../../shared/shapes.ts'
import { fieldOfTitle } from '../../shared/titles.ts'
import type { Line } from './lines.ts'

/** Lines that are looked at; notes longer than this are no notes. */
const sampled = 50
const mostNotes = 30

const filled = ({ cells }: Line): readonly string[] => cells.filter((cell) => cell.trim() !== '')

/** The number of filled cells that most lines of the sample have. */
function usualWidth(lines: readonly Line[]): number {
  const seen = new Map<number, number>()
  for (const line of lines) {
    const width = filled(line).length
    seen.set(width, (seen.get(width) ?? 0) + 1)
  }
  return [...seen].sort((one, other) => other[1] - one[1] || other[0] - one[0])[0]?.[0] ?? 0
}

/** Far fewer cells than the list below, and none that only a computer has. */
function couldBeNote(line: Line, width: number): boolean {
  const cells = filled(line)
  const few = cells.length <= Math.max(1, Math.floor(width / 3))
  return few && !cells.some((cell) => ['guid', 'mac', 'fqdn'].includes(shapeOf(cell)))
}

/** A single cell of several words, or one marked as a comment: no computer is called so. */
function readsLikeNote(line: Line): boolean {
  const [text, ...others] = filled(line)
  return text !== undefined && others.length === 0 && (/^(?:#|\/\/|;|--)/.test(text) || /\S\s+\S|:$/.test(text.trim()))
}

const isTitles = (line: Line, below: readonly Line[], width: number): boolean =>
  filled(line).length > width / 2 &&
  line.cells.some((cell) => fieldOfTitle(cell) !== null) &&
  looksLikeHeader(
    line.cells,
    below.map(({ cells }) => cells)
  )

/**
 * How many of the lines at the start are notes. What might as well be an incomplete computer counts as one only when a line of
 * titles follows.
 */
export function leadingNotes(lines: readonly Line[]): number {
  const sample = lines.slice(0, sampled)
  const width = usualWidth(sample)
  if (width < 2) return 0
  const end = sample.findIndex((line) => !couldBeNote(line, width))
  if (end <= 0 || end > mostNotes) return 0
  const first = sample[end]
  if (first !== undefined && isTitles(first, sample.slice(end + 1), width)) return end
  const wordy = sample.findIndex((line) => !readsLikeNote(line))
  return Math.min(Math.max(wordy, 0), end)
}
