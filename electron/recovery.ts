// A damaged data folder, mended as far as can be and put on record.
import { ok, type Result } from '../shared/problem.ts'
import { userName } from './actor.ts'
import { salvageStore, salvageWords } from './store/salvage.ts'
import { openStore } from './store/store.ts'

/** Moves what can be read into a new store; answers what came of it in words. Problems of `salvageStore` and `openStore`. */
export function recoverFolder(folder: string, now: () => number): Result<string> {
  const saved = salvageStore(folder, now())
  if (!saved.ok) return saved
  const words = salvageWords(saved.value)
  const opened = openStore({ folder, actor: userName(), now })
  if (!opened.ok) return opened
  opened.value.audit.append('store recovered', { words })
  opened.value.close()
  return ok(words)
}
