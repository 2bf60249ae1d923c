import { expect, test } from 'vitest'
import { comboOf, heard, type Shortcut, typesText } from '../../../../renderer/parts/grid/shortcuts.ts'

const pressed = (key: string, ...held: ('ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey')[]) => ({
  key,
  ctrlKey: held.includes('ctrlKey'),
  altKey: held.includes('altKey'),
  shiftKey: held.includes('shiftKey'),
  metaKey: held.includes('metaKey'),
  getModifierState: () => false
})

test.each([
  ['Ctrl+Z', pressed('z', 'ctrlKey')],
  ['Ctrl+Shift+Z', pressed('Z', 'ctrlKey', 'shiftKey')],
  ['Ctrl+C', pressed('c', 'metaKey')],
  ['Alt+Delete', pressed('Delete', 'altKey')],
  ['Shift+F8', pressed('F8', 'shiftKey')],
  ['Shift+Space', pressed(' ', 'shiftKey')],
  ['?', pressed('?', 'shiftKey')]
])('%s', (combo, event) => {
  expect(comboOf(event)).toBe(combo)
})

test('characters begin an entry, also those that need AltGr; commands do not', () => {
  expect(typesText(pressed('a'))).toBe(true)
  expect(typesText(pressed('A', 'shiftKey'))).toBe(true)
  expect(typesText({ ...pressed('{', 'ctrlKey', 'altKey'), getModifierState: (key) => key === 'AltGraph' })).toBe(true)
  expect(typesText(pressed('a', 'ctrlKey'))).toBe(false)
  expect(typesText(pressed('a', 'altKey'))).toBe(false)
  expect(typesText(pressed('ArrowUp'))).toBe(false)
})

test('a key is heard only where it belongs', () => {
  const undo: Shortcut = { keys: ['Ctrl+Z'], words: 'undo', where: 'outside', run: () => undefined }
  expect(heard([undo], 'Ctrl+Z', ['page', 'outside'])).toBe(undo)
  expect(heard([undo], 'Ctrl+Z', ['page'])).toBeUndefined()
  expect(heard([undo], 'Ctrl+Y', ['page', 'outside'])).toBeUndefined()
})
