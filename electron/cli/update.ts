// `amt-migrate update FILE`: proves an update that came as a file, and puts a checked copy aside.
import { takeUpdateFile } from '../updates/file.ts'
import type { Running } from '../updates/statement.ts'
import { checkedWords } from '../updates/words.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { told } from './opened.ts'
import { print, printJson } from './words.ts'

/** Exit code 1 when it is refused. Nothing is installed: that is the person's step. */
export async function checkUpdate(args: {
  readonly file: string
  readonly folder: string
  readonly older: boolean
  readonly json: boolean
  readonly key: string | undefined
  readonly running: Running
}): Promise<ExitCode> {
  const { file, json, ...given } = args
  const taken = await takeUpdateFile(file, given)
  if (!taken.ok) return told(taken.problem, json)
  const { statement, path } = taken.value
  if (json) printJson({ event: 'checked', version: statement.version, kind: statement.kind, path })
  else print(checkedWords(taken.value))
  return exitCodes.done
}
