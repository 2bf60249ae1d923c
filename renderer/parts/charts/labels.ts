// Labels at the left of bars: how long they may be, and where the bars begin.

const longest = 48
/** About what a letter takes, in the units of a chart. */
const letter = 7.4

export const shorten = (label: string): string => (label.length <= longest ? label : `${label.slice(0, longest - 1)}…`)

/** The room that the longest of these labels takes. */
export const roomFor = (labels: readonly string[]): number =>
  12 + letter * Math.max(0, ...labels.map((label) => shorten(label).length))
