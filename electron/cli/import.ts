// `amt-migrate import FILE`: what the wizard would show of a list; passwords stay masked, nothing is kept or changed.
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Field, isSecret } from '../../shared/computer.ts'
import type { Row } from '../../shared/grid.ts'
import { mask } from '../../shared/password.ts'
import type { Result } from '../../shared/problem.ts'
import { systemClock } from '../clock.ts'
import { type Looked, lookAt } from '../drafting/looking.ts'
import { readSource } from '../intake/source.ts'
import { openStore } from '../store/store.ts'
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

/** Reads the list beside what the data folder remembers; without a store nothing is remembered. */
async function look(file: string, folder: string): Promise<Result<Looked>> {
  const bytes = await readSource(file, { open, stat })
  if (!bytes.ok) return bytes
  const store = openStore({ folder, actor: 'import', now: () => systemClock.now(), readOnly: true })
  if (!store.ok) return store.problem.code === 'store-missing' ? lookAt(basename(file), bytes.value) : store
  return lookAt(basename(file), bytes.value, store.value).finally(store.value.close)
}

/** Exit code 0 only if every row could become a job. `folder` is the data folder, which is only looked at. */
export async function showImport(file: string, folder: string, json: boolean): Promise<0 | 1> {
  const looked = await look(file, folder)
  if (!looked.ok) {
    const { where } = looked.problem
    const named = where?.startsWith(basename(file)) ? where : [basename(file), where].filter(Boolean).join(', ')
    printProblem({ ...looked.problem, where: named }, json)
    return 1
  }
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
