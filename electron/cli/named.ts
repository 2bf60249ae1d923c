// The import that a command names.
import type { Import } from '../../shared/contract/views.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Core } from '../core.ts'

/** The import named by (the beginning of) its id, or the latest. */
export function importOf(core: Core, name: string | undefined): Result<Import> {
  const all = core.imports.all()
  const found = name === undefined ? all[0] : all.find(({ id }) => id.startsWith(name))
  return found ? ok(found) : fail('import-gone', { found: name })
}
