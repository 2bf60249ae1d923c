// Keeps spreadsheet programs from calculating our cells: guarded on the way out, unguarded on the way in.

const risky = /^'*[=+\-@\t\r]/
const guarded = /^'+[=+\-@\t\r]/

/** A cell that no spreadsheet program takes for a formula: an apostrophe goes before = + - @ and tab. */
export const guard = (cell: string): string => (risky.test(cell) ? `'${cell}` : cell)

/** Takes back what `guard` did; other texts stay as they are. */
export const unguard = (cell: string): string => (guarded.test(cell) ? cell.slice(1) : cell)
