// `amt-migrate audit verify`: whether the chain holds.
import { systemClock } from '../clock.ts'
import { openStore } from '../store/store.ts'
import { print, printJson, printProblem } from './words.ts'

export function verifyAudit(folder: string, json: boolean): 0 | 1 {
  const opened = openStore({ folder, actor: 'verify', now: () => systemClock.now(), readOnly: true })
  if (!opened.ok) {
    printProblem(opened.problem, json)
    return 1
  }
  const chain = opened.value.audit.verify()
  opened.value.close()
  if (json) printJson(chain)
  else print(`${chain.holds ? 'The chain holds.' : 'The chain is broken.'} ${chain.why}\nLast entry: ${chain.head}`)
  return chain.holds ? 0 : 1
}
