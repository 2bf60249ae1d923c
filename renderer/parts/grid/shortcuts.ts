// The one table of the keys of Data Preview: what each is called, what it does, where it is heard.
import type { KeyboardEvent as ReactKey } from 'react'

export interface Shortcut {
  /** As `comboOf` writes them; the first is the one that is shown. */
  readonly keys: readonly string[]
  readonly words: string
  /** `page`: heard wherever the focus is; `outside`: not while something is typed. */
  readonly where: 'grid' | 'page' | 'outside'
  run(): void
}

type Pressed = Pick<ReactKey, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** "Ctrl+Shift+Z", "Alt+Delete", "F8": modifiers in this order, then the key; a letter in upper case. */
export function comboOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key
  const modifiers = [
    [ctrlKey || metaKey, 'Ctrl'],
    [altKey, 'Alt'],
    // With a character Shift only chooses which one: "?" and not "Shift+?".
    [shiftKey && (key.length > 1 || key === ' ' || /[a-z]/i.test(key)), 'Shift']
  ] as const
  return [...modifiers.flatMap(([held, word]) => (held ? [word] : [])), name].join('+')
}

/** A key that types a character, also through AltGr. */
export const typesText = (event: Pressed & { getModifierState(key: string): boolean }): boolean =>
  event.key.length === 1 &&
  event.key !== ' ' &&
  !event.metaKey &&
  (event.getModifierState('AltGraph') || (!event.ctrlKey && !event.altKey))

export const heard = (
  shortcuts: readonly Shortcut[],
  combo: string,
  where: readonly Shortcut['where'][]
): Shortcut | undefined => shortcuts.find((one) => where.includes(one.where) && one.keys.includes(combo))

/** How a key reads for a person. */
export const keyWords = (combo: string): string =>
  combo.replace('ArrowUp', '↑').replace('ArrowDown', '↓').replace('Delete', 'Del').replace('Escape', 'Esc')

/** Keys that move and type, which are no commands: only listed. */
export const moving: readonly (readonly [string, string])[] = [
  ['Arrows', 'to the next cell; with Ctrl to the edge'],
  ['PgUp PgDn Home End', 'further; with Ctrl to the first or last row'],
  ['Shift+arrows', 'select a block'],
  ['Tab', 'through the cells of the row, then out of the grid'],
  ['F6', 'out of the grid, to the footer'],
  ['Letters', 'type over the cell'],
  ['Ctrl+V', 'paste, also from spreadsheets']
]
