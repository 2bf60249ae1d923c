// How many rows have the same facts, kept up to date row by row: routes of 100,000 rows are counted from a handful of cases.
import type { KeptRow } from '../store/keptRow.ts'
import { factsOf, type Ground } from './advice.ts'

export interface Grounds {
  /** One row takes the place of another; undefined = there was none, or there is none any more. */
  move(before: KeptRow | undefined, after: KeptRow | undefined): void
  all(): Iterable<Ground>
}

/** Everything of a row that facts are made of, as one text. */
function keyOf({ values, automatic, device }: KeptRow): string {
  const { name, fqdn, guid, adminPassword, amtVersion, amtStatus } = values
  const given = [name, fqdn, guid, adminPassword].map((text) => (text === '' ? '0' : '1')).join('')
  return `${given}|${automatic}|${amtVersion}|${amtStatus}|${device?.amtVersion ?? ''}|${device === undefined ? '' : (device.setup ?? '-')}`
}

/** No rows yet. Rows that are left out do not count. */
export function newGrounds(): Grounds {
  const known = new Map<string, { readonly facts: Ground['facts']; rows: number }>()

  function count(row: KeptRow | undefined, by: 1 | -1): void {
    if (row === undefined || row.leftOut) return
    const key = keyOf(row)
    const ground = known.get(key) ?? { facts: factsOf(row), rows: 0 }
    ground.rows += by
    if (ground.rows === 0) known.delete(key)
    else known.set(key, ground)
  }

  return {
    move(before, after) {
      count(before, -1)
      count(after, 1)
    },
    all: () => known.values()
  }
}
