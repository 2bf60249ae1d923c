// `amt-migrate import FILE`: what the wizard would show of a list; passwords stay masked, nothing is kept.
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fields, isSecret } from '../../shared/computer.ts'
import { columnsFor, guessColumns } from '../../shared/mapping.ts'
import { mask } from '../../shared/password.ts'
import { crossIssues } from '../intake/crossIssues.ts'
import { recognise } from '../intake/recognise.ts'
import { type IntakeRow, toRows } from '../intake/rows.ts'
import { readSource } from '../intake/source.ts'
import { readTable } from '../intake/table.ts'
import { count, plain, print, printJson, printProblem, problemLines } from './words.ts'

const shown = (row: IntakeRow): Record<string, string> =>
  Object.fromEntries(
    fields.map((field) => [field, isSecret(field) ? (row.secrets[field] === undefined ? '' : mask) : row.values[field]])
  )

/** Exit code 0 only if every row could become a job. */
export async function showImport(file: string, json: boolean): Promise<0 | 1> {
  const bytes = await readSource(file, { open, stat })
  const table = bytes.ok ? readTable(bytes.value) : bytes
  if (!table.ok) {
    printProblem({ ...table.problem, where: [basename(file), table.problem.where].filter(Boolean).join(', ') }, json)
    return 1
  }
  const { titles, lines, header, encoding, delimiter, notes } = table.value
  const guesses = guessColumns(
    titles,
    lines.slice(0, 50).map(({ cells }) => cells),
    header
  )
  const rows = toRows(
    table.value,
    guesses.map(({ field }) => field),
    'base64'
  )
  const cross = crossIssues(rows)
  const judged = rows.map((row) => ({ row, issues: [...row.issues, ...(cross.get(row.row) ?? [])] }))
  const blocked = judged.filter(({ issues }) => issues.some(({ severity }) => severity === 'blocker')).length
  const { words, note } = recognise(table.value, guesses)
  if (json) {
    printJson({
      file: basename(file),
      recognised: words,
      encoding,
      delimiter,
      header,
      columns: columnsFor(table.value, guesses),
      notes: [...notes, ...(note ? [note] : [])],
      counts: { total: rows.length, ready: rows.length - blocked, blocked },
      rows: judged.map(({ row, issues }) => ({ line: row.line, values: shown(row), issues }))
    })
  } else {
    print(`${basename(file)}: ${words}; ${encoding}; ${count(rows.length, 'computer')}, ${blocked} must be repaired.`)
    for (const { row, issues } of judged) {
      for (const { severity, problem } of issues) {
        print(
          plain(
            `${severity === 'note' ? 'Note' : severity === 'warning' ? 'Warning' : 'Must be repaired'}: ${row.values.name}`
          )
        )
        print(problemLines(problem, '  ').join('\n'))
      }
    }
  }
  return blocked === 0 && rows.length > 0 ? 0 : 1
}
