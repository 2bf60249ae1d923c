// `amt-migrate import FILE`: what the wizard would show of a list; passwords stay masked, nothing is kept or changed.
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Field, isSecret } from '../../shared/computer.ts'
import type { Row } from '../../shared/grid.ts'
import { mask } from '../../shared/password.ts'
import { ok, type Problem, type Result } from '../../shared/problem.ts'
import { systemClock } from '../clock.ts'
import { type Looked, lookAt } from '../drafting/looking.ts'
import { readSource } from '../intake/source.ts'
import { openStore, type Store } from '../store/store.ts'
import { count, plain, print, printJson, printProblem, problemLines } from './words.ts'

const severityWords = { blocker: 'Must be repaired', warning: 'Warning', note: 'Note' } as const

const shown = (values: Row['values']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([field, text]) => [field, isSecret(field as Field) && text !== '' ? mask : text])
  )

function printWords({ source, counts, rows, repairs }: Looked): void {
  const how = [source.recognised.words, source.encoding].filter((words) => words !== null).join('; ')
  print(`${source.name}: ${how}; ${count(counts.total, 'computer')}, ${counts.blocked} must be repaired.`)
  for (const { values, issues } of rows) {
    for (const { severity, problem } of issues) {
      print(plain(`${severityWords[severity]}: ${values.name}`))
      print(problemLines(problem, '  ').join('\n'))
    }
  }
  for (const { title, action, rows: helped } of repairs)
    print(plain(`Repair: ${title}. In the window: ${action} (${count(helped, 'row')}).`))
}

/** Reads a list, and what else is wanted, beside what the data folder remembers; without a store nothing is remembered. */
export async function lookBeside<T>(
  file: string,
  folder: string,
  more: (looked: Looked, store: Store | undefined) => Promise<Result<T>>
): Promise<Result<T>> {
  const bytes = await readSource(file, { open, stat })
  if (!bytes.ok) return bytes
  const opened = openStore({ folder, actor: 'import', now: () => systemClock.now(), readOnly: true })
  if (!opened.ok && opened.problem.code !== 'store-missing') return opened
  const store = opened.ok ? opened.value : undefined
  try {
    const looked = await lookAt(basename(file), bytes.value, store)
    return looked.ok ? await more(looked.value, store) : looked
  } finally {
    store?.close()
  }
}

/** Says a Problem of a list with the file it is about. */
export function toldOf(file: string, { where, ...problem }: Problem, json: boolean): 1 {
  const named = where?.startsWith(basename(file)) ? where : [basename(file), where].filter(Boolean).join(', ')
  printProblem({ ...problem, where: named }, json)
  return 1
}

/** Exit code 0 only if every row could become a job. `folder` is the data folder, which is only looked at. */
export async function showImport(file: string, folder: string, json: boolean): Promise<0 | 1> {
  const looked = await lookBeside(file, folder, async (found) => ok(found))
  if (!looked.ok) return toldOf(file, looked.problem, json)
  const { source, counts, rows, repairs, routes } = looked.value
  if (json) {
    const { name, columns, notes, recognised, ...rest } = source
    printJson({
      file: name,
      recognised,
      ...rest,
      columns,
      notes,
      counts,
      repairs,
      routes,
      rows: rows.map((row) => ({ ...row, values: shown(row.values) }))
    })
  } else {
    printWords(looked.value)
  }
  return counts.blocked === 0 && counts.total > 0 ? 0 : 1
}
