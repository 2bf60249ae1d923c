// A row of the grid for tests, with nothing wrong in it.
import { type Field, fields } from '../../../../shared/computer.ts'
import type { Row } from '../../../../shared/grid.ts'

export function gridRow(values: Partial<Record<Field, string>>, row = 0): Row {
  const empty = Object.fromEntries(fields.map((field) => [field, ''])) as Row['values']
  return {
    row,
    line: row + 1,
    file: 'list.csv',
    values: { ...empty, ...values },
    found: {},
    edited: [],
    issues: [],
    leftOut: false,
    automaticPrevented: false,
    known: 'none',
    differs: [],
    advice: { route: null, decided: false, reasons: [] }
  }
}
