// `amt-migrate store recover`: what can still be read of a damaged data folder.
import { systemClock } from '../clock.ts'
import { recoverFolder } from '../recovery.ts'
import { openDatabase } from '../store/database.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { told } from './opened.ts'
import { print, printJson } from './words.ts'

/** Mends the folder only when it is damaged: exit code 0 also when it is sound already. */
export function recoverStore(folder: string, json: boolean): ExitCode {
  const opened = openDatabase(folder)
  if (opened.ok) {
    opened.value.close()
    const words = 'The data in this folder is sound. Nothing was changed.'
    if (json) printJson({ recovered: false, words })
    else print(words)
    return exitCodes.done
  }
  if (opened.problem.code !== 'store-damaged') return told(opened.problem, json)
  const recovered = recoverFolder(folder, () => systemClock.now())
  if (!recovered.ok) return told(recovered.problem, json)
  if (json) printJson({ recovered: true, words: recovered.value })
  else print(recovered.value)
  return exitCodes.done
}
