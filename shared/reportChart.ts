// The charts of the report as SVG texts, each with a title, a description, and its numbers in words beside it.
import type { PacePoint, Part, PartTone } from './chart.ts'

/** Dark enough on paper, and told apart without colour by the words beside them. */
const inks: Readonly<Record<PartTone, string>> = {
  done: '#0e700e',
  person: '#b10e1c',
  later: '#8a5a00',
  open: '#707070'
}
const width = 720
const labelWidth = 330
const row = 26

const shorten = (label: string): string => (label.length <= 52 ? label : `${label.slice(0, 51)}…`)

/** Bars, one below the other. `text` escapes. */
export function barsSvg(parts: readonly Part[], all: number, text: (value: string) => string): string {
  const room = width - labelWidth - 60
  const bars = parts.map(({ label, count, tone }, at) => {
    const y = at * row
    const long = Math.max(2, (room * count) / Math.max(1, all))
    return `<text x="${labelWidth - 8}" y="${y + 17}" text-anchor="end">${text(shorten(label))}</text><rect x="${labelWidth}" y="${y + 4}" width="${long.toFixed(1)}" height="18" fill="${inks[tone]}"/><text x="${(labelWidth + long + 6).toFixed(1)}" y="${y + 17}">${count}</text>`
  })
  const words = parts.map(({ label, count }) => `${label}: ${count}`).join('; ')
  return svg(parts.length * row + 4, 'Outcome by cause', words, bars.join(''), text)
}

const clock = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

/** A line of done computers over time. */
export function paceSvg(points: readonly PacePoint[], all: number, text: (value: string) => string): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  const [left, top, high, wide] = [46, 10, 130, width - 60]
  const x = (at: number): number => left + (wide * (at - first.at)) / Math.max(1, last.at - first.at)
  const y = (done: number): number => top + high * (1 - done / Math.max(1, all))
  const line = points.map(({ at, done }) => `${x(at).toFixed(1)},${y(done).toFixed(1)}`).join(' ')
  const axis = `<path d="M${left} ${top}V${top + high}H${left + wide}" fill="none" stroke="#707070"/><text x="${left - 6}" y="${top + 8}" text-anchor="end">${all}</text><text x="${left - 6}" y="${top + high}" text-anchor="end">0</text>`
  const times = `<text x="${left}" y="${top + high + 18}">${clock(first.at)}</text><text x="${left + wide}" y="${top + high + 18}" text-anchor="end">${clock(last.at)} UTC</text>`
  const words = `${last.done} of ${all} done between ${clock(first.at)} and ${clock(last.at)} UTC`
  const drawn = `${axis}<polyline points="${line}" fill="none" stroke="${inks.done}" stroke-width="2"/>${times}`
  return svg(top + high + 26, 'Pace over time', words, drawn, text)
}

const svg = (height: number, title: string, words: string, inner: string, text: (value: string) => string): string =>
  `<svg class="chart" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title>${title}</title><desc>${text(words)}</desc>${inner}</svg>`
