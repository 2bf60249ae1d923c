// `amt-migrate import FILE`: what the wizard would show of a list; passwords stay masked, nothing is kept.
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Field, isSecret } from '../../shared/computer.ts'
import type { Row } from '../../shared/grid.ts'
import { mask } from '../../shared/password.ts'
import { type Looked, lookAt } from '../drafting/looking.ts'
import { readSource } from '../intake/source.ts'
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

/** Exit code 0 only if every row could become a job. */
export async function showImport(file: string, json: boolean): Promise<0 | 1> {
  const bytes = await readSource(file, { open, stat })
  const looked = bytes.ok ? await lookAt(basename(file), bytes.value) : bytes
  if (!looked.ok) {
    const { where } = looked.problem
    const named = where?.startsWith(basename(file)) ? where : [basename(file), where].filter(Boolean).join(', ')
    printProblem({ ...looked.problem, where: named }, json)
    return 1
  }
  const { source, counts, rows, repairs } = looked.value
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
      rows: rows.map((row) => ({ ...row, values: shown(row.values) }))
    })
  } else {
    printWords(looked.value)
  }
  return counts.blocked === 0 && counts.total > 0 ? 0 : 1
}
