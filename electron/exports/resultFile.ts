// The file that the import script wrote: what became of each computer, by GUID.
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { type ExportResult, exportOutcomes } from '../../shared/exporting.ts'
import { readGuid } from '../../shared/guid.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'

const longest = 20 * 1024 * 1024

const line = z.object({
  Name: z.string().max(255),
  Guid: z.string().max(100),
  Outcome: z.enum(exportOutcomes),
  ResourceId: z.string().max(50),
  Detail: z.string().default('')
})

const oneLine = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 500)

/** Reads it; a line that is not as the script writes lines makes the whole file one we do not know. Problem: result-unreadable. */
export function readResultFile(bytes: Uint8Array): Result<Omit<ExportResult, 'at'>[]> {
  if (bytes.length > longest) return fail('result-unreadable', { found: `${bytes.length} bytes` })
  let rows: unknown[]
  try {
    rows = parse(Buffer.from(bytes), { columns: true, bom: true, skip_empty_lines: true })
  } catch {
    return fail('result-unreadable', { found: 'lines that are no list' })
  }
  const results: Omit<ExportResult, 'at'>[] = []
  for (const [at, row] of rows.entries()) {
    const read = line.safeParse(row)
    const guid = read.success ? readGuid(read.data.Guid) : null
    if (!read.success || guid === null) {
      return fail('result-unreadable', { where: `line ${at + 2}`, expected: 'Name, Guid, Outcome, ResourceId, Detail' })
    }
    const { Name, Outcome, ResourceId, Detail } = read.data
    results.push({
      name: oneLine(Name),
      guid,
      outcome: Outcome,
      resourceId: oneLine(ResourceId),
      detail: oneLine(Detail)
    })
  }
  return results.length === 0 ? fail('result-unreadable', { found: 'no computer' }) : ok(results)
}
